//! The annotation of a column names something that the module does not have when the class is made.
//!
//! `MappedColumn` has to know the type at once, so `de_stringify_annotation` evaluates the annotation while the module is being
//! imported. What is imported under `if TYPE_CHECKING:` or bound further down does not exist then. The classes that relationships refer
//! to are looked up later, and may be named so.
//!
//! ## Wrong
//! ```python
//! from __future__ import annotations
//!
//! from typing import TYPE_CHECKING
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! if TYPE_CHECKING:
//!     from datetime import datetime
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     since: Mapped[datetime] = mapped_column()
//!     #             ^^^^^^^^ error: `Parent.since` is annotated `datetime`, which is imported for type checkers alone; import it outside of `if TYPE_CHECKING:`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MappedAnnotationError: Could not resolve all types within mapped annotation: "Mapped[datetime]".  Ensure all types are written correctly and are imported within the module in use.
//! ```
//!
//! ## Right
//! ```python
//! from __future__ import annotations
//!
//! from datetime import datetime
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     since: Mapped[datetime] = mapped_column()
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Unbound, Value, resolve_name, top_level_names};

use crate::fix::{Change, Import};
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let (place, why) = it.unbound_name()?;
    let db = it.class.db;
    let Expr::Name(name) = place.expr(db) else { return None };
    let at = Anchor::Expr(place);
    let names = top_level_names(db, it.declared_in.file(db));
    let known = names.iter().map(Name::as_str).chain(["bool", "bytes", "float", "int", "str"]);
    let meant = if why == Unbound::Missing { did_you_mean(name.as_str(), known) } else { Suggestion::default() };
    let advice = match why {
        Unbound::Missing if meant.is_empty() => "which the module does not have; import it".to_owned(),
        Unbound::Missing => format!("which the module does not have{meant}"),
        Unbound::ForTypes => {
            "which is imported for type checkers alone; import it outside of `if TYPE_CHECKING:`".to_owned()
        }
        Unbound::Later => "which is bound further down; move it in front of the class".to_owned(),
    };
    Some(
        Finding::new(at, format!("`{}` is annotated `{name}`, {advice}", it.label()))
            .with_fix(meant.fix(at))
            .with_fix(import(it, name, why)),
    )
}

/// The modules of the standard library that names in annotations mostly come from.
const HOMES: [(&str, &[&str]); 4] = [
    ("datetime", &["date", "datetime", "time", "timedelta"]),
    ("decimal", &["Decimal"]),
    ("typing", &["Annotated", "Any", "Dict", "List", "Literal", "Optional", "Set", "Union"]),
    ("uuid", &["UUID"]),
];

/// Imports the name. A module of the project's own may not be ready yet when this one is imported.
fn import(it: AttributeWalker<'_>, name: Name, why: Unbound) -> Option<Fix> {
    let (db, file) = (it.class.db, it.declared_in.file(it.class.db));
    match why {
        Unbound::Missing => {
            let module = HOMES.iter().find(|it| it.1.contains(&name.as_str()))?.0;
            let change = Change::Import { file, module: Name::from(module), name, when: Import::Always };
            Some(Fix::safe(format!("Import `{name}` from `{module}`"), vec![change]))
        }
        Unbound::ForTypes => {
            let title = format!("Import `{name}` outside of `if TYPE_CHECKING:`");
            let fix = Fix::safe(title, vec![Change::ImportForRuntime { file, name }]);
            let is_library = matches!(resolve_name(db, file, name), Value::Library(_));
            Some(if is_library { fix } else { fix.as_risky() })
        }
        Unbound::Later => None,
    }
}
