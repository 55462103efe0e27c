//! What the names of a module are bound to, before anything is looked up elsewhere.

use relmodel_facts::{Assign, BlockKind, Expr, ExprId, Import, Item, ItemKey, Name, Stmt};
use rustc_hash::FxHashMap;

use crate::db::{Db, SourceFile};

/// The module-level names of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// What each name is bound to, in source order.
    pub(crate) names: FxHashMap<Name, Vec<Binding>>,
    /// The modules of `from … import *`, in source order.
    pub(crate) stars: Vec<(u32, Option<Name>)>,
}

/// One binding of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// `import module` (binds the head), `import module as name`
    Module(Name),
    /// `from module import name`
    From { level: u32, module: Option<Name>, name: Name },
    /// A class, by its item and place in it.
    Class(ItemKey, u32),
    /// A function, likewise.
    Function(ItemKey, u32),
    /// An assigned value.
    Value(ItemKey, ExprId),
    /// Bound in a way that tells nothing about the value.
    Opaque,
}

#[salsa::tracked(returns(ref))]
pub(crate) fn scope(db: &dyn Db, file: SourceFile) -> Scope {
    let mut res = Scope::default();
    for (key, item) in file.facts(db).items() {
        bind_all(&mut res, *key, item, &item.statements);
    }
    res
}

/// Whether a file is a migration script of Alembic. Its tables and classes describe what that step needs of the
/// database, no more, so what they refer to may well be missing.
pub fn is_migration(db: &dyn Db, file: SourceFile) -> bool {
    let names = &scope(db, file).names;
    ["revision", "down_revision"].iter().all(|it| names.contains_key(&Name::from(it)))
}

fn bind_all(scope: &mut Scope, key: ItemKey, item: &Item, statements: &[Stmt]) {
    for statement in statements {
        match statement {
            Stmt::Import(import) => bind_import(scope, import),
            Stmt::Class(index) => {
                if let Some(class) = item.classes.get(*index as usize) {
                    bind(scope, class.name, Binding::Class(key, *index));
                }
            }
            Stmt::Function(index) => {
                if let Some(function) = item.functions.get(*index as usize) {
                    bind(scope, function.name, Binding::Function(key, *index));
                }
            }
            Stmt::Assign(assign) => bind_assign(scope, key, item, assign),
            Stmt::Block(block) if block.kind == BlockKind::Except => {
                // What an `except` binds stands in for an import that failed: the first binding is the real one.
                let mut fallback = Scope::default();
                bind_all(&mut fallback, key, item, &block.body);
                let mut names: Vec<_> = fallback.names.into_iter().collect();
                names.sort_unstable_by_key(|(name, _)| *name);
                for (name, bindings) in names {
                    scope.names.entry(name).or_insert(bindings);
                }
            }
            Stmt::Block(block) => bind_all(scope, key, item, &block.body),
            Stmt::Expression(_) | Stmt::Return(_) => {}
        }
    }
}

fn bind(scope: &mut Scope, name: Name, binding: Binding) {
    scope.names.entry(name).or_default().push(binding);
}

fn bind_import(scope: &mut Scope, import: &Import) {
    if import.star {
        scope.stars.push((import.level, import.module));
    }
    for imported in &import.names {
        let binding = if import.from {
            Binding::From { level: import.level, module: import.module, name: imported.name }
        } else if imported.alias.is_some() {
            Binding::Module(imported.name)
        } else {
            Binding::Module(imported.bound())
        };
        bind(scope, imported.bound(), binding);
    }
}

fn bind_assign(scope: &mut Scope, key: ItemKey, item: &Item, assign: &Assign) {
    match item.expr(assign.target) {
        Expr::Name(name) => {
            let binding = assign.value.map_or(Binding::Opaque, |value| Binding::Value(key, value));
            bind(scope, *name, binding);
        }
        Expr::Tuple(targets) | Expr::List(targets) => {
            let values = match assign.value.map(|it| item.expr(it)) {
                Some(Expr::Tuple(values) | Expr::List(values)) if values.len() == targets.len() => values,
                _ => &Box::default(),
            };
            let is_starred = targets.iter().chain(values).any(|it| matches!(item.expr(*it), Expr::Starred(_)));
            for (index, target) in targets.iter().enumerate() {
                if let Expr::Name(name) = item.expr(*target) {
                    let value = values.get(index).filter(|_| !is_starred);
                    bind(scope, *name, value.map_or(Binding::Opaque, |it| Binding::Value(key, *it)));
                }
            }
        }
        _ => {}
    }
}
