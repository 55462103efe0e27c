//! A relationship and a column of one hierarchy have one name.
//!
//! A class also maps the columns of the classes it inherits from, under the names that they have there. `Mapper._configure_property` in
//! `orm/mapper.py` raises where the class has a relationship of such a name, or a column where the class above has a relationship, while
//! the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! class Owner(Base):
//!     __tablename__ = "owner"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     owner = Column(String(20))
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     owner_id = Column(Integer, ForeignKey("owner.id"))
//!     owner = relationship("Owner")
//! #   ^^^^^ error: the relationship `Child.owner` has the name of a column that `Child` inherits from `Parent`; give one of them another name
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: WARNING: when configuring property 'owner' on mapped class Child->child, column 'owner' conflicts with property '<RelationshipProperty at 0x…; owner>'. To resolve this, map the column to the class under a different name in the 'properties' dictionary.  Or, to remove all awareness of the column entirely (including its availability as a foreign key), use the 'include_properties' or 'exclude_properties' mapper arguments to control specifically which table columns get mapped.
//! ```
//! ```text 2.0 2.1
//! ArgumentError: WARNING: when configuring property 'owner' on Mapper[Child(child)], column 'owner' conflicts with property '<_RelationshipDeclared at 0x…; owner>'. To resolve this, map the column to the class under a different name in the 'properties' dictionary.  Or, to remove all awareness of the column entirely (including its availability as a foreign key), use the 'include_properties' or 'exclude_properties' mapper arguments to control specifically which table columns get mapped.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! class Owner(Base):
//!     __tablename__ = "owner"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     owner_name = Column("owner", String(20))
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     owner_id = Column(Integer, ForeignKey("owner.id"))
//!     owner = relationship("Owner")
//! ```

use relmodel_model::{Inheritance, inheritance, member};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

/// Arguments of a mapper that may leave the column out.
const LEAVE_OUT: [&str; 3] = ["include_properties", "exclude_properties", "column_prefix"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let (db, class) = (it.class.db, it.class);
    // A mixin behind the class above does not count.
    if !it.is_own() || !it.is_certain() || class.is_open() || inheritance(db, class.id) == Inheritance::Concrete {
        return None;
    }
    let arguments = class.mapper_arguments()?;
    if LEAVE_OUT.iter().any(|name| arguments.get(name).is_some()) {
        return None;
    }
    let parent = class.mapped_parent()?;
    let (owner, above) = member(db, parent.id, it.name())?;
    let (own, other) = match (&it.member()?.kind, &above.kind) {
        (MemberKind::Relationship(..), MemberKind::Column(_)) => ("relationship", "column"),
        (MemberKind::Column(_), MemberKind::Relationship(..)) => ("column", "relationship"),
        _ => return None,
    };
    // What is set behind the class above may come after this class.
    let at = above.at?;
    let message = format!(
        "the {own} `{}.{}` has the name of a {other} that `{}` inherits from `{}`; give one of them another name",
        class.name(),
        it.name(),
        class.name(),
        owner.name(db),
    );
    Some(
        Finding::new(it.anchor(), message)
            .with_related(Anchor::Attribute(above.declared_in, at), format!("the {other}")),
    )
}
