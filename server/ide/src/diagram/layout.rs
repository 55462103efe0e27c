//! Where the entities and lines of a diagram stand when it is drawn. Each cluster is laid out in layers by `dagre`; the
//! clusters are then set in rows.

use dagre::graph::{Graph, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir, layout};

use super::clusters::Cluster;
use super::ends::{Frame, as_f64, spread};
use super::{Diagram, Link};

/// The space between clusters, and around all.
const GAP: f64 = 50.0;

/// How much wider than high a drawing shall be.
const ASPECT: f64 = 1.6;

/// How far a line from an entity to itself hangs down.
const LOOP: f64 = 34.0;

/// Width and height, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A point, in pixels from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A line with the place of its label.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    /// From the entity that is referred to, to the one that refers. None of a link from one cluster to another.
    pub(super) points: Vec<Point>,
    pub(super) label: Option<Point>,
}

/// A drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The upper left corner of each entity.
    pub(super) entities: Vec<Point>,
    /// Each link's line.
    pub(super) links: Vec<Path>,
    pub(super) size: Size,
}

/// What is laid out, with the sizes of entities and labels.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) sizes: &'a [Size],
    pub(super) labels: &'a [Size],
}

/// Places the entities of all clusters.
pub(super) fn place(task: Task<'_>, clusters: &[Cluster]) -> Layout {
    let mut res = Layout {
        entities: vec![Point::default(); task.sizes.len()],
        links: vec![Path::default(); task.labels.len()],
        size: Size::default(),
    };
    let boxes: Vec<Size> = clusters.iter().map(|it| place_cluster(task, it, &mut res)).collect();
    for (cluster, corner) in clusters.iter().zip(rows(&boxes, &mut res.size)) {
        for entity in &cluster.entities {
            res.entities[*entity].shift(corner);
        }
        for link in &cluster.links {
            let path = &mut res.links[*link];
            path.points.iter_mut().chain(&mut path.label).for_each(|it| it.shift(corner));
        }
    }
    res
}

impl Point {
    fn shift(&mut self, by: Self) {
        self.x += by.x;
        self.y += by.y;
    }
}

impl Size {
    /// How far its shape is from the one that is wanted.
    fn distortion(self) -> f64 {
        (self.width / self.height.max(1.0) / ASPECT).ln().abs()
    }

    fn reach(&mut self, x: f64, y: f64) {
        self.width = self.width.max(x);
        self.height = self.height.max(y);
    }
}

/// Lays out one cluster from its own upper left corner: its layers beside each other, or one below the other where that
/// fits a page better. Its size.
fn place_cluster(task: Task<'_>, cluster: &Cluster, out: &mut Layout) -> Size {
    let beside = Layers { task, cluster, is_beside: true };
    let wide = beside.place(out);
    if cluster.links.iter().all(|it| is_loop(&task.diagram.links[*it])) {
        return wide;
    }
    let high = Layers { is_beside: false, ..beside }.place(out);
    if high.distortion() < wide.distortion() { high } else { beside.place(out) }
}

fn is_loop(link: &Link) -> bool {
    link.from == link.to
}

/// A cluster in layers.
#[derive(Clone, Copy)]
struct Layers<'a> {
    task: Task<'a>,
    cluster: &'a Cluster,
    /// Whether the layers stand beside each other, from left to right; else one below the other.
    is_beside: bool,
}

impl<'a> Layers<'a> {
    fn place(self, out: &mut Layout) -> Size {
        let mut graph = self.graph();
        let rankdir = if self.is_beside { RankDir::LR } else { RankDir::TB };
        layout(&mut graph, Some(LayoutOptions { rankdir, nodesep: 30.0, ranksep: 80.0, ..LayoutOptions::default() }));
        let mut size = Size::default();
        for &entity in &self.cluster.entities {
            let Some((x, y)) = graph.node(&entity.to_string()).and_then(|it| Some((it.x?, it.y?))) else { continue };
            let all = self.with_loops(entity);
            out.entities[entity] = Point { x: x - all.width / 2.0, y: y - all.height / 2.0 };
            size.reach(x + all.width / 2.0, y + all.height / 2.0);
        }
        for &index in &self.cluster.links {
            let Link { from, to, .. } = self.task.diagram.links[index];
            let Some(edge) = graph.edge(&to.to_string(), &from.to_string(), Some(&index.to_string())) else { continue };
            let points = edge.points.iter().map(|it| Point { x: it.x, y: it.y }).collect();
            out.links[index] = Path { points, label: edge.x.zip(edge.y).map(|(x, y)| Point { x, y }) };
        }
        for &entity in &self.cluster.entities {
            self.end_lines(entity, out);
            self.draw_loops(entity, out);
        }
        let points = self.cluster.links.iter().flat_map(|it| &out.links[*it].points);
        points.for_each(|it| size.reach(it.x, it.y));
        size
    }

    fn graph(self) -> Graph<NodeLabel, EdgeLabel> {
        let mut res = Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
        for &entity in &self.cluster.entities {
            let Size { width, height } = self.with_loops(entity);
            res.set_node(entity.to_string(), Some(NodeLabel { width, height, ..NodeLabel::default() }));
        }
        for &index in &self.cluster.links {
            let link = &self.task.diagram.links[index];
            if !is_loop(link) {
                let Size { width, height } = self.task.labels[index];
                let label = EdgeLabel { width, height, labelpos: LabelPos::Center, ..EdgeLabel::default() };
                res.set_edge(link.to.to_string(), link.from.to_string(), Some(label), Some(&index.to_string()));
            }
        }
        res
    }

    /// The lines from an entity to itself.
    fn loops(self, entity: usize) -> impl Iterator<Item = usize> + 'a {
        let links = &self.task.diagram.links;
        self.cluster.links.iter().copied().filter(move |it| is_loop(&links[*it]) && links[*it].from == entity)
    }

    /// The size of an entity with the lines from it to itself. They are where no others are: below it, or on its right.
    fn with_loops(self, entity: usize) -> Size {
        let mut res = self.task.sizes[entity];
        let mut label: f64 = 0.0;
        for link in self.loops(entity) {
            label = label.max(self.task.labels[link].width);
            if self.is_beside {
                res.height += LOOP;
            } else {
                res.width += LOOP;
            }
        }
        if self.is_beside {
            res.width = res.width.max(label);
        } else {
            res.width += label;
        }
        res
    }

    /// Ends the lines of one entity at its sides.
    fn end_lines(self, entity: usize, out: &mut Layout) {
        let frame = Frame { corner: out.entities[entity], size: self.task.sizes[entity], is_beside: self.is_beside };
        let mut ends = Vec::new();
        for &index in &self.cluster.links {
            let link = &self.task.diagram.links[index];
            if !is_loop(link) && (link.to == entity || link.from == entity) {
                ends.push((index, link.from == entity));
            }
        }
        spread(frame, &ends, &mut out.links);
    }

    /// Draws the lines from an entity to itself, one around the other.
    fn draw_loops(self, entity: usize, out: &mut Layout) {
        let (corner, size) = (out.entities[entity], self.task.sizes[entity]);
        let loops: Vec<usize> = self.loops(entity).collect();
        for (index, &link) in loops.iter().enumerate() {
            let inset = 0.5 * as_f64(loops.len() - index) / (as_f64(loops.len()) + 1.0);
            let reach = LOOP * (as_f64(index) + 1.0) - 6.0;
            let length = if self.is_beside { size.width } else { size.height };
            // Along the side and away from it.
            let at = |along: f64, away: f64| {
                if self.is_beside {
                    Point { x: corner.x + along, y: corner.y + size.height + away }
                } else {
                    Point { x: corner.x + size.width + away, y: corner.y + along }
                }
            };
            let (begin, end) = (length * inset, length * (1.0 - inset));
            let points = vec![at(begin, 0.0), at(begin, reach), at(end, reach), at(end, 0.0)];
            // On the line, or right beside it.
            let label = if self.is_beside { 0.0 } else { self.task.labels[link].width / 2.0 + 1.0 };
            out.links[link] = Path { points, label: Some(at(length / 2.0, reach + label)) };
        }
    }
}

/// Sets boxes in rows from left to right. The corner of each; the size of all.
fn rows(boxes: &[Size], all: &mut Size) -> Vec<Point> {
    let area: f64 = boxes.iter().map(|it| (it.width + GAP) * (it.height + GAP)).sum();
    let widest = boxes.iter().map(|it| it.width).fold(0.0, f64::max);
    let limit = (area * ASPECT).sqrt().max(widest);
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|a, b| boxes[*b].height.total_cmp(&boxes[*a].height));
    let (mut x, mut y, mut height) = (GAP, GAP, 0.0_f64);
    let mut res = vec![Point::default(); boxes.len()];
    for index in order {
        let size = boxes[index];
        if x > GAP && x + size.width > limit + GAP {
            (x, y, height) = (GAP, y + height + GAP, 0.0);
        }
        res[index] = Point { x, y };
        x += size.width + GAP;
        height = height.max(size.height);
        all.width = all.width.max(x);
    }
    all.height = y + height + GAP;
    res
}
