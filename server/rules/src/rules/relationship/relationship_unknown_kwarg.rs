//! `relationship()` is called with a keyword that it does not have.
//!
//! The parameters of `relationship()` are fixed, so Python raises a `TypeError` while the module is being imported. Options of
//! `ForeignKey` such as `ondelete` are often written here by mistake: they belong to the column.
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
//!     children = relationship("Child", back_populate="parent")
//!     #                                ^^^^^^^^^^^^^ error: `relationship()` has no parameter `back_populate`; did you mean `back_populates`?
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
//! ```text 1.4
//! TypeError: relationship() got an unexpected keyword argument 'back_populate'
//! ```
//! ```text 2.0 2.1
//! TypeError: RelationshipProperty.__init__() got an unexpected keyword argument 'back_populate'
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
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Declaration, Joined, Name, Place, RELATIONSHIP_KEYWORDS, string_value, table};

use crate::fix::Change;
use crate::mend::arguments::is_its_own;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

/// Options of the column's `ForeignKey` that are often looked for here.
const FOREIGN_KEY_KEYWORDS: [&str; 7] =
    ["deferrable", "initially", "link_to_name", "match", "ondelete", "onupdate", "use_alter"];

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res = unknown(it, it.declaration);
    // What is given to `backref(...)` is handed on to the relationship that it makes.
    if let Some((_, Some(inner))) = it.declaration.backref(it.db) {
        res.extend(unknown(it, &inner));
    }
    res
}

/// The keywords of one call that `relationship()` does not have.
fn unknown(it: RelationshipWalker<'_>, declaration: &Declaration) -> Vec<Finding> {
    let mut res = Vec::new();
    for argument in &declaration.arguments {
        let Some(keyword) = argument.keyword else { continue };
        // A keyword that has no value yet is still being typed.
        let is_unfinished = argument.value.expr(it.db) == relmodel_facts::Expr::Missing;
        if is_unfinished || RELATIONSHIP_KEYWORDS.contains(&keyword.name.as_str()) {
            continue;
        }
        let is_foreign = FOREIGN_KEY_KEYWORDS.contains(&keyword.name.as_str());
        // A keyword that is given already cannot have been meant again.
        let is_free = |name: &&str| !is_foreign && declaration.value(name).is_none();
        let candidates = RELATIONSHIP_KEYWORDS.iter().copied().filter(is_free);
        let meant = did_you_mean(keyword.name.as_str(), candidates);
        let hint = if is_foreign { "; it belongs to `ForeignKey`".to_owned() } else { meant.to_string() };
        let message = format!("`relationship()` has no parameter `{}`{hint}", keyword.name);
        let at = Anchor::Name(declaration.call.item, keyword.at);
        let fix = if is_foreign { hand_on(it, declaration, keyword.name, argument.value) } else { meant.fix(at) };
        res.push(Finding::new(at, message).with_fix(fix));
    }
    res
}

/// Moves an option to the `ForeignKey(...)` that the relationship goes by. That changes the database's tables.
fn hand_on(it: RelationshipWalker<'_>, declaration: &Declaration, keyword: Name, value: Place) -> Option<Fix> {
    let Joined::Join(join) = &it.data.join else { return None };
    let [pair] = join.pairs.as_slice() else { return None };
    let keys = [pair.local, pair.remote].into_iter().filter_map(|column| {
        let found = table(it.db, column.table).as_ref()?.column(column.key.as_str())?;
        found.foreign_keys.first().map(|key| key.constraint)
    });
    let call =
        keys.into_iter().next().filter(|call| matches!(call.expr(it.db), Expr::Call { .. }) && is_its_own(it))?;
    let name = FOREIGN_KEY_KEYWORDS.into_iter().find(|it| keyword == *it)?;
    let value = match value.expr(it.db) {
        Expr::True => "True".to_owned(),
        Expr::False => "False".to_owned(),
        _ => format!("\"{}\"", string_value(it.db, value)?),
    };
    let changes = vec![
        Change::RemoveArgument { call: declaration.call, name: keyword },
        Change::SetArgument { call, name, value },
    ];
    Some(Fix::risky(format!("Move `{keyword}` to `ForeignKey`"), changes))
}
