//! Classes that a relationship may refer to, and the names of its other side.

use relmodel_model::{
    ClassId, Db, ForeignKeyTarget, MemberKind, Name, Place, Relationship, RelationshipId, class_names,
    class_of_annotation, classes_named, declaration, file_classes, lineage, mapped, members, overlaps, relationship,
    relationships_of, reverse, table, table_of_foreign_key,
};
use rustc_hash::FxHashSet;

use super::site::Site;
use super::{CompletionItem, CompletionKind, Documented};
use crate::names::{Symbol, mapped_around, relationship_of_call};
use crate::narrow::narrowed;
use crate::render::direction_in_words;

/// The mapped classes of the registry: first those that the class is not related to yet, of them those that a foreign key
/// links it to, then those of the same file.
pub(super) fn classes(site: &Site<'_>, place: Place) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(parent) = mapped_around(db, place) else { return Vec::new() };
    let Some(mapped) = mapped(db, parent) else { return Vec::new() };
    let related = related(db, parent, site.at.call);
    let mut res = Vec::new();
    let near = file_classes(db, parent.file(db)).iter().chain(&related).map(|it| it.name(db));
    for name in narrowed(class_names(db, mapped.registry), &site.typed, near) {
        for &class in classes_named(db, mapped.registry, name) {
            let is_near = class.file(db) == parent.file(db);
            let rank = u32::from(class == parent) * 8
                + u32::from(related.contains(&class)) * 4
                + u32::from(!are_linked(db, parent, class)) * 2
                + u32::from(!is_near);
            res.push(CompletionItem {
                detail: Some(class.file(db).module(db).to_string()),
                sort: rank,
                documented: Some(Documented::Symbol(Symbol::Class(class))),
                ..site.item(name.as_str(), CompletionKind::Class)
            });
        }
    }
    res
}

/// The classes that a class has relationships to, but for the one that is being written.
fn related(db: &dyn Db, parent: ClassId, call: Place) -> Vec<ClassId> {
    relationships_of(db, parent)
        .into_iter()
        .filter(|it| declaration(db, *it).as_ref().is_none_or(|it| it.call != call))
        .filter_map(|it| relationship(db, it).as_ref()?.target_class())
        .collect()
}

/// Whether the table of one of two classes has a foreign key to the other's.
fn are_linked(db: &dyn Db, a: ClassId, b: ClassId) -> bool {
    let table_of = |class: ClassId| mapped(db, class).as_ref()?.table;
    let leads = |from, to| {
        let Some(data) = table(db, from) else { return false };
        data.foreign_keys().any(|(column, key)| {
            let found = table_of_foreign_key(db, data.metadata, column, key);
            matches!(found, ForeignKeyTarget::Column(id, _) if id == to)
        })
    };
    match (table_of(a), table_of(b)) {
        (Some(a), Some(b)) => leads(a, b) || leads(b, a),
        _ => false,
    }
}

/// The relationship that is being written, and the class it refers to.
fn own(site: &Site<'_>) -> Option<(RelationshipId, ClassId)> {
    let id = relationship_of_call(site.db, site.at.call).or_else(|| enclosing_relationship(site))?;
    let target = relationship(site.db, id).as_ref().and_then(Relationship::target_class);
    // Before its bracket closes, the call might go on to name another class than the annotation does.
    Some((id, target.or_else(|| class_of_annotation(site.db, id))?))
}

/// The relationship whose value a `backref(...)` call stands in.
fn enclosing_relationship(site: &Site<'_>) -> Option<RelationshipId> {
    let db = site.db;
    let class = site.at.call.enclosing_class(db)?;
    relationships_of(db, class).into_iter().find(|it| {
        let declaration = declaration(db, *it).as_ref();
        declaration.and_then(|it| it.value("backref")).is_some_and(|it| it.expr == site.at.call.expr)
    })
}

/// For `back_populates`: the relationships of the target, those that refer back first and of these those that have no other
/// side yet; where none refers back, a fitting new name.
pub(super) fn reverse_names(site: &Site<'_>) -> Vec<CompletionItem> {
    let db = site.db;
    let Some((id, target)) = own(site) else { return Vec::new() };
    let mut res = Vec::new();
    for other in all_relationships(db, target).into_iter().filter(|it| *it != id) {
        let refers_back = relationship(db, other).as_ref().and_then(Relationship::target_class) == Some(id.parent(db));
        let is_taken = reverse(db, other).iter().any(|it| *it != id);
        res.push(CompletionItem {
            detail: direction_in_words(db, other).map(str::to_owned),
            sort: u32::from(!refers_back) * 2 + u32::from(is_taken),
            documented: Some(Documented::Symbol(Symbol::Relationship(other))),
            ..site.item(other.key(db).as_str(), CompletionKind::Relationship)
        });
    }
    if res.iter().all(|it| it.sort > 1) {
        res.extend(new_name(site, id, target));
    }
    res
}

/// For `backref`: a fitting new name.
pub(super) fn backref_names(site: &Site<'_>) -> Vec<CompletionItem> {
    let found = own(site).and_then(|(id, target)| new_name(site, id, target));
    found.into_iter().collect()
}

/// For `overlaps`: the relationships that write the same columns, then the others of both classes.
pub(super) fn overlapping(site: &Site<'_>) -> Vec<CompletionItem> {
    let db = site.db;
    let Some((id, target)) = own(site) else { return Vec::new() };
    let written = crate::names::literal(db, site.place).unwrap_or_default();
    let written: Vec<&str> = written.split(',').map(str::trim).collect();
    let needed: FxHashSet<RelationshipId> = overlaps(db, id).iter().flat_map(|it| &it.others).map(|it| it.0).collect();
    let mut seen = FxHashSet::default();
    let all = all_relationships(db, id.parent(db)).into_iter().chain(all_relationships(db, target));
    all.filter(|it| *it != id && seen.insert(it.key(db)))
        .filter(|it| it.key(db) == site.typed.as_str() || !written.contains(&it.key(db).as_str()))
        .map(|other| CompletionItem {
            detail: Some(format!("of {}", other.parent(db).name(db))),
            sort: u32::from(!needed.contains(&other)),
            documented: Some(Documented::Symbol(Symbol::Relationship(other))),
            ..site.item(other.key(db).as_str(), CompletionKind::Relationship)
        })
        .collect()
}

/// The relationships of a class, its parents' included.
pub(super) fn all_relationships(db: &dyn Db, class: ClassId) -> Vec<RelationshipId> {
    lineage(db, class).into_iter().flat_map(|it| relationships_of(db, it)).collect()
}

/// For `validates`, `synonym` and so on: the columns and relationships of the class.
pub(super) fn own_attributes(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(class) = site.at.call.enclosing_class(site.db) else { return Vec::new() };
    attributes_of(site, class, |_| true)
}

/// For `association_proxy`: the relationships of the class, then the attributes of the target.
pub(super) fn proxied(site: &Site<'_>, position: usize) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(class) = site.at.call.enclosing_class(db) else { return Vec::new() };
    if position == 0 {
        return attributes_of(site, class, |it| matches!(it, MemberKind::Relationship(..)));
    }
    let first = site.at.call.read(db, |_, expr| match expr {
        relmodel_facts::Expr::Call { arguments, .. } => arguments.first().map(relmodel_facts::Argument::value),
        _ => None,
    });
    let name = first.and_then(|it| relmodel_model::string_value(db, site.at.call.with(it)));
    let through = name.and_then(|it| relmodel_model::relationship_named(db, class, Name::from(&it)));
    let target = through.and_then(|it| relationship(db, it).as_ref()?.target_class());
    target.map(|it| attributes_of(site, it, |_| true)).unwrap_or_default()
}

/// The columns of a class by their attributes, those that it inherits included.
pub(super) fn columns_of(site: &Site<'_>, class: ClassId) -> Vec<CompletionItem> {
    attributes_of(site, class, |it| matches!(it, MemberKind::Column(_)))
}

fn attributes_of(site: &Site<'_>, class: ClassId, is_wanted: impl Fn(&MemberKind) -> bool) -> Vec<CompletionItem> {
    let db = site.db;
    let mut res = Vec::new();
    for owner in lineage(db, class) {
        for it in members(db, owner).iter().filter(|it| is_wanted(&it.kind)) {
            let kind = match it.kind {
                MemberKind::Column(_) => CompletionKind::Column,
                MemberKind::Relationship(..) => CompletionKind::Relationship,
                _ => continue,
            };
            res.push(CompletionItem {
                documented: crate::names::symbol_of_member(db, owner, it.name).map(Documented::Symbol),
                ..site.item(it.name.as_str(), kind)
            });
        }
    }
    res
}

/// A name for the other side that the target does not have yet.
fn new_name(site: &Site<'_>, id: RelationshipId, target: ClassId) -> Option<CompletionItem> {
    let db = site.db;
    let name = relmodel_rules::name_of_other_side(db, id)?;
    Some(CompletionItem {
        detail: Some(format!("new attribute of {}", target.name(db))),
        sort: 4,
        ..site.item(&name, CompletionKind::Relationship)
    })
}
