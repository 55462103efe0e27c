//! The arguments that a call has in the end: its own, those of the `functools.partial(...)` that it calls, and those that
//! `*args` and `**kwargs` hand on. What they mean is for others to tell.

use relmodel_facts::{Argument, Expr, ExprId, Keyword, Name};

use crate::db::{Db, Place};
use crate::function::passed_on;
use crate::mapper_arguments::entries;
use crate::value::{Value, evaluate, name_of_called};

/// How many calls hand arguments on to each other.
const MAX_STEPS: u32 = 5;

/// An argument of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// `value`
    Positional(Place),
    /// `name=value`, and where the keyword stands if it does in the call itself.
    Keyword(Name, Option<Keyword>, Place),
    /// Arguments that cannot be told.
    Unknown,
}

/// The arguments of a call, in order.
pub fn arguments_of(db: &dyn Db, call: Place) -> Vec<Given> {
    let mut res = Vec::new();
    collect(db, call, MAX_STEPS, &mut res);
    res
}

/// What a call of something of SQLAlchemy's calls, by its name there, and its arguments.
pub fn library_call_with_arguments(db: &dyn Db, call: Place) -> Option<(Name, Vec<Given>)> {
    let Expr::Call { function, .. } = call.get(db) else { return None };
    let called = evaluate(db, call.with(*function));
    let name = name_of_called(db, call, *function, called)?;
    let mut res = Vec::new();
    collect_called(db, call, called, MAX_STEPS, &mut res);
    Some((name, res))
}

fn collect(db: &dyn Db, call: Place, steps: u32, out: &mut Vec<Given>) {
    let Expr::Call { function, .. } = call.get(db) else { return };
    collect_called(db, call, evaluate(db, call.with(*function)), steps, out);
}

/// The arguments of a call of `called`.
fn collect_called(db: &dyn Db, call: Place, called: Value, steps: u32, out: &mut Vec<Given>) {
    let Expr::Call { function, arguments } = call.get(db) else { return };
    let Some(steps) = steps.checked_sub(1) else {
        out.push(Given::Unknown);
        return;
    };
    if let Some(partial) = partial_in(db, call.with(*function), called) {
        let first = out.len();
        collect(db, partial, steps, out);
        if out.len() > first {
            out.remove(first);
        }
    }
    arguments.iter().for_each(|it| add(db, it, call.with(it.value()), steps, out));
}

fn add(db: &dyn Db, argument: &Argument, value: Place, steps: u32, out: &mut Vec<Given>) {
    let Some(steps) = steps.checked_sub(1) else {
        out.push(Given::Unknown);
        return;
    };
    match argument {
        Argument::Positional(_) => out.push(Given::Positional(value)),
        Argument::Keyword(keyword, _) => out.push(Given::Keyword(keyword.name, Some(*keyword), value)),
        Argument::Splat(_) | Argument::KeywordSplat(_) => {
            if let Some(passed) = passed_on(db, value) {
                for (argument, value) in &*passed {
                    add(db, argument, *value, steps, out);
                }
                return;
            }
            let shared = match argument {
                Argument::KeywordSplat(_) => entries(db, value),
                _ => None,
            };
            match shared {
                Some(shared) => out.extend(shared.into_iter().map(|(name, it)| Given::Keyword(name, None, it))),
                None => out.push(Given::Unknown),
            }
        }
    }
}

/// The call `functools.partial(...)` that an expression is bound to.
fn partial_of(db: &dyn Db, place: Place) -> Option<Place> {
    partial_in(db, place, evaluate(db, place))
}

fn partial_in(db: &dyn Db, place: Place, value: Value) -> Option<Place> {
    let Value::Expr(call) = value else { return None };
    let Expr::Call { function, .. } = call.get(db) else { return None };
    let is_partial = matches!(evaluate(db, call.with(*function)), Value::Library(it) if it == "functools.partial");
    (is_partial && call != place).then_some(call)
}

/// What a call calls, through `functools.partial(...)`.
pub(crate) fn callee(db: &dyn Db, call: Place, function: ExprId) -> Value {
    let mut place = call.with(function);
    for _ in 0..MAX_STEPS {
        let Some(partial) = partial_of(db, place) else { break };
        let first = partial.read(db, |_, expr| match expr {
            Expr::Call { arguments, .. } => arguments.first().map(Argument::value),
            _ => None,
        });
        let Some(first) = first else { return Value::Unknown };
        place = partial.with(first);
    }
    evaluate(db, place)
}
