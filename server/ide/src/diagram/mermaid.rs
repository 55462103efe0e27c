//! A diagram as an `erDiagram` of Mermaid, which code hosts draw in Markdown.

use std::fmt::Write as _;

use super::{Cardinality, Diagram, Entity, LinkKind};

pub(super) fn render(diagram: &Diagram) -> String {
    let names = diagram.unique_names();
    let ids: Vec<String> = names.iter().map(|it| identifier(it)).collect();
    let mut res = String::from("erDiagram\n");
    for (entity, id) in diagram.entities.iter().zip(&ids) {
        write_entity(&mut res, entity, id);
    }
    for link in &diagram.links {
        let (Some(from), Some(to)) = (ids.get(link.from), ids.get(link.to)) else { continue };
        let (ends, label) = match link.kind {
            LinkKind::Reference { from, to } => (format!("{}--{}", left(to), right(from)), link.label.as_str()),
            // There is no sign for it.
            LinkKind::Inheritance => ("||..o|".to_owned(), "is a parent of"),
        };
        let _ = writeln!(res, "    {to} {ends} {from} : {}", quoted(label));
    }
    res
}

fn write_entity(out: &mut String, entity: &Entity, id: &str) {
    let title = match &entity.table {
        Some(table) => format!("{} ({table})", entity.name),
        None => entity.name.clone(),
    };
    let alias = if title == id { String::new() } else { format!("[{}]", quoted(&title)) };
    if entity.columns.is_empty() {
        let _ = writeln!(out, "    {id}{alias}");
        return;
    }
    let _ = writeln!(out, "    {id}{alias} {{");
    for column in &entity.columns {
        let type_ = column.type_.as_deref().map_or_else(|| "any".to_owned(), identifier);
        let marks = column.marks().replace(' ', ", ");
        let space = if marks.is_empty() { "" } else { " " };
        let _ = writeln!(out, "        {type_} {}{space}{marks}", identifier(&column.name));
    }
    out.push_str("    }\n");
}

fn left(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::One => "||",
        Cardinality::ZeroOrOne => "|o",
        Cardinality::Many => "}o",
    }
}

fn right(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::One => "||",
        Cardinality::ZeroOrOne => "o|",
        Cardinality::Many => "o{",
    }
}

/// What Mermaid takes for a name: letters, digits, `_` and `-`, and a letter or `_` at the beginning.
fn identifier(name: &str) -> String {
    let mut res: String =
        name.chars().map(|it| if it.is_ascii_alphanumeric() || it == '_' { it } else { '_' }).collect();
    if !res.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
        res.insert(0, '_');
    }
    res
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "'"))
}
