//! The diagram of mapped classes and tables: what there is and how it hangs together. How it is drawn is for the files
//! below `diagram/`.

mod clusters;
mod dot;
mod ends;
mod entities;
mod layout;
mod links;
mod mermaid;
mod svg;

use std::collections::{BTreeMap, VecDeque};

use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};

/// Mapped classes and association tables with what links them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The classes and tables, in the order of the files.
    pub entities: Vec<Entity>,
    /// What links them.
    pub links: Vec<Link>,
}

/// A mapped class, or a table that no class maps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The name of the class, or the key of the table.
    pub name: String,
    /// The key of its table (`schema.name`), where that is known and the entity a class.
    pub table: Option<String>,
    /// Whether it is a class.
    pub is_class: bool,
    /// Its columns.
    pub columns: Vec<EntityColumn>,
    /// Where it is defined: the file, and the range of its name in bytes.
    pub at: Option<(FileId, TextRange)>,
}

/// A column as the diagram shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityColumn {
    /// The name of the attribute, or for a table its key.
    pub name: String,
    /// The type as written, where it is known.
    pub type_: Option<String>,
    /// Whether it is part of the primary key.
    pub is_primary: bool,
    /// Whether it holds a foreign key.
    pub is_foreign: bool,
}

/// A line between two entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The entity that holds the foreign key, or inherits; an index into [`Diagram::entities`].
    pub from: usize,
    /// The entity that is referred to, or inherited from; an index into [`Diagram::entities`].
    pub to: usize,
    /// What the line means.
    pub kind: LinkKind,
    /// The relationships along it: `children / parent`.
    pub label: String,
}

/// What a line means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `from` refers to `to` by a foreign key. How many rows of each one row of the other is linked to.
    Reference {
        /// At the end that holds the foreign key.
        from: Cardinality,
        /// At the end that is referred to.
        to: Cardinality,
    },
    /// `from` inherits from `to`.
    Inheritance,
}

/// How many rows there are for one on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// Exactly one.
    One,
    /// None or one.
    ZeroOrOne,
    /// Any number.
    Many,
}

/// How a diagram is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagramFormat {
    /// An `erDiagram` of Mermaid.
    Mermaid,
    /// Graphviz.
    Dot,
    /// A drawing that needs no other program.
    Svg,
}

/// The part of a diagram that is near some class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The name of the class, or the key of the table.
    pub name: String,
    /// How many links away from it.
    pub depth: usize,
}

impl EntityColumn {
    /// What it is a part of, in the usual abbreviations.
    pub(crate) fn marks(&self) -> &'static str {
        match (self.is_primary, self.is_foreign) {
            (true, true) => "PK FK",
            (true, false) => "PK",
            (false, true) => "FK",
            (false, false) => "",
        }
    }
}

impl Analysis {
    /// The diagram of what these files define.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn diagram(&self, files: &[FileId]) -> Result<Diagram, Cancelled> {
        guarded(|| {
            let found = self.entities(files);
            let links = links::links(&self.db, &found);
            Diagram { entities: found.into_entities(), links }
        })
    }
}

impl Diagram {
    /// Adds what another diagram shows.
    pub fn add(&mut self, other: Self) {
        let before = self.entities.len();
        self.entities.extend(other.entities);
        let moved = |it: Link| Link { from: it.from + before, to: it.to + before, ..it };
        self.links.extend(other.links.into_iter().map(moved));
    }

    /// The part of it near a class or table; `None` if there is none of that name.
    #[must_use]
    pub fn around(&self, around: &Around) -> Option<Self> {
        let is_meant = |it: &Entity| it.name == around.name || it.table.as_ref() == Some(&around.name);
        let starts = self.entities.iter().enumerate().filter(|it| is_meant(it.1));
        let mut distances = vec![None; self.entities.len()];
        let mut queue: VecDeque<usize> = starts.map(|it| it.0).collect();
        if queue.is_empty() {
            return None;
        }
        for start in &queue {
            distances[*start] = Some(0);
        }
        while let Some(entity) = queue.pop_front() {
            let distance = distances[entity].unwrap_or_default();
            if distance == around.depth {
                continue;
            }
            for near in self.neighbours(entity) {
                if distances[near].is_none() {
                    distances[near] = Some(distance + 1);
                    queue.push_back(near);
                }
            }
        }
        Some(self.only(|it| distances[it].is_some()))
    }

    fn neighbours(&self, entity: usize) -> impl Iterator<Item = usize> {
        self.links.iter().filter_map(move |it| match (it.from == entity, it.to == entity) {
            (true, _) => Some(it.to),
            (_, true) => Some(it.from),
            _ => None,
        })
    }

    /// The entities that are wanted and the links between them.
    fn only(&self, is_wanted: impl Fn(usize) -> bool) -> Self {
        let mut places = vec![None; self.entities.len()];
        let mut entities = Vec::new();
        for (old, entity) in self.entities.iter().enumerate().filter(|it| is_wanted(it.0)) {
            places[old] = Some(entities.len());
            entities.push(entity.clone());
        }
        let moved = |it: &Link| Some(Link { from: places[it.from]?, to: places[it.to]?, ..it.clone() });
        Self { entities, links: self.links.iter().filter_map(moved).collect() }
    }

    /// The diagram as text.
    #[must_use]
    pub fn render(&self, format: DiagramFormat) -> String {
        match format {
            DiagramFormat::Mermaid => mermaid::render(self),
            DiagramFormat::Dot => dot::render(self),
            DiagramFormat::Svg => svg::render(self),
        }
    }

    /// A name for each entity that no other has: its own, or for several of one name with a number.
    fn unique_names(&self) -> Vec<String> {
        let mut counts = BTreeMap::new();
        let mut res = Vec::new();
        for entity in &self.entities {
            let count = counts.entry(entity.name.as_str()).or_insert(0);
            *count += 1;
            res.push(if *count == 1 { entity.name.clone() } else { format!("{}_{count}", entity.name) });
        }
        res
    }
}
