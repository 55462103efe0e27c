//! A column of a mixin has a foreign key to a column that lies in no table.
//!
//! A mixin's columns are copied for each class that maps them, and the copy of a foreign key would still refer to the mixin's own
//! column. `_produce_column_copies` raises while the module is being imported; 1.4 does so for every foreign key of such a column.
//! Behind `@declared_attr` the column is made anew for each class.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Tree:
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey(id))
//! #   ^^^^^^^^^ error: `Tree.parent_id` has a foreign key to a column of a mixin, which lies in no table; return it from a `@declared_attr` method
//!
//!
//! class Node(Tree, Base):
//!     __tablename__ = "node"
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: Columns with foreign keys to other columns must be declared as @declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:.
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: Columns with foreign keys to non-table-bound columns must be declared as @declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Tree:
//!     id = Column(Integer, primary_key=True)
//!
//!     @declared_attr
//!     def parent_id(cls):
//!         return Column(Integer, ForeignKey("node.id"))
//!
//!
//! class Node(Tree, Base):
//!     __tablename__ = "node"
//! ```

use relmodel_facts::{Argument, Expr, ExprId, Item};
use relmodel_model::{AttributeKind, Db, Place, Value, Workspace, evaluate, item, library_call, own_attribute};

use crate::mend::method;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let AttributeKind::Column(call) = it.data.kind else { return None };
    let is_copied = !it.is_own() && it.data.function.is_none() && !it.data.is_field && it.is_certain();
    if !is_copied || it.name().starts_with("__") || it.is_inherited() {
        return None;
    }
    let keys = foreign_keys(db, call);
    let is_1_4 = Workspace::get(db).sqlalchemy(db) == SqlAlchemy::V1_4;
    let is_unbound = keys.iter().any(|key| leads_to_no_table(it, *key));
    let why = if is_unbound && !it.is_shadowed() {
        "to a column of a mixin, which lies in no table"
    } else if is_1_4 && !keys.is_empty() && !it.is_shadowed() {
        "on a mixin"
    } else {
        return None;
    };
    let message = format!("`{}` has a foreign key {why}; return it from a `@declared_attr` method", it.label());
    let class = Anchor::Class(it.class.id);
    let res = Finding::new(it.anchor(), message).with_related(class, format!("`{}` maps it", it.class.name()));
    // A method would refer to the same column that lies in no table.
    Some(if is_unbound { res } else { res.with_fix(method::of_attribute(it)) })
}

/// The first arguments of the `ForeignKey(...)`s in a column's call.
fn foreign_keys(db: &dyn Db, column: Place) -> Vec<Place> {
    let Expr::Call { arguments, .. } = column.expr(db) else { return Vec::new() };
    let target = |argument: &Argument| {
        let Argument::Positional(value) = argument else { return None };
        let (call, name) = library_call(db, column.with(*value))?;
        let Expr::Call { arguments, .. } = call.expr(db) else { return None };
        (name == "ForeignKey").then(|| arguments.first().map(|it| call.with(it.value())))?
    };
    arguments.iter().filter_map(target).collect()
}

/// Whether a foreign key's argument is a column that no table has: one of the mixin's own, or one that stands alone in
/// the module.
fn leads_to_no_table(it: AttributeWalker<'_>, target: Place) -> bool {
    let db = it.class.db;
    match evaluate(db, target) {
        Value::Attribute(class, name) if class == it.declared_in && matches!(target.expr(db), Expr::Name(_)) => {
            let attribute = own_attribute(db, class, name).filter(|it| !it.is_declared_attr && !it.is_conditional);
            attribute.is_some_and(|it| matches!(it.kind, AttributeKind::Column(_)))
        }
        Value::Expr(column) if column != target => {
            let is_column = library_call(db, column).is_some_and(|(_, name)| name == "Column");
            is_column && matches!(target.expr(db), Expr::Name(_)) && !is_used_elsewhere(db, target, column)
        }
        _ => false,
    }
}

/// Whether the file mentions a column's name in other statements than the two at hand: a table may take it in there.
fn is_used_elsewhere(db: &dyn Db, target: Place, column: Place) -> bool {
    let Expr::Name(name) = target.expr(db) else { return true };
    let file = target.item.file(db);
    if column.item.file(db) != file {
        return true;
    }
    let mentions = |found: &Item| {
        let ids = (0..).map(ExprId::new).zip(&found.exprs);
        ids.filter(|(_, expr)| **expr == Expr::Name(name)).count()
    };
    let counted: usize = file.facts(db).items().iter().map(|(_, found)| mentions(found)).sum();
    // The assignment's target and the foreign key's argument.
    let expected = item(db, target.item).map_or(0, mentions) + 1;
    counted > expected || expected != 2
}
