//! Two attributes of a class have columns of one name.
//!
//! A table has one column of each name. Since 2.0 `Column._set_parent` raises for the second, while the module is being imported; 1.4
//! puts the second in the place of the first and then misses the first. One `Column` object under two names is mapped once, with a
//! warning; a second name for a column is a `synonym()`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column("label", String)
//!     title = Column("label", String)
//!     #               ^^^^^ error: `Parent.name` and `Parent.title` both have a column `label`; give one of them another name
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! SAWarning: On class 'Parent', Column object 'label' named directly multiple times, only one will be used: name, title. Consider using orm.synonym instead
//! SADeprecationWarning: A column with name 'label' is already present in table 'parent'. Please use method :meth:`_schema.Table.append_column` with the parameter ``replace_existing=True`` to replace an existing column.
//! ArgumentError: When configuring property 'name' on mapped class Parent->parent, column 'parent.label' is not represented in the mapper's table. Use the `column_property()` function to force this column to be mapped as a read-only attribute.
//! ```
//! ```text 2.0 2.1
//! SAWarning: On class 'Parent', Column object 'label' named directly multiple times, only one will be used: name, title. Consider using orm.synonym instead
//! DuplicateColumnError: A column with name 'label' is already present in table 'parent'.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, synonym
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column("label", String)
//!     title = synonym("name")
//! ```

use relmodel_model::{Column, Member, Workspace, members};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let column = column_of(it)?;
    let is_named_so = |it: &&Member| matches!(&it.kind, MemberKind::Column(other) if other.name == column.name);
    members(db, it.class.id).iter().filter(is_named_so).nth(1)?;
    let earlier = it.class.attributes().take_while(|other| other.data != it.data);
    let (first, first_column) =
        earlier.filter_map(|it| Some((it, column_of(it)?))).find(|(_, other)| other.name == column.name)?;
    let is_same = first_column.place == column.place;
    // 1.4 lets some of them pass.
    if !is_same && Workspace::get(db).sqlalchemy(db) == SqlAlchemy::V1_4 && !raises_in_1_4(first_column, column) {
        return None;
    }
    let message = if is_same {
        format!(
            "`{}` is the column of `{}` under a second name, which maps it once; write `synonym(\"{}\")`",
            it.label(),
            first.label(),
            first.name(),
        )
    } else {
        format!(
            "`{}` and `{}` both have a column `{}`; give one of them another name",
            first.label(),
            it.label(),
            column.name
        )
    };
    let call = it.call();
    let name = call.as_ref().and_then(|it| it.first()).filter(|_| !is_same && column.name != it.name());
    let finding = Finding::new(name.map_or(it.anchor(), Anchor::Expr), message);
    let finding = finding.with_related(first.anchor(), format!("the column `{}`", column.name));
    Some(if is_same { finding.as_warning() } else { finding })
}

/// The column that an attribute declares, if all of it is known.
fn column_of(it: AttributeWalker<'_>) -> Option<&Column> {
    if !it.is_effective() || !matches!(it.kind(), relmodel_model::AttributeKind::Column(_)) {
        return None;
    }
    let member = members(it.class.db, it.class.id).iter().find(|member| member.name == it.name())?;
    match &member.kind {
        MemberKind::Column(column) if !column.is_open && member.declared_in == it.declared_in => Some(column),
        _ => None,
    }
}

/// 1.4 raises where the first column is mapped under a name of its own, and its key is taken by the second.
fn raises_in_1_4(first: &Column, second: &Column) -> bool {
    first.key == second.key && first.attribute != first.key && second.attribute != second.key
}
