//! `primary_key` among the mapper's arguments names an attribute that the mapper does not have.
//!
//! Strings there are names of mapped attributes. `Mapper._str_arg_to_mapped_col` looks them up while the module is being imported, and
//! raises. 1.4 takes columns only, no strings.
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
//!     code = Column(Integer)
//!     __mapper_args__ = {"primary_key": ["kode"]}
//!     #                                   ^^^^ error: `Parent` has no mapped attribute `kode` for `primary_key`; did you mean `code`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: Can't determine primary_key column 'kode' - no attribute is mapped to this name.
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
//!     code = Column(Integer)
//!     __mapper_args__ = {"primary_key": ["code"]}
//! ```

use relmodel_facts::Expr;
use relmodel_model::Name;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::ClassMany(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    let Some(value) = it.mapper_arguments().and_then(|it| it.get("primary_key")) else { return res };
    let places = match value.expr(it.db) {
        Expr::String(_) => vec![value],
        Expr::List(elements) | Expr::Tuple(elements) => elements.iter().map(|it| value.with(*it)).collect(),
        _ => return res,
    };
    for place in places {
        let Expr::String(text) = place.expr(it.db) else { continue };
        if it.lacks_property(Name::from(&text.value)) {
            let meant = did_you_mean(&text.value, it.property_names());
            let message = format!("`{}` has no mapped attribute `{}` for `primary_key`{meant}", it.name(), text.value);
            let at = Anchor::Expr(place);
            res.push(Finding::new(at, message).with_fix(meant.fix(at)));
        }
    }
    res
}
