//! Attributes that are set on classes behind their bodies: `Parent.children = relationship(...)`, which SQLAlchemy's
//! metaclass sees, `setattr(Parent, "children", ...)`, and `Parent.__mapper__.add_property("children", ...)`.
//!
//! Owns where they stand. What their values mean is for those who read attributes.

use relmodel_facts::{Argument, Expr, ExprId, Item, Name, Stmt};
use rustc_hash::FxHashMap;

use crate::constant::string_value;
use crate::db::{ClassId, Db, ItemId, Place, SourceFile, Workspace};
use crate::value::{Value, called, evaluate};

/// An attribute set on a class behind its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateAttribute {
    /// Its name.
    pub name: Name,
    /// Where that is said: `Parent.children`, or the string that a call is given.
    pub at: Place,
    /// Its value.
    pub value: Place,
    /// Whether it surely is set: it does not stand in a function or behind a condition.
    pub is_certain: bool,
}

/// A statement that may set an attribute of a class.
struct Setting {
    /// What says the name.
    at: ExprId,
    /// What it is set on.
    object: ExprId,
    name: SetName,
    value: ExprId,
}

enum SetName {
    Written(Name),
    /// By the string at that place.
    Given,
}

/// Whether an item may set attributes of classes, told from its facts.
pub(crate) fn sets_attributes(item: &Item) -> bool {
    !settings(item).is_empty()
}

/// The statements of an item that may set attributes, each with whether it surely runs.
fn settings(item: &Item) -> Vec<(Setting, bool)> {
    let mut res = Vec::new();
    add_settings(item, &item.statements, true, &mut res);
    for function in &item.functions {
        add_settings(item, &function.body, false, &mut res);
    }
    res
}

fn add_settings(item: &Item, statements: &[Stmt], is_certain: bool, out: &mut Vec<(Setting, bool)>) {
    for statement in statements {
        let found = match statement {
            Stmt::Block(block) => {
                add_settings(item, &block.body, false, out);
                None
            }
            Stmt::Assign(assign) => match (item.expr(assign.target), assign.value) {
                // Functions set attributes of all kinds of objects.
                (Expr::Attribute { object, name }, Some(value)) if is_certain || makes_property(item, value) => {
                    Some(Setting { at: assign.target, object: *object, name: SetName::Written(*name), value })
                }
                _ => None,
            },
            Stmt::Expression(call) => setting_call(item, *call),
            _ => None,
        };
        out.extend(found.map(|it| (it, is_certain)));
    }
}

/// Whether a value is, by its name, one that SQLAlchemy maps.
fn makes_property(item: &Item, value: ExprId) -> bool {
    let Expr::Call { function, .. } = item.expr(value) else { return false };
    let (Expr::Name(name) | Expr::Attribute { name, .. }) = item.expr(*function) else { return false };
    ["elationship", "olumn", "deferred", "synonym", "composite", "property", "proxy", "dynamic_loader"]
        .iter()
        .any(|it| name.contains(it))
}

/// `setattr(Parent, "children", value)`, `Parent.__mapper__.add_property("children", value)`.
fn setting_call(item: &Item, call: ExprId) -> Option<Setting> {
    let Expr::Call { function, arguments } = item.expr(call) else { return None };
    let given: Vec<ExprId> = arguments
        .iter()
        .map(|it| match it {
            Argument::Positional(value) => Some(*value),
            _ => None,
        })
        .collect::<Option<_>>()?;
    match (item.expr(*function), given.as_slice()) {
        (Expr::Name(name), &[object, key, value]) if name == "setattr" => {
            Some(Setting { at: key, object, name: SetName::Given, value })
        }
        (Expr::Attribute { object, name }, &[key, value]) if name == "add_property" => {
            Some(Setting { at: key, object: *object, name: SetName::Given, value })
        }
        _ => None,
    }
}

/// The class that an attribute is set on when it is set on this object: the object itself, or the class of a mapper.
fn class_of(db: &dyn Db, object: Place) -> Option<ClassId> {
    if let Value::Class(class) = evaluate(db, object) {
        return Some(class);
    }
    let inner = match object.expr(db) {
        Expr::Attribute { object: inner, name } if name == "__mapper__" => inner,
        Expr::Call { function, arguments } => match (called(db, object, function)?.as_str(), arguments.first()?) {
            ("class_mapper" | "inspect", Argument::Positional(first)) => *first,
            _ => return None,
        },
        _ => return None,
    };
    match evaluate(db, object.with(inner)) {
        Value::Class(class) => Some(class),
        _ => None,
    }
}

/// The attributes that a file sets on classes.
#[salsa::tracked(returns(ref))]
fn file_late_attributes(db: &dyn Db, file: SourceFile) -> Vec<(ClassId, LateAttribute)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        for (setting, is_certain) in settings(item) {
            let place = Place::new(ItemId::new(db, file, *key), setting.object);
            let Some(class) = class_of(db, place) else { continue };
            let name = match setting.name {
                SetName::Written(name) => Some(name),
                SetName::Given => string_value(db, place.with(setting.at)).map(|it| Name::from(&it)),
            };
            let (at, value) = (place.with(setting.at), place.with(setting.value));
            res.extend(name.map(|name| (class, LateAttribute { name, at, value, is_certain })));
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn all_late_attributes(db: &dyn Db) -> FxHashMap<ClassId, Vec<LateAttribute>> {
    let mut res: FxHashMap<ClassId, Vec<LateAttribute>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for &file in &workspace.rare(db).set_attributes {
        for &(class, attribute) in file_late_attributes(db, file) {
            res.entry(class).or_default().push(attribute);
        }
    }
    res
}

/// The attributes that are set on a class behind its body.
pub fn late_attributes(db: &dyn Db, class: ClassId) -> &[LateAttribute] {
    if has_late_attributes(db) { late_attributes_of(db, class) } else { &[] }
}

#[salsa::tracked(returns(copy))]
fn has_late_attributes(db: &dyn Db) -> bool {
    !all_late_attributes(db).is_empty()
}

#[salsa::tracked(returns(ref))]
fn late_attributes_of(db: &dyn Db, class: ClassId) -> Vec<LateAttribute> {
    all_late_attributes(db).get(&class).cloned().unwrap_or_default()
}
