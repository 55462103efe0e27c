//! `composite(mapped_column("x"), mapped_column("y"))`: columns that are declared within another attribute. The mapper has
//! them under their own names as well, and their types are those of the value object's fields
//! (`CompositeProperty._setup_for_dataclass`).

use relmodel_facts::{Argument, Expr, Name};

use crate::attribute::{class_attributes, mapped_argument};
use crate::column::{Column, column_of_type};
use crate::db::{ClassId, Db, Place};
use crate::value::{Value, evaluate, library_call};

/// The columns that the value of an attribute declares, if it is a `composite(...)`.
pub(crate) fn columns_of_composite(db: &dyn Db, value: Place, annotation: Option<Place>) -> Vec<Column> {
    let Some((call, function)) = library_call(db, value) else { return Vec::new() };
    let Expr::Call { arguments, .. } = call.expr(db) else { return Vec::new() };
    if function != "composite" {
        return Vec::new();
    }
    let given = arguments.iter().filter_map(|it| match it {
        Argument::Positional(value) => Some(call.with(*value)),
        _ => None,
    });
    let class = class_of(db, annotation.and_then(|it| mapped_argument(db, it)).or_else(|| given.clone().next()));
    let mut types = class.map(|it| types_of_fields(db, it)).unwrap_or_default().into_iter();
    let columns = given.filter_map(|it| library_call(db, it));
    let columns = columns.filter(|it| matches!(it.1.as_str(), "Column" | "mapped_column"));
    columns.filter_map(|it| column(db, it.0, types.next())).collect()
}

fn class_of(db: &dyn Db, place: Option<Place>) -> Option<ClassId> {
    match evaluate(db, place?) {
        Value::Class(class) => Some(class),
        _ => None,
    }
}

fn types_of_fields(db: &dyn Db, class: ClassId) -> Vec<Place> {
    class_attributes(db, class).iter().filter_map(|it| it.annotation.map(|it| class.place(db, it))).collect()
}

/// The column of a call that gives its name.
fn column(db: &dyn Db, call: Place, python_type: Option<Place>) -> Option<Column> {
    let nameless = Name::default();
    let column = column_of_type(db, nameless, call, python_type);
    (column.name != nameless).then_some(Column { attribute: column.key, ..column })
}
