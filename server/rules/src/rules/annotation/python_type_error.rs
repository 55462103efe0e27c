//! An annotation joins a string and `None` by `|`.
//!
//! The quotes make it a string, and Python has no `|` between a string and `None`: it raises a `TypeError` while the module is being
//! imported. The quotes belong around the whole.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     boss_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
//!     boss: Mapped["Parent" | None] = relationship(remote_side=[id])
//!     #            ^^^^^^^^^^^^^^^ error: `Parent.boss`: Python has no `|` between a string and what follows; put the quotes around the whole
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! TypeError: unsupported operand type(s) for |: 'str' and 'NoneType'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     boss_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
//!     boss: Mapped["Parent | None"] = relationship(remote_side=[id])
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ExprId, Place, string_value};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let place = it.mapped_annotation().filter(|_| it.is_effective() && it.is_own())?;
    let Expr::Operation(operation) = place.expr(db) else { return None };
    let [first, second, ..] = *operation.operands else { return None };
    let is_string = |it: ExprId| matches!(place.with(it).expr(db), Expr::String(_));
    let is_none = |it: ExprId| place.with(it).expr(db) == Expr::None;
    let is_wrong =
        (is_string(first) && (is_string(second) || is_none(second))) || (is_none(first) && is_string(second));
    if !is_wrong || operation.operators.first().is_none_or(|it| it != "|") {
        return None;
    }
    let message = format!(
        "`{}`: Python has no `|` between a string and what follows; put the quotes around the whole",
        it.label()
    );
    Some(Finding::new(Anchor::Expr(place), message).with_fix(quoted(it, place, &operation.operands)))
}

/// The whole in one pair of quotes.
fn quoted(it: AttributeWalker<'_>, place: Place, operands: &[ExprId]) -> Option<Fix> {
    let db = it.class.db;
    let text = |part: &ExprId| match place.with(*part).expr(db) {
        Expr::None => Some("None".to_owned()),
        Expr::String(_) => string_value(db, place.with(*part)),
        Expr::Name(name) => Some(name.to_string()),
        _ => None,
    };
    let parts: Option<Vec<String>> = operands.iter().map(text).collect();
    let code = format!("\"{}\"", parts?.join(" | "));
    Some(Fix::safe(format!("Change to `{code}`"), vec![Change::ReplaceExpression { place, code }]))
}
