//! The table of a subclass has no foreign key to the table of the class it inherits from.
//!
//! A class with a `__tablename__` of its own is joined to its parent's table by a foreign key, most of the time that of its primary key.
//! `Mapper._configure_inheritance` in `orm/mapper.py` raises while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
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
//! #     ^^^^^ error: `Child` inherits from `Parent`, but its table `child` has no foreign key to `parent`; add one to its primary key, or leave out `__tablename__` to share the table
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoForeignKeysError: Can't determine the inherit condition between inherited table 'parent' and inheriting table 'child'; tables have no foreign key relationships established.  Please ensure the inheriting table has a foreign key relationship to the inherited table, or provide an 'on clause' using the 'inherit_condition' mapper argument.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
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
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_model::inherit_failure;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoForeignKeys = inherit_failure(it.db, it.id)? else { return None };
    let (parent, table) = (it.mapped_parent()?, it.table()?);
    let message = format!(
        "`{}` inherits from `{}`, but its table `{}` has no foreign key to `{}`; add one to its primary key, or leave out \
         `__tablename__` to share the table",
        it.name(),
        parent.name(),
        table.label(),
        parent.table()?.label(),
    );
    Some(
        Finding::new(Anchor::Class(it.id), message)
            .with_related(Anchor::Class(parent.id), "the class it inherits from"),
    )
}
