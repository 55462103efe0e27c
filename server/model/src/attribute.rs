//! The attributes that the body of a class declares, and what each of them is to a mapper.

use relmodel_facts::{Assign, Class, Expr, ExprId, Function, Item, Name, NameId, Stmt};
use rustc_hash::FxHashSet;

use crate::class::{body_value, class_info, class_source, keyword_of_call};
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place};
use crate::function::only_return;
use crate::library::sqlalchemy_name;
use crate::mapper_arguments::dict_entry;
use crate::value::{Value, as_call, called, evaluate};

/// An attribute of a class body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Where the name stands.
    pub at: AttributeAt,
    /// Its annotation.
    pub annotation: Option<ExprId>,
    /// Its value; of a `declared_attr`, what it returns.
    pub value: Option<ExprId>,
    /// The function that declares it, by its place among the item's functions.
    pub function: Option<u32>,
    /// Whether that is a `@declared_attr`.
    pub is_declared_attr: bool,
    /// Whether its value stands in a dataclass's `field(...)`.
    pub is_field: bool,
    /// Whether it is bound in an `if`, a `try` or the like, so that the class may do without it.
    pub is_conditional: bool,
    /// What it is to a mapper.
    pub kind: AttributeKind,
}

/// Where an attribute's name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeAt {
    /// The target of an assignment.
    Target(ExprId),
    /// The name of a function or class.
    Name(NameId),
}

/// What an attribute is to a mapper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeKind {
    /// A column made by this `Column(...)` or `mapped_column(...)` call.
    Column(Place),
    /// A column declared by its `Mapped[...]` annotation alone.
    Annotated,
    /// A column of a table made elsewhere: `user_table.c.id`.
    Reference(Place),
    /// A field of `SQLModel`, made by this `Field(...)` call.
    Field(Place),
    /// A relationship made by this `relationship(...)` or `Relationship(...)` call.
    Relationship(Place),
    /// A second name of another attribute, made by this `synonym(...)` call.
    Synonym(Place),
    /// Another mapped property: a composite, an expression.
    Property,
    /// Nothing that a mapper takes notice of.
    Plain,
    /// Cannot be told.
    Unknown,
}

/// The attributes of a class body, the last one of each name, in source order.
#[salsa::tracked(returns(ref), cycle_result = class_attributes_cycle)]
pub fn class_attributes(db: &dyn Db, class: ClassId) -> Vec<Attribute> {
    let mut res: Vec<Attribute> = Vec::new();
    let Some((item, source)) = class_source(db, class) else { return res };
    let body = Body { db, class };
    for_each_bound(item, &source.body, false, &mut |bound, is_conditional| {
        if let Some(attribute) = body.attribute(&bound) {
            put(&mut res, Attribute { is_conditional, ..attribute });
        }
    });
    res.shrink_to_fit();
    res
}

/// An attribute whose value needs the attributes of its own class: what all of them are cannot be told.
fn class_attributes_cycle(db: &dyn Db, _: salsa::Id, class: ClassId) -> Vec<Attribute> {
    let mut res = Vec::new();
    if let Some((item, source)) = class_source(db, class) {
        for_each_bound(item, &source.body, false, &mut |bound, is_conditional| {
            put(&mut res, Attribute { is_conditional, kind: AttributeKind::Unknown, ..bound.attribute() });
        });
    }
    res
}

/// The mapped attributes of a class body that a later statement of it binds anew, each with the attribute that counts.
pub fn rebound_attributes(db: &dyn Db, class: ClassId) -> Vec<(Attribute, Attribute)> {
    let mut res = Vec::new();
    let Some((item, source)) = class_source(db, class) else { return res };
    let mut names = FxHashSet::default();
    let mut is_bound_twice = false;
    for_each_bound(item, &source.body, false, &mut |bound, _| is_bound_twice |= !names.insert(bound.name()));
    if !is_bound_twice {
        return res;
    }
    let body = Body { db, class };
    let mut seen: Vec<Attribute> = Vec::new();
    for_each_bound(item, &source.body, false, &mut |bound, is_conditional| {
        let Some(attribute) = body.attribute(&bound).filter(|_| !is_conditional) else { return };
        let is_mapped = |it: &Attribute| {
            it.function.is_none() && matches!(it.kind, AttributeKind::Column(_) | AttributeKind::Relationship(_))
        };
        if let Some(index) = seen.iter().position(|it| it.name == attribute.name) {
            let first = seen.remove(index);
            if is_mapped(&first) && is_mapped(&attribute) {
                res.push((first, attribute.clone()));
            }
        }
        seen.push(attribute);
    });
    res
}

/// What a class body binds a name to.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    /// A function, as an index into the functions of the class's item.
    Method(u32),
    Other,
}

/// What the body of a class binds a name to, if it does. Nothing is evaluated.
pub(crate) fn bound_in_body(db: &dyn Db, class: ClassId, name: Name) -> Option<Bound> {
    class.read(db, |item, source| {
        let mut res = None;
        for_each_bound(item, &source.body, false, &mut |bound, _| {
            if bound.name() == name {
                res = Some(match bound {
                    Binding::Function(_, index) => Bound::Method(index),
                    Binding::Assign(..) | Binding::Class(_) => Bound::Other,
                });
            }
        });
        res
    })?
}

/// The literal string that the body of a class assigns to a name, if that is all that it says of the name.
pub(crate) fn literal_in_body(db: &dyn Db, class: ClassId, name: Name) -> Option<(String, Place)> {
    let (text, value) = class.read(db, |item, source| {
        let mut found = Vec::new();
        for_each_bound(item, &source.body, false, &mut |bound, is_conditional| {
            if bound.name() == name {
                found.push(bound.value().filter(|_| !is_conditional));
            }
        });
        match (found.as_slice(), item) {
            ([Some(value)], item) if let Expr::String(text) = item.expr(*value) => {
                Some((text.value.to_string(), *value))
            }
            _ => None,
        }
    })??;
    Some((text, class.place(db, value)))
}

/// A statement that binds a name.
enum Binding<'a> {
    Assign(Name, &'a Assign),
    Function(&'a Function, u32),
    Class(&'a Class),
}

impl Binding<'_> {
    fn name(&self) -> Name {
        match self {
            Self::Assign(name, _) => *name,
            Self::Function(function, _) => function.name,
            Self::Class(class) => class.name,
        }
    }

    /// The value that is assigned.
    fn value(&self) -> Option<ExprId> {
        match self {
            Self::Assign(_, assign) => assign.value,
            Self::Function(..) | Self::Class(_) => None,
        }
    }

    /// The attribute, as far as it is told without evaluating anything.
    fn attribute(&self) -> Attribute {
        match self {
            Self::Assign(name, assign) => Attribute {
                annotation: assign.annotation,
                value: assign.value,
                ..plain(*name, AttributeAt::Target(assign.target))
            },
            Self::Function(function, index) => {
                Attribute { function: Some(*index), ..plain(function.name, AttributeAt::Name(function.at)) }
            }
            Self::Class(class) => plain(class.name, AttributeAt::Name(class.at)),
        }
    }
}

/// The statements that bind names, in source order, each with whether it stands in a block that may not run.
fn for_each_bound(item: &Item, statements: &[Stmt], is_conditional: bool, see: &mut dyn FnMut(Binding<'_>, bool)) {
    for statement in statements {
        match statement {
            Stmt::Assign(assign) => {
                if let Expr::Name(name) = item.expr(assign.target) {
                    see(Binding::Assign(*name, assign), is_conditional);
                }
            }
            Stmt::Function(index) => {
                if let Some(function) = item.functions.get(*index as usize) {
                    see(Binding::Function(function, *index), is_conditional);
                }
            }
            Stmt::Class(index) => {
                if let Some(class) = item.classes.get(*index as usize) {
                    see(Binding::Class(class), is_conditional);
                }
            }
            // What type checkers alone see is no attribute.
            Stmt::Block(block) if block.is_for_types(item) => {}
            Stmt::Block(block) => for_each_bound(item, &block.body, true, see),
            _ => {}
        }
    }
}

/// Adds an attribute; an earlier one of the same name gives way.
fn put(attributes: &mut Vec<Attribute>, new: Attribute) {
    attributes.retain(|it| it.name != new.name);
    attributes.push(new);
}

impl Attribute {
    /// Its value, as the class `receiver` has it, for an attribute in the body of `class`.
    pub fn value_place(&self, db: &dyn Db, class: ClassId, receiver: ClassId) -> Option<Place> {
        let value = self.value?;
        Some(match self.function {
            Some(function) => class.method_place(db, function, Some(receiver), value),
            None => class.place(db, value),
        })
    }

    /// What it is to the mapper of the class `receiver`, for an attribute in the body of `class`.
    pub fn kind_for(&self, db: &dyn Db, class: ClassId, receiver: ClassId) -> AttributeKind {
        match self.value_place(db, class, receiver) {
            Some(value) if self.is_declared_attr => kind_of_value(db, value),
            _ => self.kind,
        }
    }
}

/// The attribute of this name in the body of a class.
pub fn own_attribute(db: &dyn Db, class: ClassId, name: Name) -> Option<&Attribute> {
    // Most names that are asked for are not there, which is told without looking at what the others are.
    bound_in_body(db, class, name)?;
    class_attributes(db, class).iter().find(|it| it.name == name)
}

struct Body<'a> {
    db: &'a dyn Db,
    class: ClassId,
}

impl Body<'_> {
    /// The attribute that a statement declares; `None` for an assignment that declares nothing.
    fn attribute(&self, bound: &Binding<'_>) -> Option<Attribute> {
        match bound {
            Binding::Assign(_, assign) => self.assigned(assign, bound.attribute()),
            Binding::Function(function, _) => Some(self.function(function, bound.attribute())),
            Binding::Class(_) => Some(bound.attribute()),
        }
    }

    fn assigned(&self, assign: &Assign, mut written: Attribute) -> Option<Attribute> {
        let is_field = assign.value.is_some_and(|it| self.is_dataclass_field(it));
        let value = if is_field { assign.value.and_then(|it| self.dataclass_value(it)) } else { assign.value };
        let kind = match value {
            Some(value) => kind_of_value(self.db, self.class.place(self.db, value)),
            None if self.is_mapped_annotation(assign.annotation?) => AttributeKind::Annotated,
            None => AttributeKind::Plain,
        };
        // `name: Mapped[str] = None` is a column too; another value is an ordinary attribute's.
        let is_none = value.is_some_and(|it| self.class.place(self.db, it).expr(self.db) == Expr::None);
        let kind = match (kind, assign.annotation) {
            (AttributeKind::Plain, Some(annotation)) if is_none && self.is_mapped_annotation(annotation) => {
                AttributeKind::Annotated
            }
            _ => kind,
        };
        written.value = value;
        written.kind = kind;
        written.is_field = is_field;
        Some(written)
    }

    fn function(&self, function: &Function, written: Attribute) -> Attribute {
        match function.decorators.iter().find_map(|it| self.decorator(*it)) {
            Some(Decorator::DeclaredAttr) => {
                let value = only_return(&function.body);
                let place = |value| written.function.map(|it| self.class.method_place(self.db, it, None, value));
                let kind = value.and_then(place).map_or(AttributeKind::Unknown, |it| kind_of_value(self.db, it));
                Attribute { is_declared_attr: true, annotation: function.returns, value, kind, ..written }
            }
            Some(Decorator::Property) | None => written,
            Some(Decorator::Unknown) => Attribute { kind: AttributeKind::Unknown, ..written },
        }
    }

    fn decorator(&self, decorator: ExprId) -> Option<Decorator> {
        let place = self.class.place(self.db, decorator);
        match evaluate(self.db, place) {
            // `declared_attr`, `declared_attr.directive`, `declared_attr.cascading`
            Value::Library(name) if name.starts_with("sqlalchemy.") && name.contains("declared_attr") => {
                Some(Decorator::DeclaredAttr)
            }
            Value::Library(name) => match sqlalchemy_name(name).as_ref().map(Name::as_str) {
                Some("hybrid_property" | "hybrid_method" | "validates" | "reconstructor") => Some(Decorator::Property),
                Some(_) => Some(Decorator::Unknown),
                None => None,
            },
            _ => None,
        }
    }

    /// Whether a value is a dataclass's `field(...)`.
    fn is_dataclass_field(&self, value: ExprId) -> bool {
        let place = self.class.place(self.db, value);
        let Expr::Call { function, .. } = place.expr(self.db) else { return false };
        evaluate(self.db, place.with(function)) == Value::Library(Name::from("dataclasses.field"))
    }

    /// The mapped attribute in a `field(metadata={"sa": ...})`, for the key that the class names.
    fn dataclass_value(&self, field: ExprId) -> Option<ExprId> {
        let place = self.class.place(self.db, field);
        let mro = &class_info(self.db, self.class).mro;
        let name = Name::from("__sa_dataclass_metadata_key__");
        let key = mro.iter().find_map(|it| Some(it.place(self.db, body_value(self.db, *it, name)?)))?;
        let metadata = place.with(keyword_of_call(self.db, place, "metadata")?);
        let entry = dict_entry(self.db, metadata, &string_value(self.db, key)?)?;
        match entry.expr(self.db) {
            // A mixin makes the attribute anew for each class.
            Expr::Lambda { body, .. } => Some(body),
            _ => Some(entry.expr),
        }
    }

    fn is_mapped_annotation(&self, annotation: ExprId) -> bool {
        mapped_argument(self.db, self.class.place(self.db, annotation)).is_some()
    }
}

enum Decorator {
    DeclaredAttr,
    Property,
    Unknown,
}

fn plain(name: Name, at: AttributeAt) -> Attribute {
    Attribute {
        name,
        at,
        annotation: None,
        value: None,
        function: None,
        is_declared_attr: false,
        is_field: false,
        is_conditional: false,
        kind: AttributeKind::Plain,
    }
}

/// What stands inside `Mapped[...]`, `DynamicMapped[...]` or `WriteOnlyMapped[...]`.
pub fn mapped_argument(db: &dyn Db, annotation: Place) -> Option<Place> {
    match annotation.get(db) {
        Expr::Subscript { value, indices } => {
            let Value::Library(name) = evaluate(db, annotation.with(*value)) else { return None };
            let is_mapped = matches!(
                sqlalchemy_name(name)?.as_str(),
                "Mapped" | "DynamicMapped" | "WriteOnlyMapped" | "Relationship" | "RelationshipProperty"
            );
            let inner = *indices.first()?;
            is_mapped.then(|| annotation.with(inner))
        }
        Expr::String(text) => mapped_argument(db, annotation.with(text.code?)),
        _ => None,
    }
}

/// What a value in a class body is to a mapper.
pub fn kind_of_value(db: &dyn Db, place: Place) -> AttributeKind {
    if let Some((call, function)) = as_call(db, place) {
        let Some(name) = called(db, call, function) else {
            return match column_of_get(db, call, function) {
                Some(column) => kind_of_value(db, column),
                None => AttributeKind::Unknown,
            };
        };
        return match name.as_str() {
            "Column" | "mapped_column" => AttributeKind::Column(call),
            "relationship" | "relation" | "dynamic_loader" => AttributeKind::Relationship(call),
            "Relationship" => match keyword_of_call(db, call, "sa_relationship").map(|it| call.with(it)) {
                Some(inner) if inner.expr(db) != Expr::None => kind_of_value(db, inner),
                _ => AttributeKind::Relationship(call),
            },
            "Field" => AttributeKind::Field(call),
            "deferred" | "column_property" => column_inside(db, call),
            "synonym" => AttributeKind::Synonym(call),
            "composite" | "query_expression" => AttributeKind::Property,
            "declared_attr" => AttributeKind::Unknown,
            _ => AttributeKind::Plain,
        };
    }
    if is_column_reference(db, place) {
        return AttributeKind::Reference(place);
    }
    match evaluate(db, place) {
        Value::Attribute(class, name) if class.item(db) == place.item => {
            // `b = a` in one class body.
            match class_attribute_value(db, class, name) {
                Some(value) if value != place.expr => kind_of_value(db, place.with(value)),
                _ => AttributeKind::Unknown,
            }
        }
        Value::Expr(value) => match value.expr(db) {
            Expr::Call { .. } | Expr::Subscript { .. } | Expr::Operation(_) | Expr::Attribute { .. } => {
                AttributeKind::Unknown
            }
            _ => AttributeKind::Plain,
        },
        Value::Class(_) | Value::Function(..) | Value::Module(_) => AttributeKind::Plain,
        Value::Library(name) if sqlalchemy_name(name).is_some() => AttributeKind::Plain,
        _ => AttributeKind::Unknown,
    }
}

/// The column of `Parent.__table__.c.get("name", Column(...))`: classes that share a table share it. Where the first of
/// them is mapped, the table does not have it yet.
fn column_of_get(db: &dyn Db, call: Place, function: ExprId) -> Option<Place> {
    let function = call.with(function);
    let Expr::Attribute { object, name } = function.expr(db) else { return None };
    let collection = function.with(object);
    if name != "get" || !matches!(collection.expr(db), Expr::Attribute { name, .. } if name == "c" || name == "columns")
    {
        return None;
    }
    call.read(db, |_, expr| match expr {
        Expr::Call { arguments, .. } => match &**arguments {
            [relmodel_facts::Argument::Positional(_), relmodel_facts::Argument::Positional(column)] => {
                Some(call.with(*column))
            }
            _ => None,
        },
        _ => None,
    })
}

/// Whether an expression has the form `table.c.name` or `table.c["name"]`.
fn is_column_reference(db: &dyn Db, place: Place) -> bool {
    let columns = match place.expr(db) {
        Expr::Attribute { object, .. } => object,
        Expr::Subscript { value, .. } => value,
        _ => return false,
    };
    matches!(place.with(columns).expr(db), Expr::Attribute { name, .. } if name == "c" || name == "columns")
}

fn class_attribute_value(db: &dyn Db, class: ClassId, name: Name) -> Option<ExprId> {
    let (item, source) = class_source(db, class)?;
    source.body.iter().find_map(|statement| match statement {
        Stmt::Assign(assign) => match item.expr(assign.target) {
            Expr::Name(it) if *it == name => match assign.value.map(|value| item.expr(value)) {
                Some(Expr::Call { .. }) => assign.value,
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

/// `deferred(Column(...))` and `column_property(Column(...))` are columns; over an expression they are not.
fn column_inside(db: &dyn Db, call: Place) -> AttributeKind {
    let first = call.read(db, |_, expr| match expr {
        Expr::Call { arguments, .. } => arguments.iter().find_map(|it| match it {
            relmodel_facts::Argument::Positional(value) => Some(*value),
            _ => None,
        }),
        _ => None,
    });
    match first.map(|it| kind_of_value(db, call.with(it))) {
        Some(kind @ (AttributeKind::Column(_) | AttributeKind::Reference(_))) => kind,
        _ => AttributeKind::Property,
    }
}
