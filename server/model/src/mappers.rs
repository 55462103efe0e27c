//! Mapped classes: which table, which parent mapper, and which attributes they have.

use relmodel_facts::{Argument, Expr, ExprId, Name};

use crate::attribute::{Attribute, AttributeAt, AttributeKind, class_attributes, own_attribute};
use crate::class::class_info;
use crate::column::{Column, column_of_annotation, column_of_call, table_of_value};
use crate::constant::string_value;
use crate::db::{ClassId, Db, MetadataId, Place, RegistryId, TableId, TableSource};
use crate::index::late_attributes;
use crate::tables::{metadata_of_class, metadata_of_registry, table};

/// A class that has a mapper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The registry that knows it by name.
    pub registry: RegistryId,
    /// The metadata that its table belongs to.
    pub metadata: MetadataId,
    /// Its own table, or the parent's for single-table inheritance.
    pub table: Option<TableId>,
    /// How it came to that table.
    pub mapping: Mapping,
    /// The nearest mapped class that it inherits from.
    pub inherits: Option<ClassId>,
}

/// How a mapped class comes to its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// By `__tablename__`, and where that stands.
    Tablename(String, Place),
    /// By `__table__`.
    Table,
    /// It shares the table of the class it inherits from.
    Inherited,
    /// It has none: SQLAlchemy refuses it.
    Missing,
    /// Cannot be told.
    Unknown,
}

/// How a mapped class relates to the one it inherits from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
    /// It does not inherit from a mapped class.
    None,
    /// It has a table of its own, joined to the parent's.
    Joined,
    /// It shares the parent's table.
    Single,
    /// It has a table of its own that stands alone.
    Concrete,
}

/// An attribute of a mapped class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// The class whose body declares it: the mapped class itself, a mixin or an abstract base.
    pub declared_in: ClassId,
    /// Where it stands; `None` for a column of a `Table(...)` or an attribute set outside of the class.
    pub at: Option<AttributeAt>,
    /// What it is.
    pub kind: MemberKind,
}

/// What an attribute of a mapped class is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A column.
    Column(Box<Column>),
    /// A relationship, by its call and annotation.
    Relationship(Place, Option<Place>),
    /// Another mapped property.
    Property,
    /// An ordinary attribute, which the mapper has no property for.
    Plain,
    /// Cannot be told.
    Unknown,
}

/// The mapper of a class; `None` for classes that are not mapped.
#[salsa::tracked(returns(ref), cycle_result = mapped_cycle)]
pub fn mapped(db: &dyn Db, class: ClassId) -> Option<Mapped> {
    let info = class_info(db, class);
    let registry = info.registry?;
    if info.is_abstract || info.is_declarative_base {
        return None;
    }
    let inherits = info.mro[1..].iter().copied().find(|it| mapped(db, *it).is_some());
    let mut res = Mapped {
        registry,
        metadata: metadata_of_class(db, class).unwrap_or_else(|| metadata_of_registry(db, registry)),
        table: None,
        mapping: Mapping::Unknown,
        inherits,
    };
    (res.mapping, res.table) = mapping_of(db, class, inherits);
    Some(res)
}

fn mapped_cycle(_: &dyn Db, _: salsa::Id, _: ClassId) -> Option<Mapped> {
    None
}

fn mapping_of(db: &dyn Db, class: ClassId, inherits: Option<ClassId>) -> (Mapping, Option<TableId>) {
    let table = Name::from("__table__");
    let tablename = Name::from("__tablename__");
    let info = class_info(db, class);
    let inherited: &[ClassId] = inherits.map_or(&[], |it| &class_info(db, it).mro);
    // A bare annotation `__table__: Table` only tells type checkers of the attribute.
    if let Some(value) = own_attribute(db, class, table).and_then(|it| it.value) {
        return (Mapping::Table, table_of_value(db, class.place(db, value)));
    }
    for &base in &info.mro {
        let is_inherited = inherited.contains(&base);
        let Some(attribute) = own_attribute(db, base, tablename) else { continue };
        // A plain `__tablename__` of a mapped parent is that parent's; a `declared_attr` is asked again.
        if is_inherited && !attribute.is_declared_attr && mapped(db, base).is_some() {
            continue;
        }
        let Some(value) = attribute.value else { return (Mapping::Unknown, None) };
        let place = base.place(db, value);
        if place.expr(db) == Expr::None {
            break;
        }
        let name = if attribute.is_declared_attr || attribute.kind == AttributeKind::Plain {
            string_value(db, place).or_else(|| name_from_class(db, place, class))
        } else {
            None
        };
        return match name {
            Some(name) => (Mapping::Tablename(name, place), Some(TableId::of_class(db, class))),
            None => (Mapping::Unknown, None),
        };
    }
    if let Some(parent) = inherits {
        return (Mapping::Inherited, mapped(db, parent).as_ref().and_then(|it| it.table));
    }
    if names_tables_itself(db, class) { (Mapping::Unknown, None) } else { (Mapping::Missing, None) }
}

/// Whether something else than the attributes read may give the class a table.
fn names_tables_itself(db: &dyn Db, class: ClassId) -> bool {
    let info = class_info(db, class);
    let is_special = |it: &&Attribute| {
        matches!(it.name.as_str(), "__init_subclass__" | "__new__" | "__declare_first__" | "__getattr__")
            || (it.name == "__table_cls__")
    };
    let is_metaclass = |it: &Argument| matches!(it, Argument::Keyword(keyword, _) if keyword.name == "metaclass");
    // `@as_declarative(metaclass=...)` gives one as well.
    let has_metaclass = |class: ClassId| {
        class.read(db, |item, source| {
            let is_given = |it: &ExprId| match item.expr(*it) {
                Expr::Call { arguments, .. } => arguments.iter().any(is_metaclass),
                _ => false,
            };
            source.arguments.iter().any(is_metaclass) || source.decorators.iter().any(is_given)
        }) == Some(true)
    };
    let is_plain_registry = match info.registry {
        Some(RegistryId::Call(call)) => call.read(db, |_, expr| match expr {
            // `cls=` and `metaclass=` may add a name; a `cls` that was read is in the resolution order.
            Expr::Call { arguments, .. } => !arguments.iter().any(|it| match it {
                Argument::Keyword(keyword, _) => matches!(keyword.name.as_str(), "metaclass" | "cls"),
                Argument::Splat(_) | Argument::KeywordSplat(_) => true,
                Argument::Positional(_) => false,
            }),
            _ => false,
        }),
        Some(RegistryId::Class(_)) => true,
        Some(RegistryId::Open(_)) | None => false,
    };
    info.is_open
        || !is_plain_registry
        || info.mro.iter().any(|it| has_metaclass(*it) || class_attributes(db, *it).iter().any(|it| is_special(&it)))
}

/// `cls.__name__`, `cls.__name__.lower()` and f-strings over them, as a `declared_attr` returns them.
fn name_from_class(db: &dyn Db, place: Place, class: ClassId) -> Option<String> {
    match place.expr(db) {
        Expr::Attribute { name, .. } if name == "__name__" => Some(class.name(db).to_string()),
        Expr::Call { function, arguments } if arguments.is_empty() => match place.with(function).expr(db) {
            Expr::Attribute { object, name } if name == "lower" => {
                Some(name_from_class(db, place.with(object), class)?.to_lowercase())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The attributes that a mapped class has from its own body, mixins and abstract bases. Those of a mapped parent are
/// found by [`member`].
#[salsa::tracked(returns(ref))]
pub fn members(db: &dyn Db, class: ClassId) -> Vec<Member> {
    let mut res: Vec<Member> = Vec::new();
    let Some(mapped) = mapped(db, class) else { return res };
    let inherited: &[ClassId] = mapped.inherits.map_or(&[], |it| &class_info(db, it).mro);
    for (name, place) in late_attributes(db, class) {
        res.push(late_member(db, class, *name, *place));
    }
    for &base in &class_info(db, class).mro {
        if inherited.contains(&base) {
            continue;
        }
        for attribute in class_attributes(db, base) {
            if !res.iter().any(|it| it.name == attribute.name) {
                res.push(member_of(db, base, attribute));
            }
        }
    }
    if let (Mapping::Table, Some(id)) = (&mapped.mapping, mapped.table)
        && matches!(id.source(db), TableSource::Call(_))
    {
        add_table_columns(db, class, id, &mut res);
    }
    res
}

fn member_of(db: &dyn Db, class: ClassId, attribute: &Attribute) -> Member {
    let annotation = attribute.annotation.map(|it| class.place(db, it));
    let kind = match attribute.kind {
        AttributeKind::Column(call) => {
            MemberKind::Column(Box::new(column_of_call(db, attribute.name, call, annotation)))
        }
        AttributeKind::Annotated => match annotation {
            Some(annotation) => MemberKind::Column(Box::new(column_of_annotation(db, attribute.name, annotation))),
            None => MemberKind::Unknown,
        },
        AttributeKind::Relationship(call) => MemberKind::Relationship(call, annotation),
        AttributeKind::Property => MemberKind::Property,
        AttributeKind::Plain => MemberKind::Plain,
        AttributeKind::Unknown => MemberKind::Unknown,
    };
    Member { name: attribute.name, declared_in: class, at: Some(attribute.at), kind }
}

/// `Parent.children = relationship(...)` behind the class.
fn late_member(db: &dyn Db, class: ClassId, name: Name, value: Place) -> Member {
    let kind = match crate::attribute::kind_of_value(db, value) {
        AttributeKind::Column(call) => MemberKind::Column(Box::new(column_of_call(db, name, call, None))),
        AttributeKind::Relationship(call) => MemberKind::Relationship(call, None),
        AttributeKind::Property => MemberKind::Property,
        AttributeKind::Plain => MemberKind::Plain,
        AttributeKind::Annotated | AttributeKind::Unknown => MemberKind::Unknown,
    };
    Member { name, declared_in: class, at: None, kind }
}

/// The columns of a `__table__ = Table(...)` are attributes under their keys.
fn add_table_columns(db: &dyn Db, class: ClassId, id: TableId, members: &mut Vec<Member>) {
    let Some(table) = table(db, id) else { return };
    for column in &table.columns {
        if !members.iter().any(|it| it.name == column.key) {
            let kind = MemberKind::Column(Box::new(column.clone()));
            members.push(Member { name: column.key, declared_in: class, at: None, kind });
        }
    }
}

/// The attribute `name` of a mapped class, its mapped parents included, and the class that maps it.
pub fn member(db: &dyn Db, class: ClassId, name: Name) -> Option<(ClassId, &Member)> {
    lineage(db, class).into_iter().find_map(|it| {
        let member = members(db, it).iter().find(|member| member.name == name)?;
        Some((it, member))
    })
}

/// A mapped class and the mapped classes it inherits from, nearest first.
pub fn lineage(db: &dyn Db, class: ClassId) -> Vec<ClassId> {
    let mut res = vec![class];
    let mut current = class;
    while let Some(parent) = mapped(db, current).as_ref().and_then(|it| it.inherits) {
        if res.contains(&parent) {
            break;
        }
        res.push(parent);
        current = parent;
    }
    res
}

/// How a mapped class relates to its mapped parent.
pub fn inheritance(db: &dyn Db, class: ClassId) -> Inheritance {
    let Some(mapped) = mapped(db, class) else { return Inheritance::None };
    match mapped.mapping {
        _ if mapped.inherits.is_none() => Inheritance::None,
        Mapping::Inherited => Inheritance::Single,
        _ if is_concrete(db, class) => Inheritance::Concrete,
        _ => Inheritance::Joined,
    }
}

/// `__mapper_args__ = {"concrete": True}`
fn is_concrete(db: &dyn Db, class: ClassId) -> bool {
    let Some(value) = own_attribute(db, class, Name::from("__mapper_args__")).and_then(|it| it.value) else {
        return false;
    };
    let place = class.place(db, value);
    dict_value(db, place, "concrete").is_some_and(|it| place.with(it).expr(db) == Expr::True)
}

/// The value of a key in a dict literal or a `dict(...)` call.
pub(crate) fn dict_value(db: &dyn Db, place: Place, key: &str) -> Option<ExprId> {
    match place.expr(db) {
        Expr::Dict(pairs) => {
            pairs.iter().find_map(|(it, value)| (string_value(db, place.with((*it)?))? == key).then_some(*value))
        }
        Expr::Call { .. } => crate::class::keyword_of_call(db, place, key),
        _ => None,
    }
}

/// The tables whose rows a mapped class is made of: its own, then those of the classes it joins
/// (`Mapper.persist_selectable`). `None` where one cannot be told.
pub(crate) fn selectable(db: &dyn Db, class: ClassId) -> Option<Vec<TableId>> {
    let mut res = Vec::new();
    for class in lineage(db, class) {
        let table = mapped(db, class).as_ref()?.table?;
        if !res.contains(&table) {
            res.push(table);
        }
        if inheritance(db, class) == Inheritance::Concrete {
            break;
        }
    }
    Some(res)
}
