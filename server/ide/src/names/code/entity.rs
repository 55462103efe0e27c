//! The entity that a query is about: `session.query(Parent)`, `select(Parent)`, `Parent.query`.

use relmodel_facts::{Argument, Expr, ExprId};
use relmodel_model::{ClassId, Name, Value, relationship, relationship_named};
use relmodel_syntax::TextRange;

use super::Reader;
use crate::names::member::member_named;

/// A name in a string of a loader option: `joinedload("children")`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    /// The class whose attribute it is.
    pub(crate) class: ClassId,
    pub(crate) range: TextRange,
    /// Whether columns are loaded, rather than a relationship.
    pub(crate) of_columns: bool,
}

/// What begins a query or a statement on its first argument.
const BEGINNINGS: &[&str] = &["query", "select", "update", "insert", "delete"];

/// Methods after which keywords name attributes of another entity.
const CHANGES: &[&str] = &["join", "outerjoin", "select_from", "add_entity", "with_entities", "from_self", "subquery"];

/// The options that take attributes by name up to 1.4.
const LOADERS: &[&str] = &[
    "contains_eager",
    "defer",
    "immediateload",
    "joinedload",
    "lazyload",
    "load_only",
    "noload",
    "raiseload",
    "selectinload",
    "subqueryload",
    "undefer",
];

impl Reader<'_> {
    /// The class that a query is about, if there is but one.
    pub(super) fn entity(&self, id: ExprId) -> Option<ClassId> {
        match self.item.expr(id) {
            Expr::Call { function, arguments } => match self.item.expr(*function) {
                Expr::Name(name) | Expr::Attribute { name, .. } if BEGINNINGS.contains(&name.as_str()) => {
                    match arguments.as_ref() {
                        [Argument::Positional(only)] => match self.value(*only) {
                            Value::Class(class) => Some(class),
                            _ => None,
                        },
                        _ => None,
                    }
                }
                Expr::Attribute { name, .. } if CHANGES.contains(&name.as_str()) => None,
                Expr::Attribute { object, .. } => self.entity(*object),
                _ => None,
            },
            // Flask-SQLAlchemy
            Expr::Attribute { object, name } if name == "query" => match self.value(*object) {
                Value::Class(class) => Some(class),
                _ => None,
            },
            _ => None,
        }
    }

    /// The strings in a loader option of a query: `joinedload("children")`.
    pub(super) fn loader(&mut self, entity: Option<ClassId>, option: ExprId) -> Option<ClassId> {
        let Expr::Call { function, arguments } = self.item.expr(option) else { return entity };
        let (before, name) = match self.item.expr(*function) {
            Expr::Attribute { object, name } if matches!(self.item.expr(*object), Expr::Call { .. }) => {
                (self.loader(entity, *object), *name)
            }
            Expr::Name(name) | Expr::Attribute { name, .. } => (entity, *name),
            _ => return None,
        };
        if !LOADERS.contains(&name.as_str()) {
            return None;
        }
        let strings: Vec<ExprId> = arguments.iter().map(Argument::value).collect();
        if name == "load_only" {
            for string in strings {
                self.path(before, string, name);
            }
            return before;
        }
        let mut class = before;
        for string in strings {
            class = self.path(class, string, name);
        }
        class
    }

    /// `"children.name"` in a loader option.
    fn path(&mut self, class: Option<ClassId>, string: ExprId, option: Name) -> Option<ClassId> {
        if !matches!(self.item.expr(string), Expr::String(_)) {
            return self.target_of(string);
        }
        self.path_of(class, string, |this, (class, is_last), range| {
            let of_columns = is_last && matches!(option.as_str(), "defer" | "load_only" | "undefer");
            this.out.loaded.push(Loaded { class, range: range.shifted(this.base), of_columns });
        })
    }

    /// `"children.name"`, one attribute behind the other; `see` is told each with the class that has it and whether it is the
    /// last.
    pub(super) fn path_of(
        &mut self,
        mut class: Option<ClassId>,
        string: ExprId,
        see: impl Fn(&mut Self, (ClassId, bool), TextRange),
    ) -> Option<ClassId> {
        let Expr::String(text) = self.item.expr(string) else { return None };
        let mut start = 0;
        for part in text.value.split('.') {
            let (from, to) = (start, start + super::super::length(part));
            start = to + 1;
            let Some(range) = self.map.in_string(string, from, to) else { continue };
            let name = Name::from(part);
            match class {
                Some(it) => {
                    let is_last = start > super::super::length(&text.value);
                    see(self, (it, is_last), range);
                    if let Some(named) = member_named(self.db, it, name) {
                        self.add(named, range);
                    }
                    class = self.target(it, name);
                }
                None => self.doubt(name, range),
            }
        }
        class
    }

    fn target_of(&self, id: ExprId) -> Option<ClassId> {
        match self.value(id) {
            Value::Attribute(class, name) => self.target(class, name),
            _ => None,
        }
    }

    fn target(&self, class: ClassId, name: Name) -> Option<ClassId> {
        relationship(self.db, relationship_named(self.db, class, name)?).as_ref()?.target_class()
    }
}
