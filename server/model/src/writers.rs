//! Which columns relationships write when a session is flushed, and which of them write the same one
//! (`JoinCondition._warn_for_conflicting_sync_targets`).

use relmodel_facts::Expr;
use rustc_hash::FxHashMap;

use crate::class::class_info;
use crate::constant::string_value;
use crate::contents::file_classes;
use crate::db::{ClassId, Db, RelationshipId, SourceFile, TableId, TableSource};
use crate::declarations::{RELATIONSHIP_KEYWORDS, declaration, written_relationships};
use crate::index::heirs;
use crate::join::{Copied, Joined};
use crate::links::{backrefs_on, made_by, references_through, references_to, relationship_named, reverse, target_of};
use crate::mappers::{Mapping, lineage, mapped, selectable};
use crate::member::member;
use crate::order::{configured_before, written};
use crate::part::{Part, in_both};
use crate::relationships::relationship;
use crate::secondary::Secondary;

/// A column that a relationship writes, and those configured before it that write it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// What the relationship copies.
    pub copied: Copied,
    /// The other relationships, and what they copy to the same column.
    pub others: Vec<(RelationshipId, Copied)>,
}

/// What a relationship writes.
enum Writes<'a> {
    Nothing,
    Columns(&'a [Copied]),
    /// Cannot be told.
    Unknown,
}

fn writes(db: &dyn Db, id: RelationshipId) -> Writes<'_> {
    let Some(found) = relationship(db, id) else { return Writes::Nothing };
    match (found.viewonly, &found.join) {
        (Some(true), _) => Writes::Nothing,
        (Some(false), Joined::Join(join)) => join.copies.as_deref().map_or(Writes::Unknown, Writes::Columns),
        _ => Writes::Unknown,
    }
}

/// The columns that a relationship writes although others, configured before it, do so too, and nothing says that this is
/// meant. A column is left out where anything about one of those that may write it cannot be told.
pub fn overlaps(db: &dyn Db, id: RelationshipId) -> Vec<Overlap> {
    let mut res: Vec<Overlap> = Vec::new();
    let Writes::Columns(copies) = writes(db, id) else { return res };
    for copied in copies {
        if res.iter().any(|it| it.copied.to == copied.to) {
            continue;
        }
        if let Some(others) = others(db, id, *copied).filter(|it| !it.is_empty()) {
            res.push(Overlap { copied: *copied, others });
        }
    }
    res
}

/// `None` if something cannot be told.
fn others(db: &dyn Db, id: RelationshipId, copied: Copied) -> Option<Vec<(RelationshipId, Copied)>> {
    let mut res = Vec::new();
    for &(other, same) in contested(db, copied.to.table).as_ref()? {
        let is_meant = other != id && same.to == copied.to;
        if is_meant && conflict(db, id, other)? && configured_before(db, other, id) {
            res.push((other, same));
        }
    }
    Some(res)
}

/// The columns of a table that several relationships write, with each of those; `None` if it cannot be told what one of
/// them writes. Few tables have such columns, and only what becomes of those concerns the relationships at a table.
#[salsa::tracked(returns(ref))]
fn contested(db: &dyn Db, table: TableId) -> Option<Box<[(RelationshipId, Copied)]>> {
    let mut all: Vec<(RelationshipId, Copied)> = Vec::new();
    for id in writers(db, table) {
        let written = match writes(db, id) {
            Writes::Columns(written) => written,
            Writes::Unknown if concerns(db, id, table) => return None,
            Writes::Nothing | Writes::Unknown => continue,
        };
        for copied in written.iter().rev().filter(|it| it.to.table == table) {
            if !all.iter().any(|it| it.0 == id && it.1.to == copied.to) {
                all.push((id, *copied));
            }
        }
    }
    let is_contested = |it: &&(RelationshipId, Copied)| all.iter().filter(|other| other.1.to == it.1.to).count() > 1;
    Some(all.iter().filter(is_contested).copied().collect())
}

/// The relationships that may write columns of a table: those from and to the classes whose rows lie in it, and those it is
/// the association table of.
fn writers(db: &dyn Db, table: TableId) -> Vec<RelationshipId> {
    let mut res: Vec<RelationshipId> = Vec::new();
    let mut add = |id: RelationshipId| {
        for id in [Some(id), made_by(db, id)].into_iter().flatten() {
            if !res.contains(&id) {
                res.push(id);
            }
        }
    };
    for class in classes_in(db, table) {
        written_relationships(db, class).for_each(&mut add);
        references_to(db, class).for_each(&mut add);
    }
    references_through(db, table).iter().copied().for_each(&mut add);
    res
}

/// The classes of a file that are mapped to a table by `__table__` or imperatively.
#[salsa::tracked(returns(ref))]
fn file_mapped_to(db: &dyn Db, file: SourceFile) -> Vec<(TableId, ClassId)> {
    let given = |class: &ClassId| {
        let mapped = mapped(db, *class).as_ref().filter(|it| it.mapping == Mapping::Table)?;
        Some((mapped.table?, *class))
    };
    file_classes(db, file).iter().filter_map(given).collect()
}

#[salsa::tracked(returns(ref))]
fn all_mapped_to(db: &dyn Db, part: Part) -> FxHashMap<TableId, Vec<ClassId>> {
    let mut res: FxHashMap<TableId, Vec<ClassId>> = FxHashMap::default();
    for &(table, class) in part.files(db).flat_map(|it| file_mapped_to(db, it)) {
        res.entry(table).or_default().push(class);
    }
    res
}

/// The classes that have this table, and those that join or share it.
fn classes_in(db: &dyn Db, table: TableId) -> Vec<ClassId> {
    let mut res = in_both(db, |it| all_mapped_to(db, it).get(&table), |it| it.file(db));
    if let TableSource::Class(class) = table.source(db) {
        res.insert(0, class);
    }
    let mut next = 0;
    while let Some(&class) = res.get(next) {
        next += 1;
        for heir in heirs(db, class) {
            if !res.contains(heir) {
                res.push(*heir);
            }
        }
    }
    res
}

/// Whether a table is one of those that a relationship joins, as far as that can be told.
fn concerns(db: &dyn Db, id: RelationshipId, table: TableId) -> bool {
    let Some(found) = relationship(db, id) else { return false };
    let has = |class: ClassId| selectable(db, class).is_none_or(|it| it.contains(&table));
    let links = match found.secondary {
        Secondary::Table(secondary) => secondary == table,
        Secondary::Unknown => true,
        Secondary::None | Secondary::Class(_) | Secondary::Missing { .. } => false,
    };
    links || has(id.parent(db)) || found.target_class().is_some_and(has)
}

/// Whether `relationship()` refuses a keyword, so that there will be no relationship to warn of.
fn is_refused(db: &dyn Db, id: RelationshipId) -> bool {
    let Some(declaration) = declaration(db, id) else { return false };
    let mut given = declaration.arguments.iter().filter(|it| it.keyword.is_some());
    given.any(|it| !RELATIONSHIP_KEYWORDS.contains(&it.name.as_str()))
}

/// Whether SQLAlchemy minds that both write the same column; `None` if it cannot be told.
fn conflict(db: &dyn Db, one: RelationshipId, other: RelationshipId) -> Option<bool> {
    if is_refused(db, one) || is_refused(db, other) {
        return Some(false);
    }
    let (parent, other_parent) = (one.parent(db), other.parent(db));
    let root = |class: ClassId| lineage(db, class).last().copied();
    if one.key(db) == other.key(db) && root(parent) == root(other_parent) {
        return Some(false);
    }
    let (ends, other_ends) = ([parent, target_of(db, one)?], [other_parent, target_of(db, other)?]);
    if ends.iter().any(|it| other_ends.iter().any(|other| is_sibling(db, *it, *other))) {
        return Some(false);
    }
    if reverse(db, one).contains(&other) || says_overlaps(db, one, other)? || says_overlaps(db, other, one)? {
        return Some(false);
    }
    let is_open = |class: &ClassId| class_info(db, *class).is_open;
    let may_be_related = ends.iter().any(is_open) && other_ends.iter().any(is_open);
    (!may_be_related && is_sound(db, written(db, one)) && is_sound(db, written(db, other))).then_some(true)
}

/// `Mapper.is_sibling`: both inherit from the same class, neither from the other.
fn is_sibling(db: &dyn Db, one: ClassId, other: ClassId) -> bool {
    let (line, other_line) = (lineage(db, one), lineage(db, other));
    line.last() == other_line.last() && !line.contains(&other) && !other_line.contains(&one)
}

/// Whether `overlaps` of one relationship names the other; `None` if that cannot be told.
fn says_overlaps(db: &dyn Db, one: RelationshipId, other: RelationshipId) -> Option<bool> {
    // A backref that is a mere string has no arguments.
    let Some(declaration) = declaration(db, one) else { return Some(false) };
    match declaration.value("overlaps") {
        Some(place) if place.expr(db) != Expr::None => {
            let text = string_value(db, place)?;
            Some(text.split(',').map(str::trim).any(|it| it == "__*" || other.key(db) == it))
        }
        _ => (!declaration.is_open).then_some(false),
    }
}

/// Whether all that a relationship says of its other side can be told and holds. If not, SQLAlchemy stops there.
fn is_sound(db: &dyn Db, id: RelationshipId) -> bool {
    let Some(declaration) = declaration(db, id) else { return true };
    if declaration.is_open {
        return false;
    }
    let Some(target) = target_of(db, id).filter(|_| id.backref_of(db).is_none()) else { return true };
    let finds = |name| relationship_named(db, target, name).is_some();
    let makes = |name| {
        let is_free = member(db, target, name).is_none();
        is_free && backrefs_on(db, target).iter().filter(|it| it.id.key(db) == name).count() == 1
    };
    let populated = declaration.name_argument(db, "back_populates").map(|it| finds(it.name));
    let made = declaration.backref(db).map(|it| makes(it.0.name));
    populated.unwrap_or(!declaration.has(db, "back_populates")) && made.unwrap_or(!declaration.has(db, "backref"))
}
