//! A string of a relationship names an attribute that its class does not have.
//!
//! Strings such as `order_by="Child.position"` are evaluated when SQLAlchemy configures the mappers. A class in them stands for its
//! mapper: `_GetColumns` in `orm/clsregistry.py` gives out the attributes that the mapper knows, and raises for all others. The
//! name of the attribute counts, not that of the column in the database.
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
//!     children = relationship("Child", order_by="Child.postion")
//!     #                                                ^^^^^^^ error: `order_by` of `Parent.children` names `Child.postion`, but `Child` has no such attribute; did you mean `position`?
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     position = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AttributeError: Class <class 'models.Child'> does not have a mapped column named 'postion'
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
//!     children = relationship("Child", order_by="Child.position")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     position = Column(Integer)
//! ```

use relmodel_model::FaultKind;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let found = it.string_faults().iter().filter_map(|fault| match fault.kind {
        FaultKind::UnknownAttribute(class, name) => Some(it.names_no_attribute(fault, class, name)),
        _ => None,
    });
    found.collect()
}
