//! An argument of a relationship is a string or another object where SQLAlchemy asks for a column.
//!
//! A string given to `foreign_keys`, `order_by` and the like is evaluated when SQLAlchemy configures the mappers, but only if it is the
//! whole argument: the strings in a list, or those that a function returns, are taken as they are, and
//! `_process_dependent_arguments` in `orm/relationships.py` raises for them. It raises likewise where the evaluated string is a
//! class, a table, or a function of Python's such as `id`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Account(Base):
//!     __tablename__ = "account"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Transfer(Base):
//!     __tablename__ = "transfer"
//!     id = Column(Integer, primary_key=True)
//!     source_id = Column(ForeignKey("account.id"))
//!     target_id = Column(ForeignKey("account.id"))
//!     source = relationship("Account", foreign_keys=["Transfer.source_id"])
//!     #                                               ^^^^^^^^^^^^^^^^^^ error: `foreign_keys` of `Transfer.source` asks for a column, and a string in a list is not evaluated; put the whole list in one string
//!     target = relationship("Account", foreign_keys="Transfer.target_id")
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Column expression expected for argument 'foreign_keys'; got 'Transfer.source_id'.
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
//! class Account(Base):
//!     __tablename__ = "account"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Transfer(Base):
//!     __tablename__ = "transfer"
//!     id = Column(Integer, primary_key=True)
//!     source_id = Column(ForeignKey("account.id"))
//!     target_id = Column(ForeignKey("account.id"))
//!     source = relationship("Account", foreign_keys="[Transfer.source_id]")
//!     target = relationship("Account", foreign_keys="Transfer.target_id")
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ArgumentFault, FaultKind, NoExpression};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.string_faults().iter().filter_map(|fault| found(it, fault)).collect()
}

fn found(it: RelationshipWalker<'_>, fault: &ArgumentFault) -> Option<Finding> {
    let FaultKind::NoExpression(value) = fault.kind else { return None };
    let mut meant = Suggestion::default();
    let what = match value {
        NoExpression::StringInList => {
            "a string in a list is not evaluated; put the whole list in one string".to_owned()
        }
        NoExpression::String => "a string that is returned or quoted twice is not evaluated".to_owned(),
        NoExpression::Class(class) => format!("`{}` is a class", class.name(it.db)),
        NoExpression::Table(table) => {
            let table = TableWalker::new(it.db, table)?;
            format!("`{}` is a table", table.label())
        }
        NoExpression::Python(name) => {
            meant = it.column_of_target(name.as_str());
            format!("`{name}` is Python's own function")
        }
    };
    let message = format!("`{}` of `{}` asks for a column, and {what}{meant}", fault.parameter, it.label());
    let at = Anchor::Expr(fault.place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)).with_fix(in_one_string(it, fault)))
}

/// The whole list in one string.
fn in_one_string(it: RelationshipWalker<'_>, fault: &ArgumentFault) -> Option<Fix> {
    let place = it.declaration.value(fault.parameter)?;
    let Expr::List(elements) = place.expr(it.db) else { return None };
    let texts = elements.iter().map(|part| match place.with(*part).expr(it.db) {
        Expr::String(text) if !text.value.contains('"') => Some(text.value.to_string()),
        _ => None,
    });
    let code = match texts.collect::<Option<Vec<_>>>()?.as_slice() {
        [only] => format!("\"{only}\""),
        several => format!("\"[{}]\"", several.join(", ")),
    };
    Some(Fix::safe("Put the list in one string", vec![Change::ReplaceExpression { place, code }]))
}
