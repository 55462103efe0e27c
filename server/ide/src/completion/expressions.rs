//! Code in strings: `primaryjoin="Parent.id == foreign(Child.parent_id)"`. The string is read as text, for it is half typed.

use relmodel_model::{ClassId, Db, Name, class_names, classes_named, mapped, relationship, table_keys, tables_named};

use super::site::Site;
use super::{CompletionItem, CompletionKind, Documented, members, tables};
use crate::names::{Symbol, metadata_at, relationship_of_call};
use crate::narrow::narrowed;

/// What a join's condition is made with.
const FUNCTIONS: [(&str, &str); 7] = [
    ("foreign", "Marks the column that is taken for the foreign key."),
    ("remote", "Marks the column on the target's side."),
    ("and_", "All conditions hold."),
    ("or_", "One of the conditions holds."),
    ("not_", "The condition does not hold."),
    ("func", "SQL functions: `func.lower(...)`."),
    ("desc", "Downwards: the highest first."),
];

/// The parameters whose strings are code.
pub(super) fn is_code(parameter: &str) -> bool {
    matches!(parameter, "primaryjoin" | "secondaryjoin" | "foreign_keys" | "remote_side" | "order_by")
}

/// What may stand at the cursor: behind a dot the columns of what stands before it, else classes, tables and functions.
pub(super) fn proposals(site: &Site<'_>) -> Vec<CompletionItem> {
    match site.before.strip_suffix('.') {
        Some(before) => behind_dot(site, path_at_end(before)),
        None => at_beginning(site),
    }
}

/// The dotted name that a text ends with.
fn path_at_end(text: &str) -> &str {
    let is_path = |it: char| it.is_alphanumeric() || it == '_' || it == '.';
    let start = text.char_indices().rev().find(|it| !is_path(it.1)).map_or(0, |it| it.0 + it.1.len_utf8());
    &text[start..]
}

fn behind_dot(site: &Site<'_>, path: &str) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(parent) = site.at.call.enclosing_class(db) else { return Vec::new() };
    let own = path.strip_suffix(".c").or_else(|| path.strip_suffix(".columns"));
    if let Some(table) = own.and_then(|it| table_named(site, it)) {
        return members::columns_of_table(site, table);
    }
    if let Some(class) = class_named(db, parent, path) {
        return members::columns_of_class(site, class);
    }
    match table_named(site, path) {
        Some(_) => vec![site.item("c", CompletionKind::Table)],
        None => Vec::new(),
    }
}

/// The class that a path in a string means: the only one of its last name, in the module that it says.
fn class_named(db: &dyn Db, parent: ClassId, path: &str) -> Option<ClassId> {
    let name = path.rsplit('.').next().unwrap_or(path);
    let found = classes_named(db, mapped(db, parent).as_ref()?.registry, Name::from(name));
    let is_meant = |it: &&ClassId| it.dotted_name(db).ends_with(path);
    match found.as_slice() {
        [only] => Some(*only),
        several => several.iter().find(is_meant).copied(),
    }
}

fn table_named(site: &Site<'_>, key: &str) -> Option<relmodel_model::TableId> {
    let metadata = metadata_at(site.db, site.at.call)?;
    tables_named(site.db, metadata, Name::from(key)).first().copied()
}

fn at_beginning(site: &Site<'_>) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(parent) = site.at.call.enclosing_class(db) else { return Vec::new() };
    let Some(mapped) = mapped(db, parent) else { return Vec::new() };
    let own = relationship_of_call(db, site.at.call).and_then(|it| relationship(db, it).as_ref());
    let target = own.and_then(relmodel_model::Relationship::target_class);
    let concerned: Vec<ClassId> = [Some(parent), target].into_iter().flatten().collect();
    let mut res = Vec::new();
    let near = concerned.iter().map(|it| it.name(db));
    for name in narrowed(class_names(db, mapped.registry), &site.typed, near) {
        let class = classes_named(db, mapped.registry, name).first().copied();
        res.push(CompletionItem {
            sort: if concerned.iter().any(|it| Some(*it) == class) { 0 } else { 3 },
            documented: class.map(|it| Documented::Symbol(Symbol::Class(it))),
            ..site.item(name.as_str(), CompletionKind::Class)
        });
    }
    // Of tables, those are needed that no class maps.
    let secondary = own.is_some_and(|it| it.secondary != relmodel_model::Secondary::None);
    if let Some(metadata) = metadata_at(db, site.at.call).filter(|it| !table_keys(db, *it).is_empty()) {
        let all = tables::tables_that_fit(site, metadata, &site.typed).into_iter();
        let unmapped = all.filter(|(_, id)| matches!(id.source(db), relmodel_model::TableSource::Call(_)));
        res.extend(unmapped.filter(|(key, _)| !key.contains('.')).map(|(key, id)| CompletionItem {
            sort: if secondary { 1 } else { 4 },
            documented: Some(Documented::Symbol(Symbol::Table(id))),
            ..site.item(key.as_str(), CompletionKind::Table)
        }));
    }
    res.extend(FUNCTIONS.iter().map(|(name, documentation)| CompletionItem {
        sort: 2,
        documented: Some(Documented::Text((*documentation).to_owned())),
        ..site.item(name, CompletionKind::Function)
    }));
    res
}
