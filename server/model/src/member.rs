//! The attributes of mapped classes: from their bodies, their mixins, their tables, and from behind them.

use std::sync::Arc;

use relmodel_facts::{Expr, Name};

use crate::attribute::{Attribute, AttributeAt, AttributeKind, class_attributes, own_attribute};
use crate::class::{class_info, keyword_of_call, library_decorators};
use crate::column::{Column, ColumnReference, column_of_annotation, column_of_call, column_reference};
use crate::composite::columns_of_composite;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, TableId, TableSource};
use crate::imperative::imperative;
use crate::late::{LateAttribute, late_attributes};
use crate::mapper_arguments::{MapperArguments, arguments_of_mapper};
use crate::mappers::{Mapping, lineage, mapped};
use crate::sqlmodel;
use crate::tables::table;
use crate::type_map::{has_type_map, type_in_call};

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
    Column(Arc<Column>),
    /// A relationship, by its call and annotation: seldom enough that the others should not be as large for it.
    Relationship(Box<(Place, Option<Place>)>),
    /// A second name of another attribute.
    Synonym(Name),
    /// Another mapped property.
    Property,
    /// An ordinary attribute, which the mapper has no property for.
    Plain,
    /// Cannot be told.
    Unknown,
}

/// The attributes that a mapped class has from its own body, mixins and abstract bases. Those of a mapped parent are
/// found by [`member`].
#[salsa::tracked(returns(ref))]
pub fn members(db: &dyn Db, class: ClassId) -> Vec<Member> {
    let mut res: Vec<Member> = Vec::new();
    let Some(mapped) = mapped(db, class) else { return res };
    let info = class_info(db, class);
    let inherited: &[ClassId] = mapped.inherits.map_or(&[], |it| &class_info(db, it).mro);
    for late in late_attributes(db, class) {
        res.push(match late {
            LateAttribute { name, value, is_certain: true, .. } => late_member(db, class, *name, *value),
            LateAttribute { name, .. } => {
                Member { name: *name, declared_in: class, at: None, kind: MemberKind::Unknown }
            }
        });
    }
    let arguments = arguments_of_mapper(db, class);
    for (name, place) in arguments.properties(db) {
        if !res.iter().any(|it| it.name == name) {
            res.push(late_member(db, class, name, place));
        }
    }
    for &base in info.mro.iter().filter(|it| !inherited.contains(it)) {
        add_declared(db, class, base, &mut res);
    }
    if let (Mapping::Table, Some(id)) = (&mapped.mapping, mapped.table)
        && matches!(id.source(db), TableSource::Call(_))
    {
        add_table_columns(db, class, (id, arguments), &mut res);
    }
    res.shrink_to_fit();
    res
}

/// What the body of `base` declares for the mapped class `class`.
fn add_declared(db: &dyn Db, class: ClassId, base: ClassId, members: &mut Vec<Member>) {
    let is_sqlmodel = class_info(db, class).is_sqlmodel();
    let is_imperative = imperative(db, class).is_some();
    let maps_types = has_type_map(db, class);
    for attribute in class_attributes(db, base) {
        if members.iter().any(|it| it.name == attribute.name) {
            continue;
        }
        let read = if is_sqlmodel { sqlmodel::member_of } else { member_of };
        let mut found = read(db, class, base, attribute);
        match &mut found.kind {
            // Mapping imperatively looks at no attribute of the class.
            kind if is_imperative => *kind = MemberKind::Plain,
            MemberKind::Column(column) if maps_types => Arc::make_mut(column).type_ = type_in_call(db, attribute),
            MemberKind::Property => {
                let annotation = attribute.annotation.map(|it| base.place(db, it));
                let value = attribute.value_place(db, base, class);
                let columns = value.map(|it| columns_of_composite(db, it, annotation));
                let column = |it: Column| Member {
                    name: it.attribute,
                    declared_in: base,
                    at: Some(attribute.at),
                    kind: MemberKind::Column(Arc::new(it)),
                };
                members.extend(columns.into_iter().flatten().map(column));
            }
            _ => {}
        }
        members.push(found);
    }
}

/// What an attribute that `class` declares is in the mapped class `receiver`.
pub(crate) fn member_of(db: &dyn Db, receiver: ClassId, class: ClassId, attribute: &Attribute) -> Member {
    let annotation = attribute.annotation.map(|it| class.place(db, it));
    let kind = match attribute.kind_for(db, class, receiver) {
        AttributeKind::Column(call) => {
            MemberKind::Column(Arc::new(column_of_call(db, attribute.name, call, annotation)))
        }
        AttributeKind::Annotated => match annotation {
            Some(annotation) => MemberKind::Column(Arc::new(column_of_annotation(db, attribute.name, annotation))),
            None => MemberKind::Unknown,
        },
        AttributeKind::Reference(place) => referred_column(db, attribute.name, place),
        AttributeKind::Relationship(call) => MemberKind::Relationship(Box::new((call, annotation))),
        AttributeKind::Synonym(call) => synonym(db, call),
        AttributeKind::Property => MemberKind::Property,
        AttributeKind::Plain | AttributeKind::Field(_) => MemberKind::Plain,
        AttributeKind::Unknown => MemberKind::Unknown,
    };
    Member { name: attribute.name, declared_in: class, at: Some(attribute.at), kind }
}

/// `Parent.children = relationship(...)` behind the class.
fn late_member(db: &dyn Db, class: ClassId, name: Name, value: Place) -> Member {
    let kind = match crate::attribute::kind_of_value(db, value) {
        AttributeKind::Column(call) => MemberKind::Column(Arc::new(column_of_call(db, name, call, None))),
        AttributeKind::Reference(place) => referred_column(db, name, place),
        AttributeKind::Relationship(call) => MemberKind::Relationship(Box::new((call, None))),
        AttributeKind::Synonym(call) => synonym(db, call),
        AttributeKind::Property => MemberKind::Property,
        AttributeKind::Plain | AttributeKind::Field(_) => MemberKind::Plain,
        AttributeKind::Annotated | AttributeKind::Unknown => MemberKind::Unknown,
    };
    Member { name, declared_in: class, at: None, kind }
}

/// `synonym("name")`
fn synonym(db: &dyn Db, call: Place) -> MemberKind {
    let first = crate::tables::positional(db, call).first().copied();
    let name = first.or_else(|| keyword_of_call(db, call, "name")).and_then(|it| string_value(db, call.with(it)));
    name.map_or(MemberKind::Property, |it| MemberKind::Synonym(Name::from(&it)))
}

/// `user_table.c.id`, mapped under a name of its own.
fn referred_column(db: &dyn Db, attribute: Name, place: Place) -> MemberKind {
    let Some(ColumnReference::Column(id, key)) = column_reference(db, place) else { return MemberKind::Unknown };
    match table(db, id).as_ref().and_then(|it| it.column(key.as_str())) {
        Some(column) => MemberKind::Column(Arc::new(Column { attribute, ..Column::clone(column) })),
        None => MemberKind::Unknown,
    }
}

/// The columns of a `Table(...)` are attributes under their keys, unless one is mapped under another name.
fn add_table_columns(
    db: &dyn Db,
    class: ClassId,
    (id, arguments): (TableId, &MapperArguments),
    members: &mut Vec<Member>,
) {
    let Some(table) = table(db, id) else { return };
    let prefix = arguments.get("column_prefix").and_then(|it| string_value(db, it)).unwrap_or_default();
    let only = arguments.names(db, "include_properties");
    let without = arguments.names(db, "exclude_properties").unwrap_or_default();
    for column in &table.columns {
        let is_renamed = members.iter().any(|it| matches!(&it.kind, MemberKind::Column(it) if it.key == column.key));
        let name = Name::from(&format!("{prefix}{}", column.key));
        let is_wanted = only.as_ref().is_none_or(|it| it.contains(&column.key)) && !without.contains(&column.key);
        if !is_wanted || is_renamed {
            continue;
        }
        let kind = MemberKind::Column(Arc::new(Column { attribute: name, ..Column::clone(column) }));
        match members.iter_mut().find(|it| it.name == name) {
            Some(member) if gives_way(db, member) => member.kind = kind,
            Some(_) => {}
            None => members.push(Member { name, declared_in: class, at: None, kind }),
        }
    }
}

/// Whether an attribute of a class gives way to a column of the same name: the default of a dataclass's field does, and
/// so does `None` (`Mapper._should_exclude`).
fn gives_way(db: &dyn Db, member: &Member) -> bool {
    let class = member.declared_in;
    let Some(attribute) = own_attribute(db, class, member.name) else { return false };
    let is_none = attribute.value.is_none_or(|it| class.place(db, it).expr(db) == Expr::None);
    let is_assigned = matches!(attribute.at, AttributeAt::Target(_));
    let is_dataclass = || library_decorators(db, class).contains(&Name::from("dataclasses.dataclass"));
    is_assigned && member.kind == MemberKind::Plain && (is_none || is_dataclass())
}

/// The attribute `name` of a mapped class, its mapped parents included, and the class that maps it.
pub fn member(db: &dyn Db, class: ClassId, name: Name) -> Option<(ClassId, &Member)> {
    lineage(db, class).into_iter().find_map(|it| {
        let member = members(db, it).iter().find(|member| member.name == name)?;
        Some((it, member))
    })
}
