//! Which mapped classes, declarative bases and tables a file has.

use relmodel_facts::{Argument, Expr, Item, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::attribute::own_attribute;
use crate::class::class_info;
use crate::db::{ClassId, Db, ItemId, Place, ScopeId, SourceFile, TableId};
use crate::function::{MAX_CALLS, depth};
use crate::imperative::imperative;
use crate::mappers::mapped;
use crate::member::members;
use crate::value::{Value, called, evaluate};

/// The mapped classes of a file, in source order.
#[salsa::tracked(returns(ref))]
pub fn file_classes(db: &dyn Db, file: SourceFile) -> Vec<ClassId> {
    let mut res = Classes::default();
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for (index, class) in item.classes.iter().enumerate() {
            if class.function.is_none() {
                let class = ClassId::new(db, id, u32::try_from(index).unwrap_or(u32::MAX), None);
                add_mapped(db, class, &mut res);
            }
        }
        // A factory's class is known by the name that its result is bound to.
        for statement in &item.statements {
            if let Stmt::Assign(assign) = statement
                && let Some(value) = assign.value
                && matches!(item.expr(value), Expr::Call { .. })
                && let Value::Class(class) = evaluate(db, Place::new(id, value))
                && class.scope(db).is_some()
            {
                add_mapped(db, class, &mut res);
            }
        }
    }
    res.mapped
}

/// Where a file's mapped classes stand among each other.
#[salsa::tracked(returns(ref))]
fn class_order(db: &dyn Db, file: SourceFile) -> FxHashMap<ClassId, usize> {
    file_classes(db, file).iter().enumerate().map(|(nth, class)| (*class, nth)).collect()
}

/// How many mapped classes of its file stand before a mapped class.
pub fn nth_class(db: &dyn Db, class: ClassId) -> Option<usize> {
    class_order(db, class.file(db)).get(&class).copied()
}

/// The declarative bases that a file defines by a class statement, in source order.
#[salsa::tracked(returns(ref))]
pub fn declarative_bases(db: &dyn Db, file: SourceFile) -> Vec<ClassId> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for (index, _) in (0..).zip(&item.classes).filter(|it| it.1.function.is_none()) {
            let class = ClassId::new(db, id, index, None);
            if class_info(db, class).is_declarative_base {
                res.push(class);
            }
        }
    }
    res
}

/// The mapped classes of a file that were found so far.
#[derive(Default)]
struct Classes {
    mapped: Vec<ClassId>,
    seen: FxHashSet<ClassId>,
}

/// Adds a class if it is mapped, and the classes that its `declared_attr`s make for it.
fn add_mapped(db: &dyn Db, class: ClassId, out: &mut Classes) {
    let may_be_mapped = || class_info(db, class).registry.is_some() || imperative(db, class).is_some();
    if !out.seen.insert(class) || !may_be_mapped() || mapped(db, class).is_none() {
        return;
    }
    out.mapped.push(class);
    if !may_make_classes(db, class) {
        return;
    }
    for member in members(db, class) {
        let Some(attribute) = own_attribute(db, member.declared_in, member.name) else { continue };
        let Some(function) = attribute.function.filter(|_| attribute.is_declared_attr) else { continue };
        let id = member.declared_in.item(db);
        let Some(item) = crate::db::item(db, id) else { continue };
        for (index, made) in item.classes.iter().enumerate() {
            if made.function == Some(function) && depth(db, class.scope(db)) < MAX_CALLS {
                let scope = ScopeId::new(db, function, Some(class), None);
                let made = ClassId::new(db, id, u32::try_from(index).unwrap_or(u32::MAX), Some(scope));
                add_mapped(db, made, out);
            }
        }
    }
}

/// Whether a `declared_attr` may make classes for this one, told without reading its attributes: a class stands in a
/// function beside the bodies that it takes attributes from.
fn may_make_classes(db: &dyn Db, class: ClassId) -> bool {
    let has_local = |it: &ClassId| it.read(db, |item, _| item.classes.iter().any(|it| it.function.is_some()));
    class_info(db, class).mro.iter().any(|it| has_local(it) == Some(true))
}

/// The tables of a file: those of its mapped classes and of its `Table(...)` calls, in source order.
#[salsa::tracked(returns(ref))]
pub fn file_tables(db: &dyn Db, file: SourceFile) -> Vec<TableId> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for (index, expr) in item.exprs.iter().enumerate() {
            if is_named_table(item, expr) {
                let expr = relmodel_facts::ExprId::new(index);
                // Its metadata may be a name that the function binds.
                let function = item.only_function_around(expr);
                let scope = function.map(|it| ScopeId::new(db, it, None, None));
                let place = Place { scope, ..Place::new(id, expr) };
                let Expr::Call { function, .. } = item.expr(expr) else { continue };
                if called(db, place, *function).is_some_and(|it| it == "Table") {
                    res.push(TableId::of_call(db, place));
                }
            }
        }
    }
    for &class in file_classes(db, file) {
        let own = TableId::of_class(db, class);
        if mapped(db, class).as_ref().is_some_and(|it| it.table == Some(own)) {
            res.push(own);
        }
    }
    res
}

/// A call that may make a table, told without looking names up: it is given a name and a metadata, which may be among what is
/// spread or still to be typed.
fn is_named_table(item: &Item, expr: &Expr) -> bool {
    let Expr::Call { function, arguments } = expr else { return false };
    let n_positional = arguments.iter().filter(|it| matches!(it, Argument::Positional(_))).count();
    let is_spread = || arguments.iter().any(|it| matches!(it, Argument::Splat(_) | Argument::KeywordSplat(_)));
    let is_table = n_positional >= 2 || (n_positional == 1 && is_spread());
    is_table && matches!(item.expr(*function), Expr::Name(_) | Expr::Attribute { .. })
}
