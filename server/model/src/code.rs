//! The arguments of a relationship that are code: attributes of mapped classes and columns of tables that are not there, which
//! Python itself raises for.

use relmodel_facts::{Argument, Expr, ExprId, Name};

use crate::attribute::own_attribute;
use crate::class::class_info;
use crate::column::table_of_value;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, RelationshipId};
use crate::declarations::{Declaration, declaration};
use crate::late::late_attributes;
use crate::links::backref_named;
use crate::mappers::mapped;
use crate::member::member;
use crate::strings::{ArgumentFault, FaultKind, has_no_column, has_unseen_members};
use crate::value::{Value, evaluate};

/// The parameters whose code is looked at.
const PARAMETERS: [&str; 6] = ["order_by", "primaryjoin", "secondaryjoin", "secondary", "foreign_keys", "remote_side"];

/// What a declarative base or Flask-SQLAlchemy gives to a class.
const OF_BASES: &[&str] = &["metadata", "query", "query_class", "registry", "type_annotation_map"];

/// What is wrong with the arguments of a relationship that are code, those of its `backref(...)` included.
pub fn code_faults(db: &dyn Db, id: RelationshipId) -> Vec<ArgumentFault> {
    let mut res = Vec::new();
    if let Some(own) = declaration(db, id) {
        check_declaration(db, own, &mut res);
        if let Some((_, Some(backref))) = own.backref(db) {
            check_declaration(db, &backref, &mut res);
        }
    }
    res
}

fn check_declaration(db: &dyn Db, declaration: &Declaration, out: &mut Vec<ArgumentFault>) {
    for parameter in PARAMETERS {
        let Some(place) = declaration.value(parameter) else { continue };
        // What is put together elsewhere is not this relationship's to tell.
        let place = match place.expr(db) {
            Expr::Lambda { body, parameters } if parameters.is_empty() => place.with(body),
            _ => place,
        };
        check(db, parameter, place, out);
    }
}

fn check(db: &dyn Db, parameter: &'static str, place: Place, out: &mut Vec<ArgumentFault>) {
    let all = |parts: &[ExprId], out: &mut Vec<ArgumentFault>| {
        for part in parts {
            check(db, parameter, place.with(*part), out);
        }
    };
    match place.expr(db) {
        Expr::Attribute { object, name } => match fault(db, place.with(object), name) {
            Some(kind) => out.push(ArgumentFault { parameter, place, kind }),
            None => check(db, parameter, place.with(object), out),
        },
        Expr::Call { function, arguments } => {
            check(db, parameter, place.with(function), out);
            all(&arguments.iter().map(Argument::value).collect::<Vec<_>>(), out);
        }
        Expr::Subscript { value, .. } => check(db, parameter, place.with(value), out),
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => all(&parts, out),
        Expr::Operation(it) => all(&it.operands, out),
        // A comprehension or a lambda binds names of its own.
        _ => {}
    }
}

/// What is wrong with `object.name`.
fn fault(db: &dyn Db, object: Place, name: Name) -> Option<FaultKind> {
    if name.is_empty() || name.starts_with('_') {
        return None;
    }
    // `child_table.c.name`
    if let Expr::Attribute { object: owner, name: collection } = object.expr(db)
        && matches!(collection.as_str(), "c" | "columns")
    {
        let id = table_of_value(db, object.with(owner))?;
        return has_no_column(db, id, name).then_some(FaultKind::UnknownColumn(id, name));
    }
    if string_value(db, object).is_some() {
        return None;
    }
    match evaluate(db, object) {
        Value::Class(class) => lacks(db, class, name).then_some(FaultKind::UnknownAttribute(class, name)),
        Value::Expr(_) => {
            let id = table_of_value(db, object)?;
            crate::strings::is_bare_column(db, id, name).then_some(FaultKind::WithoutC(id, name))
        }
        _ => None,
    }
}

/// Whether a mapped class surely has no attribute of this name.
fn lacks(db: &dyn Db, class: ClassId, name: Name) -> bool {
    let info = class_info(db, class);
    let is_known = mapped(db, class).is_some() && !info.is_sqlmodel() && !OF_BASES.contains(&name.as_str());
    let has = |it: &ClassId| {
        own_attribute(db, *it, name).is_some() || late_attributes(db, *it).iter().any(|it| it.name == name)
    };
    is_known
        && !has_unseen_members(db, class)
        && member(db, class, name).is_none()
        && backref_named(db, class, name).is_none()
        && !info.mro.iter().any(has)
}
