//! Strings whose value can be told without running Python.

use relmodel_facts::{Argument, Expr, ExprId, FormatPart, Name};

use crate::attribute::own_attribute;
use crate::class::class_info;
use crate::column::table_of_value;
use crate::db::{ClassId, Db, Place};
use crate::mappers::{Mapping, mapped};
use crate::substitution::{substitute, substitution};
use crate::tables::table;
use crate::value::{Value, evaluate};

/// How many names are followed from one to the next.
const MAX_STEPS: u32 = 20;

/// The value of an expression that is always the same string: a literal, a name bound to one, what operators and
/// methods of strings make of such, an f-string of such, the name of a class or table.
pub fn string_value(db: &dyn Db, place: Place) -> Option<String> {
    string_value_within(db, place, Limit { steps: MAX_STEPS, renamed: None })
}

/// The value of an expression that gives the class `class` another table name. What it says of the name means the one
/// that stands in the class, `name`.
pub(crate) fn renamed_value(db: &dyn Db, place: Place, class: ClassId, name: Option<&str>) -> Option<String> {
    string_value_within(db, place, Limit { steps: MAX_STEPS, renamed: Some((class, name)) })
}

/// How far an expression is followed.
#[derive(Clone, Copy)]
struct Limit<'a> {
    /// How many steps are left.
    steps: u32,
    /// A class whose table name is being worked out, and the name that stands in it.
    renamed: Option<(ClassId, Option<&'a str>)>,
}

fn string_value_within(db: &dyn Db, place: Place, limit: Limit<'_>) -> Option<String> {
    let limit = Limit { steps: limit.steps.checked_sub(1)?, ..limit };
    match place.get(db) {
        Expr::String(text) => Some(text.value.to_string()),
        Expr::FormatString(parts) => {
            let mut res = String::new();
            for part in parts {
                match part {
                    FormatPart::Text(text) => res.push_str(text),
                    FormatPart::Value(value) => res.push_str(&string_value_within(db, place.with(*value), limit)?),
                    FormatPart::Unknown => return None,
                }
            }
            Some(res)
        }
        Expr::Operation(it) if it.operators.iter().all(|it| it == "+") => {
            let parts: Option<Vec<String>> =
                it.operands.iter().map(|it| string_value_within(db, place.with(*it), limit)).collect();
            Some(parts?.concat())
        }
        Expr::Operation(it) => match (&*it.operands, &*it.operators) {
            ([format, values], [operator]) if operator == "%" => {
                let format = string_value_within(db, place.with(*format), limit)?;
                percent_format(db, &format, place.with(*values), limit)
            }
            _ => None,
        },
        Expr::Call { function, arguments } => call_value(db, place, *function, arguments, limit),
        Expr::Name(_) | Expr::Attribute { .. } => named_value(db, place, limit),
        _ => None,
    }
}

fn named_value(db: &dyn Db, place: Place, limit: Limit<'_>) -> Option<String> {
    match evaluate(db, place) {
        Value::Expr(value) if value != place => string_value_within(db, value, limit),
        Value::Attribute(class, name) => attribute_value(db, class, name, limit),
        _ => {
            let Expr::Attribute { object, name } = place.expr(db) else { return None };
            let object = place.with(object);
            match name.as_str() {
                // The member of an enumeration.
                "value" => match evaluate(db, object) {
                    Value::Attribute(class, name) => attribute_value(db, class, name, limit),
                    _ => None,
                },
                "name" | "fullname" => {
                    let key = table(db, table_of_value(db, object)?).as_ref()?.key?;
                    let name = if name == "name" { key.rsplit('.').next() } else { Some(key.as_str()) };
                    name.map(str::to_owned)
                }
                _ => None,
            }
        }
    }
}

/// The value of a class's attribute.
fn attribute_value(db: &dyn Db, class: ClassId, name: Name, limit: Limit<'_>) -> Option<String> {
    match name.as_str() {
        "__name__" => return Some(class.name(db).to_string()).filter(|it| !it.is_empty()),
        "__tablename__" if limit.renamed.is_some_and(|it| it.0 == class) => {
            return limit.renamed.and_then(|it| it.1).map(str::to_owned);
        }
        "__tablename__" => {
            if let Some(Mapping::Tablename(name, _)) = mapped(db, class).as_ref().map(|it| &it.mapping) {
                return Some(name.clone());
            }
        }
        _ => {}
    }
    let (base, attribute) =
        class_info(db, class).mro.iter().find_map(|base| Some((*base, own_attribute(db, *base, name)?)))?;
    // A method without a decorator is no string.
    let is_value = attribute.function.is_none() || attribute.is_declared_attr;
    string_value_within(db, attribute.value_place(db, base, class).filter(|_| is_value)?, limit)
}

/// What a method of a string returns, or a function of the project's own.
fn call_value(db: &dyn Db, place: Place, function: ExprId, arguments: &[Argument], limit: Limit<'_>) -> Option<String> {
    match evaluate(db, place) {
        Value::Expr(value) if value != place => return string_value_within(db, value, limit),
        Value::Attribute(class, name) => return attribute_value(db, class, name, limit),
        _ => {}
    }
    if let Some(it) = substitution(db, place) {
        let value = |part| string_value_within(db, part, limit);
        return substitute(db, &value(it.pattern)?, &value(it.replacement)?, &value(it.text)?);
    }
    let positional: Option<Vec<String>> = arguments
        .iter()
        .map(|it| match it {
            Argument::Positional(value) => string_value_within(db, place.with(*value), limit),
            _ => None,
        })
        .collect();
    let (object, name) = match place.with(function).expr(db) {
        Expr::Attribute { object, name } => (object, name),
        Expr::Name(name) if name == "str" => return positional.filter(|it| it.len() == 1)?.pop(),
        _ => return None,
    };
    let text = string_value_within(db, place.with(object), limit)?;
    let positional = positional?;
    match (name.as_str(), positional.as_slice()) {
        ("lower" | "casefold", []) => Some(text.to_lowercase()),
        ("upper", []) => Some(text.to_uppercase()),
        ("title", []) => Some(titled(&text)),
        ("strip", []) => Some(text.trim().to_owned()),
        ("capitalize", []) => {
            let mut chars = text.chars();
            let first = chars.next()?;
            Some(first.to_uppercase().chain(chars.as_str().to_lowercase().chars()).collect())
        }
        ("replace", [from, to]) => Some(text.replace(from.as_str(), to)),
        ("removeprefix", [prefix]) => Some(text.strip_prefix(prefix.as_str()).unwrap_or(&text).to_owned()),
        ("removesuffix", [suffix]) => Some(text.strip_suffix(suffix.as_str()).unwrap_or(&text).to_owned()),
        ("format", values) => brace_format(&text, values),
        _ => None,
    }
}

/// What `str.title()` makes of a text: each letter behind one, or behind none, in lower or upper case.
fn titled(text: &str) -> String {
    let mut res = String::new();
    let mut is_inside = false;
    for char in text.chars() {
        if is_inside {
            res.extend(char.to_lowercase());
        } else {
            res.extend(char.to_uppercase());
        }
        is_inside = char.is_alphabetic();
    }
    res
}

/// `"%s.id" % value`, `"%s.%s" % (a, b)`
fn percent_format(db: &dyn Db, format: &str, values: Place, limit: Limit<'_>) -> Option<String> {
    let values: Vec<Place> = match values.expr(db) {
        Expr::Tuple(elements) => elements.iter().map(|it| values.with(*it)).collect(),
        _ => vec![values],
    };
    let mut values = values.into_iter();
    let mut res = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        res.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            res.push('%');
            rest = after;
        } else {
            rest = after.strip_prefix('s')?;
            res.push_str(&string_value_within(db, values.next()?, limit)?);
        }
    }
    res.push_str(rest);
    values.next().is_none().then_some(res)
}

/// `"{}.id".format(value)`, `"{0}.{1}".format(a, b)`
fn brace_format(format: &str, values: &[String]) -> Option<String> {
    let mut res = String::new();
    let mut next = 0;
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        let (field, after) = after.split_once('}')?;
        res.push_str(before);
        let index = if field.is_empty() { next } else { field.parse().ok()? };
        next += 1;
        res.push_str(values.get(index)?);
        rest = after;
    }
    res.push_str(rest);
    (!rest.contains('}')).then_some(res)
}
