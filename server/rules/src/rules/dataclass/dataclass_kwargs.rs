//! A class that becomes a dataclass has an argument that SQLAlchemy does not hand on.
//!
//! `init`, `repr`, `eq`, `order`, `unsafe_hash`, `match_args`, `kw_only` and `dataclass_callable` are known to `MappedAsDataclass.__init_subclass__` and to
//! `mapped_as_dataclass()`. At any other Python raises a `TypeError` when the class is created: objects that a session keeps track of
//! cannot be `frozen`, nor have `slots`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base, frozen=True):
//!     #              ^^^^^^ error: `frozen` is no argument of a mapped dataclass
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! TypeError: Parent.__init_subclass__() takes no keyword arguments
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base, eq=False):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_model::{Name, class_info, dataclass_arguments, native_dataclass, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::ClassMany(check)).since(SqlAlchemy::V2_0);

/// The parameters of `MappedAsDataclass.__init_subclass__` in `orm/decl_api.py`.
const PARAMETERS: [&str; 8] =
    ["dataclass_callable", "eq", "init", "kw_only", "match_args", "order", "repr", "unsafe_hash"];

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    let hook = Name::from("__init_subclass__");
    let has_hook = class_info(it.db, it.id).mro.iter().any(|class| own_attribute(it.db, *class, hook).is_some());
    if native_dataclass(it.db, it.id) != Some(true) || it.is_open() || has_hook {
        return res;
    }
    for (place, keyword) in dataclass_arguments(it.db, it.id) {
        let name = keyword.name.as_str();
        // The registry is the first argument of the function `mapped_as_dataclass`.
        if PARAMETERS.contains(&name) || matches!(name, "metaclass" | "registry") {
            continue;
        }
        let meant = did_you_mean(name, PARAMETERS);
        let at = Anchor::Name(place.item, keyword.at);
        res.push(
            Finding::new(at, format!("`{name}` is no argument of a mapped dataclass{meant}")).with_fix(meant.fix(at)),
        );
    }
    res
}
