//! Annotations of attributes, as SQLAlchemy reads them since 2.0.

use relmodel_facts::Expr;
use relmodel_model::{
    AttributeKind, ClassId, Db, Mapping, Place, RegistryId, Unbound, Value, class_info, evaluate,
    has_string_annotations, keeps_type_map, library_bases, mapped, type_map_keys, unbound_at,
};

use super::attribute::Known;
use super::{AttributeWalker, Call, ClassWalker};

/// What an annotation says of one type, `None` and quotes taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Annotated {
    /// The type: `int` in `Mapped[Optional["int"]]`.
    pub(crate) type_: Place,
    /// Whether it stands in a string, or is one since the module's annotations are.
    pub(crate) is_string: bool,
}

impl AttributeWalker<'_> {
    /// Its annotation.
    pub(crate) fn annotation(self) -> Option<Place> {
        let annotation = self.data.annotation?;
        Some(match self.data.function {
            // What a function returns is annotated where the function stands.
            Some(_) => Place { class: None, ..self.declared_in.place(self.class.db, annotation) },
            None => self.declared_in.place(self.class.db, annotation),
        })
    }

    /// Whether Python keeps its annotation as a string.
    fn has_string_annotation(self) -> bool {
        has_string_annotations(self.class.db, self.declared_in.file(self.class.db))
    }

    /// The one type that its `Mapped[...]` says, if it is one.
    pub(crate) fn annotated(self) -> Option<Annotated> {
        let find = || optional(self.class.db, self.mapped_annotation()?, self.has_string_annotation());
        Known::get(self.known, |it| &it.annotated, find)
    }

    /// The `mapped_column(...)` that an `Annotated[...]` type brings along, and where the attribute names that type.
    pub(crate) fn annotated_column(self) -> Option<(Place, Call)> {
        let db = self.class.db;
        let place = self.mapped_annotation()?;
        let place = match place.expr(db) {
            Expr::String(text) => place.with(text.code?),
            _ => place,
        };
        let Value::Expr(type_) = evaluate(db, place) else { return None };
        let Expr::Subscript { value, indices } = type_.expr(db) else { return None };
        if typing_name(db, type_.with(value))? != "Annotated" {
            return None;
        }
        let mut calls = indices.iter().skip(1).filter_map(|it| Call::reached(db, type_.with(*it)));
        Some((place, calls.find(|it| it.name == "mapped_column")?))
    }

    /// Whether it is a column whose type its annotation has to say (`MappedColumn._init_column_for_annotation`).
    pub(crate) fn takes_type_from_annotation(self) -> bool {
        if !self.is_effective() {
            return false;
        }
        match self.kind() {
            AttributeKind::Annotated => !self.is_of_given_table(),
            AttributeKind::Column(_) => self.call().is_some_and(|call| {
                let is_plain = |place: Place| is_text(self.class.db, place) || is_no_type(self.class.db, place);
                call.name == "mapped_column"
                    && !call.is_open()
                    && call.keyword("type_").is_none()
                    && call.positional().all(is_plain)
            }),
            _ => false,
        }
    }

    /// Whether it is a `mapped_column()`, written or not: its annotation is read whole as soon as the class is made.
    pub(crate) fn is_mapped_column(self) -> bool {
        self.is_effective()
            && match self.kind() {
                AttributeKind::Annotated => !self.is_of_given_table(),
                AttributeKind::Column(_) => self.call().is_some_and(|it| it.name == "mapped_column"),
                _ => false,
            }
    }

    /// Whether its class has a `__table__`, which says of its columns what an annotation alone would have to.
    fn is_of_given_table(self) -> bool {
        let mapped = mapped(self.class.db, self.class.id).as_ref();
        mapped.is_none_or(|it| matches!(it.mapping, Mapping::Table | Mapping::Unknown))
    }

    /// Whether SQLAlchemy surely meets this binding when it maps the class: nothing in front of it binds the name too.
    pub(crate) fn is_effective(self) -> bool {
        self.is_certain() && !self.data.is_declared_attr && !self.is_overridden()
    }

    /// The first name in its `Mapped[...]` that means nothing to Python when the class is made, if SQLAlchemy has to
    /// know what it means then.
    pub(crate) fn unbound_name(self) -> Option<(Place, Unbound)> {
        let place = self.mapped_annotation()?;
        let is_string = self.has_string_annotation();
        if self.is_mapped_column() {
            return self.unbound_in(place, is_string);
        }
        // Of a relationship, only the collection is looked at then.
        let is_relationship = || matches!(self.kind(), AttributeKind::Relationship(_)) && self.is_effective();
        match place.expr(self.class.db) {
            Expr::Subscript { value, .. } if is_string && is_relationship() => {
                self.unbound_in(place.with(value), is_string)
            }
            _ => None,
        }
    }

    fn unbound_in(self, place: Place, is_string: bool) -> Option<(Place, Unbound)> {
        let db = self.class.db;
        match place.expr(db) {
            Expr::Name(name) if is_string => unbound_at(db, self.declared_in, name).map(|why| (place, why)),
            Expr::String(text) => self.unbound_in(place.with(text.code?), true),
            Expr::Attribute { object, .. } => self.unbound_in(place.with(object), is_string),
            Expr::Subscript { value, indices } => {
                let head = place.with(value);
                self.unbound_in(head, is_string).or_else(|| {
                    let read = match typing_name(db, head) {
                        Some("Literal") => &indices[..0],
                        Some("Annotated") => &indices[..indices.len().min(1)],
                        _ => &indices,
                    };
                    read.iter().find_map(|it| self.unbound_in(place.with(*it), is_string))
                })
            }
            Expr::Operation(operation) => {
                operation.operands.iter().find_map(|it| self.unbound_in(place.with(*it), is_string))
            }
            Expr::List(elements) | Expr::Tuple(elements) => {
                elements.iter().find_map(|it| self.unbound_in(place.with(*it), is_string))
            }
            _ => None,
        }
    }
}

impl ClassWalker<'_> {
    /// Whether annotations surely have the types that SQLAlchemy gives them by itself: nothing that was not read may
    /// have a `type_annotation_map`.
    pub(crate) fn has_standard_types(self) -> bool {
        self.has_known_registry() && !keeps_type_map(self.db, self.id)
    }

    fn has_known_registry(self) -> bool {
        let registry = mapped(self.db, self.id).as_ref().map(|it| it.registry);
        matches!(registry, Some(RegistryId::Class(_) | RegistryId::Call(_))) && !self.is_open()
    }

    /// Whether its `type_annotation_map` surely has neither a class nor one that this inherits from
    /// (`registry._resolve_type`).
    pub(crate) fn maps_no_type_to(self, class: ClassId) -> bool {
        let mro = &class_info(self.db, class).mro;
        let is_other = |key: &Place| match (evaluate(self.db, *key), key.expr(self.db)) {
            (Value::Class(key), _) => !mro.contains(&key),
            (Value::Library(name), _) => !["typing", "abc."].iter().any(|it| name.starts_with(it)),
            // Types of Python's own are the bases of no ordinary class, except for the one that all have.
            (Value::Missing, Expr::Name(name)) => name != "object",
            (Value::Expr(key), _) => matches!(key.expr(self.db), Expr::Subscript { .. }),
            _ => false,
        };
        let keys = type_map_keys(self.db, self.id).filter(|_| self.has_known_registry());
        keys.is_some_and(|it| it.iter().all(is_other))
    }

    /// Whether it may be a dataclass before it is mapped, or be changed by a decorator.
    pub(crate) fn is_decorated(self) -> bool {
        class_info(self.db, self.id)
            .mro
            .iter()
            .any(|it| it.read(self.db, |_, source| !source.decorators.is_empty()) != Some(false))
    }
}

/// The one type that an annotation says, `None` and quotes taken away.
fn optional(db: &dyn Db, place: Place, is_string: bool) -> Option<Annotated> {
    match place.expr(db) {
        Expr::String(text) => optional(db, place.with(text.code?), true),
        Expr::Operation(operation) if operation.operators.iter().all(|it| it == "|") => {
            single(db, place, &operation.operands, is_string)
        }
        Expr::Operation(_) | Expr::Missing => None,
        Expr::Subscript { value, indices } => match typing_name(db, place.with(value)) {
            Some("Optional" | "Union") => single(db, place, &indices, is_string),
            Some("Annotated") => None,
            _ => Some(Annotated { type_: place, is_string }),
        },
        _ => Some(Annotated { type_: place, is_string }),
    }
}

fn single(db: &dyn Db, place: Place, parts: &[relmodel_facts::ExprId], is_string: bool) -> Option<Annotated> {
    let is_none = |it: &&relmodel_facts::ExprId| place.with(**it).expr(db) == Expr::None;
    let mut rest = parts.iter().filter(|it| !is_none(it));
    match (rest.next(), rest.next()) {
        (Some(part), None) => optional(db, place.with(*part), is_string),
        _ => None,
    }
}

/// The name of something of `typing`, `typing_extensions` or `collections.abc`.
pub(crate) fn typing_name(db: &dyn Db, place: Place) -> Option<&'static str> {
    let Value::Library(name) = evaluate(db, place) else { return None };
    let modules = ["typing.", "typing_extensions.", "collections.abc."];
    modules.iter().find_map(|it| name.as_str().strip_prefix(it))
}

/// Whether an expression is a string: the name of a column.
fn is_text(db: &dyn Db, place: Place) -> bool {
    relmodel_model::string_value(db, place).is_some()
}

/// Whether an argument of a column surely is no type and brings none.
fn is_no_type(db: &dyn Db, place: Place) -> bool {
    Call::reached(db, place).is_some_and(|it| {
        matches!(it.name.as_str(), "CheckConstraint" | "Computed" | "FetchedValue" | "Identity" | "Sequence")
    })
}

/// Whether a class is an ordinary one that SQLAlchemy knows no type for: no enumeration, and nothing that was not read.
pub(crate) fn is_ordinary(db: &dyn Db, class: ClassId) -> bool {
    let is_plain = |it: &relmodel_model::Name| {
        ["typing.", "typing_extensions.", "abc."].iter().any(|module| it.starts_with(module))
    };
    // The base of mapped classes is of SQLAlchemy and no type.
    let is_mapped = mapped(db, class).is_some();
    !class_info(db, class).is_open && (is_mapped || library_bases(db, class).iter().all(is_plain))
}
