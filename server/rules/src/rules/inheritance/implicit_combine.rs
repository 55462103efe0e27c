//! A class of its own table repeats the name of a column that the class above it has.
//!
//! Both columns are mapped under one attribute, so SQLAlchemy writes one value into both, and warns while the module is being imported
//! (`Mapper._reconcile_prop_with_incoming_columns`). It does not where the column is the one by which the tables are joined.
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
//!     name = Column(String(20))
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     name = Column(String(20))
//! #   ^^^^ warning: `Child.name` is the column `name` of `child` and, from `Parent`, that of `parent` too, so both get one value; give it another name
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Implicitly combining column parent.name with column child.name under attribute 'name'.  Please configure one or more attributes for these same-named columns explicitly.
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
//!     name = Column(String(20))
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(Integer, ForeignKey("parent.id"), primary_key=True)
//!     nickname = Column(String(20))
//! ```

use relmodel_model::{AttributeKind, Column, Inheritance, inherit_failure, inheritance, member, members};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check));

/// Arguments of a mapper that may join the tables otherwise, or leave a column out.
const TOLD_BY: [&str; 4] = ["inherit_condition", "include_properties", "exclude_properties", "version_id_col"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    if inheritance(db, it.class.id) != Inheritance::Joined || it.class.is_open() || !it.is_effective() {
        return None;
    }
    // Tables that cannot be joined are a fault of their own.
    if inherit_failure(db, it.class.id).is_some() {
        return None;
    }
    let arguments = [it.class.mapper_arguments()?, it.class.root().mapper_arguments()?];
    if arguments.iter().any(|it| TOLD_BY.iter().any(|name| it.get(name).is_some())) {
        return None;
    }
    let own = own_column(it)?;
    let parent = it.class.mapped_parent()?;
    let (owner, inherited) = member(db, parent.id, it.name())?;
    let MemberKind::Column(above) = &inherited.kind else { return None };
    let (table, table_above) = (it.class.table()?, ClassWalker { db, id: owner }.table()?);
    if table.id == table_above.id || may_join(table, own) || may_join(table_above, above) {
        return None;
    }
    let message = format!(
        "`{}.{}` is the column `{}` of `{}` and, from `{}`, that of `{}` too, so both get one value; give it another name",
        it.class.name(),
        it.name(),
        own.name,
        table.label(),
        owner.name(db),
        table_above.label(),
    );
    let related = inherited.at.map(|at| Anchor::Attribute(inherited.declared_in, at));
    let res = Finding::new(it.anchor(), message);
    Some(match related {
        Some(at) => res.with_related(at, "the other column"),
        None => res,
    })
}

/// Whether the tables of a hierarchy may be joined by a column: only keys join them.
fn may_join(table: TableWalker<'_>, column: &Column) -> bool {
    let is_key = || table.data.foreign_keys().any(|(key, _)| key == column.key || key == column.name);
    table.data.is_open || table.data.is_extended || column.is_open || is_key()
}

/// The column that the attribute is, if its call or its annotation alone makes it.
fn own_column(it: AttributeWalker<'_>) -> Option<&Column> {
    let is_plain = match it.kind() {
        AttributeKind::Annotated => true,
        AttributeKind::Column(_) => it.call().is_some_and(|it| matches!(it.name.as_str(), "Column" | "mapped_column")),
        _ => false,
    };
    let member = members(it.class.db, it.class.id).iter().find(|member| member.name == it.name())?;
    match &member.kind {
        MemberKind::Column(column) if is_plain => Some(column),
        _ => None,
    }
}
