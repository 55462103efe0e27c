//! The schema that a `MetaData(schema=...)` gives to the names that say none.

use relmodel_facts::{Expr, Name};

use crate::constant::string_value;
use crate::db::{ClassId, Db, MetadataId, Place, SourceFile, SqlAlchemy, TableId, Workspace};
use crate::index::{has_unknown_tables, tables_seen};
use crate::library::sqlalchemy_name;
use crate::metadata::metadata_schema;
use crate::strings::{StringName, names_in_string};
use crate::tables::table;
use crate::value::{Value, evaluate};

/// A schema: none, known, or one that cannot be told.
pub(crate) type Schema = Option<Option<String>>;

/// The schema of a table whose `schema=` is this value (`Table.__init__`): `None` leaves it to the metadata, `BLANK_SCHEMA`
/// takes that one away.
pub(crate) fn schema_told(db: &dyn Db, place: Place, metadata: MetadataId) -> Schema {
    if place.expr(db) == Expr::None {
        return Some(metadata_schema(db, metadata));
    }
    match evaluate(db, place) {
        Value::Library(name) if sqlalchemy_name(name).is_some_and(|it| it == "BLANK_SCHEMA") => Some(None),
        _ => string_value(db, place).map(Some),
    }
}

/// The tables that a name in a string of a relationship may mean (`_class_resolver._resolve_table_key`): since 2.1, one
/// without a schema means those in the metadata's own first.
pub(crate) fn tables_of_string(db: &dyn Db, metadata: MetadataId, key: Name, file: SourceFile) -> Vec<TableId> {
    if let Some(schema) = schema_looked_in(db, metadata, key) {
        let found = tables_seen(db, metadata, Name::from(&format!("{schema}.{key}")), file);
        if !found.is_empty() {
            return found;
        }
    }
    tables_seen(db, metadata, key, file)
}

fn schema_looked_in(db: &dyn Db, metadata: MetadataId, key: Name) -> Option<String> {
    let is_2_1 = Workspace::try_get(db).is_some_and(|it| it.sqlalchemy(db) >= SqlAlchemy::V2_1);
    if is_2_1 && !key.contains('.') { metadata_schema(db, metadata) } else { None }
}

/// The names in an argument of a relationship of `parent` that mean a table without a schema, though the metadata has one
/// of its own: where each stands, the table's name, and that schema.
pub fn names_outside_schema(db: &dyn Db, parent: ClassId, argument: Place) -> Vec<(Place, Name, String)> {
    let names = names_in_string(db, parent, argument).into_iter();
    names
        .filter_map(|(place, name)| {
            let StringName::Table(id) = name else { return None };
            let data = table(db, id).as_ref()?;
            let schema = schema_looked_in(db, data.metadata, data.key?)?;
            // A table that is not seen may have the name in the schema.
            (!has_unknown_tables(db, data.metadata)).then_some((place, data.key?, schema))
        })
        .collect()
}
