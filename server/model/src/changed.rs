//! Whether something else than the attributes that were read has a say in how a class is mapped: a metaclass, a hook of Python's or
//! SQLAlchemy's, a base that was not read.

use relmodel_facts::{Argument, Expr, ExprId, Function, Item, Stmt};

use crate::attribute::{Attribute, class_attributes};
use crate::class::{base_places, class_info, class_source, cls_argument};
use crate::db::{ClassId, Db, Place, RegistryId};
use crate::flask;
use crate::library::sqlalchemy_name;
use crate::value::{Value, evaluate};

/// Whether something else than the attributes read may have a say in how a class is mapped.
pub(crate) fn may_be_changed(db: &dyn Db, class: ClassId) -> bool {
    let info = class_info(db, class);
    let has_hook = |it: &ClassId| class_attributes(db, *it).iter().any(|attribute| is_hook(db, *it, attribute));
    info.is_open
        || !info.registry.is_some_and(|it| is_plain_registry(db, it))
        || info.mro.iter().any(|it| has_telling_metaclass(db, *it) || has_hook(it))
}

fn is_hook(db: &dyn Db, class: ClassId, attribute: &Attribute) -> bool {
    match attribute.name.as_str() {
        "__init_subclass__" => attribute.function.is_none_or(|it| does_more_than_name(db, class, it)),
        "__new__" | "__declare_first__" | "__getattr__" | "__table_cls__" | "__mapper_cls__" => true,
        _ => false,
    }
}

/// Whether an `__init_subclass__` does anything else than to set `cls.__tablename__`.
fn does_more_than_name(db: &dyn Db, class: ClassId, function: u32) -> bool {
    let Some(item) = crate::db::item(db, class.item(db)) else { return true };
    let Some(function) = item.functions.get(function as usize) else { return true };
    function.body.is_empty() || !function.body.iter().all(|it| only_names(item, function, it))
}

fn only_names(item: &Item, function: &Function, statement: &Stmt) -> bool {
    match statement {
        Stmt::Assign(assign) => match item.expr(assign.target) {
            Expr::Attribute { object, name } => {
                let receiver = function.parameters.first().map(|it| Expr::Name(it.name));
                *name == "__tablename__" && Some(item.expr(*object)) == receiver.as_ref()
            }
            _ => false,
        },
        Stmt::Expression(expr) => match item.expr(*expr) {
            Expr::String(_) => true,
            Expr::Call { function, .. } => {
                matches!(item.expr(*function), Expr::Attribute { name, .. } if *name == "__init_subclass__")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a class is given a metaclass, by its statement or by `@as_declarative(metaclass=...)`, that may do more than those
/// of SQLAlchemy and Flask-SQLAlchemy.
fn has_telling_metaclass(db: &dyn Db, class: ClassId) -> bool {
    let Some((item, source)) = class_source(db, class) else { return false };
    let in_decorator = |it: &ExprId| match item.expr(*it) {
        Expr::Call { arguments, .. } => metaclass(arguments),
        _ => None,
    };
    let given = metaclass(&source.arguments).into_iter().chain(source.decorators.iter().filter_map(in_decorator));
    given.into_iter().any(|it| !is_plain_metaclass(db, class.header(db, it)))
}

/// The metaclass among the arguments of a class statement or call.
pub(crate) fn metaclass(arguments: &[Argument]) -> Option<ExprId> {
    arguments.iter().find_map(|it| match it {
        Argument::Keyword(keyword, value) if keyword.name == "metaclass" => Some(*value),
        _ => None,
    })
}

/// Whether a metaclass is that of SQLAlchemy or Flask-SQLAlchemy, or adds nothing to them.
fn is_plain_metaclass(db: &dyn Db, place: Place) -> bool {
    match evaluate(db, place) {
        Value::Library(name) => {
            flask::names_tables(name) || sqlalchemy_name(name).is_some_and(|it| it == "DeclarativeMeta")
        }
        Value::Class(meta) => {
            class_attributes(db, meta).is_empty() && base_places(db, meta).iter().all(|it| is_plain_metaclass(db, *it))
        }
        _ => false,
    }
}

fn is_plain_registry(db: &dyn Db, registry: RegistryId) -> bool {
    match registry {
        RegistryId::Call(call) => call.read(db, |_, expr| match expr {
            // `metaclass=` may add a name, and so may a `cls=` that was not read; one that was is in the resolution order.
            Expr::Call { arguments, .. } => !arguments.iter().any(|it| match it {
                Argument::Keyword(keyword, _) if keyword.name == "cls" => cls_argument(db, call).is_none(),
                Argument::Keyword(keyword, _) => matches!(keyword.name.as_str(), "metaclass" | "mapper"),
                Argument::Splat(_) | Argument::KeywordSplat(_) => true,
                Argument::Positional(_) => false,
            }),
            _ => false,
        }),
        RegistryId::Class(_) | RegistryId::Library(_) => true,
        RegistryId::Open(_) => false,
    }
}
