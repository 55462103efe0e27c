//! Which functions may be run for mapped classes, whatever they are given: those of files that know a declarative base, and of
//! files that such ones import from. What other functions make has nothing to do with a mapping.

use relmodel_facts::{Expr, Item, ItemKind, Name};

use crate::contents::{declarative_bases, file_classes};
use crate::db::{Db, SourceFile, Workspace};
use crate::module::{Module, module_file, resolve_module};
use crate::scope::{Binding, scope};
use crate::value::{Value, bound_value};

/// What declarative bases are made with.
const MAKERS: [&str; 9] = [
    "DeclarativeBase",
    "DeclarativeBaseNoMeta",
    "MetaData",
    "SQLAlchemy",
    "SQLModel",
    "as_declarative",
    "automap_base",
    "declarative_base",
    "registry",
];

/// Whether what the functions of a file are given may be a mapped class, a declarative base or its metadata.
#[salsa::tracked(returns(copy))]
pub(crate) fn is_reached(db: &dyn Db, file: SourceFile) -> bool {
    let Some(workspace) = Workspace::try_get(db) else { return true };
    knows_base(db, file) || workspace.files(db).files.iter().any(|it| knows_base(db, *it) && uses(db, *it, file))
}

/// Whether a file has or imports mapped classes or what they are made with.
#[salsa::tracked(returns(copy))]
pub(crate) fn knows_base(db: &dyn Db, file: SourceFile) -> bool {
    holds_base(db, file) || homes(db, file).iter().any(|it| holds_base(db, *it))
}

#[salsa::tracked(returns(copy))]
fn holds_base(db: &dyn Db, file: SourceFile) -> bool {
    has_maker(db, file) || !file_classes(db, file).is_empty() || !declarative_bases(db, file).is_empty()
}

/// Whether a module makes a base: `orm.declarative_base()`. What a function makes is its own.
fn has_maker(db: &dyn Db, file: SourceFile) -> bool {
    file.facts(db).items().iter().any(|(_, item)| {
        let outside = (0..).zip(&item.exprs).filter(|it| !item.functions.iter().any(|f| f.exprs.contains(&it.0)));
        outside.into_iter().any(|(_, expr)| is_maker(db, file, item, expr))
    })
}

fn is_maker(db: &dyn Db, file: SourceFile, item: &Item, expr: &Expr) -> bool {
    match expr {
        Expr::Name(name) => {
            let imported = |it: &Binding| matches!(it, Binding::From { name, .. } if MAKERS.contains(&name.as_str()));
            scope(db, file).names.get(name).is_some_and(|it| it.iter().any(imported))
        }
        // Many things are called `registry`.
        Expr::Attribute { object, name } if name == "registry" => match item.expr(*object) {
            Expr::Name(it) | Expr::Attribute { name: it, .. } => it.ends_with("orm"),
            _ => false,
        },
        Expr::Attribute { name, .. } => MAKERS.contains(&name.as_str()),
        _ => false,
    }
}

/// Whether a file has code that is not read as a whole.
fn runs_unread(db: &dyn Db, file: SourceFile) -> bool {
    let items = file.facts(db).items();
    items.iter().any(|(key, _)| matches!(key.kind, ItemKind::Function | ItemKind::Class | ItemKind::Block))
}

/// Whether a file speaks of `name` or `object.name` for one of the names that another one defines. What that one only
/// imports leads to none of its functions.
fn mentions(db: &dyn Db, user: SourceFile, file: SourceFile) -> bool {
    let names = &scope(db, file).names;
    let is_import = |it: &Binding| matches!(it, Binding::From { .. } | Binding::Module(_));
    let defines = |name: &Name| names.get(name).is_some_and(|it| !it.iter().all(is_import));
    let mut exprs = user.facts(db).items().iter().flat_map(|(_, item)| &item.exprs);
    exprs.any(|it| matches!(it, Expr::Attribute { name, .. } | Expr::Name(name) if defines(name)))
}

/// Whether a file imports something that another one defines, or takes it from a package that the other belongs to.
fn uses(db: &dyn Db, user: SourceFile, file: SourceFile) -> bool {
    let module = file.module(db);
    let is_around =
        |home: &SourceFile| module.strip_prefix(home.module(db).as_str()).is_some_and(|it| it.starts_with('.'));
    let homes = homes(db, user);
    // A file without functions and classes that imports names hands them on; whoever calls them imports them from there.
    let is_import = homes.contains(&file) && (mentions(db, user, file) || runs_unread(db, user));
    is_import || homes.iter().any(is_around) && mentions(db, user, file)
}

/// The files that a file imports, and those that define what it imports.
#[salsa::tracked(returns(ref))]
fn homes(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let scope = scope(db, file);
    let mut res = Vec::new();
    for &(level, module) in &scope.stars {
        res.extend(file_of_module(db, file, level, module));
    }
    let bindings = scope.names.values().flatten();
    for &binding in bindings.filter(|it| matches!(it, Binding::From { .. } | Binding::Module(_))) {
        if let Binding::From { level, module, .. } = binding {
            res.extend(file_of_module(db, file, level, module));
        }
        res.extend(match bound_value(db, file, None, binding) {
            Value::Module(stem) => module_file(db, stem),
            Value::Class(class) | Value::Instance(class) | Value::Attribute(class, _) => Some(class.file(db)),
            Value::Function(item, _) => Some(item.file(db)),
            Value::Extension(place, _) | Value::Expr(place) => Some(place.item.file(db)),
            Value::Library(_) | Value::Missing | Value::Unknown => None,
        });
    }
    res.retain(|it| *it != file);
    res.sort_unstable_by_key(|it| it.path(db));
    res.dedup();
    res
}

fn file_of_module(db: &dyn Db, file: SourceFile, level: u32, module: Option<Name>) -> Option<SourceFile> {
    match resolve_module(db, file, level, module) {
        Module::Stem(stem) => module_file(db, stem),
        Module::Library(_) | Module::Unknown => None,
    }
}
