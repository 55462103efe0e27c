//! A class is mapped by `mapper()`, which 2.0 has removed.
//!
//! What is left of `sqlalchemy.orm.mapper` raises when it is called. `registry.map_imperatively()` takes the same arguments and is there
//! in 1.4 too.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, MetaData, Table
//! from sqlalchemy.orm import mapper
//!
//! parent_table = Table("parent", MetaData(), Column("id", Integer, primary_key=True))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! parent_mapper = mapper(Parent, parent_table)
//! #               ^^^^^^ error: `mapper()` is removed; use `registry().map_imperatively(...)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: The 'sqlalchemy.orm.mapper()' function is removed as of SQLAlchemy 2.0.  Use the 'sqlalchemy.orm.registry.map_imperatively()` method of the ``sqlalchemy.orm.registry`` class to perform classical mapping.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, Table
//! from sqlalchemy.orm import registry
//!
//! mapper_registry = registry()
//! parent_table = Table("parent", mapper_registry.metadata, Column("id", Integer, primary_key=True))
//!
//!
//! class Parent:
//!     pass
//!
//!
//! mapper_registry.map_imperatively(Parent, parent_table)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, Value, evaluate, mapping_call_of, sqlalchemy_name};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let call = mapping_call_of(it.db, it.id)?;
    let Expr::Call { function, .. } = call.expr(it.db) else { return None };
    let function = Place { expr: function, ..call };
    let is_removed = matches!(evaluate(it.db, function), Value::Library(name)
        if sqlalchemy_name(name).is_some_and(|it| it == "mapper"));
    let message = "`mapper()` is removed; use `registry().map_imperatively(...)`".to_owned();
    is_removed.then(|| Finding::new(Anchor::Expr(function), message))
}
