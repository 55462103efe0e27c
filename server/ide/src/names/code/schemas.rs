//! Names of attributes in classes that are made from a model, which their `class Meta: model = Parent` says: the schemas of
//! marshmallow-sqlalchemy, forms, factories.

use relmodel_facts::{Argument, Class, Expr, ExprId, Stmt};
use relmodel_model::{ClassId, Name};
use relmodel_syntax::{TextEdit, TextRange};
use rustc_hash::FxHashSet;

use super::Reader;
use super::values::keyword;
use crate::names::Named;
use crate::names::member::member_named;

/// A field that is called as the attribute it is made from: `name = auto_field()`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The attribute, and where the field's name stands.
    pub(crate) named: Named,
    /// Where the function ends that is called; the bracket follows.
    pub(crate) function_end: u32,
    /// Whether it has arguments.
    pub(crate) has_arguments: bool,
}

impl Field {
    /// The edit after which it keeps its name, and is made from the attribute by that one's new name.
    pub(crate) fn made_from(&self, attribute: &str, text: &str) -> Option<TextEdit> {
        let bracket = text.get(self.function_end as usize..)?.find('(')?;
        let at = self.function_end + u32::try_from(bracket).ok()? + 1;
        let rest = text.get(at as usize..)?;
        let gap = &rest[..rest.len() - rest.trim_start().len()];
        let replacement = match self.has_arguments {
            false => format!("\"{attribute}\""),
            true if gap.contains('\n') => format!("{gap}\"{attribute}\","),
            true => format!("\"{attribute}\", "),
        };
        Some(TextEdit { range: TextRange::new(at, at), replacement })
    }
}

impl Reader<'_> {
    /// The names that a class says of the model it is made from.
    pub(super) fn made_from_model(&mut self, class: &Class) {
        let metas = class.body.iter().filter_map(|it| match it {
            Stmt::Class(index) => self.item.classes.get(*index as usize),
            _ => None,
        });
        let Some((meta, model)) = metas.into_iter().find_map(|it| Some((it, self.model_of_meta(it)?))) else { return };
        let (mut fields, mut others) = (FxHashSet::default(), FxHashSet::default());
        for statement in &class.body {
            if let Stmt::Assign(assign) = statement
                && let Some((name, value)) = self.assigned_name(statement)
            {
                let is_field = self.declared(model, (name, self.map.expr(assign.target)), value);
                let known = if is_field { &mut fields } else { &mut others };
                known.insert(name);
            }
        }
        let mut strings = Vec::new();
        for (name, value) in meta.body.iter().filter_map(|it| self.assigned_name(it)) {
            if name != "model" && !matches!(self.item.expr(value), Expr::String(_)) {
                self.strings_of(value, &mut strings);
            }
        }
        for it in strings {
            let Expr::String(text) = self.item.expr(it) else { continue };
            let name = Name::from(&text.value);
            if !fields.contains(&name) {
                self.path_of((!others.contains(&name)).then_some(model), it, |_, _, _| {});
            }
        }
    }

    /// The model of a `class Meta` that has one.
    pub(super) fn model_of_meta(&self, class: &Class) -> Option<ClassId> {
        if class.name != "Meta" {
            return None;
        }
        let model = class.body.iter().filter_map(|it| self.assigned_name(it)).find(|it| it.0 == "model")?.1;
        self.mapped_class(model)
    }

    /// What the body assigns: a field of marshmallow-sqlalchemy, or what may be meant for an attribute of that name. Whether it is
    /// a field.
    fn declared(&mut self, model: ClassId, (name, at): (Name, TextRange), value: ExprId) -> bool {
        let Some((function, arguments)) = self.auto_field(value) else {
            if member_named(self.db, model, name).is_some() {
                self.doubt(name, at);
            }
            return false;
        };
        let Some(model) = keyword(arguments, "model").map_or(Some(model), |it| self.mapped_class(it)) else {
            return true;
        };
        match (arguments.first(), keyword(arguments, "column_name")) {
            (Some(Argument::Positional(said)), _) => self.names_of(Some(model), *said),
            (_, Some(said)) => self.names_of(Some(model), said),
            _ => {
                let Some((symbol, spelling)) = member_named(self.db, model, name) else { return true };
                let named = Named { symbol, spelling, range: at.shifted(self.base), is_literal: true };
                let function_end = self.map.expr(function).end + self.base;
                self.out.fields.push(Field { named, function_end, has_arguments: !arguments.is_empty() });
            }
        }
        true
    }

    /// `auto_field(…)`
    fn auto_field(&self, value: ExprId) -> Option<(ExprId, &[Argument])> {
        let Expr::Call { function, arguments } = self.item.expr(value) else { return None };
        let (Expr::Name(name) | Expr::Attribute { name, .. }) = self.item.expr(*function) else { return None };
        (name == "auto_field").then_some((*function, arguments))
    }
}
