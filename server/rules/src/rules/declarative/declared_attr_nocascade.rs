//! `@declared_attr.cascading` stands on an attribute that says how a class is mapped.
//!
//! `__tablename__`, `__table__`, `__table_args__` and `__mapper_args__` are asked for each class anew in any case, so `cascading` means nothing there.
//! `_check_declared_props_nocascade` says so while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Named:
//!     @declared_attr.cascading
//!     def __tablename__(cls):
//! #       ^^^^^^^^^^^^^ warning: `cascading` has no effect on `__tablename__`, which each class is asked for in any case; use `@declared_attr`
//!         return cls.__name__.lower()
//!
//!
//! class Parent(Named, Base):
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: @declared_attr.cascading is not supported on the __tablename__ attribute on class <class 'models.Parent'>.  This attribute invokes for subclasses in any case.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Named:
//!     @declared_attr
//!     def __tablename__(cls):
//!         return cls.__name__.lower()
//!
//!
//! class Parent(Named, Base):
//!     id = Column(Integer, primary_key=True)
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check));

/// `_ClassScanMapperConfig._include_dunders` in `orm/decl_base.py`.
const SPECIAL: [&str; 4] = ["__mapper_args__", "__table__", "__table_args__", "__tablename__"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    if !it.is_certain() || !SPECIAL.contains(&it.name().as_str()) || !it.is_cascading() {
        return None;
    }
    let message = format!(
        "`cascading` has no effect on `{}`, which each class is asked for in any case; use `@declared_attr`",
        it.name(),
    );
    Some(Finding::new(it.anchor(), message).with_fix(it.without_cascading()))
}
