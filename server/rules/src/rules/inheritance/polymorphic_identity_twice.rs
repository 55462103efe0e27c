//! Two classes of a hierarchy have one `polymorphic_identity`.
//!
//! The value says which class a row belongs to. The second class takes it over (`Mapper._configure_inheritance` warns while the
//! module is being imported), and rows of the first are loaded as objects of the second.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     __mapper_args__ = {"polymorphic_identity": "parent"}
//!     #                                           ^^^^^^ warning: `Parent` has the `polymorphic_identity` `parent` already; give `Child` another one
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Reassigning polymorphic association for identity 'parent' from <Mapper at 0x…; Parent> to <Mapper at 0x…; Child>: Check for duplicate use of 'parent' as value for polymorphic_identity.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_facts::ItemKind;
use relmodel_model::{ClassId, lineage, nth_class, polymorphic_identities};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    it.mapped_parent()?;
    let all = polymorphic_identities(it.db, it.root().id);
    let own = all.iter().find(|other| other.class == it.id)?;
    let first = all.iter().find(|other| other.identity == own.identity && comes_before(it, other.class))?;
    // Of two classes in branches of an `if`, one may be left out.
    if [first.class, it.id].iter().any(|it_| it_.item(it.db).key(it.db).kind == ItemKind::Block) {
        return None;
    }
    let message = format!(
        "`{}` has the `polymorphic_identity` `{}` already; give `{}` another one",
        first.class.name(it.db),
        own.identity,
        it.name(),
    );
    Some(Finding::new(Anchor::Expr(own.place), message).with_related(Anchor::Expr(first.place), "the first class"))
}

/// Whether another class is surely there already: it is a parent, or stands above in the same file. Of two other files,
/// each may belong to a program of its own.
fn comes_before(it: ClassWalker<'_>, other: ClassId) -> bool {
    let is_above = other.file(it.db) == it.id.file(it.db) && nth_class(it.db, other) < nth_class(it.db, it.id);
    other != it.id && (is_above || lineage(it.db, it.id).contains(&other))
}
