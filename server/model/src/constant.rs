//! Strings whose value can be told without running Python.

use relmodel_facts::{Expr, FormatPart};

use crate::db::{Db, Place};
use crate::value::{Value, evaluate};

/// How many names are followed from one to the next.
const MAX_STEPS: u32 = 20;

/// The value of an expression that is always the same string: a literal, a name bound to one, `+` of such, or an
/// f-string of such.
pub fn string_value(db: &dyn Db, place: Place) -> Option<String> {
    string_value_within(db, place, MAX_STEPS)
}

fn string_value_within(db: &dyn Db, place: Place, steps: u32) -> Option<String> {
    let steps = steps.checked_sub(1)?;
    match place.expr(db) {
        Expr::String(text) => Some(text.value.to_string()),
        Expr::FormatString(parts) => {
            let mut res = String::new();
            for part in &parts {
                match part {
                    FormatPart::Text(text) => res.push_str(text),
                    FormatPart::Value(value) => res.push_str(&string_value_within(db, place.with(*value), steps)?),
                    FormatPart::Unknown => return None,
                }
            }
            Some(res)
        }
        Expr::Operation(it) if it.operators.iter().all(|it| it == "+") => {
            let parts: Option<Vec<String>> =
                it.operands.iter().map(|it| string_value_within(db, place.with(*it), steps)).collect();
            Some(parts?.concat())
        }
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Expr(value) if value != place => string_value_within(db, value, steps),
            Value::Attribute(class, name) => {
                let attribute = crate::attribute::own_attribute(db, class, name)?;
                string_value_within(db, class.place(db, attribute.value?), steps)
            }
            _ => None,
        },
        _ => None,
    }
}
