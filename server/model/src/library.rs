//! The names of SQLAlchemy that mappings are written with. They are known by what they do, not read from source.

use relmodel_facts::Name;

/// The name of something of SQLAlchemy without the module it is imported from: all its homes mean the same.
///
/// `SQLModel` passes `SQLAlchemy`'s names on beside its own.
pub fn sqlalchemy_name(dotted: Name) -> Option<Name> {
    let rest = dotted.strip_prefix("sqlalchemy.").or_else(|| dotted.strip_prefix("sqlmodel."))?;
    Some(Name::from(rest.rsplit('.').next().unwrap_or(rest)))
}

/// Whether a package is known by what it does, so that its source is never read, even where it lies in the workspace.
pub(crate) fn is_known_package(module: Name) -> bool {
    let package = module.split('.').next().unwrap_or_default();
    matches!(package, "sqlalchemy" | "flask_sqlalchemy" | "sqlmodel")
}

const CORE: &[&str] = &[
    "CheckConstraint",
    "Column",
    "ForeignKey",
    "ForeignKeyConstraint",
    "Identity",
    "Index",
    "MetaData",
    "PrimaryKeyConstraint",
    "Sequence",
    "Table",
    "UniqueConstraint",
    "and_",
    "case",
    "cast",
    "desc",
    "func",
    "literal",
    "not_",
    "or_",
    "select",
    "text",
    "ARRAY",
    "BIGINT",
    "BOOLEAN",
    "BigInteger",
    "Boolean",
    "CHAR",
    "DATE",
    "DATETIME",
    "Date",
    "DateTime",
    "Double",
    "Enum",
    "FLOAT",
    "Float",
    "INTEGER",
    "Integer",
    "Interval",
    "JSON",
    "LargeBinary",
    "NUMERIC",
    "Numeric",
    "PickleType",
    "SMALLINT",
    "SmallInteger",
    "String",
    "TEXT",
    "TIMESTAMP",
    "Text",
    "Time",
    "Unicode",
    "UnicodeText",
    "Uuid",
    "VARCHAR",
];

const ORM: &[&str] = &[
    "DeclarativeBase",
    "DeclarativeBaseNoMeta",
    "DynamicMapped",
    "Mapped",
    "MappedAsDataclass",
    "WriteOnlyMapped",
    "as_declarative",
    "backref",
    "column_property",
    "composite",
    "declarative_base",
    "declarative_mixin",
    "declared_attr",
    "deferred",
    "foreign",
    "mapped_column",
    "query_expression",
    "registry",
    "relation",
    "relationship",
    "remote",
    "synonym",
    "validates",
];

/// The module that a name of SQLAlchemy's is imported from.
pub fn home_of(name: &str) -> Option<&'static str> {
    if CORE.contains(&name) {
        return Some("sqlalchemy");
    }
    match name {
        "Field" | "Relationship" => Some("sqlmodel"),
        _ => ORM.contains(&name).then_some("sqlalchemy.orm"),
    }
}

/// Whether `from <module> import *` brings `name`, for the modules of SQLAlchemy that are imported so.
pub(crate) fn is_exported(module: &str, name: &str) -> bool {
    match module {
        "sqlalchemy" | "sqlalchemy.schema" | "sqlalchemy.types" => CORE.contains(&name),
        "sqlalchemy.orm" | "sqlalchemy.ext.declarative" => ORM.contains(&name),
        "sqlmodel" => CORE.contains(&name) || matches!(name, "Field" | "Relationship" | "SQLModel"),
        _ => false,
    }
}
