//! A `relationship(...)` call as it is written: its arguments, before any name is looked up.

use relmodel_facts::{Expr, Keyword, Name};

use crate::arguments::{Given, arguments_of};
use crate::attribute::{AttributeKind, bound_in_body, class_attributes, mapped_argument};
use crate::class::class_info;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, RelationshipId, SqlAlchemy, Workspace};
use crate::imperative::imperative;
use crate::late::late_attributes;
use crate::mapper_arguments::entries;
use crate::mappers::mapped;
use crate::member::{MemberKind, members};
use crate::value::{Value, called, constant_expr, evaluate};

/// The keyword arguments that `relationship()` takes in 1.4, 2.0 or 2.1.
pub const RELATIONSHIP_KEYWORDS: &[&str] = &[
    "active_history",
    "argument",
    "back_populates",
    "backref",
    "bake_queries",
    "cascade",
    "cascade_backrefs",
    "collection_class",
    "comparator_factory",
    "compare",
    "dataclass_metadata",
    "default",
    "default_factory",
    "distinct_target_key",
    "doc",
    "enable_typechecks",
    "foreign_keys",
    "hash",
    "info",
    "init",
    "innerjoin",
    "join_depth",
    "kw_only",
    "lazy",
    "load_on_pending",
    "omit_join",
    "order_by",
    "overlaps",
    "passive_deletes",
    "passive_updates",
    "post_update",
    "primaryjoin",
    "query_class",
    "remote_side",
    "repr",
    "secondary",
    "secondaryjoin",
    "single_parent",
    "sync_backref",
    "uselist",
    "viewonly",
];

/// The arguments of a `relationship(...)` or `backref(...)` call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The call.
    pub call: Place,
    /// The keyword arguments, and the positional ones under the names they stand for.
    pub arguments: Vec<Argument>,
    /// What stands inside the `Mapped[...]` annotation.
    pub annotation: Option<Place>,
    /// Whether that annotation is `DynamicMapped[...]` or `WriteOnlyMapped[...]`, which are always collections.
    pub is_dynamic: bool,
    /// The class that `SQLModel`'s `Relationship(link_model=...)` names: its table is the association table.
    pub link_model: Option<Place>,
    /// Whether `*args` or `**kwargs` may add arguments that are not seen.
    pub is_open: bool,
}

/// An argument of a `relationship(...)` call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The name of the parameter.
    pub name: Name,
    /// Where the keyword stands; `None` for a positional argument.
    pub keyword: Option<Keyword>,
    /// The value.
    pub value: Place,
}

/// An argument whose value is the name of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameArgument {
    /// The attribute's name.
    pub name: Name,
    /// The string that says it.
    pub place: Place,
}

impl Declaration {
    fn add(&mut self, name: Name, keyword: Option<Keyword>, value: Place) {
        self.arguments.push(Argument { name, keyword, value });
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<Place> {
        self.arguments.iter().find(|it| it.name == name).map(|it| it.value)
    }

    /// The value of a parameter that is a constant string.
    pub fn name_argument(&self, db: &dyn Db, parameter: &str) -> Option<NameArgument> {
        let place = self.value(parameter)?;
        if let Some(text) = string_value(db, place) {
            return Some(NameArgument { name: Name::from(&text), place });
        }
        // Since 2.1 the attribute itself, or a lambda that returns it, may be given.
        let place = match place.expr(db) {
            Expr::Lambda { body, .. } => place.with(body),
            _ => place,
        };
        match (evaluate(db, place), place.expr(db)) {
            (Value::Attribute(..), Expr::Attribute { name, .. }) => Some(NameArgument { name, place }),
            _ => None,
        }
    }

    /// Whether a parameter is given with a value other than `None`.
    pub fn has(&self, db: &dyn Db, parameter: &str) -> bool {
        self.value(parameter).is_some_and(|it| it.expr(db) != Expr::None)
    }

    /// The truth of a parameter: `None` when it is not given or cannot be told.
    pub fn truth(&self, db: &dyn Db, parameter: &str) -> Option<bool> {
        match constant_expr(db, self.value(parameter)?) {
            Expr::True => Some(true),
            Expr::False => Some(false),
            _ => None,
        }
    }

    /// The `backref=`: its name and, for a `backref(...)` call, its arguments.
    pub fn backref(&self, db: &dyn Db) -> Option<(NameArgument, Option<Declaration>)> {
        let place = self.value("backref")?;
        if let Some(name) = self.name_argument(db, "backref") {
            return Some((name, None));
        }
        let Value::Expr(call) = evaluate(db, place) else { return None };
        let Expr::Call { function, .. } = call.expr(db) else { return None };
        if called(db, call, function)? != "backref" {
            return None;
        }
        let inner = read_call(db, call, &["name"]);
        let name = inner.name_argument(db, "name")?;
        Some((name, Some(inner)))
    }
}

/// The arguments of a relationship. For one that a `backref` makes, those of the `backref(...)` call, if it is one.
#[salsa::tracked(returns(ref))]
pub fn declaration(db: &dyn Db, id: RelationshipId) -> Option<Declaration> {
    if let Some((class, key)) = id.backref_of(db) {
        let source = declaration(db, RelationshipId::new(db, class, key, None)).as_ref()?;
        return source.backref(db)?.1;
    }
    let key = id.key(db);
    let member = members(db, id.parent(db)).iter().find(|it| it.name == key)?;
    let MemberKind::Relationship(written) = &member.kind else { return None };
    let (call, annotation) = **written;
    Some(read_declaration(db, call, annotation))
}

/// The arguments of the call that makes a relationship, and what the annotation beside it says.
pub(crate) fn read_declaration(db: &dyn Db, call: Place, annotation: Option<Place>) -> Declaration {
    if is_sqlmodel_call(db, call) {
        return read_sqlmodel_call(db, call, annotation);
    }
    let mut res = read_call(db, call, &["argument", "secondary"]);
    // To 1.4 an annotation says nothing.
    let reads_annotations = Workspace::try_get(db).is_none_or(|it| it.sqlalchemy(db) != SqlAlchemy::V1_4);
    let annotation = annotation.filter(|_| reads_annotations);
    res.annotation = annotation.and_then(|it| mapped_argument(db, it));
    res.is_dynamic = annotation.is_some_and(|it| is_dynamic(db, it));
    res
}

/// Whether a call is `SQLModel`'s `Relationship(...)`.
fn is_sqlmodel_call(db: &dyn Db, call: Place) -> bool {
    let Expr::Call { function, .. } = call.expr(db) else { return false };
    called(db, call, function).is_some_and(|it| it == "Relationship")
}

/// `Relationship(back_populates=..., link_model=..., sa_relationship_kwargs={...})`: the target is in the annotation.
fn read_sqlmodel_call(db: &dyn Db, call: Place, annotation: Option<Place>) -> Declaration {
    let own = read_call(db, call, &[]);
    let mut res = Declaration { arguments: Vec::new(), ..own.clone() };
    res.annotation = annotation.map(|it| mapped_argument(db, it).unwrap_or(it));
    for argument in own.arguments {
        match argument.name.as_str() {
            "link_model" if argument.value.expr(db) != Expr::None => res.link_model = Some(argument.value),
            "back_populates" | "passive_deletes" => res.arguments.push(argument),
            "sa_relationship_kwargs" => match entries(db, argument.value) {
                Some(pairs) => pairs.into_iter().for_each(|(name, value)| res.add(name, None, value)),
                None => res.is_open |= argument.value.expr(db) != Expr::None,
            },
            "sa_relationship_args" => res.is_open |= argument.value.expr(db) != Expr::None,
            _ => {}
        }
    }
    // What is handed on later takes the place of what `Relationship` knows itself.
    res.arguments.reverse();
    res
}

/// The relationships written for a mapped class, in the order of its members.
pub(crate) fn written_relationships(db: &dyn Db, class: ClassId) -> impl Iterator<Item = RelationshipId> + '_ {
    members(db, class)
        .iter()
        .filter(|it| matches!(it.kind, MemberKind::Relationship(..)))
        .map(move |it| RelationshipId::new(db, class, it.name, None))
}

/// The relationships that a mapped class may have, each by its key, call and annotation: those that [`members`] has, and
/// perhaps some that give way to another attribute. Where the bodies of classes alone declare them, no member is worked
/// out for it, which matters as this is asked of every class.
pub(crate) fn may_be_relationships(db: &dyn Db, class: ClassId) -> Vec<(Name, Place, Option<Place>)> {
    let Some(mapped) = mapped(db, class) else { return Vec::new() };
    let info = class_info(db, class);
    let mapper_args = Name::from("__mapper_args__");
    let is_declared_elsewhere = info.is_sqlmodel()
        || imperative(db, class).is_some()
        || !late_attributes(db, class).is_empty()
        || info.mro.iter().any(|it| bound_in_body(db, *it, mapper_args).is_some());
    if is_declared_elsewhere {
        let written = members(db, class).iter().filter_map(|it| match &it.kind {
            MemberKind::Relationship(written) => Some((it.name, written.0, written.1)),
            _ => None,
        });
        return written.collect();
    }
    let inherited: &[ClassId] = mapped.inherits.map_or(&[], |it| &class_info(db, it).mro);
    let mut res: Vec<(Name, Place, Option<Place>)> = Vec::new();
    for &base in info.mro.iter().filter(|it| !inherited.contains(it)) {
        for attribute in class_attributes(db, base) {
            let AttributeKind::Relationship(call) = attribute.kind_for(db, base, class) else { continue };
            if res.iter().all(|it| it.0 != attribute.name) {
                res.push((attribute.name, call, attribute.annotation.map(|it| base.place(db, it))));
            }
        }
    }
    res
}

fn is_dynamic(db: &dyn Db, annotation: Place) -> bool {
    match annotation.expr(db) {
        Expr::Subscript { value, .. } => match evaluate(db, annotation.with(value)) {
            Value::Library(name) => name.ends_with(".DynamicMapped") || name.ends_with(".WriteOnlyMapped"),
            _ => false,
        },
        Expr::String(text) => text.code.is_some_and(|it| is_dynamic(db, annotation.with(it))),
        _ => false,
    }
}

fn read_call(db: &dyn Db, call: Place, positional: &[&str]) -> Declaration {
    let mut res = Declaration {
        call,
        arguments: Vec::new(),
        annotation: None,
        is_dynamic: false,
        link_model: None,
        is_open: false,
    };
    let mut names = positional.iter();
    for given in arguments_of(db, call) {
        match given {
            Given::Positional(value) => {
                if let Some(name) = names.next() {
                    res.add(Name::from(name), None, value);
                }
            }
            Given::Keyword(name, keyword, value) => res.add(name, keyword, value),
            Given::Unknown => res.is_open = true,
        }
    }
    res.arguments.shrink_to_fit();
    res
}
