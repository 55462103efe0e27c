//! Two relationships write the same column, and nothing says that they belong together.
//!
//! When a session is flushed, each of them copies the key of what it refers to into the same foreign key column, and which of the
//! two wins is left to chance. `JoinCondition._warn_for_conflicting_sync_targets` in `orm/relationships.py` warns at the one
//! that is configured later. Two sides of one link are joined by `back_populates`; one that only reads is marked `viewonly`;
//! and where both are meant to write, `overlaps` names the other.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Author(Base):
//!     __tablename__ = "author"
//!     id = Column(Integer, primary_key=True)
//!     books = relationship("Book")
//!
//!
//! class Book(Base):
//!     __tablename__ = "book"
//!     id = Column(Integer, primary_key=True)
//!     author_id = Column(Integer, ForeignKey("author.id"))
//!     author = relationship("Author")
//!     #        ^^^^^^^^^^^^ warning: `Book.author` will copy column author.id to column book.author_id, which conflicts with `Author.books` (copies author.id to book.author_id); link the two with `back_populates`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: relationship 'Book.author' will copy column author.id to column book.author_id, which conflicts with relationship(s): 'Author.books' (copies author.id to book.author_id). If this is not the intention, consider if these relationships should be linked with back_populates, or if viewonly=True should be applied to one or more if they are read-only. For the less common case that foreign key constraints are partially overlapping, the orm.foreign() annotation can be used to isolate the columns that should be written towards.   To silence this warning, add the parameter 'overlaps="books"' to the 'Book.author' relationship.
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
//! class Author(Base):
//!     __tablename__ = "author"
//!     id = Column(Integer, primary_key=True)
//!     books = relationship("Book", back_populates="author")
//!
//!
//! class Book(Base):
//!     __tablename__ = "book"
//!     id = Column(Integer, primary_key=True)
//!     author_id = Column(Integer, ForeignKey("author.id"))
//!     author = relationship("Author", back_populates="books")
//! ```

use std::collections::BTreeMap;

use relmodel_model::{
    Copied, Db, Overlap, RelationshipId, bare_column_label, made_by, overlaps, relationship, reverse,
};

use crate::mend::{arguments, pair};
use crate::prelude::*;
use crate::walker::{attribute_anchor, label};

pub(super) static RULE: Rule = Rule::warning(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let own = finding(it.db, it.id, || Some(it.callee_anchor())).map(|found| found.with_fixes(fixes(it)));
    // What a backref makes is written nowhere else.
    let made = made_by(it.db, it.id).and_then(|made| finding(it.db, made, || attribute_anchor(it.db, made)));
    made.into_iter().chain(own).collect()
}

/// One finding for a relationship, however many columns it is about.
fn finding(db: &dyn Db, id: RelationshipId, at: impl Fn() -> Option<Anchor>) -> Option<Finding> {
    let found = overlaps(db, id);
    if found.is_empty() {
        return None;
    }
    let copies = found.iter().map(|it| {
        let [from, to] = labels(db, it.copied);
        format!("column {from} to column {to}")
    });
    let message = format!(
        "`{}` will copy {}, which conflicts with {}; {}",
        label(db, id),
        copies.collect::<Vec<_>>().join(" and "),
        others(db, &found).join(" and "),
        advice(db, id, &found),
    );
    let mut res = Finding::new(at()?, message);
    for (other, same) in found.iter().flat_map(|it| &it.others) {
        if let Some(at) = attribute_anchor(db, *other) {
            let [from, to] = labels(db, *same);
            res = res.with_related(at, format!("copies {from} to {to} too"));
        }
    }
    Some(res)
}

/// The relationships that write the same columns, with what each copies, sorted as SQLAlchemy lists them.
fn others(db: &dyn Db, found: &[Overlap]) -> Vec<String> {
    let mut res: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (other, same) in found.iter().flat_map(|it| &it.others) {
        let [from, to] = labels(db, *same);
        res.entry(label(db, *other)).or_default().push(format!("{from} to {to}"));
    }
    res.iter().map(|(other, copies)| format!("`{other}` (copies {})", copies.join(" and "))).collect()
}

fn labels(db: &dyn Db, copied: Copied) -> [String; 2] {
    [copied.from, copied.to].map(|it| bare_column_label(db, it))
}

/// What to do: two that lead to each other's class are most likely two sides of one link.
fn advice(db: &dyn Db, id: RelationshipId, found: &[Overlap]) -> String {
    let others = conflicting(found);
    let target = |id| relationship(db, id).as_ref().and_then(relmodel_model::Relationship::target_class);
    if let [other] = others[..]
        && target(id) == Some(other.parent(db))
        && target(other) == Some(id.parent(db))
        && reverse(db, id).is_empty()
        && reverse(db, other).is_empty()
    {
        return "link the two with `back_populates`".to_owned();
    }
    let mut keys: Vec<&str> = others.iter().map(|it| it.key(db).as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    format!("add `viewonly=True` to what only reads, or `overlaps=\"{}\"` if both are meant to write", keys.join(","))
}

fn conflicting(found: &[Overlap]) -> Vec<RelationshipId> {
    let mut res: Vec<RelationshipId> = found.iter().flat_map(|it| &it.others).map(|it| it.0).collect();
    res.dedup();
    res
}

/// Two sides of one link are told to be that; else SQLAlchemy is told that both are meant to write.
fn fixes(it: RelationshipWalker<'_>) -> Vec<Fix> {
    let others = conflicting(&overlaps(it.db, it.id));
    let linked = match others[..] {
        [other] => pair::link(it, other).map(Fix::as_risky),
        _ => None,
    };
    let given = it.declaration.value("overlaps").map(|place| relmodel_model::string_value(it.db, place));
    let mut keys: Vec<String> = match given {
        Some(None) => return linked.into_iter().collect(),
        Some(Some(text)) => text.split(',').map(|it| it.trim().to_owned()).collect(),
        None => Vec::new(),
    };
    let mut new: Vec<String> = others.iter().map(|other| other.key(it.db).to_string()).collect();
    new.retain(|key| !keys.contains(key));
    new.sort_unstable();
    new.dedup();
    keys.append(&mut new);
    let keys = keys.join(",");
    let change = arguments::set(it, "overlaps", format!("\"{keys}\""));
    let meant = change.map(|it| Fix::risky(format!("Add `overlaps=\"{keys}\"`"), vec![it]));
    linked.into_iter().chain(meant).collect()
}
