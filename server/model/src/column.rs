//! Columns and the foreign keys written in them.

use relmodel_facts::{Argument, Expr, ExprId, Name};
use thin_vec::ThinVec;

use crate::arguments::{Given, arguments_of};
use crate::attribute::mapped_argument;
use crate::class::library_bases;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, SqlAlchemy, TableId, Workspace};
use crate::late::late_attributes;
use crate::library::sqlalchemy_name;
use crate::value::{Value, as_call, called, constant_expr, evaluate};

/// How many names are followed from one to the next.
const MAX_NAMES: u32 = 10;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The attribute it is mapped under; for a column of a `Table(...)`, its key.
    pub attribute: Name,
    /// Its key in the table (`Column.key`): what foreign keys name.
    pub key: Name,
    /// Its name in the database (`Column.name`).
    pub name: Name,
    /// The call or, without one, the annotation that declares it.
    pub place: Place,
    /// The type as written: `Integer`, `String`.
    pub type_: Option<Name>,
    /// Whether it may be NULL.
    pub nullable: Option<bool>,
    /// Whether it is part of the primary key; `None` if that cannot be told.
    pub primary_key: Option<bool>,
    /// Its foreign keys.
    pub foreign_keys: ThinVec<ForeignKey>,
    /// Whether it may have foreign keys that cannot be seen.
    pub is_open: bool,
}

/// A `ForeignKey(...)`, or one pair of a `ForeignKeyConstraint(...)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The expression that says what it refers to.
    pub place: Place,
    /// What it refers to (`ForeignKey._colspec`).
    pub spec: Spec,
    /// The constraint it belongs to: pairs of one `ForeignKeyConstraint` share it.
    pub constraint: ConstraintId,
}

/// What tells constraints of one table apart: the call that makes them.
pub type ConstraintId = Place;

/// What a foreign key says it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec {
    /// `"table.column"`
    Text(String),
    /// `Parent.id`
    Attribute(ClassId, Name),
    /// `parent_table.c.id`
    Column(TableId, Name),
    /// Cannot be told.
    Unknown,
}

/// Where a foreign key leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignKeyTarget {
    /// A column, by its table and key.
    Column(TableId, Name),
    /// No table of that name in the metadata.
    NoTable {
        /// The table's key, with its schema.
        table: String,
    },
    /// The table has no such column.
    NoColumn {
        /// The table.
        table: TableId,
        /// The column's name as written.
        column: String,
    },
    /// Cannot be told.
    Unknown,
}

/// Reads a `Column(...)` or `mapped_column(...)` that is mapped under `attribute`.
pub(crate) fn column_of_call(db: &dyn Db, attribute: Name, call: Place, annotation: Option<Place>) -> Column {
    column_of_type(db, attribute, call, annotation.and_then(|it| mapped_argument(db, it)))
}

/// Likewise, with the Python type itself.
pub(crate) fn column_of_type(db: &dyn Db, attribute: Name, call: Place, python_type: Option<Place>) -> Column {
    let mut res = empty_column(attribute, call);
    // What a plain `Column(...)` is annotated tells type checkers alone.
    if let Some(python_type) = python_type.filter(|_| !is_plain_column(db, call)) {
        read_annotation(db, python_type, &mut res);
    }
    read_call(db, call, &mut res);
    if res.nullable.is_none() {
        res.nullable = res.primary_key.map(|it| !it);
    }
    res.foreign_keys.shrink_to_fit();
    res
}

fn is_plain_column(db: &dyn Db, call: Place) -> bool {
    match call.expr(db) {
        Expr::Call { function, .. } => called(db, call, function).is_some_and(|it| it == "Column"),
        _ => false,
    }
}

/// A column of which nothing but its attribute is known yet.
pub(crate) fn empty_column(attribute: Name, place: Place) -> Column {
    Column {
        attribute,
        key: attribute,
        name: attribute,
        place,
        type_: None,
        nullable: None,
        primary_key: Some(false),
        foreign_keys: ThinVec::new(),
        is_open: false,
    }
}

/// Reads a column that its annotation alone declares.
pub(crate) fn column_of_annotation(db: &dyn Db, attribute: Name, annotation: Place) -> Column {
    column_of_call(db, attribute, annotation, Some(annotation))
}

fn read_call(db: &dyn Db, call: Place, column: &mut Column) {
    let mut n_positional = 0;
    for given in arguments_of(db, call) {
        match given {
            Given::Positional(value) => {
                read_positional(db, value, n_positional == 0, column);
                n_positional += 1;
            }
            Given::Keyword(name, _, value) => read_call_argument(db, name, value, column),
            Given::Unknown => {
                column.is_open = true;
                column.primary_key = column.primary_key.filter(|it| *it);
            }
        }
    }
}

/// Reads a positional argument of a column.
pub(crate) fn read_positional(db: &dyn Db, place: Place, is_first: bool, column: &mut Column) {
    if is_first && let Some(name) = string_value(db, place) {
        column.name = Name::from(&name);
        column.key = column.name;
        return;
    }
    if let Some((call, function)) = as_call(db, place) {
        match called(db, call, function).as_ref().map(Name::as_str) {
            Some("ForeignKey") => column.foreign_keys.extend(foreign_key(db, call)),
            Some("Identity") => column.nullable = column.nullable.or(Some(false)),
            Some(name) if is_type(name) => column.type_ = Some(Name::from(name)),
            Some(_) => {}
            None if let Some(class) = type_of_project(db, call.with(function)) => column.type_ = Some(class.name(db)),
            // `BigInteger().with_variant(...)` is what it is called on, as far as a mapping is concerned.
            None if let Some(object) = type_object(db, call, function) => read_positional(db, object, false, column),
            // A helper of the project's own may return a foreign key.
            None => column.is_open = true,
        }
        return;
    }
    match evaluate(db, place) {
        Value::Library(name) => match sqlalchemy_name(name) {
            Some(name) if is_type(name.as_str()) => column.type_ = Some(name),
            _ => {}
        },
        Value::Class(class) => column.type_ = Some(class.name(db)),
        Value::Unknown | Value::Attribute(..) | Value::Function(..) => column.is_open = true,
        _ => {}
    }
}

/// The type that a method of types is called on: `with_variant(...)` and the like return a type.
fn type_object(db: &dyn Db, call: Place, function: ExprId) -> Option<Place> {
    match call.with(function).expr(db) {
        Expr::Attribute { object, name } if matches!(name.as_str(), "with_variant" | "evolve" | "as_mutable") => {
            Some(call.with(object))
        }
        _ => None,
    }
}

/// Reads a keyword argument of a column.
pub(crate) fn read_call_argument(db: &dyn Db, name: Name, place: Place, column: &mut Column) {
    // A helper may hand its own parameter on.
    let truth = || match constant_expr(db, place) {
        Expr::True => Some(true),
        Expr::False => Some(false),
        _ => None,
    };
    match name.as_str() {
        "name" => {
            if let Some(name) = string_value(db, place) {
                column.name = Name::from(&name);
                column.key = column.name;
            }
        }
        "key" => {
            if let Some(key) = string_value(db, place) {
                column.key = Name::from(&key);
            }
        }
        "primary_key" => column.primary_key = truth(),
        "nullable" => column.nullable = truth(),
        "type_" => read_positional(db, place, false, column),
        _ => {}
    }
}

/// What a type or item within a column call is, told from the arguments that are none.
/// The class of the project that is a type for columns: one that inherits from a `TypeDecorator` or the like.
fn type_of_project(db: &dyn Db, function: Place) -> Option<ClassId> {
    let Value::Class(class) = evaluate(db, function) else { return None };
    let types = ["TypeDecorator", "TypeEngine", "UserDefinedType"];
    let is_type = |it: &Name| sqlalchemy_name(*it).is_some_and(|it| types.contains(&it.as_str()));
    library_bases(db, class).iter().any(is_type).then_some(class)
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && !matches!(name, "Computed" | "Identity" | "Sequence" | "FetchedValue" | "DefaultClause" | "CheckConstraint")
}

/// Reads a `ForeignKey(...)` call.
pub(crate) fn foreign_key(db: &dyn Db, call: Place) -> Option<ForeignKey> {
    let Expr::Call { arguments, .. } = call.expr(db) else { return None };
    let target = arguments.iter().find_map(|argument| match argument {
        Argument::Positional(value) => Some(*value),
        Argument::Keyword(keyword, value) if keyword.name == "column" => Some(*value),
        _ => None,
    })?;
    let place = call.with(target);
    Some(ForeignKey { place, spec: spec_of(db, place), constraint: call })
}

/// What an expression refers to as the target of a foreign key.
pub(crate) fn spec_of(db: &dyn Db, place: Place) -> Spec {
    if let Some(text) = string_value(db, place) {
        return Spec::Text(text);
    }
    if let Expr::Tuple(parts) = place.expr(db) {
        // `("schema", "table", "column")`, since 2.1.
        let is_taken = || Workspace::try_get(db).is_some_and(|it| it.sqlalchemy(db) >= SqlAlchemy::V2_1);
        if !matches!(parts.len(), 2 | 3) || !is_taken() {
            return Spec::Unknown;
        }
        let parts: Option<Vec<String>> = parts.iter().map(|it| string_value(db, place.with(*it))).collect();
        return match parts {
            Some(parts) if parts.iter().all(|it| !it.contains('.')) => Spec::Text(parts.join(".")),
            _ => Spec::Unknown,
        };
    }
    match column_reference(db, place) {
        Some(ColumnReference::Attribute(class, name)) => Spec::Attribute(class, name),
        Some(ColumnReference::Column(table, name)) => Spec::Column(table, name),
        None => Spec::Unknown,
    }
}

/// The column that an expression refers to: `Parent.id`, `parent_table.c.id`.
pub fn reference(db: &dyn Db, place: Place) -> Option<Spec> {
    Some(match column_reference(db, place)? {
        ColumnReference::Attribute(class, name) => Spec::Attribute(class, name),
        ColumnReference::Column(table, name) => Spec::Column(table, name),
    })
}

/// An expression that means a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnReference {
    /// `Parent.id`
    Attribute(ClassId, Name),
    /// `parent_table.c.id`, `Parent.__table__.c.id`
    Column(TableId, Name),
}

pub(crate) fn column_reference(db: &dyn Db, place: Place) -> Option<ColumnReference> {
    if let Value::Attribute(class, name) = evaluate(db, place) {
        return Some(ColumnReference::Attribute(class, name));
    }
    let (columns, name) = match place.expr(db) {
        Expr::Attribute { object, name } => (object, name),
        Expr::Subscript { value, indices } => {
            let key = string_value(db, place.with(*indices.first()?))?;
            (value, Name::from(&key))
        }
        _ => return None,
    };
    let Expr::Attribute { object, name: collection } = place.with(columns).expr(db) else { return None };
    if !matches!(collection.as_str(), "c" | "columns") {
        return None;
    }
    Some(ColumnReference::Column(table_of_value(db, place.with(object))?, name))
}

/// The table that an expression is bound to: a `Table(...)`, or `Parent.__table__`.
pub fn table_of_value(db: &dyn Db, place: Place) -> Option<TableId> {
    table_within(db, place, MAX_NAMES)
}

fn table_within(db: &dyn Db, place: Place, steps: u32) -> Option<TableId> {
    let steps = steps.checked_sub(1)?;
    match evaluate(db, place) {
        Value::Expr(_) => {
            let (call, function) = as_call(db, place)?;
            (called(db, call, function)? == "Table").then(|| TableId::of_call(db, call))
        }
        Value::Attribute(class, name) => table_of_attribute_within(db, (class, name), Some(place), steps),
        _ => None,
    }
}

/// The table that an attribute of a class holds: `__table__`, or one that is put there by hand.
pub fn table_of_attribute(db: &dyn Db, class: ClassId, name: Name) -> Option<TableId> {
    table_of_attribute_within(db, (class, name), None, MAX_NAMES)
}

/// The same, where what stands at `place` is no answer: it is what is asked about.
fn table_of_attribute_within(
    db: &dyn Db,
    (class, name): (ClassId, Name),
    place: Option<Place>,
    steps: u32,
) -> Option<TableId> {
    let in_body = crate::class::body_value(db, class, name).map(|it| class.place(db, it));
    match in_body {
        // `table = Table(...)` in the body of a class.
        Some(value) if place != Some(value) => table_within(db, value, steps),
        _ if name == "__table__" => crate::mappers::mapped(db, class).as_ref()?.table,
        // `Parent.table = Table(...)` behind the class.
        _ => {
            let late = late_attributes(db, class).iter().find(|it| it.name == name)?.value;
            table_of_value(db, late).filter(|_| place != Some(late))
        }
    }
}

/// Reads a Python type: `int`, `Optional[str]`, `str | None`, `Annotated[int, mapped_column(primary_key=True)]`.
pub(crate) fn read_annotation(db: &dyn Db, place: Place, column: &mut Column) {
    match place.expr(db) {
        Expr::String(text) => match text.code {
            Some(code) => read_annotation(db, place.with(code), column),
            None => column.type_ = None,
        },
        Expr::Operation(operation) => {
            for operand in &operation.operands {
                if place.with(*operand).expr(db) == Expr::None {
                    column.nullable = Some(true);
                } else {
                    read_annotation(db, place.with(*operand), column);
                }
            }
        }
        Expr::Subscript { value, indices } => read_generic(db, place, value, &indices, column),
        _ => read_plain_type(db, place, column),
    }
    if column.nullable.is_none() {
        column.nullable = Some(false);
    }
}

fn read_generic(db: &dyn Db, place: Place, value: ExprId, indices: &[ExprId], column: &mut Column) {
    let Value::Library(name) = evaluate(db, place.with(value)) else { return };
    match name.rsplit('.').next() {
        Some("Optional") => {
            column.nullable = Some(true);
            if let Some(inner) = indices.first() {
                read_annotation(db, place.with(*inner), column);
            }
        }
        Some("Union") => {
            for inner in indices.iter().map(|it| place.with(*it)) {
                match inner.expr(db) {
                    Expr::None => column.nullable = Some(true),
                    _ => read_annotation(db, inner, column),
                }
            }
        }
        Some("Annotated") => {
            for (index, inner) in indices.iter().enumerate() {
                let inner = place.with(*inner);
                let is_column = as_call(db, inner)
                    .and_then(|(call, function)| called(db, call, function).map(|name| (call, name)))
                    .filter(|(_, name)| name == "mapped_column");
                match is_column {
                    Some((call, _)) => read_call(db, call, column),
                    None if index == 0 => read_annotation(db, inner, column),
                    None => {}
                }
            }
        }
        _ => {}
    }
}

fn read_plain_type(db: &dyn Db, place: Place, column: &mut Column) {
    let is_2_1 = || Workspace::try_get(db).is_some_and(|it| it.sqlalchemy(db) == SqlAlchemy::V2_1);
    let type_of_name = |name: &str| {
        Some(match name {
            "float" if is_2_1() => "Double",
            "int" => "Integer",
            "str" => "String",
            "bool" => "Boolean",
            "float" => "Float",
            "bytes" => "LargeBinary",
            "datetime" => "DateTime",
            "date" => "Date",
            "time" => "Time",
            "timedelta" => "Interval",
            "Decimal" => "Numeric",
            "UUID" => "Uuid",
            _ => return None,
        })
    };
    match evaluate(db, place) {
        Value::Missing => {
            if let Expr::Name(name) = place.expr(db) {
                column.type_ = type_of_name(name.as_str()).map(Name::from);
            }
        }
        Value::Library(name) => {
            let last = name.rsplit('.').next().unwrap_or_default();
            column.type_ = type_of_name(last).map(Name::from);
            if column.type_.is_none() && !name.starts_with("typing.") {
                // A name of another package may stand for an `Annotated` column.
                column.primary_key = column.primary_key.filter(|it| *it);
                column.is_open = true;
            }
        }
        Value::Expr(inner) if inner != place => read_annotation(db, inner, column),
        Value::Unknown => {
            column.primary_key = None;
            column.is_open = true;
        }
        _ => {}
    }
}
