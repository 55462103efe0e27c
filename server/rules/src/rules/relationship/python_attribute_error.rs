//! An argument of a relationship names a column or attribute that is not there.
//!
//! Python raises `AttributeError` where the expression is evaluated: code while the module is being imported, a lambda or a string when
//! SQLAlchemy configures the mappers. A table gives out its columns by `.c`, under their keys; a mapped class has those attributes that
//! it declares or inherits.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! parent_child = Table(
//!     "parent_child",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("child.id"), primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=parent_child, order_by=parent_child.c.child)
//!     #                                                                                ^^^^^ error: `order_by` of `Parent.children` names `parent_child.c.child`, but the table has no such column
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AttributeError: child
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! parent_child = Table(
//!     "parent_child",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("child.id"), primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=parent_child, order_by=parent_child.c.child_id)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{ArgumentFault, FaultKind, code_faults, dotted, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let in_code = code_faults(it.db, it.id);
    let attributes = in_code.iter().filter_map(|fault| attribute(it, fault));
    let columns = in_code.iter().chain(it.string_faults()).filter_map(|fault| column(it, fault));
    hidden_module(it).into_iter().chain(attributes).chain(columns).collect()
}

/// `relationship("child.Child")`, where `child` is a table too.
fn hidden_module(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Target::InTable { table, place } = it.data.target else { return None };
    let written = string_value(it.db, place).or_else(|| dotted(it.db, place))?;
    let name = written.rsplit('.').next()?;
    let table = TableWalker::new(it.db, table)?;
    let message = format!(
        "`{}` refers to `{written}`, but `{label}` is a table, which hides the module of that name; write `{name}` alone or more of the path in front",
        it.label(),
        label = table.label(),
    );
    let res = Finding::new(Anchor::Expr(place), message);
    Some(match table.anchor() {
        Some(at) => res.with_related(at, "the table"),
        None => res,
    })
}

/// `Child.name` in code.
fn attribute(it: RelationshipWalker<'_>, fault: &ArgumentFault) -> Option<Finding> {
    let FaultKind::UnknownAttribute(class, name) = fault.kind else { return None };
    Some(it.names_no_attribute(fault, class, name))
}

/// `child.c.name`, or `child.name` without `.c`.
fn column(it: RelationshipWalker<'_>, fault: &ArgumentFault) -> Option<Finding> {
    let at = Anchor::Member(fault.place);
    let (id, name, is_bare) = match fault.kind {
        FaultKind::UnknownColumn(id, name) => (id, name, false),
        FaultKind::WithoutC(id, name) => (id, name, true),
        _ => return None,
    };
    let table = TableWalker::new(it.db, id)?;
    let (parameter, relationship, label) = (fault.parameter, it.label(), table.label());
    let (meant, message) = if is_bare {
        let meant = Suggestion::of(name.as_str(), &format!("c.{name}"));
        let message = format!(
            "`{parameter}` of `{relationship}` asks the table `{label}` for its column `{name}` without `.c`{meant}"
        );
        (meant, message)
    } else {
        let meant = did_you_mean(name.as_str(), table.data.columns.iter().map(|it| it.key.as_str()));
        let message = format!(
            "`{parameter}` of `{relationship}` names `{label}.c.{name}`, but the table has no such column{meant}"
        );
        (meant, message)
    };
    let mut res = Finding::new(at, message).with_fix(meant.fix(at));
    if let Some(anchor) = table.anchor() {
        res = res.with_related(anchor, "the table");
    }
    Some(res)
}
