//! The value of an attribute is an SQL expression that is not mapped.
//!
//! `_ClassScanMapperConfig._warn_for_decl_attributes` warns while the module is being imported: the expression stays an ordinary
//! attribute of the class, and objects do not load it. `column_property()` maps it.
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
//!     first = Column(String)
//!     last = Column(String)
//!     name = first + last
//! #   ^^^^ warning: `Parent.name` is an SQL expression that is not mapped; write `column_property(…)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! SAWarning: Attribute 'name' on class <class 'models.Parent'> appears to be a non-schema SQLAlchemy expression object; this won't be part of the declarative mapping. To map arbitrary expressions, use ``column_property()`` or a similar function such as ``deferred()``, ``query_expression()`` etc.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import column_property, declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     first = Column(String)
//!     last = Column(String)
//!     name = column_property(first + last)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{AttributeKind, Place, Value, evaluate, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check)).since(SqlAlchemy::V2_0);

const OPERATORS: [&str; 11] = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let value = it.value().filter(|_| it.is_effective() && !it.name().starts_with("__"))?;
    if !is_expression(it, value) {
        return None;
    }
    let message = format!("`{}` is an SQL expression that is not mapped; write `column_property(…)`", it.label());
    Some(Finding::new(it.anchor(), message))
}

/// Whether a value surely is an expression over the class's columns, or a function of SQL.
fn is_expression(it: AttributeWalker<'_>, value: Place) -> bool {
    let db = it.class.db;
    match value.expr(db) {
        Expr::Operation(operation) => {
            // A chain of comparisons is no expression, but Python's `and`.
            let is_arithmetic = operation.operators.iter().all(|it| OPERATORS[..5].contains(&it.as_str()));
            let is_single = operation.operators.len() == 1 && OPERATORS.contains(&operation.operators[0].as_str());
            let mut operands = operation.operands.iter().take(2);
            operation.operands.len() > 1
                && (is_arithmetic || is_single)
                && operands.any(|operand| is_column(it, value.with(*operand)))
        }
        Expr::Call { function, .. } => match evaluate(db, value.with(function)) {
            Value::Library(name) => ["sqlalchemy.func.", "sqlalchemy.sql.func."].iter().any(|it| name.starts_with(it)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a name is that of a column further up in the same body.
fn is_column(it: AttributeWalker<'_>, place: Place) -> bool {
    let Expr::Name(name) = place.expr(it.class.db) else { return false };
    let is_here = evaluate(it.class.db, place) == Value::Attribute(it.declared_in, name);
    let attribute = own_attribute(it.class.db, it.declared_in, name).filter(|_| is_here);
    attribute.is_some_and(|it| matches!(it.kind, AttributeKind::Column(_)) && !it.is_conditional)
}
