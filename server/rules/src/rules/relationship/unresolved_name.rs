//! The target of a `relationship()` names no mapped class.
//!
//! SQLAlchemy keeps the string and looks it up only when it configures the mappers: `_class_resolver` in `clsregistry` searches
//! the mapped classes of the same registry, then the tables of its metadata. Only classes that are mapped and imported by then
//! are found, so a misspelt name, a class of another base and a module that nobody imports all end in the same exception.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Chlid")
//!     #                        ^^^^^ error: `Parent.children` refers to `Chlid`, but no mapped class has that name; did you mean `Child`?
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: When initializing mapper mapped class Parent->parent, expression 'Chlid' failed to locate a name ('Chlid'). If this is a class name, consider adding this relationship() to the <class 'models.Parent'> class after both dependent classes have been defined.
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: When initializing mapper Mapper[Parent(parent)], expression 'Chlid' failed to locate a name ('Chlid'). If this is a class name, consider adding this relationship() to the <class 'models.Parent'> class after both dependent classes have been defined.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_model::{FaultKind, MetadataId, Name, RegistryId, class_elsewhere, dotted, mapped, string_value};

use crate::prelude::*;
use crate::suggest::{candidates, class_candidates, table_candidates};

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    target(it).into_iter().chain(hidden_module(it)).chain(secondary(it)).chain(in_strings(it)).collect()
}

/// Names in the strings that SQLAlchemy evaluates.
fn in_strings(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    for fault in it.string_faults() {
        let FaultKind::UnknownName(name) = fault.kind else { continue };
        let Some(mapped) = mapped(it.db, it.parent().id) else { continue };
        let near = candidates(it.db, Some(mapped.registry), Some(mapped.metadata)).meant_by(name.as_str());
        // A column is often named alone.
        let column = it.column_of_target(name.as_str());
        let meant = if column.is_empty() { near } else { column };
        let what = format!("`{name}`, but no mapped class or table is called so");
        res.push(it.names_wrongly(fault, Anchor::Expr(fault.place), &what, &meant));
    }
    res
}

fn target(it: RelationshipWalker<'_>) -> Option<Finding> {
    let (name, place) = match &it.data.target {
        Target::Missing { name, place } => (name, place),
        // Release 1.4 has no words of its own for a generic type.
        Target::Generic { name, place } if it.sqlalchemy() == SqlAlchemy::V1_4 => (name, place),
        _ => return None,
    };
    let registry = mapped(it.db, it.parent().id).as_ref()?.registry;
    if matches!(registry, RegistryId::Open(_)) {
        return None;
    }
    if let Some(class) = class_elsewhere(it.db, registry, Name::from(name.as_str())) {
        let message = format!(
            "`{}` refers to `{name}`, but no mapped class of its registry has that name; `{}` belongs to another one",
            it.label(),
            class.dotted_name(it.db),
        );
        return Some(Finding::new(Anchor::Expr(*place), message).with_related(Anchor::Class(class), "the class"));
    }
    let meant = class_candidates(it.db, registry).meant_by(name);
    let message = format!("`{}` refers to `{name}`, but no mapped class has that name{meant}", it.label());
    Some(Finding::new(Anchor::Expr(*place), message).with_fix(meant.fix(Anchor::Expr(*place))))
}

/// `relationship("child.Child")`, where tables lie in a schema `child`.
fn hidden_module(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Target::InSchema { schema, place } = it.data.target else { return None };
    let written = string_value(it.db, place).or_else(|| dotted(it.db, place))?;
    let name = written.rsplit('.').next()?;
    let message = format!(
        "`{}` refers to `{written}`, but `{schema}` is a schema of tables, which hides the module of that name; write `{name}` alone or more of the path in front",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(place), message))
}

/// A `secondary` string is looked up among the tables.
fn secondary(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Secondary::Missing { name, place } = &it.data.secondary else { return None };
    let metadata = mapped(it.db, it.parent().id).as_ref()?.metadata;
    if metadata == MetadataId::Unknown {
        return None;
    }
    let meant = table_candidates(it.db, metadata).meant_by(name);
    let message = format!("`{}` goes through `{name}`, but the metadata has no table of that name{meant}", it.label());
    Some(Finding::new(Anchor::Expr(*place), message).with_fix(meant.fix(Anchor::Expr(*place))))
}
