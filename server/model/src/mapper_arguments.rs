//! The arguments of a mapper: those in `__mapper_args__`, or of the call that maps a class imperatively.
//!
//! Also reads dictionaries in general: literals, `dict(...)`, and names bound to one.

use relmodel_facts::{Argument, Expr, Name};

use crate::attribute::own_attribute;
use crate::class::{body_value, class_info};
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place};
use crate::imperative::imperative;
use crate::value::{Value, evaluate};

/// How deep dictionaries are followed into those that they take in by `**`.
const MAX_DICTS: u32 = 2;

/// The arguments of a mapper, in a dictionary or in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MapperArguments(Place);

/// The arguments that the mapper of a class is given.
pub(crate) fn mapper_arguments(db: &dyn Db, class: ClassId) -> Option<MapperArguments> {
    if let Some(found) = imperative(db, class) {
        return Some(MapperArguments(found.call));
    }
    // Those of a mixin hold too; those of a mapped parent do not, and only its own class can name them.
    let key = Name::from("__mapper_args__");
    let is_own = |it: &&ClassId| **it == class || class_info(db, **it).registry.is_none();
    class_info(db, class).mro.iter().filter(is_own).find_map(|base| {
        let value = own_attribute(db, *base, key)?.value?;
        Some(MapperArguments(base.place(db, value)))
    })
}

/// The attributes that the mapper of a class is given as `properties`.
pub fn mapper_properties(db: &dyn Db, class: ClassId) -> Vec<(Name, Place)> {
    mapper_arguments(db, class).map(|it| it.properties(db)).unwrap_or_default()
}

impl MapperArguments {
    /// The value of an argument.
    pub(crate) fn get(self, db: &dyn Db, key: &str) -> Option<Place> {
        dict_entry(db, self.0, key)
    }

    /// The names of columns that an argument lists.
    pub(crate) fn names(self, db: &dyn Db, key: &str) -> Option<Vec<Name>> {
        let place = self.get(db, key)?;
        match place.expr(db) {
            Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => elements
                .iter()
                .map(|it| match place.with(*it).expr(db) {
                    // `user_table.c.password`
                    Expr::Attribute { name, .. } => Some(name),
                    _ => string_value(db, place.with(*it)).map(|it| Name::from(&it)),
                })
                .collect(),
            _ => None,
        }
    }

    /// The attributes that `properties` adds.
    pub(crate) fn properties(self, db: &dyn Db) -> Vec<(Name, Place)> {
        self.get(db, "properties").and_then(|it| entries(db, it)).unwrap_or_default()
    }
}

/// The value of a key in a dict literal or among the keywords of a call.
pub(crate) fn dict_entry(db: &dyn Db, place: Place, key: &str) -> Option<Place> {
    match place.expr(db) {
        Expr::Dict(pairs) => pairs
            .iter()
            .find_map(|(it, value)| (string_value(db, place.with((*it)?))? == key).then_some(place.with(*value))),
        Expr::Call { .. } => crate::class::keyword_of_call(db, place, key).map(|it| place.with(it)),
        _ => None,
    }
}

/// The keys and values of a dict literal or a `dict(...)` call, in place or bound to a name; `None` if one cannot be
/// told.
pub(crate) fn entries(db: &dyn Db, place: Place) -> Option<Vec<(Name, Place)>> {
    entries_within(db, place, MAX_DICTS)
}

fn entries_within(db: &dyn Db, place: Place, depth: u32) -> Option<Vec<(Name, Place)>> {
    let depth = depth.checked_sub(1)?;
    let place = match evaluate(db, place) {
        Value::Expr(value) => value,
        Value::Attribute(class, name) => class.place(db, body_value(db, class, name)?),
        _ => return None,
    };
    match place.expr(db) {
        Expr::Dict(pairs) => {
            let mut res = Vec::new();
            for &(key, value) in &pairs {
                match key {
                    Some(key) => res.push((Name::from(&string_value(db, place.with(key))?), place.with(value))),
                    None => res.extend(entries_within(db, place.with(value), depth)?),
                }
            }
            Some(res)
        }
        Expr::Call { function, arguments } => {
            // `dict(...)`, unless the name means something else here.
            let is_dict = matches!(place.with(function).expr(db), Expr::Name(name) if name == "dict")
                && evaluate(db, place.with(function)) == Value::Missing;
            let pair = |it: &Argument| match it {
                Argument::Keyword(keyword, value) => Some((keyword.name, place.with(*value))),
                _ => None,
            };
            is_dict.then(|| arguments.iter().map(pair).collect())?
        }
        _ => None,
    }
}
