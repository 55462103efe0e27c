//! Flask-SQLAlchemy: what `db = SQLAlchemy()` offers, how its models come by their table names, and its binds.
//!
//! It is known by what it does, in its releases 2 and 3, and never read from source. Flask-AppBuilder, which builds on
//! release 2, is known likewise. Must not know how a class finds its registry; that is `class.rs`.

use relmodel_facts::{Expr, Name};

use crate::arguments::{Given, arguments_of};
use crate::class::{BaseClass, class_info, class_of_base, keyword_of_call, library_bases, registry_of_value};
use crate::constant::string_value;
use crate::db::{ClassId, Db, MetadataId, Place, RegistryId};
use crate::library::{is_beginning, sqlalchemy_name};
use crate::value::{Value, evaluate, resolve_name};

/// How a class takes part in Flask-SQLAlchemy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlaskModel {
    /// The `SQLAlchemy()` call whose `Model` it extends; `None` where only the naming is taken over.
    pub extension: Option<Place>,
    /// Whether it gets a table name made of its own name.
    pub is_named: bool,
}

/// What `db.Model` is made of.
pub(crate) struct ModelBase {
    pub(crate) registry: RegistryId,
    /// The class given as `model_class`, whose attributes every model has.
    pub(crate) model_class: BaseClass,
    pub(crate) model: FlaskModel,
}

/// Names of the `SQLAlchemy()` object that stand for no name of SQLAlchemy's.
const OWN_NAMES: &[&str] = &[
    "Query",
    "app",
    "config",
    "create_all",
    "create_scoped_session",
    "create_session",
    "drop_all",
    "engine",
    "engines",
    "event",
    "first_or_404",
    "get_app",
    "get_binds",
    "get_engine",
    "get_or_404",
    "get_tables_for_bind",
    "init_app",
    "make_connector",
    "make_declarative_base",
    "metadatas",
    "one_or_404",
    "paginate",
    "reflect",
    "session",
];

/// The registry of Flask-AppBuilder's `Model`.
pub(crate) fn appbuilder_registry() -> RegistryId {
    RegistryId::Library(Name::from("flask_appbuilder.Model"))
}

/// Whether a registry is that of Flask-AppBuilder's `Model` as it is known without the package's source. The package's
/// own classes and tables, such as `ab_user`, are in it too.
pub(crate) fn has_unread_classes(registry: RegistryId) -> bool {
    registry == appbuilder_registry()
}

/// What `object.name` is, if `object` is the call that makes a `SQLAlchemy()` object.
pub(crate) fn attribute(db: &dyn Db, object: Place, name: Name) -> Option<Value> {
    if let Extension::Class(class) = extension(db, object)? {
        let is_own = |it: &&ClassId| crate::class::body_value(db, **it, name).is_some();
        if let Some(owner) = class_info(db, class).mro.iter().find(is_own) {
            return Some(Value::Attribute(*owner, name));
        }
    }
    Some(match name.as_str() {
        "Model" | "Table" | "metadata" => Value::Extension(object, name),
        it if it.starts_with('_') || OWN_NAMES.contains(&it) => Value::Unknown,
        it if is_beginning(it) => Value::Unknown,
        it => Value::Library(Name::from(&format!("sqlalchemy.{it}"))),
    })
}

/// The class of a `SQLAlchemy()` object.
enum Extension {
    /// Flask-SQLAlchemy's own.
    Own,
    /// One of the project's that extends it.
    Class(ClassId),
}

/// The class that a call makes a `SQLAlchemy()` object of.
fn extension(db: &dyn Db, call: Place) -> Option<Extension> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    let function = call.with(function);
    // What a call returns makes no such object, and looking into it could go on without end: `app = app.wrap()`.
    if !is_importable(db, function) {
        return None;
    }
    match evaluate(db, function) {
        Value::Library(name) => is_extension(name).then_some(Extension::Own),
        Value::Class(class) => {
            library_bases(db, class).into_iter().any(is_extension).then_some(Extension::Class(class))
        }
        _ => None,
    }
}

/// Whether an expression is a name, or an attribute of a module.
fn is_importable(db: &dyn Db, place: Place) -> bool {
    match place.expr(db) {
        Expr::Name(_) => true,
        Expr::Attribute { object, .. } => {
            let object = place.with(object);
            is_importable(db, object) && matches!(evaluate(db, object), Value::Module(_) | Value::Library(_))
        }
        _ => false,
    }
}

fn is_extension(name: Name) -> bool {
    let (module, last) = name.rsplit_once('.').unwrap_or_default();
    match last {
        "SQLAlchemy" => matches!(module, "flask_sqlalchemy" | "flask_sqlalchemy.extension"),
        "SQLA" => module.starts_with("flask_appbuilder"),
        _ => false,
    }
}

/// Whether a class or metaclass of this name gives models the names of their tables.
pub(crate) fn names_tables(name: Name) -> bool {
    name.starts_with("flask_sqlalchemy.")
        && matches!(name.rsplit('.').next(), Some("DefaultMeta" | "NameMetaMixin" | "NameMixin"))
}

/// Whether this name is Flask-AppBuilder's base of models.
pub(crate) fn is_appbuilder_model(name: Name) -> bool {
    name.starts_with("flask_appbuilder.") && matches!(name.rsplit('.').next(), Some("Model" | "Base"))
}

/// What the `Model` of a `SQLAlchemy()` object is made of.
pub(crate) fn model_base(db: &dyn Db, call: Place) -> ModelBase {
    let disables = keyword_of_call(db, call, "disable_autonaming").map(|it| call.with(it).expr(db));
    let model = FlaskModel { extension: Some(call), is_named: disables.is_none_or(|it| it == Expr::False) };
    if let Some(registry) = registry_of_appbuilder(db, call) {
        return ModelBase { registry, model_class: BaseClass::None, model };
    }
    let given = keyword_of_call(db, call, "model_class").map(|it| evaluate(db, call.with(it)));
    match given {
        Some(Value::Class(class)) => {
            let info = class_info(db, class);
            let own = info.registry.filter(|_| info.is_declarative_base);
            ModelBase { registry: own.unwrap_or(RegistryId::Call(call)), model_class: BaseClass::Read(class), model }
        }
        Some(Value::Expr(base)) => {
            let (registry, model_class) = match registry_of_value(db, base) {
                Some(registry) => (registry, class_of_base(db, base)),
                None => (RegistryId::Call(call), BaseClass::Unread),
            };
            ModelBase { registry, model_class, model: FlaskModel { is_named: false, ..model } }
        }
        // Of the packages that are not read, those of Flask-SQLAlchemy and SQLAlchemy add nothing.
        Some(Value::Library(name)) if !is_of_flask_or_sqlalchemy(name) => {
            ModelBase { registry: RegistryId::Call(call), model_class: BaseClass::Unread, model }
        }
        None if arguments_of(db, call).contains(&Given::Unknown) => {
            ModelBase { registry: RegistryId::Call(call), model_class: BaseClass::Unread, model }
        }
        None | Some(Value::Library(_)) => {
            ModelBase { registry: RegistryId::Call(call), model_class: BaseClass::None, model }
        }
        Some(_) => ModelBase { registry: RegistryId::Call(call), model_class: BaseClass::Unread, model },
    }
}

fn is_of_flask_or_sqlalchemy(name: Name) -> bool {
    name.starts_with("flask_sqlalchemy.") || sqlalchemy_name(name).is_some()
}

/// The registry that Flask-AppBuilder's `SQLA()` shares with its own models.
fn registry_of_appbuilder(db: &dyn Db, call: Place) -> Option<RegistryId> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    match evaluate(db, call.with(function)) {
        Value::Library(name) if name.starts_with("flask_appbuilder.") => Some(appbuilder_registry()),
        Value::Class(class) if class.dotted_name(db).starts_with("flask_appbuilder.") => {
            match resolve_name(db, class.file(db), Name::from("Model")) {
                Value::Class(model) => class_info(db, model).registry,
                _ => None,
            }
        }
        _ => None,
    }
}

/// The metadata of the models and tables of a `SQLAlchemy()` object under a bind key.
pub(crate) fn metadata_of_bind(db: &dyn Db, call: Place, key: Option<Place>) -> MetadataId {
    match key {
        Some(place) if place.expr(db) != Expr::None => match string_value(db, place) {
            Some(key) => MetadataId::Bind(call, Name::from(&key)),
            None => MetadataId::Unknown,
        },
        _ => metadata_of_extension(db, call),
    }
}

/// `db.metadata`
pub(crate) fn metadata_of_extension(db: &dyn Db, call: Place) -> MetadataId {
    let base = model_base(db, call);
    let of_class = base.model_class.read().and_then(|it| crate::metadata::metadata_of_class(db, it));
    of_class.unwrap_or_else(|| crate::metadata::metadata_of_registry(db, base.registry))
}

/// The metadata of the bind that `__bind_key__` names in a class or in what it inherits from.
pub(crate) fn metadata_of_bound_class(db: &dyn Db, class: ClassId) -> Option<MetadataId> {
    let info = class_info(db, class);
    let call = info.flask()?.extension?;
    let key = Name::from("__bind_key__");
    let place = info.mro.iter().find_map(|it| Some(it.place(db, crate::class::body_value(db, *it, key)?)))?;
    Some(metadata_of_bind(db, call, Some(place)))
}

/// The table name that a model gets by its own name: `HTTPLog` becomes `http_log`.
pub(crate) fn generated_name(class: &str) -> String {
    let chars: Vec<char> = class.chars().collect();
    let mut res = String::new();
    for (index, &char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| chars[it]);
        let ends_word = before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        let begins_word = before.is_some() && chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if char.is_ascii_uppercase() && (ends_word || begins_word) {
            res.push('_');
        }
        res.extend(char.to_lowercase());
    }
    res.trim_start_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_names_are_made_as_flask_sqlalchemy_makes_them() {
        // What `flask_sqlalchemy.model.camel_to_snake_case` of release 3.1 returns.
        for (class, table) in [
            ("User", "user"),
            ("BlogPost", "blog_post"),
            ("HTTPLog", "http_log"),
            ("UserHTTP", "user_http"),
            ("OAuth2Client", "o_auth2_client"),
            ("V2Ray", "v2_ray"),
            ("ABTest", "ab_test"),
            ("Already_Snake", "already__snake"),
            ("_Hidden", "hidden"),
            ("X", "x"),
        ] {
            assert_eq!(generated_name(class), table);
        }
    }
}
