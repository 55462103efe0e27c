//! The cards of columns and tables, and how keys are told.

use std::fmt::Write as _;

use relmodel_model::{
    Column, Db, ForeignKeyTarget, Name, TableId, TableSource, columns_of_single_tables, table, table_of_foreign_key,
};

use super::Writer;
use crate::names::Symbol;
use crate::render::table_label;

impl Writer<'_> {
    pub(super) fn table(&mut self, id: TableId) -> Option<()> {
        let db: &dyn Db = &self.analysis.db;
        let data = table(db, id).as_ref()?;
        let class = match id.source(db) {
            TableSource::Class(class) => format!(" of {}", self.link(class.name(db), &Symbol::Class(class))),
            TableSource::Call(_) => String::new(),
        };
        self.line(format_args!("table `{}`{class}\n", table_label(db, id)));
        for column in data.columns.iter().chain(columns_of_single_tables(db, id).iter().map(|it| &it.1)) {
            let marks = self.column_marks(column, Some(id));
            self.line(format_args!("- `{}`{marks}", column.name));
        }
        Some(())
    }

    pub(super) fn column(&mut self, id: TableId, key: Name) -> Option<()> {
        let db: &dyn Db = &self.analysis.db;
        let column = table(db, id).as_ref()?.column(key.as_str())?;
        let marks = self.column_marks(column, Some(id));
        self.line(format_args!("column `{}.{}`{marks}", table_label(db, id), column.name));
        let null = match column.nullable {
            Some(true) => "may be NULL",
            Some(false) => "is never NULL",
            None => return Some(()),
        };
        self.line(format_args!("\n- {null}"));
        if column.attribute != column.name {
            self.line(format_args!("- attribute `{}`", column.attribute));
        }
        Some(())
    }

    /// The type of a column, and the keys that it is a part of.
    pub(super) fn column_marks(&mut self, column: &Column, owner: Option<TableId>) -> String {
        let db: &dyn Db = &self.analysis.db;
        let mut res = String::new();
        if let Some(type_) = &column.type_ {
            let _ = write!(res, " {type_}");
        }
        let data = owner.and_then(|it| table(db, it).as_ref());
        if column.primary_key == Some(true) || data.is_some_and(|it| it.primary_key.contains(&column.key)) {
            res.push_str(", primary key");
        }
        let Some(data) = data else { return res };
        for (_, key) in data.foreign_keys().filter(|it| it.0 == column.key) {
            if let ForeignKeyTarget::Column(table, target) = table_of_foreign_key(db, data.metadata, column.key, key) {
                let label = format!("{}.{target}", table_label(db, table));
                let link = self.link(label, &Symbol::Column(table, target));
                let _ = write!(res, ", foreign key to {link}");
            } else {
                res.push_str(", foreign key");
            }
        }
        res
    }
}
