//! What may be written or rewritten where nothing is wrong: the actions of an editor's menu. One file each; they are put
//! together from the same parts as fixes.

mod annotate;
mod association_object;
mod association_table;
mod backref_pair;
mod new_pair;
mod reverse_side;
mod target_form;

use relmodel_model::{ClassId, Db, RelationshipId};

use crate::fix::Fix;
use crate::walker::RelationshipWalker;

pub use new_pair::{NewPair, new_pairs};

/// What can be done with a relationship that is written out.
pub fn relationship_actions(db: &dyn Db, id: RelationshipId) -> Vec<Fix> {
    let Some(it) = RelationshipWalker::new(db, id).filter(|it| it.id.backref_of(db).is_none()) else {
        return Vec::new();
    };
    let single = [
        reverse_side::create(it),
        backref_pair::replace(it),
        association_table::generate(it),
        association_object::map(it),
    ];
    single.into_iter().flatten().chain(target_form::change(it)).collect()
}

/// What can be done with a mapped class.
pub fn class_actions(db: &dyn Db, class: ClassId) -> Vec<Fix> {
    annotate::annotate(db, class).into_iter().collect()
}
