//! Two relationships that are two sides of one link.

use relmodel_model::{Direction, Name, Relationship, RelationshipId, relationship};

use crate::fix::{Change, Fix};
use crate::mend::arguments;
use crate::mend::other_side::may_overlap;
use crate::walker::RelationshipWalker;

/// Two relationships that lead to each other populate each other: `back_populates` on both, and no backref.
pub(crate) fn link(it: RelationshipWalker<'_>, other: RelationshipId) -> Option<Fix> {
    let refers_back = relationship(it.db, other).as_ref().and_then(Relationship::target_class) == Some(it.parent().id);
    let is_target = it.data.target_class() == Some(other.parent(it.db)) && other.backref_of(it.db).is_none();
    let other = RelationshipWalker::new(it.db, other).filter(|_| refers_back && is_target)?;
    let is_reverse = match (it.data.direction()?, other.data.direction()?) {
        (Direction::ManyToMany, Direction::ManyToMany) => it.data.secondary == other.data.secondary,
        (own, other) => own != other && own != Direction::ManyToMany && other != Direction::ManyToMany,
    };
    let is_free = [it, other].iter().all(|it| {
        // What a `backref(...)` says besides the name would be lost.
        arguments::is_its_own(*it) && it.declaration.backref(it.db).is_none_or(|it| it.1.is_none())
    });
    let names_another = |side: RelationshipWalker<'_>, key: Name| {
        side.declaration.name_argument(it.db, "back_populates").is_some_and(|it| it.name != key)
    };
    let is_linked = names_another(it, other.id.key(it.db)) || names_another(other, it.id.key(it.db));
    if !is_reverse || !is_free || is_linked || !may_overlap(it.db, it.id, other.id) {
        return None;
    }
    let mut changes = Vec::new();
    for (side, key) in [(it, other.id.key(it.db)), (other, it.id.key(it.db))] {
        let call = side.declaration.call;
        let new = format!("back_populates=\"{key}\"");
        match side.declaration.arguments.iter().find(|it| it.name == "backref").and_then(|it| it.keyword) {
            Some(keyword) => changes.push(Change::ReplaceArgument { call, name: keyword.name, code: new }),
            None => changes.push(Change::SetArgument { call, name: "back_populates", value: format!("\"{key}\"") }),
        }
    }
    Some(Fix::safe("Use `back_populates` on both sides", changes))
}
