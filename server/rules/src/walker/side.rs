//! The arguments of a relationship as rules ask for them: those of the call itself, and those of the `backref(...)` in it.

use std::borrow::Cow;

use relmodel_facts::Expr;
use relmodel_model::{
    Backref, ClassId, Db, Declaration, Direction, Place, Relationship, RelationshipId, SqlAlchemy, Workspace,
    backrefs_on, relationship, string_value,
};

use super::{RelationshipWalker, label};
use crate::finding::Anchor;
use crate::fix::{Change, Fix};

/// The options that `all` stands for (`CascadeOptions._add_w_all_cascades`).
const ALL: [&str; 5] = ["delete", "expunge", "merge", "refresh-expire", "save-update"];

/// One call that makes a relationship: `relationship(...)` or `backref(...)`.
pub(crate) struct SideWalker<'a> {
    pub(crate) db: &'a dyn Db,
    id: RelationshipId,
    pub(crate) declaration: Cow<'a, Declaration>,
    pub(crate) data: &'a Relationship,
}

/// The options of a `cascade` string.
pub(crate) struct Cascades {
    /// The string.
    pub(crate) place: Place,
    text: String,
    options: Vec<String>,
}

impl<'a> RelationshipWalker<'a> {
    /// The calls that make it and its backref.
    pub(crate) fn sides(self) -> Vec<SideWalker<'a>> {
        let own =
            SideWalker { db: self.db, id: self.id, declaration: Cow::Borrowed(self.declaration), data: self.data };
        [own].into_iter().chain(self.backref_side()).collect()
    }

    fn backref_side(self) -> Option<SideWalker<'a>> {
        let declaration = self.declaration.backref(self.db)?.1?;
        let made = self.backref()?;
        let data = relationship(self.db, made.id).as_ref()?;
        Some(SideWalker { db: self.db, id: made.id, declaration: Cow::Owned(declaration), data })
    }

    /// The relationship that its `backref` makes.
    fn backref(self) -> Option<&'a Backref> {
        backrefs_on(self.db, self.data.target_class()?).iter().find(|it| it.source == self.id)
    }
}

impl SideWalker<'_> {
    /// The relationship as SQLAlchemy prints it.
    pub(crate) fn label(&self) -> String {
        label(self.db, self.id)
    }

    /// The class whose strings these are.
    pub(crate) fn parent(&self) -> ClassId {
        self.id.parent(self.db)
    }

    /// Whether a parameter is `True`.
    pub(crate) fn is_true(&self, parameter: &str) -> bool {
        self.declaration.truth(self.db, parameter) == Some(true)
    }

    /// Whether a parameter surely has its default: it is not given, or given as this truth.
    pub(crate) fn is_default(&self, parameter: &str, default: bool) -> bool {
        match self.declaration.value(parameter) {
            Some(_) => self.declaration.truth(self.db, parameter) == Some(default),
            None => !self.declaration.is_open,
        }
    }

    /// The value of a parameter that is a constant string.
    pub(crate) fn text(&self, parameter: &str) -> Option<(Place, String)> {
        let place = self.declaration.value(parameter)?;
        Some((place, string_value(self.db, place)?))
    }

    /// Where a keyword stands; its value, where it is given by position or in a dictionary.
    pub(crate) fn keyword(&self, parameter: &str) -> Option<Anchor> {
        let argument = self.declaration.arguments.iter().find(|it| it.name == parameter)?;
        let at = |it: relmodel_facts::Keyword| Anchor::Name(self.declaration.call.item, it.at);
        Some(argument.keyword.map_or(Anchor::Expr(argument.value), at))
    }

    /// The call, if `parameter` is one of its own keyword arguments: what is handed on by a dictionary or a helper is
    /// changed elsewhere.
    pub(crate) fn call_with(&self, parameter: &str) -> Option<Place> {
        let call = self.declaration.call;
        let argument = self.declaration.arguments.iter().find(|it| it.name == parameter)?;
        let is_own = call.scope.is_none() && argument.value.item == call.item && argument.keyword.is_some();
        is_own.then_some(call)
    }

    /// Takes a keyword argument away.
    pub(crate) fn without(&self, parameter: &str) -> Option<Fix> {
        let change = Change::without(self.call_with(parameter)?, parameter);
        Some(Fix::safe(format!("Remove `{parameter}`"), vec![change]))
    }

    /// The SQLAlchemy that the project runs with.
    pub(crate) fn sqlalchemy(&self) -> SqlAlchemy {
        Workspace::get(self.db).sqlalchemy(self.db)
    }

    pub(crate) fn direction(&self) -> Option<Direction> {
        self.data.direction()
    }

    /// The options of its `cascade`.
    pub(crate) fn cascades(&self) -> Option<Cascades> {
        let (place, text) = self.text("cascade")?;
        let options = text.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        Some(Cascades { place, text, options })
    }

    /// Whether the value of a parameter is a literal that is neither a name nor a call.
    pub(crate) fn is_literal(&self, parameter: &str) -> bool {
        let literal = |it: Place| {
            matches!(it.expr(self.db), Expr::Int(_) | Expr::True | Expr::List(_) | Expr::Tuple(_) | Expr::Dict(_))
        };
        self.declaration.value(parameter).is_some_and(literal)
    }
}

impl Cascades {
    /// Whether it has an option, itself or by `all`.
    pub(crate) fn has(&self, option: &str) -> bool {
        let is_given = |name: &str| self.options.iter().any(|it| it == name);
        !is_given("none") && (is_given(option) || ALL.contains(&option) && is_given("all"))
    }

    /// The options with one more, as one string; `None` where they are more than plain words.
    pub(crate) fn with(&self, option: &str) -> Option<String> {
        let is_plain = self.text.chars().all(|it| it.is_ascii_alphabetic() || matches!(it, '-' | ',' | ' '));
        is_plain.then(|| format!("{}, {option}", self.options.join(", ")))
    }

    /// Where a word of it stands.
    pub(crate) fn word(&self, word: &str) -> Anchor {
        let Some(start) = self.text.find(word) else { return Anchor::Expr(self.place) };
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Anchor::InString(self.place, offset(start), offset(start + word.len()))
    }
}
