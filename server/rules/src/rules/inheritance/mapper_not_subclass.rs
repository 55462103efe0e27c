//! A call that maps a class lets its mapper inherit from that of another, which the Python class does not inherit from.
//!
//! Objects of the class stand for objects of its parent. `Mapper._configure_inheritance` asks Python whether they are, and raises while
//! the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import registry
//!
//! reg = registry()
//! parent_table = Table("parent", reg.metadata, Column("id", Integer, primary_key=True))
//! child_table = Table("child", reg.metadata, Column("id", ForeignKey("parent.id"), primary_key=True))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! class Child:
//!     pass
//!
//!
//! reg.map_imperatively(Parent, parent_table)
//! child_mapper = reg.map_imperatively(Child, child_table, inherits=Parent)
//! #                                                                ^^^^^^ error: the mapper of `Child` inherits from that of `Parent`, but the class does not; write `class Child(Parent)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Class 'Child' does not inherit from 'Parent'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import registry
//!
//! reg = registry()
//! parent_table = Table("parent", reg.metadata, Column("id", Integer, primary_key=True))
//! child_table = Table("child", reg.metadata, Column("id", ForeignKey("parent.id"), primary_key=True))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! class Child(Parent):
//!     pass
//!
//!
//! reg.map_imperatively(Parent, parent_table)
//! child_mapper = reg.map_imperatively(Child, child_table, inherits=Parent)
//! ```

use relmodel_model::{class_info, is_imperative};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    if !is_imperative(it.db, it.id) || it.is_open() {
        return None;
    }
    let place = it.mapper_arguments()?.get("inherits")?;
    let parent = it.mapped_parent()?;
    if class_info(it.db, it.id).mro.contains(&parent.id) {
        return None;
    }
    let message = format!(
        "the mapper of `{0}` inherits from that of `{1}`, but the class does not; write `class {0}({1})`",
        it.name(),
        parent.name(),
    );
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_related(Anchor::Class(it.id), format!("`{}` is defined here", it.name())))
}
