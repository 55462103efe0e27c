//! A function of `sqlalchemy.ext.declarative` is imported that lives in `sqlalchemy.orm` now.
//!
//! `declarative_base()`, `as_declarative()`, `has_inherited_table()` and `synonym_for()` moved with 1.4. What is left in
//! `sqlalchemy/ext/declarative/__init__.py` passes each call on and says that it moved. An import in a `try` or an `if` is left
//! alone: it serves releases that had nothing else.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.ext.declarative import declarative_base
//! #                                      ^^^^^^^^^^^^^^^^ hint: `declarative_base` has moved; import it from `sqlalchemy.orm`
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MovedIn20Warning: The ``declarative_base()`` function is now available as sqlalchemy.orm.declarative_base(). (deprecated since: 2.0)
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
//!     id = Column(Integer, primary_key=True)
//! ```

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Import(check)).since(SqlAlchemy::V2_0);

const MOVED: [&str; 4] = ["as_declarative", "declarative_base", "has_inherited_table", "synonym_for"];

fn check(it: ImportWalker<'_>) -> Option<Finding> {
    let dotted = it.dotted_name()?;
    let name = dotted.strip_prefix("sqlalchemy.ext.declarative.")?;
    if it.is_conditional || !MOVED.contains(&name) {
        return None;
    }
    let change = Change::MoveImport { at: it.anchor(), module: "sqlalchemy.orm" };
    let fix = Fix::safe("Import it from `sqlalchemy.orm`", vec![change]);
    Some(Finding::new(it.anchor(), format!("`{name}` has moved; import it from `sqlalchemy.orm`")).with_fix(fix))
}
