//! The association table of a relationship: `secondary=`.

use relmodel_facts::{Expr, Name};

use crate::column::table_of_value;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, RegistryId, TableId};
use crate::declarations::Declaration;
use crate::default_schema::tables_of_string;
use crate::index::{classes_seen, has_unknown_tables};
use crate::library::sqlalchemy_name;
use crate::mappers::mapped;
use crate::strings::metadata_of_strings;
use crate::value::{Value, evaluate};

/// The association table of a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secondary {
    /// It has none.
    None,
    /// A table.
    Table(TableId),
    /// A mapped class, where a table is asked for.
    Class(ClassId),
    /// A name that neither the metadata nor the registry knows.
    Missing {
        /// The name.
        name: String,
        /// The string that says it.
        place: Place,
    },
    /// Cannot be told.
    Unknown,
}

/// The association table: a `Table`, its name in the metadata, or a lambda that returns it.
pub(crate) fn secondary(db: &dyn Db, parent: ClassId, declaration: &Declaration) -> Secondary {
    let Some(place) = declaration.value("secondary") else {
        if let Some(place) = declaration.link_model {
            let table = match evaluate(db, place) {
                Value::Class(class) => mapped(db, class).as_ref().and_then(|it| it.table),
                _ => None,
            };
            return table.map_or(Secondary::Unknown, Secondary::Table);
        }
        return if declaration.is_open { Secondary::Unknown } else { Secondary::None };
    };
    if place.expr(db) == Expr::None {
        return Secondary::None;
    }
    if let Some(text) = string_value(db, place) {
        return secondary_of_text(db, parent, &text, place);
    }
    let value = match place.expr(db) {
        Expr::Lambda { body, .. } => place.with(body),
        _ => place,
    };
    if let Some(text) = string_value(db, value) {
        return secondary_of_text(db, parent, &text, value);
    }
    if let Value::Class(class) = evaluate(db, value)
        && mapped(db, class).is_some()
    {
        return Secondary::Class(class);
    }
    table_of_value(db, value).map_or(Secondary::Unknown, Secondary::Table)
}

fn secondary_of_text(db: &dyn Db, parent: ClassId, text: &str, place: Place) -> Secondary {
    let Some(mapped) = mapped(db, parent) else { return Secondary::Unknown };
    let metadata = metadata_of_strings(db, parent);
    if let Some(&id) = tables_of_string(db, metadata, Name::from(text), place.item.file(db)).first() {
        return Secondary::Table(id);
    }
    let is_open = has_unknown_tables(db, metadata) || matches!(mapped.registry, RegistryId::Open(_));
    let is_expression = text.contains(|it: char| !(it.is_alphanumeric() || it == '_' || it == '.'));
    let classes = classes_seen(db, mapped.registry, Name::from(text), place.item.file(db));
    if let ([class], false) = (&*classes, is_open) {
        return Secondary::Class(*class);
    }
    if is_open || is_expression || !classes.is_empty() || sqlalchemy_name(Name::from(text)).is_some() {
        return Secondary::Unknown;
    }
    Secondary::Missing { name: text.to_owned(), place }
}
