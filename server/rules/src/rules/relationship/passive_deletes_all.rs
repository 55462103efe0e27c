//! `passive_deletes="all"` stands beside a cascade that deletes.
//!
//! `"all"` tells SQLAlchemy to leave the children of a deleted object to the database altogether, and `delete` and `delete-orphan` tell
//! it to delete them. `RelationshipProperty._check_cascade_settings` raises when SQLAlchemy configures the mappers.
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
//!     children = relationship("Child", cascade="all", passive_deletes="all")
//!     #                                               ^^^^^^^^^^^^^^^ error: `Parent.children` cannot have `passive_deletes="all"` and delete its children by `cascade` too; write `passive_deletes=True`, or take `delete` out of `cascade`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: On Parent.children, can't set passive_deletes='all' in conjunction with 'delete' or 'delete-orphan' cascade
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
//!     children = relationship("Child", cascade="all", passive_deletes=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    let (_, passive) = it.text("passive_deletes")?;
    let cascades = it.cascades()?;
    let is_deleting = cascades.has("delete") || cascades.has("delete-orphan");
    if passive != "all" || !is_deleting || it.data.viewonly != Some(false) {
        return None;
    }
    let message = format!(
        "`{}` cannot have `passive_deletes=\"all\"` and delete its children by `cascade` too; write `passive_deletes=True`, or take `delete` out of `cascade`",
        it.label(),
    );
    let change = it.call_with("passive_deletes").map(|call| Change::SetArgument {
        call,
        name: "passive_deletes",
        value: "True".to_owned(),
    });
    let fix = change.map(|it| Fix::risky("Change to `passive_deletes=True`", vec![it]));
    Some(Finding::new(it.keyword("passive_deletes")?, message).with_fix(fix))
}
