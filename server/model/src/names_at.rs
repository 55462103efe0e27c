//! Which names a module has while it runs: at a class, some are not bound yet, and some never are.

use relmodel_facts::{Item, ItemKind, Name, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::attribute::{AttributeAt, bound_in_body};
use crate::db::{ClassId, Db, SourceFile};
use crate::scope::{Binding, for_each_target, scope};
use crate::value::{Value, resolve_name};

/// The names that the statements of a module bind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bound {
    /// By the first statement that binds each when the module runs.
    running: FxHashMap<Name, usize>,
    /// Those that are bound for type checkers.
    for_types: FxHashSet<Name>,
}

/// Why a name means nothing where a class is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// Nothing in the module binds it.
    Missing,
    /// It is bound under `if TYPE_CHECKING:` alone.
    ForTypes,
    /// It is bound further down.
    Later,
}

/// Whether a name surely means nothing to Python where a class at the top level of a module has just been made, and why.
pub fn unbound_at(db: &dyn Db, class: ClassId, name: Name) -> Option<Unbound> {
    if is_nested(db, class)
        || name == class.name(db)
        || bound_in_body(db, class, name).is_some()
        || is_builtin(name.as_str())
    {
        return None;
    }
    let file = class.file(db);
    if resolve_name(db, file, name) == Value::Missing {
        // What `from … import *` brings of a package is not known to the last name.
        return scope(db, file).stars.is_empty().then_some(Unbound::Missing);
    }
    let bound = bound(db, file);
    if let Some(index) = bound.running.get(&name) {
        let here = class.item(db).nth(db)?;
        return (*index > here).then_some(Unbound::Later);
    }
    // It may come from `from … import *`, or from a function that sets it.
    let is_plain = bound.for_types.contains(&name) && !is_set_by_function(db, file, name);
    is_plain.then_some(Unbound::ForTypes)
}

/// Whether a name surely means nothing to Python where the body of a class at the top level of a module binds the
/// attribute at `at`, and why.
pub fn unbound_in_body(db: &dyn Db, class: ClassId, at: AttributeAt, name: Name) -> Option<Unbound> {
    let file = class.file(db);
    let id = class.item(db);
    let is_at_top = !is_nested(db, class) && id.key(db).kind == ItemKind::Class && scope(db, file).stars.is_empty();
    if !is_at_top || is_builtin(name.as_str()) || name.starts_with('_') {
        return None;
    }
    let bound = bound(db, file);
    let here = id.nth(db)?;
    let first = bound.running.get(&name);
    if first.is_some_and(|it| *it < here) {
        return None;
    }
    let may_be_bound = class.read(db, |item, source| may_be_bound_before(item, &source.body, at, name));
    if may_be_bound != Some(false) {
        return None;
    }
    if resolve_name(db, file, name) == Value::Missing {
        return Some(Unbound::Missing);
    }
    if first.is_some() {
        return Some(Unbound::Later);
    }
    let is_plain = bound.for_types.contains(&name) && !is_set_by_function(db, file, name);
    is_plain.then_some(Unbound::ForTypes)
}

/// Whether statements of a class body in front of an attribute may bind a name.
fn may_be_bound_before(item: &Item, body: &[Stmt], at: AttributeAt, name: Name) -> bool {
    for statement in body {
        if let Stmt::Assign(assign) = statement
            && AttributeAt::Target(assign.target) == at
        {
            return false;
        }
        let mut is_bound = matches!(statement, Stmt::Block(block) if !block.is_for_types(item));
        for_each_name(item, std::slice::from_ref(statement), false, &mut |it, for_types| {
            is_bound |= it == name && !for_types;
        });
        if is_bound {
            return true;
        }
    }
    // It stands in a block, or is no assignment.
    true
}

/// Whether a class stands in a function.
fn is_nested(db: &dyn Db, class: ClassId) -> bool {
    class.scope(db).is_some() || class.read(db, |_, source| source.function.is_some()) == Some(true)
}

/// Whether a function sets a name that it declares `global`.
fn is_set_by_function(db: &dyn Db, file: SourceFile, name: Name) -> bool {
    let bindings = scope(db, file).names.get(&name).map_or(&[][..], Vec::as_slice);
    bindings.iter().any(|it| matches!(it, Binding::Global(..)))
}

/// Whether the annotations of a file are strings when it runs: `from __future__ import annotations`.
#[salsa::tracked(returns(copy))]
pub fn has_string_annotations(db: &dyn Db, file: SourceFile) -> bool {
    file.facts(db).items().iter().any(|(_, item)| {
        item.statements.iter().any(|it| match it {
            Stmt::Import(import) => {
                let is_future = import.module.is_some_and(|it| it == "__future__");
                is_future && import.names.iter().any(|it| it.name == "annotations")
            }
            _ => false,
        })
    })
}

#[salsa::tracked(returns(ref))]
fn bound(db: &dyn Db, file: SourceFile) -> Bound {
    let mut res = Bound::default();
    for (index, (_, item)) in file.facts(db).items().iter().enumerate() {
        for_each_name(item, &item.statements, false, &mut |name, for_types| {
            if for_types {
                res.for_types.insert(name);
            } else {
                res.running.entry(name).or_insert(index);
            }
        });
    }
    res
}

/// The names that statements bind, each with whether that is for type checkers alone.
fn for_each_name(item: &Item, statements: &[Stmt], for_types: bool, see: &mut dyn FnMut(Name, bool)) {
    for statement in statements {
        match statement {
            Stmt::Import(import) => import.names.iter().for_each(|it| see(it.bound(), for_types)),
            Stmt::Class(index) => {
                if let Some(class) = item.classes.get(*index as usize) {
                    see(class.name, for_types);
                }
            }
            Stmt::Function(index) => {
                if let Some(function) = item.functions.get(*index as usize) {
                    see(function.name, for_types);
                }
            }
            // An annotation alone binds nothing; what the head of a block binds has neither.
            Stmt::Assign(assign) if assign.value.is_some() || assign.annotation.is_none() => {
                for_each_target(item, assign.target, &mut |it| see(it, for_types));
            }
            Stmt::Block(block) => for_each_name(item, &block.body, for_types || block.is_for_types(item), see),
            Stmt::Assign(_) | Stmt::Expression(_) | Stmt::Return(_) => {}
        }
    }
}

/// What Python knows by itself, and what SQLAlchemy adds to it where it reads annotations, sorted.
#[rustfmt::skip]
const BUILTINS: &[&str] = &[
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup", "BlockingIOError",
    "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError",
    "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning", "DynamicMapped",
    "EOFError", "Ellipsis", "EncodingWarning", "EnvironmentError", "Exception", "ExceptionGroup", "False",
    "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError",
    "ImportError", "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError",
    "KeyError", "KeyboardInterrupt", "LookupError", "Mapped", "MemoryError", "ModuleNotFoundError", "NameError",
    "None", "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError",
    "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration",
    "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "True", "TypeError",
    "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError",
    "UnicodeWarning", "UserWarning", "ValueError", "Warning", "WindowsError", "WriteOnlyMapped", "ZeroDivisionError",
    "__annotations__", "__build_class__", "__builtins__", "__debug__", "__dict__", "__doc__", "__file__",
    "__import__", "__loader__", "__name__", "__package__", "__path__", "__spec__", "abs", "aiter", "all", "anext",
    "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod", "compile",
    "complex", "copyright", "credits", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec", "exit",
    "filter", "float", "format", "frozendict", "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex",
    "id", "input", "int", "isinstance", "issubclass", "iter", "len", "license", "list", "locals", "map", "max",
    "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "quit", "range", "repr",
    "reveal_type", "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum", "super",
    "tuple", "type", "vars", "zip",
];

fn is_builtin(name: &str) -> bool {
    BUILTINS.binary_search(&name).is_ok()
}
