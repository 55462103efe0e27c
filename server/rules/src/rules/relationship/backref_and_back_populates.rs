//! A relationship has both `backref` and `back_populates`.
//!
//! `backref` creates the other side and `back_populates` names one that is written out, so a relationship can have only one of
//! them. `relationship()` raises at once, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", backref="parent", back_populates="parent")
//!     #                                ^^^^^^^ error: `Parent.children` has both `backref` and `back_populates`; remove one of them
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: backref and back_populates keyword arguments are mutually exclusive
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    if !it.declaration.has(it.db, "backref") || !it.declaration.has(it.db, "back_populates") {
        return None;
    }
    // A value that is no literal may turn out to be `None`.
    it.declaration.backref(it.db)?;
    it.declaration.name_argument(it.db, "back_populates")?;
    let keyword = it.declaration.arguments.iter().find(|it| it.name == "backref")?.keyword?;
    let message = format!("`{}` has both `backref` and `back_populates`; remove one of them", it.label());
    Some(Finding::new(Anchor::Name(it.declaration.call.item, keyword.at), message))
}
