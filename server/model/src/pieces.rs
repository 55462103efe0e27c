//! The parts of a text that an expression puts together, and where each comes from.

use relmodel_facts::{Expr, FormatPart};

use crate::column::table_of_value;
use crate::constant::string_value;
use crate::db::{Db, Place, TableId};
use crate::mappers::mapped;
use crate::value::{Value, evaluate};

/// How many names are followed from one to the next.
const MAX_STEPS: u32 = 20;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// Where a part of a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A whole literal, which a name may have been bound to.
    Literal(Place),
    /// A table that is asked for its name: `Parent.__tablename__`, `parent.name`.
    Table(TableId),
    /// The text of an f-string between its braces.
    Format,
    /// Something that is worked out.
    Other,
}

/// The parts of a text in order; `None` of a text that cannot be told.
pub fn pieces(db: &dyn Db, place: Place) -> Option<Vec<Piece>> {
    let mut res = Vec::new();
    collect(db, place, MAX_STEPS, &mut res)?;
    Some(res)
}

fn collect(db: &dyn Db, place: Place, steps: u32, out: &mut Vec<Piece>) -> Option<()> {
    let steps = steps.checked_sub(1)?;
    let mut add = |text: String, origin| out.push(Piece { text, origin });
    match place.get(db) {
        Expr::String(text) => add(text.value.to_string(), Origin::Literal(place)),
        Expr::FormatString(parts) => {
            for part in parts {
                match part {
                    FormatPart::Text(text) => out.push(Piece { text: text.to_string(), origin: Origin::Format }),
                    FormatPart::Value(value) => collect(db, place.with(*value), steps, out)?,
                    FormatPart::Unknown => return None,
                }
            }
        }
        Expr::Operation(it) if it.operators.iter().all(|it| it == "+") => {
            for operand in &it.operands {
                collect(db, place.with(*operand), steps, out)?;
            }
        }
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Expr(value) if value != place => collect(db, value, steps, out)?,
            _ => add(string_value(db, place)?, table_asked(db, place).map_or(Origin::Other, Origin::Table)),
        },
        _ => add(string_value(db, place)?, Origin::Other),
    }
    Some(())
}

/// The table that an expression asks for its name.
fn table_asked(db: &dyn Db, place: Place) -> Option<TableId> {
    match (place.expr(db), evaluate(db, place)) {
        (_, Value::Attribute(class, name)) if name == "__tablename__" => mapped(db, class).as_ref()?.table,
        (Expr::Attribute { object, name }, _) if name == "name" => table_of_value(db, place.with(object)),
        _ => None,
    }
}
