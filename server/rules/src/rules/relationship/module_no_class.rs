//! The path of a class leads to a module that has no such class.
//!
//! A string such as `"shop.customers.Customer"` is looked up name by name, when SQLAlchemy configures the mappers: modules that mapped
//! classes are defined in, then the class (`_ModNS.__getattr__` in `orm/clsregistry.py`). Only the module counts that defines the class,
//! not one that imports it.
//!
//! ## Wrong
//! ```python
//! #- base.py
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! #- customers.py
//! from sqlalchemy import Column, Integer
//!
//! from base import Base
//!
//!
//! class Customer(Base):
//!     __tablename__ = "customer"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! #- order.py
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import relationship
//!
//! from base import Base
//!
//!
//! class Order(Base):
//!     __tablename__ = "order"
//!     id = Column(Integer, primary_key=True)
//!     customer_id = Column(Integer, ForeignKey("customer.id"))
//!     customer = relationship("customers.Custmer")
//!     #                        ^^^^^^^^^^^^^^^^^ error: `Order.customer` refers to `customers.Custmer`, but the module `customers` has no mapped class `Custmer`; did you mean `customers.Customer`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: When initializing mapper mapped class Order->order, expression 'customers.Custmer' failed to locate a name ("Module 'customers' has no mapped classes registered under the name 'Custmer'"). If this is a class name, consider adding this relationship() to the <class 'order.Order'> class after both dependent classes have been defined.
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: When initializing mapper Mapper[Order(order)], expression 'customers.Custmer' failed to locate a name ("Module 'customers' has no mapped classes registered under the name 'Custmer'"). If this is a class name, consider adding this relationship() to the <class 'order.Order'> class after both dependent classes have been defined.
//! ```
//!
//! ## Right
//! ```python
//! #- base.py
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! #- customers.py
//! from sqlalchemy import Column, Integer
//!
//! from base import Base
//!
//!
//! class Customer(Base):
//!     __tablename__ = "customer"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! #- order.py
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import relationship
//!
//! from base import Base
//!
//!
//! class Order(Base):
//!     __tablename__ = "order"
//!     id = Column(Integer, primary_key=True)
//!     customer_id = Column(Integer, ForeignKey("customer.id"))
//!     customer = relationship("customers.Customer")
//! ```

use relmodel_model::{FaultKind, Name, classes_named, dotted, mapped, string_value};

use crate::prelude::*;
use crate::suggest::class_candidates;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res: Vec<Finding> = target(it).into_iter().collect();
    for fault in it.string_faults() {
        let FaultKind::NotInModule(module, name) = fault.kind else { continue };
        let written = dotted(it.db, fault.place).unwrap_or_else(|| name.to_string());
        let meant = meant(it, &written, name);
        let what = format!("`{written}`, but the module `{module}` has no mapped class `{name}`");
        res.push(it.names_wrongly(fault, Anchor::Expr(fault.place), &what, &meant));
    }
    res
}

fn target(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Target::NotInModule { module, name, place } = it.data.target else { return None };
    let written = string_value(it.db, place).or_else(|| dotted(it.db, place)).unwrap_or_else(|| name.to_string());
    let meant = meant(it, &written, name);
    let message = format!(
        "`{}` refers to `{written}`, but the module `{module}` has no mapped class `{name}`{meant}",
        it.label(),
    );
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}

/// The path that was probably meant: that of a class of this name in another module, or of one of the module with a name
/// that is near.
fn meant(it: RelationshipWalker<'_>, written: &str, name: Name) -> Suggestion {
    let Some(registry) = mapped(it.db, it.parent().id).as_ref().map(|it| it.registry) else {
        return Suggestion::default();
    };
    if let [class] = classes_named(it.db, registry, name).as_slice() {
        return Suggestion::of(written, &class.dotted_name(it.db));
    }
    let near = class_candidates(it.db, registry).meant_by(name.as_str());
    let Some(near) = near.name() else { return Suggestion::default() };
    match classes_named(it.db, registry, Name::from(near)).as_slice() {
        [class] => Suggestion::of(written, &class.dotted_name(it.db)),
        _ => Suggestion::default(),
    }
}
