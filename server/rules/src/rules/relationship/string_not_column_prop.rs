//! A string of a relationship names a relationship where a column is meant.
//!
//! Strings such as `foreign_keys="Child.parent_id"` are evaluated when SQLAlchemy configures the mappers, and `_GetColumns` in
//! `orm/clsregistry.py` gives out columns only. Most often the name of the relationship was written where that of the foreign key
//! column beside it was meant.
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
//!     children = relationship("Child", back_populates="parent", foreign_keys="Child.parent")
//!     #                                                                             ^^^^^^ error: `foreign_keys` of `Parent.children` names `Child.parent`, which is a relationship and not a column; did you mean `parent_id`?
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
//! InvalidRequestError: Property 'parent' is not an instance of ColumnProperty (i.e. does not correspond directly to a Column).
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
//!     children = relationship("Child", back_populates="parent", foreign_keys="Child.parent_id")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_model::FaultKind;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    for fault in it.string_faults() {
        let FaultKind::NotColumn(class, name) = fault.kind else { continue };
        let class = ClassWalker { db: it.db, id: class };
        // `parent` beside `parent_id` is the usual slip.
        let columns = class.column_names();
        let beside = columns.iter().find(|it| it.strip_suffix("_id") == Some(name.as_str()));
        let meant = match beside {
            Some(column) => Suggestion::of(name.as_str(), column),
            None => did_you_mean(name.as_str(), columns),
        };
        let message = format!(
            "`{}` of `{}` names `{}.{name}`, which is a relationship and not a column{meant}",
            fault.parameter,
            it.label(),
            class.name(),
        );
        let at = Anchor::Member(fault.place);
        let mut finding = Finding::new(at, message).with_fix(meant.fix(at).map(Fix::as_risky));
        if let Some((_, found)) = relmodel_model::member(it.db, class.id, name)
            && let Some(place) = found.at
        {
            finding = finding.with_related(Anchor::Attribute(found.declared_in, place), "the relationship");
        }
        res.push(finding);
    }
    res
}
