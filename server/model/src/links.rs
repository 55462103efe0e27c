//! The other side of a relationship: `back_populates`, `backref`, and the relationships that backrefs make.

use relmodel_facts::Name;
use rustc_hash::FxHashMap;

use crate::db::{ClassId, Db, RelationshipId, SourceFile, Workspace};
use crate::declarations::{declaration, written_relationships};
use crate::index::file_classes;
use crate::mappers::{MemberKind, lineage, mapped, member};
use crate::relationships::relationship;

/// A relationship that a `backref` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backref {
    /// The relationship it makes.
    pub id: RelationshipId,
    /// The relationship that holds the `backref`.
    pub source: RelationshipId,
}

/// What the relationships of one file say of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Links {
    /// Class and attribute that a `back_populates` names, and the relationship that names it.
    back_populates: Vec<(ClassId, Name, RelationshipId)>,
    /// Class that a backref is made on.
    backrefs: Vec<(ClassId, Backref)>,
}

#[salsa::tracked(returns(ref))]
fn file_links(db: &dyn Db, file: SourceFile) -> Links {
    let mut res = Links::default();
    for &class in file_classes(db, file) {
        for id in written_relationships(db, class) {
            let Some(declaration) = declaration(db, id) else { continue };
            let back_populates = declaration.name_argument(db, "back_populates");
            let backref = declaration.backref(db);
            if back_populates.is_none() && backref.is_none() {
                continue;
            }
            let Some(target) = relationship(db, id).as_ref().and_then(super::relationships::Relationship::target_class)
            else {
                continue;
            };
            if let Some(argument) = back_populates {
                let owner = member(db, target, argument.name).map_or(target, |it| it.0);
                res.back_populates.push((owner, argument.name, id));
            }
            if let Some((argument, _)) = backref {
                let made = RelationshipId::new(db, target, argument.name, Some((class, id.key(db))));
                res.backrefs.push((target, Backref { id: made, source: id }));
            }
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn all_backrefs(db: &dyn Db) -> FxHashMap<ClassId, Vec<Backref>> {
    let mut res: FxHashMap<ClassId, Vec<Backref>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for &file in &workspace.files(db).files {
        for &(class, backref) in &file_links(db, file).backrefs {
            res.entry(class).or_default().push(backref);
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn all_back_populates(db: &dyn Db) -> FxHashMap<(ClassId, Name), Vec<RelationshipId>> {
    let mut res: FxHashMap<(ClassId, Name), Vec<RelationshipId>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for &file in &workspace.files(db).files {
        for &(class, name, id) in &file_links(db, file).back_populates {
            res.entry((class, name)).or_default().push(id);
        }
    }
    res
}

/// The relationships that backrefs make on a class, by file and line of the backref.
#[salsa::tracked(returns(ref))]
pub fn backrefs_on(db: &dyn Db, class: ClassId) -> Vec<Backref> {
    all_backrefs(db).get(&class).cloned().unwrap_or_default()
}

/// The relationship that a backref makes under `name` on a class or on a mapped class it inherits from.
pub fn backref_named(db: &dyn Db, class: ClassId, name: Name) -> Option<Backref> {
    lineage(db, class)
        .into_iter()
        .find_map(|it| backrefs_on(db, it).iter().find(|backref| backref.id.key(db) == name).copied())
}

/// The relationship of a mapped class under `name`: written, inherited, or made by a backref.
pub fn relationship_named(db: &dyn Db, class: ClassId, name: Name) -> Option<RelationshipId> {
    if let Some((owner, found)) = member(db, class, name) {
        return match found.kind {
            MemberKind::Relationship(..) => Some(RelationshipId::new(db, owner, name, None)),
            _ => None,
        };
    }
    backref_named(db, class, name).map(|it| it.id)
}

/// The relationships on the other side (`RelationshipProperty._reverse_property`): the one it names, and those that
/// name it.
#[salsa::tracked(returns(ref))]
pub fn reverse(db: &dyn Db, id: RelationshipId) -> Vec<RelationshipId> {
    let mut res = Vec::new();
    let mut add = |it: RelationshipId| {
        if !res.contains(&it) {
            res.push(it);
        }
    };
    if let Some((class, key)) = id.backref_of(db) {
        add(RelationshipId::new(db, class, key, None));
    } else if let Some(declaration) = declaration(db, id) {
        let target = relationship(db, id).as_ref().and_then(super::relationships::Relationship::target_class);
        if let (Some(target), Some(argument)) = (target, declaration.name_argument(db, "back_populates")) {
            relationship_named(db, target, argument.name).into_iter().for_each(&mut add);
        }
        for backref in target.into_iter().flat_map(|it| backrefs_on(db, it)) {
            if backref.source == id {
                add(backref.id);
            }
        }
    }
    let naming = all_back_populates(db).get(&(id.parent(db), id.key(db)));
    naming.into_iter().flatten().copied().for_each(&mut add);
    res.retain(|it| mapped(db, it.parent(db)).is_some());
    res
}
