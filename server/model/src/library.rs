//! The names of SQLAlchemy that mappings are written with. They are known by what they do, not read from source.

use relmodel_facts::Name;

use crate::db::{Db, Place};
use crate::value::{Value, as_call, called, evaluate};

/// The name of something of SQLAlchemy without the module it is imported from: all its homes mean the same.
///
/// `SQLModel` passes `SQLAlchemy`'s names on beside its own.
pub fn sqlalchemy_name(dotted: Name) -> Option<Name> {
    let is_known = dotted.starts_with("sqlalchemy.") || dotted.starts_with("sqlmodel.");
    is_known.then(|| dotted.last_part())
}

/// Whether a package is known by what it does, so that its source is never read, even where it lies in the workspace.
pub(crate) fn is_known_package(module: Name) -> bool {
    let package = module.split('.').next().unwrap_or_default();
    matches!(package, "sqlalchemy" | "flask_sqlalchemy" | "sqlmodel")
}

const CORE: &[&str] = &[
    "BLANK_SCHEMA",
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

/// SQLAlchemy's own types and those of its dialects, in 1.4, 2.0 or 2.1, sorted.
#[rustfmt::skip]
const TYPES: &[&str] = &[
    "ARRAY", "AbstractMultiRange", "AbstractRange", "AbstractSingleRange", "BFILE", "BIGINT", "BINARY",
    "BINARY_DOUBLE", "BINARY_FLOAT", "BIT", "BLOB", "BOOLEAN", "BYTEA", "BigInteger", "Boolean", "CHAR", "CIDR",
    "CITEXT", "CLOB", "DATE", "DATEMULTIRANGE", "DATERANGE", "DATETIME", "DATETIME2", "DATETIMEOFFSET", "DECIMAL",
    "DOMAIN", "DOUBLE", "DOUBLE_PRECISION", "Date", "DateTime", "Double", "ENUM", "Enum", "FLOAT", "Float", "HSTORE",
    "IMAGE", "INET", "INET4", "INET6", "INT", "INT4MULTIRANGE", "INT4RANGE", "INT8MULTIRANGE", "INT8RANGE", "INTEGER",
    "INTERVAL", "Integer", "Interval", "JSON", "JSONB", "JSONPATH", "LONG", "LONGBLOB", "LONGTEXT", "LargeBinary",
    "MACADDR", "MACADDR8", "MEDIUMBLOB", "MEDIUMINT", "MEDIUMTEXT", "MONEY", "MatchType", "NCHAR", "NCLOB", "NTEXT",
    "NUMBER", "NUMERIC", "NUMMULTIRANGE", "NUMRANGE", "NVARCHAR", "NVARCHAR2", "NamedType", "NullType", "Numeric",
    "OID", "PickleType", "RAW", "REAL", "REGCLASS", "REGCONFIG", "ROWID", "ROWVERSION", "SET", "SMALLDATETIME",
    "SMALLINT", "SMALLMONEY", "SQL_VARIANT", "SmallInteger", "String", "TEXT", "TIME", "TIMESTAMP", "TINYBLOB",
    "TINYINT", "TINYTEXT", "TSMULTIRANGE", "TSQUERY", "TSRANGE", "TSTZMULTIRANGE", "TSTZRANGE", "TSVECTOR",
    "TableValueType", "Text", "Time", "TupleType", "TypeDecorator", "TypeEngine", "UNICHAR", "UNIQUEIDENTIFIER",
    "UNITEXT", "UNIVARCHAR", "UUID", "Unicode", "UnicodeText", "UserDefinedType", "Uuid", "VARBINARY", "VARCHAR",
    "VARCHAR2", "VECTOR", "Variant", "XML", "YEAR",
];

/// The name of SQLAlchemy's type that an expression is, or makes by a call: `String` for `sa.String(20)`.
pub fn type_name(db: &dyn Db, place: Place) -> Option<Name> {
    let name = match evaluate(db, place) {
        Value::Library(name) => sqlalchemy_name(name)?,
        Value::Expr(_) => {
            let (call, function) = as_call(db, place)?;
            called(db, call, function)?
        }
        _ => return None,
    };
    TYPES.binary_search(&name.as_str()).is_ok().then_some(name)
}

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

/// Whether a name is none of SQLAlchemy's but the beginning of one, as it is while that is typed.
pub(crate) fn is_beginning(name: &str) -> bool {
    let all = || CORE.iter().chain(ORM).chain(TYPES);
    all().all(|it| *it != name) && all().any(|it| it.starts_with(name))
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
