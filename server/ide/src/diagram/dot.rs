//! A diagram for Graphviz.

use std::fmt::Write as _;

use super::{Cardinality, Diagram, Entity, LinkKind};

pub(super) fn render(diagram: &Diagram) -> String {
    let ids: Vec<String> = diagram.unique_names().iter().map(|it| quoted(it)).collect();
    let mut res = String::from(
        "digraph models {\n    rankdir=LR\n    node [shape=plain fontname=\"Helvetica\"]\n    \
         edge [dir=both fontname=\"Helvetica\" fontsize=10]\n",
    );
    for (entity, id) in diagram.entities.iter().zip(&ids) {
        let _ = writeln!(res, "    {id} [label=<{}>]", table_of(entity));
    }
    for link in &diagram.links {
        let (Some(from), Some(to)) = (ids.get(link.from), ids.get(link.to)) else { continue };
        let ends = match link.kind {
            LinkKind::Reference { from, to } => format!("arrowtail={} arrowhead={}", arrow(to), arrow(from)),
            LinkKind::Inheritance => "arrowtail=onormal arrowhead=none".to_owned(),
        };
        let label = if link.label.is_empty() { String::new() } else { format!(" label={}", quoted(&link.label)) };
        let _ = writeln!(res, "    {to} -> {from} [{ends}{label}]");
    }
    res.push_str("}\n");
    res
}

fn table_of(entity: &Entity) -> String {
    let mut res = String::from("<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"4\">");
    let table = entity.table.as_ref().map(|it| format!("<br/><i>{}</i>", escaped(it))).unwrap_or_default();
    let _ = write!(res, "<tr><td colspan=\"3\" bgcolor=\"#dde5f0\"><b>{}</b>{table}</td></tr>", escaped(&entity.name));
    for column in &entity.columns {
        let type_ = column.type_.as_deref().map(escaped).unwrap_or_default();
        let _ = write!(
            res,
            "<tr><td align=\"left\">{}</td><td align=\"left\">{type_}</td><td>{}</td></tr>",
            escaped(&column.name),
            column.marks(),
        );
    }
    res.push_str("</table>");
    res
}

fn arrow(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::One => "teetee",
        Cardinality::ZeroOrOne => "teeodot",
        Cardinality::Many => "crowodot",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
