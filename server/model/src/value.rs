//! What an expression refers to, as far as names alone can tell.

use relmodel_facts::{Expr, ExprId, Name, Stmt};

use crate::db::{ClassId, Db, ItemId, Place, SourceFile};
use crate::library::is_exported;
use crate::module::{Module, module_file, resolve_module, submodule};
use crate::scope::{Binding, scope};

/// What a name or expression refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A module of the workspace, by its path without `.py`.
    Module(Name),
    /// Something of a package that was not read, by its dotted name: `sqlalchemy.orm.relationship`.
    Library(Name),
    /// A class of the workspace.
    Class(ClassId),
    /// A function of the workspace, by its item and place in it.
    Function(ItemId, u32),
    /// An attribute in the body of a class.
    Attribute(ClassId, Name),
    /// What the `SQLAlchemy()` object of Flask, made by this call, has under a name of its own: `db.Model`.
    Extension(Place, Name),
    /// An expression that has to be run to know more.
    Expr(Place),
    /// No such name. Python may still know it as a builtin.
    Missing,
    /// Cannot be told without running Python.
    Unknown,
}

/// What `name` means at module level of `file`.
#[salsa::tracked(returns(copy), cycle_result = resolve_name_cycle)]
pub fn resolve_name(db: &dyn Db, file: SourceFile, name: Name) -> Value {
    let scope = scope(db, file);
    if let Some(bindings) = scope.names.get(&name) {
        let mut values = bindings.iter().rev().map(|it| bound_value(db, file, *it));
        // The last binding counts, unless it tells nothing and an earlier one does.
        let last = values.next().unwrap_or(Value::Unknown);
        return if last == Value::Unknown { values.find(|it| *it != Value::Unknown).unwrap_or(last) } else { last };
    }
    let mut is_open = false;
    for &(level, module) in scope.stars.iter().rev() {
        let value = match resolve_module(db, file, level, module) {
            Module::Stem(stem) if !name.starts_with('_') => module_attribute(db, stem, name),
            Module::Library(library) if is_exported(library.as_str(), name.as_str()) => {
                Value::Library(Name::from(&format!("{library}.{name}")))
            }
            Module::Library(library) => {
                is_open |= !crate::library::is_known_package(library);
                Value::Missing
            }
            Module::Stem(_) => Value::Missing,
            Module::Unknown => Value::Unknown,
        };
        match value {
            Value::Missing => {}
            Value::Unknown => is_open = true,
            _ => return value,
        }
    }
    if is_open { Value::Unknown } else { Value::Missing }
}

fn resolve_name_cycle(_: &dyn Db, _: salsa::Id, _: SourceFile, _: Name) -> Value {
    Value::Unknown
}

fn bound_value(db: &dyn Db, file: SourceFile, binding: Binding) -> Value {
    match binding {
        Binding::Module(module) => module_value(resolve_module(db, file, 0, Some(module))),
        Binding::From { level, module, name } => match resolve_module(db, file, level, module) {
            Module::Stem(stem) => match module_attribute(db, stem, name) {
                // A module that lacks the name has probably been read only in part.
                Value::Missing => Value::Unknown,
                value => value,
            },
            Module::Library(library) => Value::Library(Name::from(&format!("{library}.{name}"))),
            Module::Unknown => Value::Unknown,
        },
        Binding::Class(key, index) => Value::Class(ClassId::new(db, ItemId::new(db, file, key), index)),
        Binding::Function(key, index) => Value::Function(ItemId::new(db, file, key), index),
        Binding::Value(key, expr) => {
            let place = Place { item: ItemId::new(db, file, key), class: None, expr };
            match evaluate(db, place) {
                Value::Missing | Value::Unknown => Value::Expr(place),
                value => value,
            }
        }
        Binding::Opaque => Value::Unknown,
    }
}

fn module_value(module: Module) -> Value {
    match module {
        Module::Stem(stem) => Value::Module(stem),
        Module::Library(name) => Value::Library(name),
        Module::Unknown => Value::Unknown,
    }
}

/// What `module.name` is, for a module of the workspace.
fn module_attribute(db: &dyn Db, stem: Name, name: Name) -> Value {
    let value = match module_file(db, stem) {
        Some(file) => resolve_name(db, file, name),
        None => Value::Missing,
    };
    match (value, submodule(db, stem, name)) {
        (Value::Missing, Some(stem)) => Value::Module(stem),
        _ => value,
    }
}

/// What an expression refers to. Names are looked up where it stands: the body of its class, then the module.
pub fn evaluate(db: &dyn Db, place: Place) -> Value {
    match place.expr(db) {
        Expr::Name(name) => evaluate_name(db, place, name),
        Expr::Attribute { object, name } => match evaluate(db, place.with(object)) {
            Value::Module(stem) => module_attribute(db, stem, name),
            Value::Library(library) => Value::Library(Name::from(&format!("{library}.{name}"))),
            Value::Class(class) => Value::Attribute(class, name),
            Value::Expr(object) => crate::flask::attribute(db, object, name).unwrap_or(Value::Unknown),
            Value::Missing => Value::Missing,
            _ => Value::Unknown,
        },
        Expr::String(text) => match text.code {
            Some(code) => evaluate(db, place.with(code)),
            None => Value::Expr(place),
        },
        Expr::Missing | Expr::Other(_) => Value::Unknown,
        _ => Value::Expr(place),
    }
}

fn evaluate_name(db: &dyn Db, place: Place, name: Name) -> Value {
    if let Some(class) = place.enclosing_class(db) {
        match class_binding(db, class, name) {
            Some(ClassBinding::Class(inner)) => return Value::Class(inner),
            Some(ClassBinding::Attribute) => return Value::Attribute(class, name),
            None => {}
        }
    }
    resolve_name(db, place.item.file(db), name)
}

enum ClassBinding {
    Class(ClassId),
    Attribute,
}

/// What the body of a class binds a name to.
fn class_binding(db: &dyn Db, class: ClassId, name: Name) -> Option<ClassBinding> {
    class.read(db, |item, source| {
        source.body.iter().rev().find_map(|statement| match statement {
            Stmt::Assign(assign) => {
                let is_target = matches!(item.expr(assign.target), Expr::Name(it) if *it == name);
                (is_target && assign.value.is_some()).then_some(ClassBinding::Attribute)
            }
            Stmt::Class(index) => {
                let inner = item.classes.get(*index as usize)?;
                (inner.name == name).then(|| ClassBinding::Class(ClassId::new(db, class.item(db), *index)))
            }
            Stmt::Function(index) => {
                let function = item.functions.get(*index as usize)?;
                (function.name == name).then_some(ClassBinding::Attribute)
            }
            _ => None,
        })
    })?
}

/// The callee and arguments of a call; follows a name to the call that it is bound to.
pub(crate) fn as_call(db: &dyn Db, place: Place) -> Option<(Place, ExprId)> {
    let Value::Expr(place) = evaluate(db, place) else { return None };
    match place.expr(db) {
        Expr::Call { function, .. } => Some((place, function)),
        _ => None,
    }
}

/// The name, within SQLAlchemy, of what a call calls: `relationship` for `orm.relationship(...)`.
pub(crate) fn called(db: &dyn Db, place: Place, function: ExprId) -> Option<Name> {
    match evaluate(db, place.with(function)) {
        Value::Library(name) => crate::library::sqlalchemy_name(name),
        Value::Extension(_, name) if name == "Table" => Some(name),
        _ => None,
    }
}
