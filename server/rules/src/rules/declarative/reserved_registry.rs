//! A mapped attribute is called `registry`.
//!
//! A declarative class has its registry under this name. Since 2.1 `_ClassScanMapperConfig._extract_mappable_attributes` warns while
//! the module is being imported. The column may be called so, if the attribute has another name.
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
//!     registry = Column(String)
//! #   ^^^^^^^^ warning: `Parent.registry`: a declarative class has its registry under this name; call the attribute `registry_`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! SAWarning: Attribute name 'registry' should be left reserved for the Declarative class registry when using a Declarative class.
//! ```
//!
//! ## Right
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
//!     registry_ = Column("registry", String)
//! ```

use crate::mend::names;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check)).since(SqlAlchemy::V2_1);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    if it.name() != "registry" || !it.is_certain() || !it.is_mapped_property() {
        return None;
    }
    let message = format!(
        "`{}`: a declarative class has its registry under this name; call the attribute `registry_`",
        it.label(),
    );
    Some(Finding::new(it.anchor(), message).with_fix(names::renamed(it)))
}
