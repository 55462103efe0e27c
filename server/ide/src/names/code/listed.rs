//! Names of attributes in the strings that the body of a class lists.
//!
//! The views of Flask-AppBuilder list the attributes of their model: `list_columns = ["name", "owner.name"]` beside
//! `datamodel = SQLAInterface(Parent)`; so do those of sqladmin, `class ParentAdmin(ModelView, model=Parent)`. Forms, schemas and
//! the like list names too, and what those are names of cannot be told.

use relmodel_facts::{Argument, Class, Expr, ExprId, Stmt};
use relmodel_model::{ClassId, Name, Value, mapped};

use super::Reader;
use super::values::keyword;

/// What an attribute of a view says of its model (`BaseModelApi`, `BaseCRUDView` and `RestCRUDView` of Flask-AppBuilder,
/// `ModelView` of sqladmin).
#[derive(Clone, Copy)]
enum Lists {
    /// Names, a dictionary by name, or names with directions.
    Names,
    /// A name and a direction.
    Order,
    /// Headings, each with a dictionary that has the names under `fields`.
    Fieldsets,
}

fn lists(attribute: &str) -> Option<Lists> {
    match attribute {
        "base_order" => Some(Lists::Order),
        "search_filters" => Some(Lists::Names),
        _ if attribute.ends_with("_fieldsets") => Some(Lists::Fieldsets),
        _ if attribute.ends_with("_columns") => Some(Lists::Names),
        _ if attribute.starts_with("column_") || attribute.starts_with("form_") => Some(Lists::Names),
        _ if attribute.ends_with("_rel_fields") || attribute.ends_with("_field_filters") => Some(Lists::Names),
        _ => None,
    }
}

impl Reader<'_> {
    /// The names that the body of a class lists. What a mapped class lists is told by the model, and what a `Meta` does by the
    /// class around it.
    pub(super) fn listed(&mut self, class: &Class, id: Option<ClassId>) {
        if id.is_some_and(|it| mapped(self.db, it).is_some()) || self.model_of_meta(class).is_some() {
            return;
        }
        let assigned: Vec<(Name, ExprId)> = class.body.iter().filter_map(|it| self.assigned_name(it)).collect();
        let interface = assigned.iter().find(|it| it.0 == "datamodel").and_then(|it| self.model_of_view(it.1));
        let model = interface.or_else(|| self.model_of_admin(class));
        for (name, value) in assigned {
            match (model, lists(&name)) {
                (Some(_), Some(Lists::Names)) => self.names_of(model, value),
                (Some(_), Some(Lists::Order)) => {
                    if let Expr::Tuple(parts) = self.item.expr(value)
                        && let Some(first) = parts.first()
                    {
                        self.names_of(model, *first);
                    }
                }
                (Some(model), Some(Lists::Fieldsets)) => self.fieldsets(model, value),
                _ if matches!(self.item.expr(value), Expr::String(_)) => {}
                _ => self.names_of(None, value),
            }
        }
    }

    /// `name = value`
    pub(super) fn assigned_name(&self, statement: &Stmt) -> Option<(Name, ExprId)> {
        let Stmt::Assign(assign) = statement else { return None };
        match self.item.expr(assign.target) {
            Expr::Name(name) => Some((*name, assign.value?)),
            _ => None,
        }
    }

    /// `class ParentAdmin(ModelView, model=Parent)`
    fn model_of_admin(&self, class: &Class) -> Option<ClassId> {
        self.mapped_class(keyword(&class.arguments, "model")?)
    }

    /// `SQLAInterface(Parent)`
    fn model_of_view(&self, value: ExprId) -> Option<ClassId> {
        let Expr::Call { function, arguments } = self.item.expr(value) else { return None };
        let (Expr::Name(name) | Expr::Attribute { name, .. }) = self.item.expr(*function) else { return None };
        let Some(Argument::Positional(first)) = arguments.first().filter(|_| name.ends_with("SQLAInterface")) else {
            return None;
        };
        self.mapped_class(*first)
    }

    /// The class that an expression is, if that is mapped.
    pub(super) fn mapped_class(&self, value: ExprId) -> Option<ClassId> {
        match self.value(value) {
            Value::Class(class) => mapped(self.db, class).is_some().then_some(class),
            _ => None,
        }
    }

    /// The names of a model's attributes that a value lists; without a model, what may be such names.
    pub(super) fn names_of(&mut self, model: Option<ClassId>, value: ExprId) {
        let mut strings = Vec::new();
        self.strings_of(value, &mut strings);
        for it in strings {
            self.path_of(model, it, |_, _, _| {});
        }
    }

    /// The strings of a list, of lists that are put together, or that are the keys of a dictionary.
    pub(super) fn strings_of(&self, value: ExprId, out: &mut Vec<ExprId>) {
        match self.item.expr(value) {
            Expr::String(_) => out.push(value),
            Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => {
                parts.iter().for_each(|it| self.strings_of(*it, out));
            }
            Expr::Operation(it) if it.operators.iter().all(|it| it == "+") => {
                it.operands.iter().for_each(|it| self.strings_of(*it, out));
            }
            Expr::Starred(part) => self.strings_of(*part, out),
            Expr::Dict(pairs) => pairs.iter().filter_map(|it| it.0).for_each(|it| self.strings_of(it, out)),
            _ => {}
        }
    }

    /// `[("Heading", {"fields": ["name"]})]`
    fn fieldsets(&mut self, model: ClassId, value: ExprId) {
        match self.item.expr(value) {
            Expr::List(parts) | Expr::Tuple(parts) => parts.iter().for_each(|it| self.fieldsets(model, *it)),
            Expr::Dict(pairs) => {
                let is_fields = |key: ExprId| matches!(self.item.expr(key), Expr::String(it) if &*it.value == "fields");
                let fields: Vec<ExprId> =
                    pairs.iter().filter(|it| it.0.is_some_and(is_fields)).map(|it| it.1).collect();
                for it in fields {
                    self.names_of(Some(model), it);
                }
            }
            _ => {}
        }
    }
}
