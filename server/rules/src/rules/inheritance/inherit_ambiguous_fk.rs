//! The table of a subclass has several foreign keys to the table of the class it inherits from.
//!
//! SQLAlchemy joins the two tables by the one foreign key between them. `Mapper._configure_inheritance` in `orm/mapper.py` raises where there
//! are several, while the module is being imported. `inherit_condition` says which one it is.
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
//! #     ^^^^^ error: `Child` inherits from `Parent`, but `child.id` and `child.friend_id` are foreign keys between their tables; say by which one they are joined: `"inherit_condition": id == Parent.id` in `__mapper_args__`
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     friend_id = Column(Integer, ForeignKey("parent.id"))
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AmbiguousForeignKeysError: Can't determine the inherit condition between inherited table 'parent' and inheriting table 'child'; tables have more than one foreign key relationship established.  Please specify the 'on clause' using the 'inherit_condition' mapper argument.
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
//!     friend_id = Column(Integer, ForeignKey("parent.id"))
//!     __mapper_args__ = {"polymorphic_identity": "child", "inherit_condition": id == Parent.id}
//! ```

use relmodel_model::inherit_failure;

use crate::prelude::*;
use crate::walker::{column_anchor, column_labels};

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let JoinFailure::Ambiguous(columns) = inherit_failure(it.db, it.id)? else { return None };
    let parent = it.mapped_parent()?;
    let message = format!(
        "`{}` inherits from `{}`, but {} are foreign keys between their tables; say by which one they are joined: \
         `\"inherit_condition\": id == {}.id` in `__mapper_args__`",
        it.name(),
        parent.name(),
        column_labels(it.db, &columns, "and"),
        parent.name(),
    );
    let res = Finding::new(Anchor::Class(it.id), message);
    let anchors = columns.iter().filter_map(|column| column_anchor(it.db, *column));
    Some(anchors.fold(res, |res, at| res.with_related(at, "one of the foreign keys")))
}
