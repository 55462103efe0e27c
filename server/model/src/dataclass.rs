//! Mapped classes that SQLAlchemy makes into dataclasses (`MappedAsDataclass`, `registry.mapped_as_dataclass`): which
//! they are, and the fields that they have.

use relmodel_facts::{Argument, Expr, ExprId, Keyword, Name};

use crate::arguments::{Given, arguments_of};
use crate::attribute::{Attribute, AttributeAt, class_attributes, mapped_argument};
use crate::class::{
    class_info, decorator_function, decorator_places, library_bases, library_decorators, registry_of_value,
};
use crate::db::{ClassId, Db, Place};
use crate::library::sqlalchemy_name;
use crate::mappers::mapped;
use crate::value::{Value, evaluate, library_call};

/// A field of a dataclass, as far as the order of the fields depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The class whose body declares it.
    pub class: ClassId,
    /// Where its name stands.
    pub at: AttributeAt,
    /// Whether it has a default.
    pub has_default: bool,
    /// Whether the class's `__init__` takes it by position.
    pub is_positional: bool,
}

/// What a decorator of a class has to do with dataclasses.
enum Decorator {
    /// `mapped_as_dataclass`, and its call if it is one.
    Native(Option<Place>),
    Harmless,
    Unknown,
}

/// Whether SQLAlchemy makes a class into a dataclass; `None` if that cannot be told.
#[salsa::tracked(returns(copy), cycle_result = native_dataclass_cycle)]
pub fn native_dataclass(db: &dyn Db, class: ClassId) -> Option<bool> {
    let info = class_info(db, class);
    let is_mixin = |it: Name| sqlalchemy_name(it).is_some_and(|it| it == "MappedAsDataclass");
    let decorators: Vec<Decorator> = info.mro.iter().flat_map(|it| decorators(db, *it)).collect();
    if library_bases(db, class).into_iter().any(is_mixin)
        || decorators.iter().any(|it| matches!(it, Decorator::Native(_)))
    {
        return Some(true);
    }
    let is_unknown = info.is_open || decorators.iter().any(|it| matches!(it, Decorator::Unknown));
    (!is_unknown).then_some(false)
}

fn native_dataclass_cycle(_: &dyn Db, _: salsa::Id, _: ClassId) -> Option<bool> {
    None
}

/// Whether a class that is not mapped is a dataclass, by whatever means; `None` if that cannot be told.
pub fn is_dataclass(db: &dyn Db, class: ClassId) -> Option<bool> {
    let makes_one =
        |it: &Name| *it == "dataclasses.dataclass" || sqlalchemy_name(*it).is_some_and(|it| it == "unmapped_dataclass");
    if library_decorators(db, class).iter().any(makes_one) { Some(true) } else { native_dataclass(db, class) }
}

/// Whether a decorator is `mapped_as_dataclass`.
pub fn makes_dataclass(db: &dyn Db, place: Place) -> bool {
    matches!(decorator(db, place), Decorator::Native(_))
}

fn decorators(db: &dyn Db, class: ClassId) -> Vec<Decorator> {
    decorator_places(db, class).into_iter().map(|it| decorator(db, it)).collect()
}

fn decorator(db: &dyn Db, place: Place) -> Decorator {
    let function = decorator_function(db, place);
    let call = Some(place).filter(|it| *it != function);
    if let Value::Library(name) = evaluate(db, function) {
        return match sqlalchemy_name(name) {
            Some(name) if name == "mapped_as_dataclass" => Decorator::Native(call),
            Some(_) => Decorator::Harmless,
            None => match name.split('.').next() {
                Some("dataclasses" | "functools" | "typing" | "typing_extensions") => Decorator::Harmless,
                _ => Decorator::Unknown,
            },
        };
    }
    match function.expr(db) {
        Expr::Attribute { object, name } if registry_of_value(db, function.with(object)).is_some() => {
            if name == "mapped_as_dataclass" { Decorator::Native(call) } else { Decorator::Harmless }
        }
        _ => Decorator::Unknown,
    }
}

/// The arguments for the dataclass that a class gives itself: in its header, or in its decorator.
fn own_arguments(db: &dyn Db, class: ClassId) -> Vec<Given> {
    let call = decorators(db, class).into_iter().find_map(|it| match it {
        Decorator::Native(call) => call,
        _ => None,
    });
    if let Some(call) = call {
        return arguments_of(db, call);
    }
    let header = class.read(db, |_, source| source.arguments.clone()).unwrap_or_default();
    let given = |it: Argument| match it {
        Argument::Keyword(keyword, value) => Some(Given::Keyword(keyword.name, Some(keyword), class.header(db, value))),
        Argument::KeywordSplat(_) => Some(Given::Unknown),
        Argument::Positional(_) | Argument::Splat(_) => None,
    };
    header.into_iter().filter_map(given).collect()
}

/// The keywords among the arguments for the dataclass that a class gives itself, each with the value.
pub fn dataclass_arguments(db: &dyn Db, class: ClassId) -> Vec<(Place, Keyword)> {
    let keyword = |it| match it {
        Given::Keyword(_, Some(keyword), value) => Some((value, keyword)),
        _ => None,
    };
    own_arguments(db, class).into_iter().filter_map(keyword).collect()
}

/// The truth of an argument for the dataclass, which a class inherits from its bases; `None` if it cannot be told.
fn inherited_flag(db: &dyn Db, class: ClassId, flag: &str, default: bool) -> Option<bool> {
    for &base in &class_info(db, class).mro {
        let given = own_arguments(db, base);
        let value = given.iter().find_map(|it| match it {
            Given::Keyword(name, _, value) if *name == flag => Some(*value),
            _ => None,
        });
        match value.map(|it| it.expr(db)) {
            Some(Expr::True) => return Some(true),
            Some(Expr::False) => return Some(false),
            Some(_) => return None,
            None if given.contains(&Given::Unknown) => return None,
            // A decorator starts anew.
            None if decorators(db, base).iter().any(|it| matches!(it, Decorator::Native(_))) => return Some(default),
            None => {}
        }
    }
    Some(default)
}

/// The fields of a class that SQLAlchemy makes into a dataclass, in the order of its `__init__`; `None` if one of them
/// cannot be told.
pub fn dataclass_fields(db: &dyn Db, class: ClassId) -> Option<Vec<Field>> {
    if native_dataclass(db, class) != Some(true) || !inherited_flag(db, class, "init", true)? {
        return None;
    }
    let own_kw_only = inherited_flag(db, class, "kw_only", false)?;
    let mut res: Vec<Field> = Vec::new();
    for &base in class_info(db, class).mro.iter().rev() {
        let mut declared = class_attributes(db, base).iter().filter(|it| may_be_field(it)).peekable();
        if declared.peek().is_none() {
            continue;
        }
        let kw_only = inherited_flag(db, base, "kw_only", false)?;
        // What a mixin that is no dataclass declares is a fault of its own; the mapped class declares the fields of
        // one that is anew, in its own way.
        let is_mixin = base != class && mapped(db, base).is_none();
        if native_dataclass(db, base) != Some(true) || (is_mixin && kw_only != own_kw_only) {
            return None;
        }
        for attribute in declared {
            let Declared::Field(field) = declaration_of(db, base, attribute, kw_only)? else { continue };
            match res.iter_mut().find(|it| it.name == field.name) {
                Some(old) => *old = field,
                None => res.push(field),
            }
        }
    }
    Some(res)
}

fn may_be_field(attribute: &Attribute) -> bool {
    !attribute.name.starts_with("__") && (attribute.annotation.is_some() || attribute.is_declared_attr)
}

/// What an attribute is to the dataclass.
enum Declared {
    Field(Field),
    Nothing,
}

/// `None` if it cannot be told.
fn declaration_of(db: &dyn Db, class: ClassId, attribute: &Attribute, kw_only: bool) -> Option<Declared> {
    if attribute.is_field || attribute.is_conditional {
        return None;
    }
    if attribute.function.is_some() {
        // A `declared_attr` whose annotation says `Mapped[...]` is a field.
        return attribute.annotation.is_none().then_some(Declared::Nothing);
    }
    let annotation = class.place(db, attribute.annotation?);
    if is_class_variable(db, annotation) {
        return Some(Declared::Nothing);
    }
    if !is_plain_type(db, mapped_argument(db, annotation).unwrap_or(annotation)) {
        return None;
    }
    let mut options = Options { has_default: false, init: true, kw_only };
    match attribute.value.map(|it| class.place(db, it)).map(|it| (it, it.expr(db))) {
        None => {}
        Some((_, Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::None)) => options.has_default = true,
        Some((value, Expr::Call { .. })) => {
            let (call, function) = library_call(db, value)?;
            if !matches!(function.as_str(), "mapped_column" | "relationship") {
                return None;
            }
            for given in arguments_of(db, call) {
                options.read(db, &given)?;
            }
        }
        Some(_) => return None,
    }
    let is_positional = options.init && !options.kw_only;
    let has_default = options.has_default;
    Some(Declared::Field(Field { name: attribute.name, class, at: attribute.at, has_default, is_positional }))
}

/// What a field says of itself.
struct Options {
    has_default: bool,
    init: bool,
    kw_only: bool,
}

impl Options {
    /// Reads an argument of the call that declares the field; `None` if it cannot be told.
    fn read(&mut self, db: &dyn Db, given: &Given) -> Option<()> {
        let Given::Keyword(name, _, value) = given else {
            return (*given != Given::Unknown).then_some(());
        };
        let truth = || match value.expr(db) {
            Expr::True => Some(true),
            Expr::False => Some(false),
            _ => None,
        };
        match name.as_str() {
            "default" | "default_factory" => self.has_default = true,
            "init" => self.init = truth()?,
            "kw_only" => self.kw_only = truth()?,
            _ => {}
        }
        Some(())
    }
}

fn is_class_variable(db: &dyn Db, annotation: Place) -> bool {
    let head = match annotation.expr(db) {
        Expr::Subscript { value, .. } => annotation.with(value),
        Expr::String(text) => return text.code.is_some_and(|it| is_class_variable(db, annotation.with(it))),
        _ => annotation,
    };
    matches!(evaluate(db, head), Value::Library(name) if name.ends_with(".ClassVar"))
}

/// Whether an annotation surely is a type and no more: an `Annotated` name may bring a default with it.
fn is_plain_type(db: &dyn Db, place: Place) -> bool {
    let all = |parts: &[ExprId]| parts.iter().all(|it| is_plain_type(db, place.with(*it)));
    match place.expr(db) {
        Expr::None | Expr::Ellipsis => true,
        Expr::String(text) => match text.code {
            Some(code) => is_plain_type(db, place.with(code)),
            None => true,
        },
        Expr::Subscript { value, indices } => is_plain_type(db, place.with(value)) && all(&indices),
        Expr::Operation(operation) => all(&operation.operands),
        Expr::List(elements) | Expr::Tuple(elements) => all(&elements),
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Class(_) => true,
            Value::Missing => matches!(place.expr(db), Expr::Name(_)),
            Value::Library(name) => is_plain_library_type(name),
            _ => false,
        },
        _ => false,
    }
}

fn is_plain_library_type(name: Name) -> bool {
    let module = name.split('.').next().unwrap_or_default();
    let is_known =
        matches!(module, "collections" | "datetime" | "decimal" | "enum" | "typing" | "typing_extensions" | "uuid");
    is_known && !matches!(name.rsplit('.').next(), Some("Annotated" | "InitVar" | "KW_ONLY"))
}
