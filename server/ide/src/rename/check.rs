//! Whether a new name can be given: it is one, and nothing else is called so.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, Db, Member, MemberKind, MetadataId, Name, Place, SourceFile, TableId, TableSource, Value,
    arguments_of_mapper, backref_named, class_info, classes_named, declaration, descendants, evaluate, file_classes,
    imperatively_mapped, lineage, mapped, member, members, metadata_schema, own_attribute, relationships_of,
    resolve_name, string_value, table, tables_named,
};
use relmodel_syntax::TextRange;

use super::Refusal;
use crate::analysis::FileId;
use crate::names::{Identity, SaidKey, takers};

/// The words that Python keeps for itself.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Attributes that the declarative system takes for its own.
const RESERVED: &[&str] = &["metadata", "registry", "query", "query_class", "__tablename__", "__table__", "__mapper__"];

/// Why something cannot be called by a new name.
pub(super) fn refuses(db: &dyn Db, own: Identity, old: Name, new: &str) -> Option<Refusal> {
    let is_database = matches!(own, Identity::Table(_) | Identity::Column(..));
    if is_database {
        let is_plain = |it: char| it.is_alphanumeric() || it == '_' || it == '$' || it == ' ' || it == '-';
        if new.is_empty() || !new.chars().all(is_plain) {
            return Some(format!("`{new}` cannot stand in a foreign key"));
        }
    } else if !is_identifier(new) {
        return Some(format!("`{new}` is no name in Python"));
    }
    if old == new {
        return None;
    }
    let name = Name::from(new);
    match own {
        Identity::Class(class) => class_taken(db, class, name),
        Identity::Attribute(class, old) => {
            let owners = takers(db, class);
            if let Some(read) = owners.iter().find_map(|it| read_by_its_column(db, *it, old)) {
                return Some(read);
            }
            let hidden = owners.iter().find_map(|it| hides(db, *it, class, old));
            hidden.or_else(|| owners.iter().find_map(|it| attribute_taken(db, *it, name)))
        }
        Identity::Backref(class, key) => {
            let id = relmodel_model::RelationshipId::new(db, class, key, None);
            let target = relmodel_model::relationship(db, id).as_ref()?.target_class()?;
            attribute_taken(db, target, name)
        }
        Identity::Table(id) => {
            let data = table(db, id).as_ref()?;
            let key = data.key?;
            if let Some(other) = in_other_schema(db, data.metadata, key) {
                return Some(format!("there is a table `{other}`, and strings may mean either"));
            }
            let schema = key.rsplit_once('.').map(|it| format!("{}.{new}", it.0));
            let key = schema.map_or(name, |it| Name::from(&it));
            if let TableSource::Class(class) = id.source(db)
                && let Some(made) = made_of(db, class).or_else(|| other_side_called_after(db, class, true))
            {
                return Some(made);
            }
            let is_taken = !tables_named(db, data.metadata, key).is_empty();
            is_taken.then(|| format!("there is a table `{key}` already"))
        }
        Identity::Column(id, _) => {
            if let Some(prefixed) = prefixed(db, id, old) {
                return Some(prefixed);
            }
            if let TableSource::Class(class) = id.source(db)
                && let Some(column) = table(db, id).as_ref()?.column(old.as_str())
                && let Some(read) = read_by_its_column(db, class, column.attribute)
            {
                return Some(read);
            }
            let is_taken = table(db, id).as_ref()?.columns.iter().any(|it| it.key == new || it.name == new);
            is_taken.then(|| format!("the table has a column `{new}` already"))
        }
    }
}

/// A table of the same name in the schema of the metadata, or outside of it: which of the two a string means depends on
/// SQLAlchemy's version.
fn in_other_schema(db: &dyn Db, metadata: MetadataId, key: Name) -> Option<Name> {
    let schema = metadata_schema(db, metadata)?;
    let other = match key.strip_prefix(&format!("{schema}.")) {
        Some(bare) => Name::from(bare),
        None => Name::from(&format!("{schema}.{key}")),
    };
    (!tables_named(db, metadata, other).is_empty()).then_some(other)
}

/// A class of the table's file whose attribute for a column is made of the column's name and a `column_prefix`.
fn prefixed(db: &dyn Db, id: TableId, key: Name) -> Option<Refusal> {
    let file = id.file(db);
    let classes = file_classes(db, file).iter().copied().chain(imperatively_mapped(db, file));
    let mut users = classes.filter(|it| mapped(db, *it).as_ref().is_some_and(|it| it.table == Some(id)));
    users.find_map(|class| {
        arguments_of_mapper(db, class).get("column_prefix")?;
        let is_it = |it: &&Member| {
            it.at.is_none() && matches!(&it.kind, MemberKind::Column(column) if column.key == key && it.name != key)
        };
        let found = members(db, class).iter().find(is_it)?;
        Some(format!("`{}.{}` is called after it, with a prefix", class.name(db), found.name))
    })
}

/// Flask-AppBuilder knows a primary key by the name of its column, and asks the class for an attribute of that name
/// (`SQLAInterface.is_pk`, `Model2SchemaConverter`).
fn read_by_its_column(db: &dyn Db, class: ClassId, name: Name) -> Option<Refusal> {
    let (_, found) = member(db, class, name)?;
    let is_key = matches!(&found.kind, MemberKind::Column(it) if it.primary_key == Some(true) && it.name == name);
    let is_builder = |it: &ClassId| it.file(db).path(db).contains("/flask_appbuilder/");
    let is_read = is_key && class_info(db, class).mro.iter().any(is_builder);
    is_read.then(|| {
        format!("Flask-AppBuilder takes the attribute and the column `{name}` for one: they have to be called alike")
    })
}

/// Whether Python takes this for a name.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|it| it.is_alphabetic() || it == '_');
    starts && chars.all(|it| it.is_alphanumeric() || it == '_') && !KEYWORDS.contains(&name)
}

fn class_taken(db: &dyn Db, class: ClassId, name: Name) -> Option<Refusal> {
    let registry = mapped(db, class).as_ref()?.registry;
    if !classes_named(db, registry, name).is_empty() {
        return Some(format!("there is a mapped class `{name}` already"));
    }
    if let Some(made) = made_of(db, class).or_else(|| other_side_called_after(db, class, false)) {
        return Some(made);
    }
    let identity = arguments_of_mapper(db, class).get("polymorphic_identity")?;
    let is_made = string_value(db, identity).is_some() && identity.read(db, |_, it| !matches!(it, Expr::String(_)));
    is_made.then(|| "its rows are told by a polymorphic identity that is made of its name".to_owned())
}

/// What is made for a class under names that are put together, maybe from its own or its table's.
fn made_of(db: &dyn Db, class: ClassId) -> Option<Refusal> {
    let is_for_it = |it: &&ClassId| it.scope(db).is_some_and(|it| it.receiver(db) == Some(class));
    if let Some(made) = file_classes(db, class.file(db)).iter().find(is_for_it) {
        return Some(format!("the class `{}` is made for it, under a name that is put together", made.name(db)));
    }
    relationships_of(db, class).into_iter().find_map(|id| {
        let (name, _) = declaration(db, id).as_ref()?.backref(db)?;
        let is_literal = name.place.read(db, |_, it| matches!(it, Expr::String(_)));
        (!is_literal).then(|| format!("the backref `{}` is made for it, under a name that is put together", name.name))
    })
}

/// A class that a function makes of another one, anywhere, and calls after it, or its table after that one's:
/// `type(cls.__name__, (Base,), {"__tablename__": cls.__tablename__})`.
pub(super) fn called_after(db: &dyn Db, files: &[FileId], own: Identity) -> Option<Refusal> {
    let class = match own {
        Identity::Class(class) => class,
        Identity::Table(id) => match id.source(db) {
            TableSource::Class(class) => class,
            TableSource::Call(_) => return None,
        },
        _ => return None,
    };
    let is_given = |call: Place| match call.expr(db) {
        Expr::Call { arguments, .. } => {
            arguments.iter().any(|it| evaluate(db, call.with(it.value())) == Value::Class(class))
        }
        _ => false,
    };
    let table_of = |it: ClassId| table(db, TableId::of_class(db, it)).as_ref().and_then(|it| it.key);
    let is_called_so = |it: &ClassId| match own {
        Identity::Table(_) => table_of(*it).is_some_and(|it| Some(it) == table_of(class)),
        _ => it.name(db).contains(class.name(db).as_str()),
    };
    let made = files.iter().flat_map(|it| file_classes(db, it.0)).copied().filter(|it| *it != class);
    let mut made = made.filter(|it| it.scope(db).and_then(|it| it.call(db)).is_some_and(is_given));
    let found = made.find(is_called_so)?;
    let path = found.file(db).path(db);
    Some(format!("a class `{}` is made of it and called after it, in {}", found.name(db), super::file_name(&path)))
}

/// The other side of a relationship that is called by an expression, maybe after the class or its table.
fn other_side_called_after(db: &dyn Db, class: ClassId, is_table: bool) -> Option<Refusal> {
    relationships_of(db, class).into_iter().find_map(|id| {
        let other = declaration(db, id).as_ref()?.name_argument(db, "back_populates")?;
        let is_made = other.place.read(db, |_, it| match it {
            Expr::String(_) | Expr::Name(_) => false,
            Expr::Attribute { name, .. } if name == "__tablename__" => is_table,
            _ => true,
        });
        is_made.then(|| format!("its other side `{}` may be called after it, by an expression", other.name))
    })
}

/// What foreign keys call a table's columns, or a column.
pub(super) fn keys_of(db: &dyn Db, own: Identity) -> Vec<String> {
    let (id, only) = match own {
        Identity::Table(id) => (id, None),
        Identity::Column(id, name) => (id, Some(name)),
        _ => return Vec::new(),
    };
    let Some((data, key)) = table(db, id).as_ref().and_then(|it| Some((it, it.key?))) else { return Vec::new() };
    let columns = data.columns.iter().map(|it| it.key).filter(|it| only.is_none_or(|only| only == *it));
    columns.map(|it| format!("{key}.{it}")).collect()
}

/// Where a text that the model does not read may say a table or a column.
pub(super) fn said_by(db: &dyn Db, own: Identity, it: &SaidKey) -> Option<TextRange> {
    match own {
        Identity::Column(..) => keys_of(db, own).contains(&it.text).then_some(it.last),
        Identity::Table(id) => {
            let key = table(db, id).as_ref()?.key?;
            let of_column = || it.text.rsplit_once('.').is_some_and(|it| key == it.0);
            if key == it.text.as_str() { Some(it.last) } else { it.before.filter(|_| of_column()) }
        }
        _ => None,
    }
}

/// Whether a file in which a class is renamed knows something else by the new name.
pub(super) fn is_free_in(db: &dyn Db, file: SourceFile, new: &str) -> Result<(), Refusal> {
    if resolve_name(db, file, Name::from(new)) == Value::Missing {
        return Ok(());
    }
    let path = file.path(db);
    let file = path.rsplit('/').next().unwrap_or(path.as_str());
    Err(format!("`{new}` means something else in {file}"))
}

/// Whether a class, or one that it inherits from or that inherits from it, has an attribute.
fn attribute_taken(db: &dyn Db, class: ClassId, name: Name) -> Option<Refusal> {
    if RESERVED.contains(&name.as_str()) {
        return Some(format!("SQLAlchemy keeps the attribute `{name}` for itself"));
    }
    let has = |it: ClassId| {
        let inherited = class_info(db, it).mro.iter().any(|base| own_attribute(db, *base, name).is_some());
        inherited || member(db, it, name).is_some() || backref_named(db, it, name).is_some()
    };
    let below = descendants(db, class).iter().copied();
    let taken = std::iter::once(class).chain(below).find(|it| has(*it))?;
    Some(format!("`{}` has an attribute `{name}` already", taken.name(db)))
}

/// Whether another class of a hierarchy has an attribute of the same name, which the two are one attribute by.
fn hides(db: &dyn Db, class: ClassId, declared_in: ClassId, name: Name) -> Option<Refusal> {
    let others = descendants(db, class).iter().copied().chain(lineage(db, class)).filter(|it| *it != class);
    let of_mappers = others.filter(|it| {
        let found = relmodel_model::members(db, *it).iter().find(|it| it.name == name);
        found.is_some_and(|it| it.declared_in != declared_in)
    });
    let of_bases = class_info(db, class).mro.iter().copied().filter(|it| *it != declared_in);
    let of_bases = of_bases.filter(|it| own_attribute(db, *it, name).is_some());
    let other = of_mappers.chain(of_bases).next()?;
    Some(format!("`{}` has an attribute `{name}` too: they would no longer be one", other.name(db)))
}
