//! Classes: their bases, method resolution order, and the registry they map into.

use relmodel_facts::{Argument, Class, Expr, ExprId, Item, Name, Stmt};

use crate::db::{ClassId, Db, Place, RegistryId};
use crate::flask;
use crate::flask::FlaskModel;
use crate::library::sqlalchemy_name;
use crate::sqlmodel;
use crate::value::{Value, called, evaluate, resolve_name};

/// What a class is, apart from its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassInfo {
    /// The method resolution order as far as it was read, the class itself first.
    pub mro: Vec<ClassId>,
    /// Where its mapper would be registered; `None` if nothing makes it a mapped class.
    pub registry: Option<RegistryId>,
    /// Whether it is a declarative base itself, and so not mapped.
    pub is_declarative_base: bool,
    /// Whether it says `__abstract__ = True`.
    pub is_abstract: bool,
    /// Whether some base was not read, so that it may have attributes that are not seen.
    pub is_open: bool,
    /// The package beside SQLAlchemy that has a say in how it is mapped.
    pub framework: Framework,
}

/// A package that declares mapped classes in its own way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framework {
    /// SQLAlchemy alone.
    #[default]
    None,
    /// Flask-SQLAlchemy, or what takes over its naming of tables.
    Flask(FlaskModel),
    /// `SQLModel`
    SqlModel,
}

impl ClassInfo {
    /// How it takes part in Flask-SQLAlchemy, if it does.
    pub(crate) fn flask(&self) -> Option<FlaskModel> {
        match self.framework {
            Framework::Flask(model) => Some(model),
            Framework::None | Framework::SqlModel => None,
        }
    }

    /// Whether it extends `SQLModel`.
    pub fn is_sqlmodel(&self) -> bool {
        self.framework == Framework::SqlModel
    }

    fn join_framework(&mut self, other: Framework) {
        if self.framework == Framework::None {
            self.framework = other;
        }
    }
}

/// The statement of a class, with its item.
pub fn class_source(db: &dyn Db, class: ClassId) -> Option<(&Item, &Class)> {
    let item = crate::db::item(db, class.item(db))?;
    Some((item, item.classes.get(class.index(db) as usize)?))
}

/// What a class is.
#[salsa::tracked(returns(ref), cycle_result = class_info_cycle)]
pub fn class_info(db: &dyn Db, class: ClassId) -> ClassInfo {
    let mut res = ClassInfo { mro: vec![class], ..ClassInfo::default() };
    let Some((item, source)) = class_source(db, class) else { return res };
    res.is_abstract = is_abstract(item, source);
    let mut linearizations = Vec::new();
    let mut unknown = None;
    for argument in &source.arguments {
        match argument {
            Argument::Positional(base) => match base_of(db, class, *base) {
                Base::Class(base) => {
                    let info = class_info(db, base);
                    res.is_open |= info.is_open;
                    res.join_framework(info.framework);
                    res.registry = res.registry.or(info.registry);
                    linearizations.push(info.mro.clone());
                }
                Base::Declarative => {
                    res.is_declarative_base = true;
                    res.registry = Some(own_registry(db, class).unwrap_or(RegistryId::Class(class)));
                }
                Base::Registry(registry, cls, flask) => {
                    res.registry = res.registry.or(Some(registry));
                    res.join_framework(flask.map_or(Framework::None, Framework::Flask));
                    match cls {
                        BaseClass::None => {}
                        BaseClass::Read(cls) => {
                            let info = class_info(db, cls);
                            res.is_open |= info.is_open;
                            linearizations.push(info.mro.clone());
                        }
                        BaseClass::Unread => res.is_open = true,
                    }
                }
                Base::SqlModel => {
                    res.join_framework(Framework::SqlModel);
                    res.registry = res.registry.or(Some(sqlmodel::default_registry()));
                }
                Base::Plain => {}
                Base::Unknown(name) => {
                    res.is_open = true;
                    unknown = unknown.or(Some(name));
                }
            },
            Argument::Splat(_) | Argument::KeywordSplat(_) => res.is_open = true,
            Argument::Keyword(keyword, value)
                if keyword.name == "metaclass" && is_declarative_meta(db, class, *value) =>
            {
                res.is_declarative_base = true;
                res.registry = Some(own_registry(db, class).unwrap_or(RegistryId::Class(class)));
            }
            Argument::Keyword(keyword, value) if keyword.name == "registry" && res.is_sqlmodel() => {
                let place = class.header(db, *value);
                res.registry = registry_of_value(db, place).or(Some(RegistryId::Class(class)));
                res.is_abstract = true;
            }
            Argument::Keyword(..) => {}
        }
    }
    // A base that is known to be mapped tells more than one that was not read.
    if let Some(name) = unknown
        && res.registry.is_none()
        && looks_mapped(item, source)
    {
        res.registry = Some(RegistryId::Open(name));
    }
    res.mro.extend(merge(linearizations));
    decorate(db, class, source, &mut res);
    res
}

/// A class that inherits from itself: Python refuses it, and nothing can be said of it.
fn class_info_cycle(_: &dyn Db, _: salsa::Id, class: ClassId) -> ClassInfo {
    ClassInfo { mro: vec![class], is_open: true, ..ClassInfo::default() }
}

enum Base {
    Class(ClassId),
    /// `DeclarativeBase` and its like: a subclass becomes a declarative base.
    Declarative,
    /// What `declarative_base()`, `generate_base()` and `db.Model` are, with the class given as `cls=` or
    /// `model_class=`.
    Registry(RegistryId, BaseClass, Option<FlaskModel>),
    /// `SQLModel`, whose subclasses are mapped only if they ask for it.
    SqlModel,
    /// Adds nothing that matters: `object`, `Generic[T]`.
    Plain,
    Unknown(Name),
}

/// The class that a declarative base is given to be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BaseClass {
    /// None is given.
    None,
    /// This one is.
    Read(ClassId),
    /// One is given, and nobody can tell which.
    Unread,
}

impl BaseClass {
    /// The class, if it was read.
    pub(crate) fn read(self) -> Option<ClassId> {
        match self {
            Self::Read(class) => Some(class),
            Self::None | Self::Unread => None,
        }
    }
}

fn base_of(db: &dyn Db, class: ClassId, base: ExprId) -> Base {
    let place = class.header(db, base);
    let place = match place.expr(db) {
        // `Generic[T]`, `Base[T]`
        Expr::Subscript { value, .. } => place.with(value),
        _ => place,
    };
    match evaluate(db, place) {
        Value::Class(base) => Base::Class(base),
        Value::Library(name) => library_base(name),
        Value::Expr(call) => match registry_of_call(db, call) {
            Some(registry) => Base::Registry(registry, class_of_base(db, call), metaclass_of_call(db, call)),
            // `Mixin = object`
            None if evaluate(db, call) == Value::Missing && is_builtin(db, call) => Base::Plain,
            None => Base::Unknown(written_name(db, place)),
        },
        Value::Extension(call, name) if name == "Model" => {
            let base = flask::model_base(db, call);
            Base::Registry(base.registry, base.model_class, Some(base.model))
        }
        Value::Missing if is_builtin(db, place) => Base::Plain,
        _ => Base::Unknown(written_name(db, place)),
    }
}

/// Whether it is told what a base is, or which package that is not read it comes from.
pub(crate) fn is_known_base(db: &dyn Db, class: ClassId, base: ExprId) -> bool {
    let place = class.header(db, base);
    let is_of_package = || matches!(evaluate(db, place), Value::Library(name) if sqlalchemy_name(name).is_none());
    !matches!(base_of(db, class, base), Base::Unknown(_)) || is_of_package()
}

/// `class Base(metaclass=DeclarativeMeta)`: a declarative base without `declarative_base()`.
fn is_declarative_meta(db: &dyn Db, class: ClassId, metaclass: ExprId) -> bool {
    let place = class.header(db, metaclass);
    matches!(evaluate(db, place), Value::Library(name) if sqlalchemy_name(name).is_some_and(|it| it == "DeclarativeMeta"))
}

fn library_base(name: Name) -> Base {
    if flask::is_appbuilder_model(name) {
        let model = FlaskModel { extension: None, is_named: true };
        return Base::Registry(flask::appbuilder_registry(), BaseClass::None, Some(model));
    }
    if let Some(known) = sqlalchemy_name(name) {
        return match known.as_str() {
            "DeclarativeBase" | "DeclarativeBaseNoMeta" => Base::Declarative,
            "SQLModel" => Base::SqlModel,
            "MappedAsDataclass" | "AsyncAttrs" | "ConcreteBase" | "DeferredReflection" => Base::Plain,
            _ => Base::Unknown(name),
        };
    }
    let module = name.split('.').next().unwrap_or_default();
    match module {
        "abc" | "dataclasses" | "enum" | "flask_sqlalchemy" | "typing" | "typing_extensions" => Base::Plain,
        _ => Base::Unknown(name),
    }
}

fn is_builtin(db: &dyn Db, place: Place) -> bool {
    matches!(place.expr(db), Expr::Name(name) if matches!(name.as_str(), "object" | "str" | "int" | "Exception" | "dict" | "list"))
}

/// A base's name as written, to tell open registries apart.
fn written_name(db: &dyn Db, place: Place) -> Name {
    match place.expr(db) {
        Expr::Name(name) => match resolve_name(db, place.item.file(db), name) {
            Value::Library(name) => name,
            _ => name,
        },
        Expr::Attribute { object, name } => Name::from(&format!("{}.{name}", written_name(db, place.with(object)))),
        _ => Name::default(),
    }
}

/// The registry that a call makes or belongs to: `declarative_base()`, `registry()`, `reg.generate_base()`.
pub(crate) fn registry_of_call(db: &dyn Db, place: Place) -> Option<RegistryId> {
    let Expr::Call { function, .. } = place.expr(db) else { return None };
    if let Some(name) = called(db, place, function) {
        return match name.as_str() {
            "declarative_base" | "registry" => Some(RegistryId::Call(place)),
            // Its classes come from the database.
            "automap_base" => Some(RegistryId::Open(name)),
            _ => None,
        };
    }
    match place.with(function).expr(db) {
        Expr::Attribute { object, name } if name == "generate_base" => registry_of_value(db, place.with(object)),
        _ => None,
    }
}

/// The registry that an expression is bound to: `mapper_registry`, `Base.registry`.
pub(crate) fn registry_of_value(db: &dyn Db, place: Place) -> Option<RegistryId> {
    match evaluate(db, place) {
        Value::Expr(value) => registry_of_call(db, value).or_else(|| registry_of_base(db, value)),
        Value::Class(class) => class_info(db, class).registry,
        Value::Attribute(class, name) if name == "registry" => class_info(db, class).registry,
        Value::Extension(call, name) if name == "Model" => Some(flask::model_base(db, call).registry),
        _ => registry_of_base(db, place),
    }
}

/// `Base.registry`, where `Base` is what a call returns.
fn registry_of_base(db: &dyn Db, place: Place) -> Option<RegistryId> {
    let Expr::Attribute { object, name } = place.expr(db) else { return None };
    let Value::Expr(base) = evaluate(db, place.with(object)) else { return None };
    if name == "registry" { registry_of_call(db, base) } else { None }
}

/// `registry = registry(...)` in the body of a declarative base.
fn own_registry(db: &dyn Db, class: ClassId) -> Option<RegistryId> {
    let value = body_value(db, class, Name::from("registry"))?;
    let place = class.header(db, value);
    registry_of_value(db, place)
}

/// The value that the body of a class assigns to a name.
pub(crate) fn body_value(db: &dyn Db, class: ClassId, name: Name) -> Option<ExprId> {
    class.read(db, |item, source| {
        source.body.iter().rev().find_map(|statement| match statement {
            Stmt::Assign(assign) => {
                matches!(item.expr(assign.target), Expr::Name(it) if *it == name).then_some(assign.value)?
            }
            _ => None,
        })
    })?
}

/// The bases of a class, as they are written.
pub fn base_places(db: &dyn Db, class: ClassId) -> Vec<Place> {
    let arguments = class.read(db, |_, source| source.arguments.clone()).unwrap_or_default();
    let positional = |it: Argument| match it {
        Argument::Positional(base) => Some(class.header(db, base)),
        _ => None,
    };
    arguments.into_iter().filter_map(positional).collect()
}

/// The bases that a class and those it inherits from have in packages that were not read.
pub fn library_bases(db: &dyn Db, class: ClassId) -> Vec<Name> {
    let mut res = Vec::new();
    for &class in &class_info(db, class).mro {
        for base in class.read(db, |_, source| source.arguments.clone()).unwrap_or_default() {
            if let Argument::Positional(base) = base
                && let Value::Library(name) = evaluate(db, class.header(db, base))
            {
                res.push(name);
            }
        }
    }
    res
}

/// The decorators of a class, as they are written.
pub fn decorator_places(db: &dyn Db, class: ClassId) -> Vec<Place> {
    let decorators = class.read(db, |_, source| source.decorators.clone()).unwrap_or_default();
    decorators.into_iter().map(|it| class.header(db, it)).collect()
}

/// What a decorator or its call calls.
pub(crate) fn decorator_function(db: &dyn Db, decorator: Place) -> Place {
    match decorator.expr(db) {
        Expr::Call { function, .. } => decorator.with(function),
        _ => decorator,
    }
}

/// The dotted name of a decorator that is of a package that was not read.
pub fn library_decorator(db: &dyn Db, decorator: Place) -> Option<Name> {
    match evaluate(db, decorator_function(db, decorator)) {
        Value::Library(name) => Some(name),
        _ => None,
    }
}

/// The decorators of a class that are of packages that were not read.
pub(crate) fn library_decorators(db: &dyn Db, class: ClassId) -> Vec<Name> {
    decorator_places(db, class).into_iter().filter_map(|it| library_decorator(db, it)).collect()
}

/// The decorator that maps a class: `@registry.mapped`, `@registry.mapped_as_dataclass`.
pub fn mapping_decorator(db: &dyn Db, class: ClassId) -> Option<Place> {
    decorator_places(db, class).into_iter().find(|it| match decorator_function(db, *it).expr(db) {
        Expr::Attribute { object, name } => {
            matches!(name.as_str(), "mapped" | "mapped_as_dataclass")
                && registry_of_value(db, it.with(object)).is_some()
        }
        _ => false,
    })
}

/// Whether a class is mapped as soon as it is created, because a declarative base is among those it inherits from.
pub fn is_mapped_by_base(db: &dyn Db, class: ClassId) -> bool {
    class_info(db, class).mro.iter().any(|it| {
        let is_base = *it != class && class_info(db, *it).is_declarative_base;
        is_base || has_registry_base(db, *it)
    })
}

/// Whether a base of a class is what `declarative_base()` and its like return.
fn has_registry_base(db: &dyn Db, class: ClassId) -> bool {
    let bases = class.read(db, |_, source| source.arguments.clone()).unwrap_or_default();
    bases.iter().any(|it| match it {
        Argument::Positional(base) => matches!(base_of(db, class, *base), Base::Registry(..)),
        _ => false,
    })
}

/// Whether the metaclass that a call is given names tables as Flask-SQLAlchemy does.
fn metaclass_of_call(db: &dyn Db, call: Place) -> Option<FlaskModel> {
    let is_named = match evaluate(db, call.with(keyword_of_call(db, call, "metaclass")?)) {
        Value::Library(name) => flask::names_tables(name),
        Value::Class(class) => library_bases(db, class).into_iter().any(flask::names_tables),
        _ => false,
    };
    is_named.then_some(FlaskModel { extension: None, is_named })
}

/// The class that a call makes a declarative base of.
pub(crate) fn class_of_base(db: &dyn Db, call: Place) -> BaseClass {
    match cls_argument(db, call) {
        Some(class) => BaseClass::Read(class),
        None if keyword_of_call(db, call, "cls").is_some() => BaseClass::Unread,
        None => BaseClass::None,
    }
}

/// The class of `declarative_base(cls=Model)`.
pub(crate) fn cls_argument(db: &dyn Db, call: Place) -> Option<ClassId> {
    let value = keyword_of_call(db, call, "cls")?;
    match evaluate(db, call.with(value)) {
        Value::Class(class) => Some(class),
        _ => None,
    }
}

/// The value of a call's keyword argument.
pub(crate) fn keyword_of_call(db: &dyn Db, call: Place, keyword: &str) -> Option<ExprId> {
    call.read(db, |_, expr| {
        let Expr::Call { arguments, .. } = expr else { return None };
        arguments.iter().find_map(|argument| match argument {
            Argument::Keyword(it, value) if it.name == keyword => Some(*value),
            _ => None,
        })
    })
}

/// `@mapper_registry.mapped`, `@as_declarative()` and the like.
fn decorate(db: &dyn Db, class: ClassId, source: &Class, info: &mut ClassInfo) {
    for &decorator in &source.decorators {
        let call = class.header(db, decorator);
        let place = match call.expr(db) {
            Expr::Call { function, .. } => call.with(function),
            _ => call,
        };
        if let Value::Library(name) = evaluate(db, place)
            && let Some(name) = sqlalchemy_name(name)
        {
            match name.as_str() {
                "as_declarative" => {
                    info.is_declarative_base = true;
                    info.registry = Some(RegistryId::Class(class));
                    info.framework = metaclass_of_call(db, call).map_or(Framework::None, Framework::Flask);
                }
                // `mapped_as_dataclass(registry)` as a function of its own.
                "mapped_as_dataclass" => info.registry = first_registry(db, call).or(info.registry),
                _ => {}
            }
        }
        if let Expr::Attribute { object, name } = place.expr(db)
            && matches!(name.as_str(), "mapped" | "mapped_as_dataclass" | "as_declarative_base")
            && let Some(registry) = registry_of_value(db, place.with(object))
        {
            info.registry = Some(registry);
            info.is_declarative_base = name == "as_declarative_base";
        }
    }
    // A decorator that cannot be followed, on a class with a table, most likely maps it.
    if info.registry.is_none() && !source.decorators.is_empty() && class.read(db, looks_mapped) == Some(true) {
        info.registry = Some(RegistryId::Open(Name::default()));
        info.is_open = true;
    }
}

/// The registry that a decorator's call is given first.
fn first_registry(db: &dyn Db, call: Place) -> Option<RegistryId> {
    let Expr::Call { arguments, .. } = call.expr(db) else { return None };
    registry_of_value(db, call.with(arguments.first()?.value()))
}

fn is_abstract(item: &Item, class: &Class) -> bool {
    body_assigns(item, class, |name, value| name == "__abstract__" && *value == Expr::True)
}

/// Whether a class with an unknown base is surely meant to be mapped.
fn looks_mapped(item: &Item, class: &Class) -> bool {
    body_assigns(item, class, |name, _| name == "__tablename__" || name == "__table__")
}

fn body_assigns(item: &Item, class: &Class, test: impl Fn(Name, &Expr) -> bool) -> bool {
    class.body.iter().any(|statement| match statement {
        Stmt::Assign(assign) => match (item.expr(assign.target), assign.value) {
            (Expr::Name(name), Some(value)) => test(*name, item.expr(value)),
            _ => false,
        },
        _ => false,
    })
}

/// The C3 merge of Python's method resolution order. Where Python would refuse, the first candidate is taken.
fn merge(mut lists: Vec<Vec<ClassId>>) -> Vec<ClassId> {
    let mut res = Vec::new();
    loop {
        lists.retain(|it| !it.is_empty());
        let is_good = |head: &ClassId| !lists.iter().any(|it| it[1..].contains(head));
        let heads = lists.iter().map(|it| it[0]);
        let Some(head) = heads.clone().find(is_good).or_else(|| heads.clone().next()) else { return res };
        res.push(head);
        for list in &mut lists {
            list.retain(|it| *it != head);
        }
    }
}
