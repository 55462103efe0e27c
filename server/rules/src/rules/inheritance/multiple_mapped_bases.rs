//! A class inherits from two mapped classes.
//!
//! The rows of a class extend those of one parent at most. `_setup_inheriting_mapper` looks through the bases, through abstract ones
//! too, and raises while the module is being imported. What classes share beside their parent belongs in a mixin.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Father(Base):
//!     __tablename__ = "father"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Mother(Base):
//!     __tablename__ = "mother"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Father, Mother):
//!     #               ^^^^^^ error: `Child` inherits from two mapped classes, `Father` and `Mother`; keep one, and make a mixin of the other
//!     pass
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Class <class 'models.Child'> has multiple mapped bases: [<class 'models.Father'>, <class 'models.Mother'>]
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
//! class Father(Base):
//!     __tablename__ = "father"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Mother:
//!     age = Column(Integer)
//!
//!
//! class Child(Mother, Father):
//!     pass
//! ```

use relmodel_model::{ClassId, Db, Value, base_places, class_info, evaluate, is_imperative, mapped};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    // A call that maps a class is told which one it inherits from.
    if !it.is_declarative() || is_imperative(it.db, it.id) {
        return None;
    }
    let mut found: Option<ClassId> = None;
    for place in base_places(it.db, it.id) {
        let Value::Class(base) = evaluate(it.db, place) else { continue };
        let Some(parent) = resolve(it.db, base).filter(|it_| mapped(it.db, *it_).is_some()) else { continue };
        match found {
            Some(first) if first != parent => {
                let message = format!(
                    "`{}` inherits from two mapped classes, `{}` and `{}`; keep one, and make a mixin of the other",
                    it.name(),
                    first.name(it.db),
                    parent.name(it.db),
                );
                let related = "the first mapped class";
                return Some(Finding::new(Anchor::Expr(place), message).with_related(Anchor::Class(first), related));
            }
            _ => found = Some(parent),
        }
    }
    None
}

/// The class that a base stands for (`_resolve_for_abstract_or_classical`): of an abstract class, what its first base
/// stands for; else the nearest mapped class, or itself if there is none.
fn resolve(db: &dyn Db, class: ClassId) -> Option<ClassId> {
    let info = class_info(db, class);
    if !info.is_abstract {
        return Some(info.mro.iter().copied().find(|it| mapped(db, *it).is_some()).unwrap_or(class));
    }
    base_places(db, class).into_iter().find_map(|place| match evaluate(db, place) {
        // A class does not inherit from itself.
        Value::Class(base) if info.mro[1..].contains(&base) => resolve(db, base),
        _ => None,
    })
}
