//! An attribute that is set behind the class takes the place of one that is mapped already.
//!
//! `Mapper._configure_property` warns while the module is being imported: the earlier column or relationship is discarded.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!
//!
//! Parent.children = relationship("Child", order_by=Child.id)
//! #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: `Parent.children` is mapped already, and this takes its place; give it another name
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! SADeprecationWarning: User-placed attribute Parent.children on Mapper[Parent(parent)] is replacing an existing ORM-mapped attribute.  Behavior is not fully defined in this case.  This use is deprecated and will raise an error in a future release
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!
//!
//! Parent.children = relationship("Child", order_by=Child.id)
//! ```

use relmodel_model::{AttributeKind, LateAttribute, kind_of_value, late_attributes, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let db = it.db;
    late_attributes(db, it.id).iter().filter(|it| it.is_certain).find_map(|LateAttribute { name, value, .. }| {
        let attribute = own_attribute(db, it.id, *name).filter(|it| !it.is_conditional)?;
        let is_mapped = |kind| matches!(kind, AttributeKind::Column(_) | AttributeKind::Relationship(_));
        if !it.is_declarative() || !is_mapped(attribute.kind) || !is_mapped(kind_of_value(db, *value)) {
            return None;
        }
        let message =
            format!("`{}.{name}` is mapped already, and this takes its place; give it another name", it.name());
        Some(
            Finding::new(Anchor::Expr(*value), message)
                .with_related(Anchor::Attribute(it.id, attribute.at), "the attribute that is lost"),
        )
    })
}
