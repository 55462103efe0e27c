//! The names that a file imports.

use relmodel_facts::{Import, ImportedName, Item, Stmt};
use relmodel_model::{Db, ItemId, Name, SourceFile};

use crate::finding::Anchor;

/// A name of an import statement.
#[derive(Clone, Copy)]
pub struct ImportWalker<'a> {
    pub(crate) item: ItemId,
    pub(crate) statement: &'a Import,
    pub(crate) name: &'a ImportedName,
    /// Whether it stands in an `if`, a `try` or the like: it may serve one release of a package or another.
    pub(crate) is_conditional: bool,
}

impl ImportWalker<'_> {
    /// What is imported, by its dotted name: `sqlalchemy.orm.relationship`; `None` for what is named relatively.
    pub(crate) fn dotted_name(self) -> Option<Name> {
        match self.statement.module {
            _ if self.statement.level > 0 => None,
            Some(module) => Some(Name::from(&format!("{module}.{}", self.name.name))),
            None => Some(self.name.name),
        }
    }

    pub(crate) fn anchor(self) -> Anchor {
        Anchor::Name(self.item, self.name.at)
    }
}

/// The names that a file imports, in functions whose bodies are kept too.
pub(crate) fn for_each_import(db: &dyn Db, file: SourceFile, see: &mut dyn FnMut(ImportWalker<'_>)) {
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for_each_statement(item, &mut |statement, is_conditional| {
            for name in &statement.names {
                see(ImportWalker { item: id, statement, name, is_conditional });
            }
        });
    }
}

fn for_each_statement(item: &Item, see: &mut dyn FnMut(&Import, bool)) {
    let classes = item.classes.iter().map(|it| &it.body);
    let functions = item.functions.iter().map(|it| &it.body);
    for body in [&item.statements].into_iter().chain(classes).chain(functions) {
        for_each_in(body, false, see);
    }
}

fn for_each_in(statements: &[Stmt], is_conditional: bool, see: &mut dyn FnMut(&Import, bool)) {
    for statement in statements {
        match statement {
            Stmt::Import(import) => see(import, is_conditional),
            Stmt::Block(block) => for_each_in(&block.body, true, see),
            _ => {}
        }
    }
}
