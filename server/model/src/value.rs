//! What an expression refers to, as far as names alone can tell.

use relmodel_facts::{Expr, ExprId, Item, Name, Stmt};

use crate::arguments::callee;
use crate::attribute::own_attribute;
use crate::class::class_info;
use crate::db::{ClassId, Db, ItemId, Place, ScopeId, SourceFile, TopLevelName, item};
use crate::function::{evaluate_call, resolve_local, set_by_method};
use crate::library::is_exported;
use crate::module::{Module, module_file, resolve_module, submodule};
use crate::scope::{Binding, scope};

/// How many attributes of classes are followed from one to the next.
const MAX_ATTRIBUTES: u32 = 5;

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
    /// An object of a class of the workspace.
    Instance(ClassId),
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
pub fn resolve_name(db: &dyn Db, file: SourceFile, name: Name) -> Value {
    resolve(db, TopLevelName::new(db, file, name))
}

#[salsa::tracked(returns(copy), cycle_result = resolve_cycle)]
fn resolve(db: &dyn Db, id: TopLevelName) -> Value {
    let (file, name) = (id.file(db), id.name(db));
    let scope = scope(db, file);
    if let Some(bindings) = scope.names.get(&name) {
        let mut values = bindings.iter().rev().map(|it| bound_value(db, file, None, *it));
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

fn resolve_cycle(_: &dyn Db, _: salsa::Id, _: TopLevelName) -> Value {
    Value::Unknown
}

/// What a binding means, at the top level of a file or in the run of a function.
pub(crate) fn bound_value(db: &dyn Db, file: SourceFile, scope: Option<ScopeId>, binding: Binding) -> Value {
    match binding {
        Binding::Module(module) => module_value(resolve_module(db, file, 0, Some(module))),
        Binding::From { level, module, name } => match resolve_module(db, file, level, module) {
            // What a package imports from itself is a module in it.
            Module::Stem(stem) if module_file(db, stem) == Some(file) => {
                submodule(db, stem, name).map_or(Value::Unknown, Value::Module)
            }
            module => imported(db, module, name),
        },
        Binding::Class(key, index) => Value::Class(ClassId::new(db, ItemId::new(db, file, key), index, scope)),
        Binding::Function(key, index) => Value::Function(ItemId::new(db, file, key), index),
        Binding::Value(key, expr, annotation) => {
            let place = Place { item: ItemId::new(db, file, key), class: None, scope, expr };
            match evaluate(db, place) {
                Value::Missing | Value::Unknown => Value::Expr(place),
                Value::Expr(call) if call == place => {
                    annotation.and_then(|it| instance(db, call, place.with(it))).unwrap_or(Value::Expr(call))
                }
                value => value,
            }
        }
        Binding::Global(key, function, expr) => {
            let scope = ScopeId::new(db, function, None, None);
            let place = Place { item: ItemId::new(db, file, key), class: None, scope: Some(scope), expr };
            match evaluate(db, place) {
                Value::Missing | Value::Unknown => Value::Expr(place),
                value => value,
            }
        }
        Binding::Opaque => Value::Unknown,
    }
}

/// The object that a call to some library returns, where an annotation names its class.
fn instance(db: &dyn Db, call: Place, annotation: Place) -> Option<Value> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    let is_foreign =
        matches!(callee(db, call, function), Value::Library(it) if crate::library::sqlalchemy_name(it).is_none());
    match evaluate(db, annotation) {
        Value::Class(class) if is_foreign => Some(Value::Instance(class)),
        _ => None,
    }
}

/// What an expression is in the end, for those that are looked at without being run: a literal behind a name.
pub(crate) fn constant_expr(db: &dyn Db, place: Place) -> Expr {
    match evaluate(db, place) {
        Value::Expr(value) => value.expr(db),
        _ => place.expr(db),
    }
}

/// The class that an expression is, through attributes of classes that hold one.
pub(crate) fn class_of_value(db: &dyn Db, place: Place) -> Option<ClassId> {
    let mut value = evaluate(db, place);
    for _ in 0..MAX_ATTRIBUTES {
        match value {
            Value::Class(class) => return Some(class),
            Value::Attribute(class, name) => {
                let mro = &class_info(db, class).mro;
                let (base, attribute) = mro.iter().find_map(|it| Some((*it, own_attribute(db, *it, name)?)))?;
                value = evaluate(db, attribute.value_place(db, base, class)?);
            }
            _ => return None,
        }
    }
    None
}

pub(crate) fn module_value(module: Module) -> Value {
    match module {
        Module::Stem(stem) => Value::Module(stem),
        Module::Library(name) => Value::Library(name),
        Module::Unknown => Value::Unknown,
    }
}

/// What `from module import name` binds.
pub(crate) fn imported(db: &dyn Db, module: Module, name: Name) -> Value {
    match module {
        Module::Stem(stem) => match module_attribute(db, stem, name) {
            // A module that lacks the name has probably been read only in part.
            Value::Missing => Value::Unknown,
            value => value,
        },
        Module::Library(library) => Value::Library(Name::from(&format!("{library}.{name}"))),
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
    let Some(item) = item(db, place.item) else { return Value::Unknown };
    match *item.expr(place.expr) {
        Expr::Name(name) => evaluate_name(db, place, item, name),
        // It is still to be typed.
        Expr::Attribute { name, .. } if name.is_empty() => Value::Unknown,
        Expr::Attribute { object, name } => attribute_of(db, evaluate(db, place.with(object)), name),
        Expr::Call { function, .. } => evaluate_call(db, place, function),
        Expr::String(ref text) => match text.code {
            Some(code) => evaluate(db, place.with(code)),
            None => Value::Expr(place),
        },
        Expr::Missing | Expr::OpenString(_) | Expr::Other(_) => Value::Unknown,
        _ => Value::Expr(place),
    }
}

/// What `object.name` refers to.
pub fn attribute_of(db: &dyn Db, object: Value, name: Name) -> Value {
    match object {
        Value::Module(stem) => module_attribute(db, stem, name),
        Value::Library(library) => Value::Library(Name::from(&format!("{library}.{name}"))),
        Value::Class(class) | Value::Instance(class) => class_attribute(db, class, name),
        Value::Expr(object) => crate::flask::attribute(db, object, name).unwrap_or(Value::Unknown),
        Value::Missing => Value::Missing,
        _ => Value::Unknown,
    }
}

/// What an expression would mean at the top level of a file, if it stood there.
pub fn value_of_text(db: &dyn Db, file: SourceFile, text: &str) -> Value {
    Place::of_text_in(db, file, text).map_or(Value::Unknown, |it| evaluate(db, it))
}

fn evaluate_name(db: &dyn Db, place: Place, item: &Item, name: Name) -> Value {
    if let Some(binding) = binding_in_body(place, item, name)
        && let Some(class) = place.enclosing_class(db)
        && (place.scope.is_none() || class.scope(db) == place.scope)
    {
        return match binding {
            ClassBinding::Class(index) => Value::Class(ClassId::new(db, place.item, index, class.scope(db))),
            ClassBinding::Attribute => Value::Attribute(class, name),
        };
    }
    if let Some(scope) = place.scope
        && let Some(value) = resolve_local(db, place.item, scope, name)
    {
        return value;
    }
    if let Some(value) = item.in_turn(place.expr) {
        return bound_value(db, place.item.file(db), None, Binding::Value(place.item.key(db), value, None));
    }
    resolve_name(db, place.item.file(db), name)
}

/// `Parent.name`; what a `declared_attr` sets on the class it is asked for is followed to its value.
fn class_attribute(db: &dyn Db, class: ClassId, name: Name) -> Value {
    match set_by_method(db, class, name) {
        Some(value) => match evaluate(db, value) {
            Value::Missing | Value::Unknown => Value::Expr(value),
            value => value,
        },
        None => Value::Attribute(class, name),
    }
}

enum ClassBinding {
    /// A class, by its place among the item's classes.
    Class(u32),
    Attribute,
}

/// What the body of the class that a place stands in binds a name to.
fn binding_in_body(place: Place, item: &Item, name: Name) -> Option<ClassBinding> {
    let source = item.classes.get(place.class?.index())?;
    source.body.iter().rev().find_map(|statement| match statement {
        Stmt::Assign(assign) => {
            let is_target = assign.value.is_some() && matches!(item.expr(assign.target), Expr::Name(it) if *it == name);
            is_target.then_some(ClassBinding::Attribute)
        }
        Stmt::Class(index) => {
            let inner = item.classes.get(*index as usize)?;
            (inner.name == name).then_some(ClassBinding::Class(*index))
        }
        Stmt::Function(index) => {
            let function = item.functions.get(*index as usize)?;
            (function.name == name).then_some(ClassBinding::Attribute)
        }
        _ => None,
    })
}

/// The callee and arguments of a call; follows a name to the call that it is bound to.
pub fn as_call(db: &dyn Db, place: Place) -> Option<(Place, ExprId)> {
    let Value::Expr(place) = evaluate(db, place) else { return None };
    match place.get(db) {
        Expr::Call { function, .. } => Some((place, *function)),
        _ => None,
    }
}

/// The call that an expression is or is bound to, and the name within SQLAlchemy of what it calls.
pub fn library_call(db: &dyn Db, place: Place) -> Option<(Place, Name)> {
    let (call, function) = as_call(db, place)?;
    Some((call, called(db, call, function)?))
}

/// The name, within SQLAlchemy, of what a call calls: `relationship` for `orm.relationship(...)`.
pub fn called(db: &dyn Db, place: Place, function: ExprId) -> Option<Name> {
    name_of_called(db, place, function, evaluate(db, place.with(function)))
}

/// [`called`], for a function whose value is known already.
pub(crate) fn name_of_called(db: &dyn Db, place: Place, function: ExprId, value: Value) -> Option<Name> {
    let value = match value {
        Value::Expr(_) => callee(db, place, function),
        value => value,
    };
    match value {
        Value::Library(name) => crate::library::sqlalchemy_name(name),
        Value::Extension(_, name) if name == "Table" => Some(name),
        _ => None,
    }
}
