//! A `ForeignKey` refers to a column that its table does not have.
//!
//! `ForeignKey.column` looks the column up by its name in the table, which may differ from the attribute's name, and raises if
//! there is none: when SQLAlchemy configures the mappers if a relationship needs the foreign key, else at the first use such as
//! `create_all()`.
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.pk"))
//!     #                                              ^^ error: `child.parent_id` refers to `parent.pk`, but the table `parent` has no column `pk`; its primary key is `id`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoReferencedColumnError: Could not initialize target column for ForeignKey 'parent.pk' on table 'child': table 'parent' has no column named 'pk'
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::ForeignKey(check));

fn check(it: ForeignKeyWalker<'_>) -> Option<Finding> {
    let ForeignKeyTarget::NoColumn { table, column } = it.target() else { return None };
    let Spec::Text(text) = &it.key.spec else { return None };
    let target = TableWalker::new(it.table.db, table)?;
    let near = did_you_mean(&column, target.data.columns.iter().map(|it| it.key.as_str()));
    let key = primary_key(target).filter(|_| near.is_empty());
    let advice = key.map(|key| format!("; its primary key is `{key}`"));
    let message = format!(
        "`{}` refers to `{}.{column}`, but the table `{}` has no column `{column}`{}",
        it.label(),
        target.label(),
        target.label(),
        advice.unwrap_or_else(|| near.to_string()),
    );
    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let start = text.rfind('.').map_or(0, |dot| dot + 1);
    let at = Anchor::InString(it.key.place, offset(start), offset(text.len()));
    // The primary key is a guess.
    let guess = |key| match text.split_once('.') {
        Some(_) => Suggestion::of(&column, key),
        // The table alone stands there.
        None => Suggestion::of(text, &format!("{text}.{key}")),
    };
    let fix = near.fix(at).or_else(|| guess(key?).fix(at).map(Fix::as_risky));
    let mut res = Finding::new(at, message).with_fix(fix);
    if let Some(at) = target.anchor() {
        res = res.with_related(at, format!("the table `{}`", target.label()));
    }
    Some(res)
}

/// The one column of the primary key, which is what foreign keys mostly refer to.
fn primary_key(table: TableWalker<'_>) -> Option<&'static str> {
    let mut keys = table.data.columns.iter().filter(|it| it.primary_key == Some(true));
    match (keys.next(), keys.next()) {
        (Some(key), None) => Some(key.key.as_str()),
        _ => None,
    }
}
