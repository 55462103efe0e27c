//! Creating the other side of a relationship that has none.

use relmodel_model::{Joined, Name, reverse};

use crate::fix::Fix;
use crate::mend::{arguments, other_side};
use crate::walker::RelationshipWalker;

/// Writes the other side into the target, and `back_populates` on both.
pub(super) fn create(it: RelationshipWalker<'_>) -> Option<Fix> {
    let is_joined = matches!(it.data.join, Joined::Join(_));
    let names_one = ["back_populates", "backref"].iter().any(|name| it.declaration.has(it.db, name));
    if !is_joined || names_one || it.declaration.is_open || !reverse(it.db, it.id).is_empty() {
        return None;
    }
    let name = other_side::name_of_other_side(it.db, it.id)?;
    let (target, key) = (it.target()?, Name::from(&name));
    let mut res = other_side::add(it, key)?;
    res.changes.push(arguments::set(it, "back_populates", format!("\"{name}\""))?);
    res.title = format!("Create the other side `{}.{name}`", target.name());
    Some(res)
}
