//! The attributes of a mapped class: behind a dot in code or in a string, and as the keywords of its constructor.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, Db, MemberKind, Name, Place, RelationshipId, TableId, Value, backrefs_on, class_info, dataclass_fields,
    evaluate, is_dataclass, lineage, mapped, members, own_attribute, table,
};
use relmodel_syntax::TextRange;
use rustc_hash::FxHashSet;

use super::site::{Site, given_keywords};
use super::{CompletionItem, CompletionKind, Documented};
use crate::names::{Symbol, symbol_of_member};
use crate::render::direction_in_words;

/// The columns of a class, those that hold foreign keys or are primary keys first.
pub(super) fn columns_of_class(site: &Site<'_>, class: ClassId) -> Vec<CompletionItem> {
    let all = attributes(site.db, class, site.replace).into_iter();
    let mut res: Vec<_> = all.filter(|it| it.kind == CompletionKind::Column).collect();
    // An `order_by` may also name what is no column of a table.
    if res.is_empty() {
        res = attributes(site.db, class, site.replace);
    }
    res
}

/// The columns of a table.
pub(super) fn columns_of_table(site: &Site<'_>, id: TableId) -> Vec<CompletionItem> {
    let Some(data) = table(site.db, id) else { return Vec::new() };
    data.columns
        .iter()
        .map(|it| CompletionItem {
            detail: it.type_.map(|it| it.to_string()),
            sort: u32::from(it.foreign_keys.is_empty()),
            documented: Some(Documented::Symbol(Symbol::Column(id, it.key))),
            ..site.item(it.key.as_str(), CompletionKind::Column)
        })
        .collect()
}

/// What stands behind the dot of `Parent.`, where `Parent` is a mapped class.
pub(super) fn behind_dot(db: &dyn Db, place: Place, replace: TextRange) -> Vec<CompletionItem> {
    let Expr::Attribute { object, .. } = place.expr(db) else { return Vec::new() };
    match evaluate(db, place.with(object)) {
        Value::Class(class) if mapped(db, class).is_some() => attributes(db, class, replace),
        _ => Vec::new(),
    }
}

/// The columns, relationships and other mapped attributes of a class: its own, its parents', and what backrefs make.
pub(super) fn attributes(db: &dyn Db, class: ClassId, replace: TextRange) -> Vec<CompletionItem> {
    let mut res = Vec::new();
    let mut seen: FxHashSet<Name> = FxHashSet::default();
    for owner in lineage(db, class) {
        for it in members(db, owner).iter().filter(|it| !it.name.starts_with('_')) {
            let (kind, sort, detail) = match &it.kind {
                MemberKind::Column(column) => {
                    let is_key = column.primary_key == Some(true) || !column.foreign_keys.is_empty();
                    (CompletionKind::Column, u32::from(!is_key), column.type_.map(|it| it.to_string()))
                }
                MemberKind::Relationship(..) => {
                    let id = RelationshipId::new(db, owner, it.name, None);
                    (CompletionKind::Relationship, 2, direction_in_words(db, id).map(str::to_owned))
                }
                MemberKind::Synonym(_) | MemberKind::Property => (CompletionKind::Column, 3, None),
                MemberKind::Plain | MemberKind::Unknown => continue,
            };
            if seen.insert(it.name) {
                let documented = symbol_of_member(db, owner, it.name).map(Documented::Symbol);
                let item = CompletionItem::new(it.name.as_str(), kind, replace);
                res.push(CompletionItem { detail, sort, documented, ..item });
            }
        }
        for made in backrefs_on(db, owner) {
            let name = made.id.key(db);
            if seen.insert(name) {
                let item = CompletionItem::new(name.as_str(), CompletionKind::Relationship, replace);
                let documented = Some(Documented::Symbol(Symbol::Relationship(made.id)));
                let detail = direction_in_words(db, made.id).map(str::to_owned);
                res.push(CompletionItem { detail, sort: 2, documented, ..item });
            }
        }
    }
    res
}

/// The keywords of a mapped class's own constructor: SQLAlchemy's takes every attribute, a dataclass's its fields.
/// `None` if the call makes no object of such a class.
pub(super) fn of_constructor(db: &dyn Db, call: Place, replace: TextRange) -> Option<Vec<CompletionItem>> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    let Value::Class(class) = evaluate(db, call.with(function)) else { return None };
    mapped(db, class).as_ref()?;
    let has_own = |it: &ClassId| own_attribute(db, *it, Name::from("__init__")).is_some();
    let info = class_info(db, class);
    if info.mro.iter().any(has_own) {
        return Some(Vec::new());
    }
    let given = given_keywords(db, call);
    let fields: Option<Vec<Name>> = (is_dataclass(db, class) == Some(true))
        .then(|| dataclass_fields(db, class).iter().flatten().map(|it| it.name).collect());
    let is_taken = |it: &CompletionItem| {
        !given.contains(&it.label.as_str())
            && fields.as_ref().is_none_or(|all| all.iter().any(|name| *name == it.label.as_str()))
    };
    let all = attributes(db, class, replace).into_iter().filter(is_taken);
    Some(all.map(|it| CompletionItem { insert: format!("{}=", it.label), ..it }).collect())
}
