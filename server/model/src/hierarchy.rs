//! Hierarchies of mapped classes: the classes below one, and which of them stands for which value of the column that
//! tells them apart.

use std::fmt;

use relmodel_facts::{Expr, Name};

use crate::constant::string_value;
use crate::contents::nth_class;
use crate::db::{ClassId, Db, Place};
use crate::index::heirs;
use crate::mapper_arguments::arguments_of_mapper;
use crate::value::{Value, evaluate};

/// How many classes below each other are followed.
const MAX_DEPTH: u32 = 20;

/// A mapped class with its `polymorphic_identity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// The class.
    pub class: ClassId,
    /// The value that stands for it.
    pub identity: Identity,
    /// Where the value stands.
    pub place: Place,
}

/// A value of `polymorphic_identity` that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i32),
    /// An attribute of a class, such as a member of an enumeration.
    Member(ClassId, Name),
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Member(_, name) => f.write_str(name),
        }
    }
}

/// The mapped classes that inherit from a mapped class, directly or further down.
#[salsa::tracked(returns(ref))]
pub fn descendants(db: &dyn Db, class: ClassId) -> Vec<ClassId> {
    let mut res: Vec<ClassId> = Vec::new();
    let mut next = heirs(db, class).clone();
    while let Some(class) = next.pop() {
        if !res.contains(&class) {
            res.push(class);
            next.extend(heirs(db, class).iter().copied());
        }
    }
    res
}

/// The classes of a hierarchy whose identities are known, its base given: parents before their children, else by file
/// and line.
#[salsa::tracked(returns(ref))]
pub fn polymorphic_identities(db: &dyn Db, root: ClassId) -> Vec<Identified> {
    let mut res = Vec::new();
    add(db, root, MAX_DEPTH, &mut res);
    res
}

fn add(db: &dyn Db, class: ClassId, depth: u32, out: &mut Vec<Identified>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some((identity, place)) = identity_of(db, class) {
        out.push(Identified { class, identity, place });
    }
    let mut below = heirs(db, class).clone();
    below.sort_by_key(|it| (it.file(db).path(db).as_str(), nth_class(db, *it)));
    for class in below {
        add(db, class, depth, out);
    }
}

fn identity_of(db: &dyn Db, class: ClassId) -> Option<(Identity, Place)> {
    let arguments = arguments_of_mapper(db, class);
    let place = arguments.get("polymorphic_identity").filter(|_| !arguments.is_open)?;
    let identity = match evaluate(db, place) {
        Value::Attribute(_, name) if name.starts_with("__") => Identity::Text(string_value(db, place)?),
        Value::Attribute(class, name) => Identity::Member(class, name),
        Value::Expr(value) => match value.expr(db) {
            Expr::String(text) => Identity::Text(text.value.to_string()),
            Expr::Int(Some(number)) => Identity::Number(number),
            _ => return None,
        },
        _ => return None,
    };
    Some((identity, place))
}
