//! Which entities are drawn together: those that hang together, and of very many such the parts that hang together most.

use super::Diagram;

/// More entities than so many in one drawing of layers cannot be read any more.
const READABLE: usize = 60;

/// How large the parts become where that is so.
const PART: usize = 20;

/// Entities that are drawn together, by their indices, with the links between them. No entity is in two of them.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    pub(super) entities: Vec<usize>,
    pub(super) links: Vec<usize>,
}

/// The clusters, largest first. A link that is in none of them leads from one to another.
pub(super) fn clusters(diagram: &Diagram) -> Vec<Cluster> {
    let mut whole = Sets::new(diagram.entities.len());
    for link in &diagram.links {
        whole.unite(link.from, link.to, usize::MAX);
    }
    let mut parts = Sets::new(diagram.entities.len());
    for link in links_by_weight(diagram) {
        let (from, to) = (diagram.links[link].from, diagram.links[link].to);
        let root = whole.root(from);
        let limit = if whole.sizes[root] > READABLE { PART } else { usize::MAX };
        parts.unite(from, to, limit);
    }
    collected(diagram, &mut parts)
}

/// The links, first those that say most about what belongs together: within a file, and between entities that have few.
/// What everything refers to says nothing.
fn links_by_weight(diagram: &Diagram) -> Vec<usize> {
    let mut degrees = vec![0_usize; diagram.entities.len()];
    for link in &diagram.links {
        degrees[link.from] += 1;
        degrees[link.to] += 1;
    }
    let file = |entity: usize| diagram.entities[entity].at.map(|it| it.0);
    let mut res: Vec<usize> = (0..diagram.links.len()).collect();
    res.sort_by_key(|it| {
        let link = &diagram.links[*it];
        (file(link.from) != file(link.to), degrees[link.from].max(degrees[link.to]))
    });
    res
}

fn collected(diagram: &Diagram, sets: &mut Sets) -> Vec<Cluster> {
    let mut res: Vec<Cluster> = Vec::new();
    res.resize_with(diagram.entities.len(), Cluster::default);
    for entity in 0..diagram.entities.len() {
        res[sets.root(entity)].entities.push(entity);
    }
    for (index, link) in diagram.links.iter().enumerate() {
        let cluster = sets.root(link.from);
        if cluster == sets.root(link.to) {
            res[cluster].links.push(index);
        }
    }
    res.retain(|it| !it.entities.is_empty());
    res.sort_by_key(|it| std::cmp::Reverse(it.entities.len()));
    res
}

/// Sets of entities that become united.
struct Sets {
    parents: Vec<usize>,
    /// The number of entities, by root.
    sizes: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect(), sizes: vec![1; count] }
    }

    fn root(&mut self, mut entity: usize) -> usize {
        while self.parents[entity] != entity {
            self.parents[entity] = self.parents[self.parents[entity]];
            entity = self.parents[entity];
        }
        entity
    }

    /// Unites the sets of two entities, unless that would be larger than `limit`.
    fn unite(&mut self, a: usize, b: usize, limit: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b && self.sizes[a] + self.sizes[b] <= limit {
            self.parents[a.max(b)] = a.min(b);
            self.sizes[a.min(b)] = self.sizes[a] + self.sizes[b];
        }
    }
}
