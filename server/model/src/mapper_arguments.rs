//! The arguments of a mapper: those in `__mapper_args__`, or of the call that maps a class imperatively.
//!
//! Also reads dictionaries in general: literals, `dict(...)`, and names bound to one.

use relmodel_facts::{Argument, Expr, Item, Keyword, Name, Stmt};

use crate::arguments::{Given, arguments_of};
use crate::attribute::own_attribute;
use crate::changed::may_be_changed;
use crate::class::{body_value, class_info, class_source};
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place};
use crate::imperative::imperative;
use crate::mappers::{lineage, mapped};
use crate::value::{Value, evaluate};

/// How deep dictionaries are followed into those that they take in by `**`.
const MAX_DICTS: u32 = 2;

/// The arguments that a mapper is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapperArguments {
    /// The arguments that were read.
    pub entries: Vec<DictEntry>,
    /// Whether there may be others, or others instead.
    pub is_open: bool,
}

/// A key of a dictionary, or a keyword of a call, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DictEntry {
    /// The key.
    pub name: Name,
    /// Where the key stands.
    pub at: KeyAt,
    /// The value.
    pub value: Place,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAt {
    /// In a string of a dict literal.
    String(Place),
    /// In a keyword of this call.
    Keyword(Place, Keyword),
    /// Where the call is told as a whole.
    Call(Place),
}

/// The arguments that the mapper of a class is given.
#[salsa::tracked(returns(ref), cycle_result = arguments_cycle)]
pub fn arguments_of_mapper(db: &dyn Db, class: ClassId) -> MapperArguments {
    if let Some(found) = imperative(db, class) {
        return of_call(db, found.call);
    }
    let mut res = declared_arguments(db, class).unwrap_or_default();
    res.is_open |= may_be_changed(db, class);
    res
}

fn arguments_cycle(_: &dyn Db, _: salsa::Id, _: ClassId) -> MapperArguments {
    MapperArguments { entries: Vec::new(), is_open: true }
}

fn of_call(db: &dyn Db, call: Place) -> MapperArguments {
    let mut res = MapperArguments::default();
    for given in arguments_of(db, call) {
        match given {
            Given::Keyword(name, keyword, value) => {
                let at = keyword.map_or(KeyAt::Call(call), |it| KeyAt::Keyword(call, it));
                res.entries.push(DictEntry { name, at, value });
            }
            Given::Positional(_) => {}
            Given::Unknown => res.is_open = true,
        }
    }
    res
}

/// What `__mapper_args__` says for a class (`_ClassScanMapperConfig._scan_attributes`). That of a mapped parent is the
/// parent's alone, unless it is a `declared_attr`; but where a mixin has one too, the first in the resolution order counts.
fn declared_arguments(db: &dyn Db, class: ClassId) -> Option<MapperArguments> {
    let key = Name::from("__mapper_args__");
    let mro = &class_info(db, class).mro;
    let mut found = mro.iter().filter_map(|it| Some((*it, own_attribute(db, *it, key)?)));
    let counts = |(base, it): (ClassId, &crate::attribute::Attribute)| {
        base == class || it.is_declared_attr || mapped(db, base).is_none()
    };
    let (base, attribute) = found.clone().any(counts).then(|| found.next())??;
    let open = MapperArguments { entries: Vec::new(), is_open: true };
    // A bare annotation binds nothing; a method is no dictionary.
    let Some(value) = attribute.value_place(db, base, class) else { return Some(open) };
    if attribute.function.is_some() && !attribute.is_declared_attr {
        return Some(open);
    }
    let mut res = keyed_entries(db, value, MAX_DICTS).unwrap_or(open);
    let is_changed = class_source(db, base).is_some_and(|(item, source)| changes(item, &source.body, key));
    res.is_open |= attribute.is_conditional || is_changed;
    Some(res)
}

/// Whether a body changes what a name is bound to: `name["key"] = value`, `name.update(...)`.
fn changes(item: &Item, body: &[Stmt], name: Name) -> bool {
    let is_name = |expr| matches!(item.expr(expr), Expr::Name(it) if *it == name);
    body.iter().any(|statement| match statement {
        Stmt::Assign(assign) => {
            matches!(item.expr(assign.target), Expr::Subscript { value, .. } if is_name(*value))
        }
        Stmt::Expression(call) => match item.expr(*call) {
            Expr::Call { function, .. } => {
                matches!(item.expr(*function), Expr::Attribute { object, .. } if is_name(*object))
            }
            _ => false,
        },
        Stmt::Block(block) => changes(item, &block.body, name),
        _ => false,
    })
}

/// Whether the call that maps a class, or one that it inherits from, may give it attributes that are not seen.
pub fn may_be_given_properties(db: &dyn Db, class: ClassId) -> bool {
    lineage(db, class).into_iter().any(|it| imperative(db, it).is_some() && arguments_of_mapper(db, it).may_add(db))
}

/// The attributes that the mapper of a class is given as `properties`.
pub fn mapper_properties(db: &dyn Db, class: ClassId) -> Vec<(Name, Place)> {
    arguments_of_mapper(db, class).properties(db)
}

/// The keys of `properties` that the mapper of a class is given, as they are written.
pub fn mapper_property_keys(db: &dyn Db, class: ClassId) -> Vec<DictEntry> {
    let place = arguments_of_mapper(db, class).get("properties");
    place.and_then(|it| keyed_entries(db, it, MAX_DICTS)).map(|it| it.entries).unwrap_or_default()
}

impl MapperArguments {
    /// The argument of this name.
    pub fn entry(&self, name: &str) -> Option<&DictEntry> {
        // The last of several counts.
        self.entries.iter().rev().find(|it| it.name == name)
    }

    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<Place> {
        self.entry(name).map(|it| it.value)
    }

    /// Whether an argument is surely left out, or given as `None`.
    pub fn lacks(&self, db: &dyn Db, name: &str) -> bool {
        match self.get(name) {
            Some(value) => value.expr(db) == Expr::None,
            None => !self.is_open,
        }
    }

    /// The names of columns that an argument lists.
    pub(crate) fn names(&self, db: &dyn Db, key: &str) -> Option<Vec<Name>> {
        let place = self.get(key)?;
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

    /// Whether there may be attributes in `properties` that are not seen.
    pub(crate) fn may_add(&self, db: &dyn Db) -> bool {
        self.is_open || self.get("properties").is_some_and(|it| entries(db, it).is_none())
    }

    /// The attributes that `properties` adds.
    pub(crate) fn properties(&self, db: &dyn Db) -> Vec<(Name, Place)> {
        self.get("properties").and_then(|it| entries(db, it)).unwrap_or_default()
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
    let found = keyed_entries(db, place, MAX_DICTS).filter(|it| !it.is_open)?;
    Some(found.entries.into_iter().map(|it| (it.name, it.value)).collect())
}

/// The entries of a dictionary as far as they can be told; `None` if it is none.
fn keyed_entries(db: &dyn Db, place: Place, depth: u32) -> Option<MapperArguments> {
    let depth = depth.checked_sub(1)?;
    let place = match evaluate(db, place) {
        Value::Expr(value) => value,
        Value::Attribute(class, name) => class.place(db, body_value(db, class, name)?),
        _ => return None,
    };
    let mut res = MapperArguments::default();
    match place.expr(db) {
        Expr::Dict(pairs) => {
            for &(key, value) in &pairs {
                match key.map(|it| place.with(it)) {
                    Some(key) => match string_value(db, key) {
                        Some(name) => res.entries.push(DictEntry {
                            name: Name::from(&name),
                            at: KeyAt::String(key),
                            value: place.with(value),
                        }),
                        None => res.is_open = true,
                    },
                    None => res.take_in(keyed_entries(db, place.with(value), depth)),
                }
            }
        }
        Expr::Call { function, arguments } => {
            // `dict(...)`, unless the name means something else here.
            let is_dict = matches!(place.with(function).expr(db), Expr::Name(name) if name == "dict")
                && evaluate(db, place.with(function)) == Value::Missing;
            if !is_dict {
                return None;
            }
            for argument in &*arguments {
                match argument {
                    Argument::Keyword(keyword, value) => res.entries.push(DictEntry {
                        name: keyword.name,
                        at: KeyAt::Keyword(place, *keyword),
                        value: place.with(*value),
                    }),
                    _ => res.is_open = true,
                }
            }
        }
        _ => return None,
    }
    Some(res)
}

impl MapperArguments {
    /// Adds the entries of another dictionary.
    fn take_in(&mut self, other: Option<Self>) {
        match other {
            Some(other) => {
                self.entries.extend(other.entries);
                self.is_open |= other.is_open;
            }
            None => self.is_open = true,
        }
    }
}
