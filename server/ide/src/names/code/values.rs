//! What expressions in code are, as far as names tell.

use relmodel_facts::{Argument, Expr, ExprId};
use relmodel_model::{
    ClassId, Name, TableId, Value, attribute_of, evaluate, relationship, relationship_named, sqlalchemy_name,
    table_of_attribute, table_of_value,
};

use super::{Reader, column_named};

/// The value of a keyword argument.
pub(super) fn keyword(arguments: &[Argument], name: &str) -> Option<ExprId> {
    arguments.iter().find_map(|it| match it {
        Argument::Keyword(keyword, value) => (keyword.name == name).then_some(*value),
        _ => None,
    })
}

impl Reader<'_> {
    /// What an expression is.
    pub(super) fn value(&self, id: ExprId) -> Value {
        match self.item.expr(id) {
            Expr::Name(name) => self.made(self.frames.resolve(*name)),
            Expr::Attribute { object, name } => match self.value(*object) {
                Value::Instance(class) => self.of_instance(class, *name),
                object => attribute_of(self.db, object, *name),
            },
            Expr::Call { function, arguments } => match (self.value(*function), arguments.first()) {
                (Value::Class(class), _) => Value::Instance(class),
                // An alias is used as its class is.
                (Value::Library(name), Some(Argument::Positional(first)))
                    if sqlalchemy_name(name)
                        .is_some_and(|it| matches!(it.as_str(), "aliased" | "with_polymorphic")) =>
                {
                    self.value(*first)
                }
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// What a name of a module holds that a call has made: an object of a class, or what cannot be told.
    fn made(&self, value: Value) -> Value {
        let Value::Expr(place) = value else { return value };
        let Expr::Call { function, .. } = place.expr(self.db) else { return value };
        match evaluate(self.db, place.with(function)) {
            Value::Class(class) => Value::Instance(class),
            Value::Library(_) => value,
            _ if table_of_value(self.db, place).is_some() => value,
            _ => Value::Unknown,
        }
    }

    /// An attribute of an object: of a relationship to one object, an object of its target.
    fn of_instance(&self, class: ClassId, name: Name) -> Value {
        let target = relationship_named(self.db, class, name).and_then(|id| {
            let found = relationship(self.db, id).as_ref()?;
            found.target_class().filter(|_| found.uselist == Some(false))
        });
        match target {
            Some(target) => Value::Instance(target),
            None => Value::Unknown,
        }
    }

    /// The object that an annotation promises: `Parent`, `"Parent"`, `Parent | None`, `Optional[Parent]`.
    pub(super) fn instance_of(&self, annotation: ExprId) -> Option<Value> {
        match self.item.expr(annotation) {
            Expr::Name(_) | Expr::Attribute { .. } => match self.value(annotation) {
                Value::Class(class) => Some(Value::Instance(class)),
                _ => None,
            },
            Expr::String(text) => self.instance_of(text.code?),
            Expr::Operation(it) => {
                let mut others = it.operands.iter().filter(|it| *self.item.expr(**it) != Expr::None);
                let only = others.next().filter(|_| it.operands.len() == 2)?;
                others.next().is_none().then(|| self.instance_of(*only))?
            }
            Expr::Subscript { value, indices } => {
                let is_optional = matches!(self.item.expr(*value), Expr::Name(name) | Expr::Attribute { name, .. } if name == "Optional");
                self.instance_of(*indices.first().filter(|_| is_optional)?)
            }
            _ => None,
        }
    }

    /// The table whose columns an expression holds: `child_table.c`, `Child.__table__.columns`.
    pub(super) fn columns_of(&self, id: ExprId) -> Option<TableId> {
        match self.value(self.owner_of_columns(id)?) {
            Value::Expr(place) => table_of_value(self.db, place),
            Value::Attribute(class, name) => table_of_attribute(self.db, class, name),
            _ => None,
        }
    }

    /// What an expression asks for its columns: `it` of `it.c`.
    pub(super) fn owner_of_columns(&self, id: ExprId) -> Option<ExprId> {
        match self.item.expr(id) {
            Expr::Attribute { object, name } if matches!(name.as_str(), "c" | "columns") => Some(*object),
            _ => None,
        }
    }

    /// `child_table.c["name"]`
    pub(super) fn column_key(&mut self, columns: ExprId, indices: &[ExprId]) {
        if self.owner_of_columns(columns).is_none() {
            return;
        }
        let table = self.columns_of(columns);
        for index in indices {
            let Expr::String(text) = self.item.expr(*index) else { continue };
            let Some(range) = self.map.string_content(*index) else { continue };
            match table.map(|it| column_named(self.db, it, &text.value)) {
                Some(named) => named.into_iter().for_each(|it| self.add(it, range)),
                None => self.doubt_column(Name::from(&text.value), range),
            }
        }
    }
}
