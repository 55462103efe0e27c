//! What names mean in a text that is read for one answer: the model holds neither its facts nor anything told from them.

use relmodel_facts::{FileFacts, Import, Name};
use rustc_hash::FxHashMap;

use crate::db::{Db, SourceFile};
use crate::module::{Home, resolve_module_from};
use crate::scope::{Binding, Scope, bind_all};
use crate::value::{Value, imported, module_value, resolve_name};

/// The names of a module.
pub struct ModuleNames<'a> {
    db: &'a dyn Db,
    home: Home<'a>,
    /// The file of the workspace that it is; the names of others are told from what they import.
    file: Option<SourceFile>,
    scope: Scope,
}

impl<'a> ModuleNames<'a> {
    /// The names of a file of the workspace.
    pub fn of_file(db: &'a dyn Db, file: SourceFile) -> Self {
        Self { db, home: Home::of(db, file), file: Some(file), scope: Scope::default() }
    }

    /// The names of a file that is none of the workspace's, by its path and the folders that absolute imports in it are
    /// looked up in.
    pub fn outside(db: &'a dyn Db, path: &'a str, search_path: &'a [Name], facts: &FileFacts) -> Self {
        let mut scope = Scope::default();
        for (key, item) in facts.items() {
            bind_all(&mut scope, *key, item, &item.statements);
        }
        Self { db, home: Home { path, search_path }, file: None, scope }
    }

    /// What a name means at module level.
    pub fn resolve(&self, name: Name) -> Value {
        if let Some(file) = self.file {
            return resolve_name(self.db, file, name);
        }
        let Some(binding) = self.scope.names.get(&name).and_then(|it| it.last()) else { return self.by_star(name) };
        match *binding {
            Binding::Module(module) => module_value(resolve_module_from(self.db, self.home, 0, Some(module))),
            Binding::From { level, module, name } => {
                imported(self.db, resolve_module_from(self.db, self.home, level, module), name)
            }
            _ => Value::Unknown,
        }
    }

    fn by_star(&self, name: Name) -> Value {
        let values =
            self.scope.stars.iter().rev().map(|&(level, module)| {
                imported(self.db, resolve_module_from(self.db, self.home, level, module), name)
            });
        let mut values = values.filter(|it| !matches!(it, Value::Unknown | Value::Library(_)));
        values.next().unwrap_or(Value::Missing)
    }

    /// What an import statement binds, by the bound names.
    pub fn imported_by(&self, import: &Import) -> FxHashMap<Name, Value> {
        let value = |name: Name, bound: Name| match import.from {
            true => self.import(import, name),
            false if name == bound || !name.contains('.') => self.module(name),
            false => self.module(bound),
        };
        let names = import.names.iter();
        names.map(|it| (it.bound(), value(if it.alias.is_some() { it.name } else { it.bound() }, it.bound()))).collect()
    }

    /// What `name` of a `from … import …` means.
    pub fn import(&self, import: &Import, name: Name) -> Value {
        imported(self.db, resolve_module_from(self.db, self.home, import.level, import.module), name)
    }

    /// What a dotted module name means.
    pub fn module(&self, name: Name) -> Value {
        module_value(resolve_module_from(self.db, self.home, 0, Some(name)))
    }

    /// The module that a `from … import …` imports from.
    pub fn module_of(&self, import: &Import) -> Value {
        module_value(resolve_module_from(self.db, self.home, import.level, import.module))
    }
}
