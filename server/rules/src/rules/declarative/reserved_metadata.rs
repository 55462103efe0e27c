//! A mapped attribute is called `metadata`.
//!
//! A declarative class has its `MetaData` under this name. `_ClassScanMapperConfig._extract_mappable_attributes` raises while the
//! module is being imported; since 2.1 it warns. The column may be called so, if the attribute has another name.
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
//!     metadata = Column(String)
//! #   ^^^^^^^^ error: `Parent.metadata`: a declarative class has its `MetaData` under this name; call the attribute `metadata_`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: Attribute name 'metadata' is reserved for the MetaData instance when using a declarative base class.
//! ```
//! ```text 2.0
//! InvalidRequestError: Attribute name 'metadata' is reserved when using the Declarative API.
//! ```
//! ```text 2.1
//! SAWarning: Attribute name 'metadata' should be left reserved for the MetaData instance when using a Declarative class.
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
//!     metadata_ = Column("metadata", String)
//! ```

use relmodel_model::Workspace;

use crate::mend::names;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    if it.name() != "metadata" || !it.is_certain() || !it.is_mapped_property() {
        return None;
    }
    let message = format!(
        "`{}`: a declarative class has its `MetaData` under this name; call the attribute `metadata_`",
        it.label(),
    );
    let finding = Finding::new(it.anchor(), message).with_fix(names::renamed(it));
    let only_warns = Workspace::get(it.class.db).sqlalchemy(it.class.db) >= SqlAlchemy::V2_1;
    Some(if only_warns { finding.as_warning() } else { finding })
}
