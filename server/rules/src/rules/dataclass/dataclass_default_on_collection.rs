//! A relationship of a dataclass that holds a collection has `default=None`.
//!
//! A collection is never `None`. When SQLAlchemy configures the mappers and knows that the relationship is one, 2.1 raises in
//! `RelationshipProperty._post_init`. The attribute is empty at first with `default_factory=list`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default=None)
//!     #                                              ^^^^^^^ error: `Parent.children` holds a collection, so its `default` cannot be `None`; write `default_factory=list`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: On relationship Parent.children, the dataclass default for relationship may only be set for a relationship that references a scalar value, i.e. many-to-one or explicitly uselist=False
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default_factory=list)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```

use relmodel_facts::Expr;
use relmodel_model::Joined;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_1);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let argument = it.declaration.arguments.iter().find(|it| it.name == "default")?;
    let is_known = matches!(it.data.join, Joined::Join(_));
    if argument.value.expr(it.db) != Expr::None || it.data.uselist != Some(true) || !is_known {
        return None;
    }
    let message = format!(
        "`{}` holds a collection, so its `default` cannot be `None`; write `default_factory=list`",
        it.label(),
    );
    let (call, name) = (it.declaration.call, argument.name);
    let code = "default_factory=list".to_owned();
    let fix = Fix::safe("Change to `default_factory=list`", vec![Change::ReplaceArgument { call, name, code }]);
    let is_list = it.declaration.annotation.is_some_and(|place| match place.expr(it.db) {
        Expr::Subscript { value, .. } => {
            matches!(place.with(value).expr(it.db), Expr::Name(name) if name == "List" || name == "list")
        }
        _ => false,
    });
    Some(Finding::new(Anchor::Name(call.item, argument.keyword?.at), message).with_fix(is_list.then_some(fix)))
}
