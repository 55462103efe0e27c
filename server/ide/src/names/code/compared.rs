//! Strings that names are compared with: `cls.__name__ == "Parent"`, `column.name != "id"`.

use relmodel_facts::{Argument, Expr, ExprId, Operation};
use relmodel_model::{Name, TableId, Value, mapped};
use relmodel_syntax::TextRange;

use super::{Reader, Spelling, Symbol, column_named};

/// A string that is compared where columns are gone through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compared {
    pub(crate) name: Name,
    pub(crate) range: TextRange,
    /// The table whose columns they are, if it can be told.
    pub(crate) table: Option<TableId>,
}

impl Reader<'_> {
    /// `cls.__name__ == "Parent"`
    pub(super) fn compared_names(&mut self, operands: &[ExprId]) {
        let is_name = |it: &ExprId| matches!(self.item.expr(*it), Expr::Attribute { name, .. } if name == "__name__");
        if !operands.iter().any(is_name) {
            return;
        }
        for operand in operands {
            let Expr::String(text) = self.item.expr(*operand) else { continue };
            let value = self.frames.module.resolve(Name::from(&text.value));
            if let (Some(symbol @ Symbol::Class(_)), Some(range)) =
                (self.meaning(value), self.map.string_content(*operand))
            {
                self.add((symbol, Spelling::Own), range);
            }
        }
    }

    /// The table whose columns an expression goes through: `table.columns`, `self.__table__.c.items()`.
    pub(super) fn columns_walked(&self, id: ExprId) -> Option<Walked> {
        match self.item.expr(id) {
            Expr::Attribute { object, .. } if self.owner_of_columns(id).is_some() => {
                let table = self.columns_of(id).or_else(|| self.table_of_mapped(*object));
                Some(Walked { table, by_key: false })
            }
            Expr::Attribute { object, name } => {
                let walked = self.columns_walked(*object)?;
                Some(Walked { by_key: matches!(name.as_str(), "keys" | "items"), ..walked })
            }
            Expr::Call { function, arguments } => {
                let parts = std::iter::once(*function).chain(arguments.iter().map(Argument::value));
                parts.into_iter().find_map(|it| self.columns_walked(it))
            }
            Expr::Other(parts) => parts.iter().find_map(|it| self.columns_walked(*it)),
            _ => None,
        }
    }

    /// The table of `self.__table__`.
    fn table_of_mapped(&self, id: ExprId) -> Option<TableId> {
        let Expr::Attribute { object, name } = self.item.expr(id) else { return None };
        match self.value(*object) {
            Value::Instance(class) | Value::Class(class) if *name == "__table__" => {
                mapped(self.db, class).as_ref().and_then(|it| it.table)
            }
            _ => None,
        }
    }

    /// Reads what goes through the columns of a table.
    pub(super) fn walking(&mut self, walked: Option<Walked>, read: impl FnOnce(&mut Self)) {
        let depth = self.walked.len();
        self.walked.extend(walked);
        read(self);
        self.walked.truncate(depth);
    }

    /// `column.name == "id"`, `name in ("id", "name")`, where columns are gone through.
    pub(super) fn compared_columns(&mut self, operation: &Operation) {
        let Some(walked) = self.walked.last().copied() else { return };
        // From the end, as `not` stands in front of what it denies.
        for (operator, operands) in operation.operators.iter().rev().zip(operation.operands.windows(2).rev()) {
            if matches!(operator.as_str(), "==" | "!=" | "in" | "not in") {
                self.compared_with(walked, operands);
            }
        }
    }

    fn compared_with(&mut self, walked: Walked, operands: &[ExprId]) {
        let is_asked = |it: &ExprId| match self.item.expr(*it) {
            Expr::Attribute { name, .. } => matches!(name.as_str(), "name" | "key"),
            _ => false,
        };
        // Columns of a data frame are strings.
        let may_be_key = walked.by_key || walked.table.is_some();
        let is_key = |it: &ExprId| may_be_key && matches!(self.item.expr(*it), Expr::Name(_));
        let table = walked.table.filter(|_| operands.iter().any(is_asked));
        if !operands.iter().any(|it| is_asked(it) || is_key(it)) {
            return;
        }
        for operand in operands.iter().copied() {
            let strings = match self.item.expr(operand) {
                Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => parts.as_ref(),
                _ => &[operand],
            };
            for string in strings {
                let Expr::String(text) = self.item.expr(*string) else { continue };
                let Some(range) = self.map.string_content(*string) else { continue };
                if let Some(id) = table {
                    if let Some(named) = column_named(self.db, id, &text.value) {
                        self.add(named, range);
                    }
                } else {
                    let (name, range) = (Name::from(&text.value), range.shifted(self.base));
                    self.out.compared.push(Compared { name, range, table: walked.table });
                }
            }
        }
    }
}

/// Columns that are gone through.
#[derive(Clone, Copy)]
pub(super) struct Walked {
    /// Their table, if it can be told.
    table: Option<TableId>,
    /// Whether their keys are.
    by_key: bool,
}
