//! What the model does not always read: foreign keys whose texts are put together in loops and conditions of a module, and
//! relationships of classes that only running makes.

use relmodel_facts::{Argument, Expr, ExprId, FormatPart};
use relmodel_model::{Name, Value, sqlalchemy_name};
use relmodel_syntax::TextRange;

use super::Reader;
use super::values::keyword;

/// A text of which some parts are known.
#[derive(Clone, Debug)]
pub(crate) struct MadeKey {
    /// The parts in order; `None` where anything may stand.
    parts: Vec<Option<String>>,
    pub(crate) range: TextRange,
}

impl MadeKey {
    /// Whether the whole may come to a text.
    pub(crate) fn may_be(&self, text: &str) -> bool {
        may_be(&self.parts, text)
    }
}

/// A text that says a table, or a column of one, wherever the model does not tell which.
#[derive(Clone, Debug)]
pub(crate) struct SaidKey {
    /// `parent`, `schema.parent` or `parent.id`.
    pub(crate) text: String,
    /// Its last part and the one before it.
    pub(crate) last: TextRange,
    pub(crate) before: Option<TextRange>,
}

fn may_be(parts: &[Option<String>], text: &str) -> bool {
    match parts {
        [] => text.is_empty(),
        [Some(part), rest @ ..] => text.strip_prefix(part.as_str()).is_some_and(|it| may_be(rest, it)),
        [None, rest @ ..] => text.char_indices().any(|(at, _)| may_be(rest, &text[at..])) || may_be(rest, ""),
    }
}

impl Reader<'_> {
    /// What a call of SQLAlchemy's names, whether the model reads it or not.
    pub(super) fn library_call(&mut self, function: ExprId, arguments: &[Argument]) {
        let Some(Argument::Positional(first)) = arguments.first() else { return };
        let Value::Library(name) = self.value(function) else { return };
        match sqlalchemy_name(name).as_ref().map(Name::as_str) {
            // In functions, the model follows what callers give.
            Some("ForeignKey") if !self.frames.is_in_function() => {
                self.made_key(*first);
                self.said_key(*first);
            }
            Some("relationship") => {
                self.target_string(*first);
                if let Some(secondary) = keyword(arguments, "secondary") {
                    self.said_key(secondary);
                }
            }
            _ => {}
        }
    }

    /// `"parent.id"`
    fn said_key(&mut self, id: ExprId) {
        let Expr::String(text) = self.item.expr(id) else { return };
        let text = text.value.to_string();
        let part = |from: usize, to: usize| {
            let (from, to) = (u32::try_from(from).ok()?, u32::try_from(to).ok()?);
            Some(self.map.in_string(id, from, to)?.shifted(self.base))
        };
        let dot = text.rfind('.');
        let last = part(dot.map_or(0, |it| it + 1), text.len());
        let before = dot.and_then(|dot| part(text[..dot].rfind('.').map_or(0, |it| it + 1), dot));
        if let Some(last) = last {
            self.out.said_keys.push(SaidKey { text, last, before });
        }
    }

    /// `ForeignKey(f"{name}s.id")`, or `ForeignKey(("parent", "id"))`, which 2.1 takes.
    fn made_key(&mut self, text: ExprId) {
        let mut parts = Vec::new();
        let is_tuple = matches!(self.item.expr(text), Expr::Tuple(_));
        if self.parts_of(text, &mut parts) && (is_tuple || parts.contains(&None)) {
            let range = self.map.expr(text).shifted(self.base);
            self.out.made_keys.push(MadeKey { parts, range });
        }
    }

    /// `relationship("Child")`
    fn target_string(&mut self, id: ExprId) {
        if let Expr::String(text) = self.item.expr(id) {
            let name = text.value.rsplit('.').next().unwrap_or_default();
            self.out.targets.push((Name::from(name), self.map.expr(id).shifted(self.base)));
        }
    }

    /// The parts of a text; `false` of what is no text that is put together.
    fn parts_of(&self, id: ExprId, out: &mut Vec<Option<String>>) -> bool {
        match self.item.expr(id) {
            Expr::FormatString(parts) => out.extend(parts.iter().map(|it| match it {
                FormatPart::Text(text) => Some(text.to_string()),
                FormatPart::Value(_) | FormatPart::Unknown => None,
            })),
            Expr::Operation(it) if it.operators.iter().all(|it| it == "+") => {
                out.extend(it.operands.iter().map(|it| match self.item.expr(*it) {
                    Expr::String(text) => Some(text.value.to_string()),
                    _ => None,
                }));
            }
            Expr::Tuple(names) => {
                for (index, it) in names.iter().enumerate() {
                    let dot = if index > 0 { "." } else { "" };
                    out.push(match self.item.expr(*it) {
                        Expr::String(text) => Some(format!("{dot}{}", text.value)),
                        _ => None,
                    });
                }
            }
            _ => return false,
        }
        true
    }
}
