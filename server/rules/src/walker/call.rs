//! Calls of what SQLAlchemy offers, by their arguments.

use relmodel_facts::{Expr, Keyword};
use relmodel_model::{Db, Given, Name, Place, as_call, library_call_with_arguments};

use crate::finding::Anchor;

/// A call of something of SQLAlchemy's: `Column(...)`, `UniqueConstraint(...)`.
#[derive(Clone, Debug)]
pub struct Call {
    /// The call.
    pub(crate) place: Place,
    /// What is called, without the module it is imported from.
    pub(crate) name: Name,
    /// Its arguments, in order.
    pub(crate) arguments: Vec<Given>,
}

impl Call {
    /// The call that stands here; `None` for anything else.
    pub(crate) fn at(db: &dyn Db, place: Place) -> Option<Self> {
        let (name, arguments) = library_call_with_arguments(db, place)?;
        Some(Self { place, name, arguments })
    }

    /// The name of what is called, where what is wrong with the whole call is told.
    pub(crate) fn callee(&self, db: &dyn Db) -> Anchor {
        callee_anchor(db, self.place)
    }

    /// The call that an expression is or is bound to.
    pub(crate) fn reached(db: &dyn Db, place: Place) -> Option<Self> {
        Self::at(db, as_call(db, place)?.0)
    }

    /// The positional argument of this number, unless arguments that are not seen stand before it.
    pub(crate) fn leading(&self, index: usize) -> Option<Place> {
        let seen = self.arguments.iter().take_while(|it| **it != Given::Unknown);
        let mut positional = seen.filter_map(|it| match it {
            Given::Positional(value) => Some(*value),
            _ => None,
        });
        positional.nth(index)
    }

    /// The first positional argument.
    pub(crate) fn first(&self) -> Option<Place> {
        self.leading(0)
    }

    /// The positional arguments.
    pub(crate) fn positional(&self) -> impl Iterator<Item = Place> + '_ {
        self.arguments.iter().filter_map(|it| match it {
            Given::Positional(value) => Some(*value),
            _ => None,
        })
    }

    /// The keyword arguments that have a value, each with where its name stands if that is in a call.
    pub(crate) fn keywords<'a>(&'a self, db: &'a dyn Db) -> impl Iterator<Item = (Name, Option<Anchor>, Place)> + 'a {
        let anchor = |it: Keyword, value: Place| Anchor::Name(value.item, it.at);
        self.arguments.iter().filter_map(move |it| match *it {
            // A keyword that has no value yet is still being typed.
            Given::Keyword(name, at, value) if value.expr(db) != Expr::Missing => {
                Some((name, at.map(|it| anchor(it, value)), value))
            }
            _ => None,
        })
    }

    /// The value of a keyword argument.
    pub(crate) fn keyword(&self, name: &str) -> Option<Place> {
        self.arguments.iter().find_map(|it| match it {
            Given::Keyword(it, _, value) if it == name => Some(*value),
            _ => None,
        })
    }

    /// Whether it may have arguments that are not seen.
    pub(crate) fn is_open(&self) -> bool {
        self.arguments.contains(&Given::Unknown)
    }
}

/// The name of what a call calls.
pub(crate) fn callee_anchor(db: &dyn Db, call: Place) -> Anchor {
    let function = call.read(db, |_, expr| match expr {
        Expr::Call { function, .. } => Some(*function),
        _ => None,
    });
    Anchor::Expr(function.map_or(call, |it| call.with(it)))
}

/// Whether a keyword argument has the form of a dialect's option, `mysql_length`
/// (`DialectKWArgs._validate_dialect_kwargs`).
pub(crate) fn is_dialect_option(name: &str) -> bool {
    dialect_of(name).is_some()
}

/// The dialect that a keyword argument names: `mysql` for `mysql_length`.
pub(crate) fn dialect_of(name: &str) -> Option<&str> {
    // The dialect takes at least one letter, an underscore too, and so does the option.
    let first = name.chars().next()?.len_utf8();
    let underscore = first + name.get(first..)?.find('_')?;
    (underscore + 1 < name.len()).then(|| &name[..underscore])
}
