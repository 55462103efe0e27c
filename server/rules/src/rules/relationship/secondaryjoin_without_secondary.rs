//! `secondaryjoin` is given without `secondary`.
//!
//! `secondaryjoin` says how the association table is joined to the target, so there has to be one. `JoinCondition._determine_joins`
//! in `orm/relationships.py` raises when SQLAlchemy configures the mappers.
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
//!     children = relationship("Child", secondaryjoin="Child.parent_id == Parent.id")
//!     #                                ^^^^^^^^^^^^^ error: `Parent.children` has `secondaryjoin` but no `secondary`; name the association table, or use `primaryjoin`
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
//! ArgumentError: Property Parent.children specified with secondary join condition but no secondary argument
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
//!     children = relationship("Child", primaryjoin="Child.parent_id == Parent.id")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let argument = it.declaration.arguments.iter().find(|it| it.name == "secondaryjoin")?;
    let is_condition = matches!(
        argument.value.expr(it.db),
        Expr::String(_) | Expr::Operation(_) | Expr::Call { .. } | Expr::Lambda { .. }
    );
    // What stands in the way of the target is told first.
    if !is_condition || it.data.secondary != Secondary::None || it.target().is_none() {
        return None;
    }
    let message = format!(
        "`{}` has `secondaryjoin` but no `secondary`; name the association table, or use `primaryjoin`",
        it.label()
    );
    let at = argument
        .keyword
        .map_or(Anchor::Expr(argument.value), |keyword| Anchor::Name(it.declaration.call.item, keyword.at));
    Some(Finding::new(at, message))
}
