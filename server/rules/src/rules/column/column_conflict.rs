//! A class that shares the table of its parent declares a column that the table has already.
//!
//! With single-table inheritance the columns of all subclasses go into one table.
//! `_ClassScanMapperConfig._setup_inheriting_columns` raises for a second column of one name, while the module is being imported.
//! `mapped_column(use_existing_column=True)` takes the one that is there; before 2.0 a `@declared_attr` did.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Animal(Base):
//!     __tablename__ = "animal"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String)
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "animal"}
//!
//!
//! class Dog(Animal):
//!     __mapper_args__ = {"polymorphic_identity": "dog"}
//!     colour = Column(String)
//!
//!
//! class Cat(Animal):
//!     __mapper_args__ = {"polymorphic_identity": "cat"}
//!     colour = Column(String)
//! #   ^^^^^^ error: `Cat.colour` adds a column `colour` to the table of `Animal`, which has one already; declare it once, or add `use_existing_column=True` to a `mapped_column()`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Column 'colour' on class <class 'models.Cat'> conflicts with existing column 'animal.colour'
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Column 'colour' on class Cat conflicts with existing column 'animal.colour'.  If using Declarative, consider using the use_existing_column parameter of mapped_column() to resolve conflicts.
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
//! class Animal(Base):
//!     __tablename__ = "animal"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String)
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "animal"}
//!     colour = Column(String)
//!
//!
//! class Dog(Animal):
//!     __mapper_args__ = {"polymorphic_identity": "dog"}
//!
//!
//! class Cat(Animal):
//!     __mapper_args__ = {"polymorphic_identity": "cat"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::{
    AttributeKind, ClassId, Column, Inheritance, columns_added_to, inheritance, members, nth_class, table,
};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    if inheritance(db, it.class.id) != Inheritance::Single || it.class.is_open() || !it.class.is_declarative() {
        return None;
    }
    let column = own_column(it)?;
    let id = it.class.table()?.id;
    let of_table = table(db, id).as_ref()?.columns.iter().find(|it| it.key == column.name);
    let owner = match of_table {
        Some(_) => TableWalker::new(db, id)?.class()?,
        None => earlier_heir(it, column)?,
    };
    if of_table.is_some_and(|it| it.place == column.place) {
        return None;
    }
    let message = format!(
        "`{}` adds a column `{}` to the table of `{}`, which has one already; {}",
        it.label(),
        column.name,
        TableWalker::new(db, id)?.definer().trim_matches('`'),
        "declare it once, or add `use_existing_column=True` to a `mapped_column()`",
    );
    let call = it.call().filter(|it| it.name == "mapped_column");
    let fix = call.map(|it| {
        let set = Change::SetArgument { call: it.place, name: "use_existing_column", value: "True".to_owned() };
        Fix::safe("Add `use_existing_column=True`", vec![set])
    });
    let res = Finding::new(it.anchor(), message).with_related(Anchor::Class(owner), "the class that has it");
    Some(res.with_fix(fix))
}

/// The column that it adds, if it does not ask for one that is there.
fn own_column(it: AttributeWalker<'_>) -> Option<&Column> {
    if !it.is_effective() || !matches!(it.kind(), AttributeKind::Column(_)) {
        return None;
    }
    let call = it.call().filter(|it| matches!(it.name.as_str(), "Column" | "mapped_column") && !it.is_open())?;
    let uses_existing = call.keyword("use_existing_column").is_some_and(|value| value.expr(it.class.db) != Expr::False);
    let member = members(it.class.db, it.class.id).iter().find(|member| member.name == it.name())?;
    match &member.kind {
        MemberKind::Column(column) if !uses_existing && !column.is_open => Some(column),
        _ => None,
    }
}

/// The class further up in the file that has added a column of this name to the table.
fn earlier_heir(it: AttributeWalker<'_>, column: &Column) -> Option<ClassId> {
    let db = it.class.db;
    let file = it.class.id.file(db);
    let here = nth_class(db, it.class.id)?;
    let added = columns_added_to(db, it.class.table()?.id);
    let is_earlier = |class: ClassId| class.file(db) == file && nth_class(db, class).is_some_and(|it| it < here);
    added.iter().find(|(class, other)| other.name == column.name && is_earlier(*class)).map(|it| it.0)
}
