//! What names mean inside of functions and class bodies, as Python looks them up.

use relmodel_facts::{Expr, ExprId, Item, Stmt};
use relmodel_model::{ClassId, Db, ModuleNames, Name, Value, own_attribute};
use rustc_hash::FxHashMap;

/// A body that binds names of its own.
pub(super) enum Frame {
    /// That of a class, which is not seen from the functions in it.
    Class(Option<ClassId>, FxHashMap<Name, Value>),
    /// That of a function.
    Function(FxHashMap<Name, Value>),
}

/// The bodies around a place, outermost first, in a module.
pub(super) struct Frames<'a> {
    pub(super) db: &'a dyn Db,
    pub(super) module: &'a ModuleNames<'a>,
    pub(super) bodies: Vec<Frame>,
}

impl Frames<'_> {
    /// What a name means here.
    pub(super) fn resolve(&self, name: Name) -> Value {
        for (distance, frame) in self.bodies.iter().rev().enumerate() {
            match frame {
                Frame::Class(class, locals) if distance == 0 => {
                    if let Some(value) = locals.get(&name) {
                        return *value;
                    }
                    let has = |it: &ClassId| own_attribute(self.db, *it, name).is_some();
                    if let Some(class) = class.filter(has) {
                        return Value::Attribute(class, name);
                    }
                }
                Frame::Class(..) => {}
                Frame::Function(locals) => {
                    if let Some(value) = locals.get(&name) {
                        return *value;
                    }
                }
            }
        }
        self.module.resolve(name)
    }

    /// Binds a name in the innermost body: in a function, to what it is bound to once and for all.
    pub(super) fn bind(&mut self, name: Name, value: Value) {
        self.bind_all([(name, value)]);
    }

    /// Binds several names likewise.
    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = (Name, Value)>) {
        if let Some(Frame::Function(locals) | Frame::Class(_, locals)) = self.bodies.last_mut() {
            locals.extend(values);
        }
    }

    /// Whether the place is in a function.
    pub(super) fn is_in_function(&self) -> bool {
        self.bodies.iter().any(|it| matches!(it, Frame::Function(_)))
    }
}

/// The names that the statements of a function bind, with how often.
pub(super) fn bound_in(item: &Item, statements: &[Stmt], out: &mut FxHashMap<Name, u32>) {
    for statement in statements {
        if let Stmt::Block(block) = statement {
            bound_in(item, &block.body, out);
            continue;
        }
        let mut add = |name: Name| *out.entry(name).or_default() += 1;
        match statement {
            Stmt::Import(import) => import.names.iter().for_each(|it| add(it.bound())),
            Stmt::Class(index) => {
                item.classes.get(*index as usize).iter().for_each(|it| add(it.name));
            }
            Stmt::Function(index) => {
                item.functions.get(*index as usize).iter().for_each(|it| add(it.name));
            }
            Stmt::Assign(assign) => names_in(item, assign.target, &mut add),
            Stmt::Block(_) | Stmt::Expression(_) | Stmt::Return(_) => {}
        }
    }
}

/// The names in the target of an assignment.
fn names_in(item: &Item, target: ExprId, add: &mut impl FnMut(Name)) {
    match item.expr(target) {
        Expr::Name(name) => add(*name),
        Expr::Tuple(parts) | Expr::List(parts) => parts.iter().for_each(|it| names_in(item, *it, add)),
        Expr::Starred(part) => names_in(item, *part, add),
        _ => {}
    }
}
