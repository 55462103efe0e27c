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
    /// An assigned value, and its annotation.
    Value(ItemKey, ExprId, Option<ExprId>),
    /// A value that a function assigns to a name that it declares `global`, by that function.
    Global(ItemKey, u32, ExprId),
    /// Bound in a way that tells nothing about the value.
    Opaque,
}

#[salsa::tracked(returns(ref))]
pub(crate) fn scope(db: &dyn Db, file: SourceFile) -> Scope {
    let mut res = Scope::default();
    for (key, item) in file.facts(db).items() {
        bind_all(&mut res, *key, item, &item.statements);
    }
    for (key, item) in file.facts(db).items() {
        for &(name, function) in &item.globals {
            bind_global(&mut res, *key, item, (name, function), |it| is_placeholder(db, file, *it));
        }
    }
    res
}

/// `db = None` at the top of a module keeps a place for what a function sets later.
fn is_placeholder(db: &dyn Db, file: SourceFile, binding: Binding) -> bool {
    match binding {
        Binding::Value(key, expr, _) => file.facts(db).item(key).is_some_and(|it| *it.expr(expr) == Expr::None),
        Binding::Opaque => true,
        _ => false,
    }
}

/// Binds a name that a function declares `global` to what it assigns, unless the module itself gives it a value.
fn bind_global(
    scope: &mut Scope,
    key: ItemKey,
    item: &Item,
    (name, index): (Name, u32),
    is_placeholder: impl Fn(&Binding) -> bool,
) {
    let Some(function) = item.functions.get(index as usize) else { return };
    let bindings = scope.names.entry(name).or_default();
    if !bindings.iter().all(is_placeholder) {
        return;
    }
    let values = function.body.iter().filter_map(|it| match it {
        Stmt::Assign(assign) if *item.expr(assign.target) == Expr::Name(name) => assign.value,
        _ => None,
    });
    let set: Vec<_> = values.filter(|it| *item.expr(*it) != Expr::None).collect();
    bindings.extend(set.into_iter().map(|it| Binding::Global(key, index, it)));
}

/// Whether a file is a migration script of Alembic. Its tables and classes describe what that step needs of the
/// database, no more, so what they refer to may well be missing.
pub fn is_migration(db: &dyn Db, file: SourceFile) -> bool {
    let names = &scope(db, file).names;
    ["revision", "down_revision"].iter().all(|it| names.contains_key(&Name::from(it)))
}

/// The names that a file binds at its top level, sorted; those of `from … import *` are left out.
pub fn top_level_names(db: &dyn Db, file: SourceFile) -> Vec<Name> {
    let mut res: Vec<Name> = scope(db, file).names.keys().copied().collect();
    res.sort_unstable_by_key(Name::as_str);
    res
}

/// Adds what statements bind, in source order.
pub(crate) fn bind_all(scope: &mut Scope, key: ItemKey, item: &Item, statements: &[Stmt]) {
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
    // Most names are bound once.
    scope.names.entry(name).or_insert_with(|| Vec::with_capacity(1)).push(binding);
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
            let binding = assign.value.map_or(Binding::Opaque, |value| Binding::Value(key, value, assign.annotation));
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
                    bind(scope, *name, value.map_or(Binding::Opaque, |it| Binding::Value(key, *it, None)));
                } else {
                    for_each_target(item, *target, &mut |it| bind(scope, it, Binding::Opaque));
                }
            }
        }
        _ => {}
    }
}

/// The names that a target of an assignment binds: `a`, or those in `a, (b, *c)`.
pub(crate) fn for_each_target(item: &Item, target: ExprId, see: &mut dyn FnMut(Name)) {
    match item.expr(target) {
        Expr::Name(name) => see(*name),
        Expr::Tuple(parts) | Expr::List(parts) => parts.iter().for_each(|it| for_each_target(item, *it, see)),
        Expr::Starred(inner) => for_each_target(item, *inner, see),
        _ => {}
    }
}
