//! The mapper of a class is given an argument that it does not have.
//!
//! What stands in `__mapper_args__`, or in the call of `map_imperatively()`, is handed to `Mapper`, whose parameters are fixed.
//! Python raises a `TypeError` while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     __mapper_args__ = {"eager_default": True}
//!     #                   ^^^^^^^^^^^^^ error: `Mapper` has no parameter `eager_default`; did you mean `eager_defaults`?
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! TypeError: Mapper.__init__() got an unexpected keyword argument 'eager_default'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     __mapper_args__ = {"eager_defaults": True}
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{KeyAt, Workspace, is_imperative};

use crate::prelude::*;
use crate::walker::key_anchor;

pub(super) static RULE: Rule = Rule::error(On::ClassMany(check));

/// The parameters of `Mapper.__init__` in `orm/mapper.py`, but for the class and its table.
const PARAMETERS: [&str; 25] = [
    "_compiled_cache_size",
    "_polymorphic_map",
    "allow_partial_pks",
    "always_refresh",
    "batch",
    "column_prefix",
    "concrete",
    "confirm_deleted_rows",
    "eager_defaults",
    "exclude_properties",
    "include_properties",
    "inherit_condition",
    "inherit_foreign_keys",
    "inherits",
    "legacy_is_orphan",
    "passive_deletes",
    "passive_updates",
    "polymorphic_identity",
    "polymorphic_load",
    "polymorphic_on",
    "primary_key",
    "properties",
    "version_id_col",
    "version_id_generator",
    "with_polymorphic",
];

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    let version = Workspace::get(it.db).sqlalchemy(it.db);
    for entry in it.mapper_arguments().iter().flat_map(|it| &it.entries) {
        let name = entry.name.as_str();
        let is_known = PARAMETERS.contains(&name)
            || match name {
                "polymorphic_abstract" => version >= SqlAlchemy::V2_0,
                "non_primary" => version <= SqlAlchemy::V2_0,
                "class_" | "local_table" => is_imperative(it.db, it.id),
                _ => false,
            };
        if is_known || matches!(entry.at, KeyAt::Call(_)) {
            continue;
        }
        let meant = did_you_mean(name, PARAMETERS.into_iter().filter(|it| !it.starts_with('_')));
        let at = key_anchor(entry.at);
        res.push(Finding::new(at, format!("`Mapper` has no parameter `{name}`{meant}")).with_fix(meant.fix(at)));
    }
    res
}
