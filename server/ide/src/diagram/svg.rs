//! A diagram as a drawing. It brings its own style, light and dark, and names each entity by `data-entity`, the index in
//! [`Diagram::entities`], for those who want to make it answer clicks.

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use super::clusters::clusters;
use super::ends::as_f64;
use super::layout::{Path, Point, Size, Task, place};
use super::{Cardinality, Diagram, Entity, LinkKind};

/// The width of a letter of the font below, and the height of a line, in pixels.
const LETTER: f64 = 7.25;
const LINE: f64 = 18.0;

/// The space between a box and what stands in it.
const PADDING: f64 = 10.0;

/// The space between the name of a column, its type and its marks.
const COLUMN_GAP: f64 = 14.0;

/// Plain colours first, for what draws SVG without knowing variables: Inkscape, librsvg, `CairoSVG`. The page that shows the
/// drawing may set the variables.
const STYLE: &str = "\
text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;font-size:12px;fill:#1d2733}\
.name{font-weight:bold}.faint{fill:#66758a}.key{fill:#9a5b00}\
.back{fill:#fff}.box{fill:#fff;stroke:#5b6b82}.head{fill:#e8eef7;stroke:#5b6b82}\
.link{fill:none;stroke:#5b6b82;stroke-width:1.2}.end{fill:#fff;stroke:#5b6b82;stroke-width:1.2}\
.label{font-size:11px;fill:#66758a;text-anchor:middle}.far{fill:#5b6b82;font-style:italic}\
.entity:target .box{stroke:#9a5b00;stroke-width:2.5}.inherits{stroke-dasharray:5 3}\
@supports(fill:var(--box)){\
:root{--back:#fff;--box:#fff;--head:#e8eef7;--line:#5b6b82;--text:#1d2733;--faint:#66758a;--key:#9a5b00}\
@media(prefers-color-scheme:dark){:root{--back:#1b1f26;--box:#232933;--head:#2f3a4b;--line:#8fa1ba;--text:#e4e9f0;\
--faint:#9aa8ba;--key:#e0ac5e}}\
text{fill:var(--text)}.faint,.label{fill:var(--faint)}.key{fill:var(--key)}.far{fill:var(--line)}\
.back{fill:var(--back)}.box{fill:var(--box);stroke:var(--line)}.head{fill:var(--head);stroke:var(--line)}\
.link{stroke:var(--line)}.end{fill:var(--back);stroke:var(--line)}.entity:target .box{stroke:var(--key)}}";

/// The ends of lines: crow's feet.
const ENDS: &str = "\
<marker id=\"one\" class=\"end\" viewBox=\"0 0 16 12\" markerWidth=\"16\" markerHeight=\"12\" refX=\"16\" refY=\"6\" \
orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><path d=\"M8 1V11M12 1V11\"/></marker>\
<marker id=\"zero-or-one\" class=\"end\" viewBox=\"0 0 20 12\" markerWidth=\"20\" markerHeight=\"12\" refX=\"20\" refY=\"6\" \
orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><circle cx=\"6\" cy=\"6\" r=\"4\"/><path d=\"M14 1V11\"/></marker>\
<marker id=\"many\" class=\"end\" viewBox=\"0 0 20 12\" markerWidth=\"20\" markerHeight=\"12\" refX=\"20\" refY=\"6\" \
orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><circle cx=\"5\" cy=\"6\" r=\"4\"/>\
<path fill=\"none\" d=\"M9 6L20 1M9 6L20 11M9 6H20\"/></marker>\
<marker id=\"parent\" class=\"end\" viewBox=\"0 0 14 12\" markerWidth=\"14\" markerHeight=\"12\" refX=\"14\" refY=\"6\" \
orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><path d=\"M1 1L13 6L1 11Z\"/></marker>";

pub(super) fn render(diagram: &Diagram) -> String {
    let clusters = clusters(diagram);
    let drawn: Vec<usize> = clusters.iter().flat_map(|it| it.links.iter().copied()).collect();
    let boxes = boxes(diagram, &drawn);
    let sizes: Vec<Size> = boxes.iter().map(Box::size).collect();
    let labels: Vec<Size> = diagram.links.iter().map(|it| label_size(&it.label)).collect();
    let layout = place(Task { diagram, sizes: &sizes, labels: &labels }, &clusters);
    let Size { width, height } = layout.size;
    let mut res = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\"><style>{STYLE}</style><defs>{ENDS}</defs>\
         <rect class=\"back\" width=\"100%\" height=\"100%\"/>\n",
    );
    for (link, path) in diagram.links.iter().zip(&layout.links) {
        write_line(&mut res, link.kind, path);
    }
    for (index, (it, corner)) in boxes.iter().zip(&layout.entities).enumerate() {
        it.write(&mut res, index, *corner);
    }
    for (link, path) in diagram.links.iter().zip(&layout.links) {
        if let (Some(at), false) = (path.label, link.label.is_empty()) {
            write_label(&mut res, &link.label, at);
        }
    }
    res.push_str("</svg>\n");
    res
}

/// How wide a text is.
fn width_of(text: &str) -> f64 {
    as_f64(text.chars().count()) * LETTER
}

fn label_size(label: &str) -> Size {
    if label.is_empty() { Size::default() } else { Size { width: width_of(label) + 6.0, height: LINE - 3.0 } }
}

/// A label over a gap in its line.
fn write_label(out: &mut String, label: &str, at: Point) {
    let Size { width, height } = label_size(label);
    let (left, top) = (at.x - width / 2.0, at.y - height / 2.0);
    let frame = format!("x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
    let (x, base) = (at.x, at.y + 4.0);
    let text = escaped(label);
    let _ =
        writeln!(out, "<rect class=\"back\" {frame}/><text class=\"label\" x=\"{x:.1}\" y=\"{base:.1}\">{text}</text>");
}

/// A box with what stands in it.
struct Box<'a> {
    entity: &'a Entity,
    /// What it refers to without a line, because that stands in another cluster: the entity's index, and what is said.
    far: Vec<(usize, String)>,
    /// The widths of the names of columns and of their types.
    widths: (f64, f64),
}

/// The box of each entity. Links that are not drawn are told in the box that they begin in.
fn boxes<'a>(diagram: &'a Diagram, drawn: &[usize]) -> Vec<Box<'a>> {
    let is_drawn: FxHashSet<usize> = drawn.iter().copied().collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(width_of).fold(0.0, f64::max);
    let new = |entity: &'a Entity| {
        let names = widest(&mut entity.columns.iter().map(|it| it.name.as_str()));
        let types = widest(&mut entity.columns.iter().filter_map(|it| it.type_.as_deref()));
        Box { entity, far: Vec::new(), widths: (names, types) }
    };
    let mut res: Vec<Box<'a>> = diagram.entities.iter().map(new).collect();
    for (_, link) in diagram.links.iter().enumerate().filter(|it| !is_drawn.contains(&it.0)) {
        let name = &diagram.entities[link.to].name;
        let (_, own) = link.label.split_once(" / ").unwrap_or(("", &link.label));
        let text = match link.kind {
            LinkKind::Inheritance => format!("inherits {name}"),
            LinkKind::Reference { .. } if own.is_empty() => format!("→ {name}"),
            LinkKind::Reference { .. } => format!("{own} → {name}"),
        };
        res[link.from].far.push((link.to, text));
    }
    res
}

impl Box<'_> {
    fn head_height(&self) -> f64 {
        LINE * if self.entity.table.is_some() { 2.0 } else { 1.0 } + PADDING
    }

    fn size(&self) -> Size {
        let columns = self.widths.0 + self.widths.1 + 2.0 * COLUMN_GAP + width_of("PK FK");
        let head = width_of(&self.entity.name).max(self.entity.table.as_deref().map_or(0.0, width_of));
        let far = self.far.iter().map(|it| width_of(&it.1)).fold(0.0, f64::max);
        let rows = as_f64(self.entity.columns.len() + self.far.len());
        let body = if rows == 0.0 { 0.0 } else { rows * LINE + PADDING };
        Size { width: columns.max(head).max(far) + 2.0 * PADDING, height: self.head_height() + body }
    }

    fn write(&self, out: &mut String, index: usize, corner: Point) {
        let Point { x, y } = corner;
        let Size { width, height } = self.size();
        let head = self.head_height();
        let name = escaped(&self.entity.name);
        let _ =
            writeln!(out, "<g class=\"entity\" id=\"entity-{index}\" data-entity=\"{index}\"><title>{name}</title>");
        let frame = format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" rx=\"4\"");
        let _ = writeln!(out, "<rect class=\"box\" {frame} height=\"{height:.1}\"/>");
        let _ = writeln!(out, "<rect class=\"head\" {frame} height=\"{head:.1}\"/>");
        let left = x + PADDING;
        text(out, "name", left, y + LINE, &self.entity.name);
        if let Some(table) = &self.entity.table {
            text(out, "faint", left, y + 2.0 * LINE, table);
        }
        let (names, types) = self.widths;
        let mut base = y + head;
        for column in &self.entity.columns {
            base += LINE;
            text(out, "", left, base, &column.name);
            text(out, "faint", left + names + COLUMN_GAP, base, column.type_.as_deref().unwrap_or_default());
            text(out, "key", left + names + types + 2.0 * COLUMN_GAP, base, column.marks());
        }
        for (target, what) in &self.far {
            base += LINE;
            let _ = write!(out, "<a href=\"#entity-{target}\">");
            text(out, "far", left, base, what);
            out.push_str("</a>");
        }
        out.push_str("</g>\n");
    }
}

fn text(out: &mut String, class: &str, x: f64, y: f64, content: &str) {
    if !content.is_empty() {
        let _ = writeln!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(content));
    }
}

fn write_line(out: &mut String, kind: LinkKind, path: &Path) {
    let Some((first, rest)) = path.points.split_first() else { return };
    let (class, start, end) = match kind {
        LinkKind::Reference { from, to } => ("link", Some(marker(to)), Some(marker(from))),
        LinkKind::Inheritance => ("link inherits", Some("parent"), None),
    };
    let mut line = format!("M{:.1} {:.1}", first.x, first.y);
    for point in rest {
        let _ = write!(line, "L{:.1} {:.1}", point.x, point.y);
    }
    let end_of =
        |name: &str, id: Option<&str>| id.map(|it| format!(" marker-{name}=\"url(#{it})\"")).unwrap_or_default();
    let _ = writeln!(out, "<path class=\"{class}\"{}{} d=\"{line}\"/>", end_of("start", start), end_of("end", end));
}

fn marker(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::One => "one",
        Cardinality::ZeroOrOne => "zero-or-one",
        Cardinality::Many => "many",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
