//! Functions: what their names are bound to when they run, and what a call returns. No statement is run; a function is
//! followed where it has one `return` and its names have one value each.

use relmodel_facts::{Argument, Expr, ExprId, Function, Item, Name, ParameterKind, Stmt};

use crate::attribute::{Bound, bound_in_body, own_attribute};
use crate::class::class_info;
use crate::db::{ClassId, Db, ItemId, Place, ScopeId};
use crate::scope::{Scope, bind_all};
use crate::value::{Value, bound_value, evaluate};

/// How many calls are followed into each other.
pub(crate) const MAX_CALLS: u32 = 4;

/// The names that a function's body binds.
#[salsa::tracked(returns(ref))]
fn function_scope(db: &dyn Db, id: ItemId, function: u32) -> Scope {
    let mut res = Scope::default();
    if let Some(item) = crate::db::item(db, id)
        && let Some(function) = item.functions.get(function as usize)
    {
        bind_all(&mut res, id.key(db), item, &function.body);
    }
    res
}

/// Whether a name is one of a function's own.
pub(crate) fn binds(db: &dyn Db, id: ItemId, function: u32, name: Name) -> bool {
    let is_parameter = || {
        let item = crate::db::item(db, id);
        let found = item.as_ref().and_then(|it| it.functions.get(function as usize));
        found.is_some_and(|it| it.parameters.iter().any(|it| it.name == name))
    };
    function_scope(db, id, function).names.contains_key(&name) || is_parameter()
}

/// What a name means in the run of a function; `None` if it is none of its own.
#[salsa::tracked(returns(copy), cycle_result = resolve_local_cycle)]
pub(crate) fn resolve_local(db: &dyn Db, id: ItemId, scope: ScopeId, name: Name) -> Option<Value> {
    let bindings = function_scope(db, id, scope.function(db)).names.get(&name);
    let item = crate::db::item(db, id)?;
    let function = item.functions.get(scope.function(db) as usize)?;
    let parameter = function.parameters.iter().position(|it| it.name == name);
    match (bindings.map(Vec::as_slice), parameter) {
        (None, None) => None,
        (None, Some(index)) => Some(parameter_value(db, id, function, scope, index)),
        (Some([binding]), None) => Some(bound_value(db, id.file(db), Some(scope), *binding)),
        // Which of several values it has depends on what runs.
        _ => Some(Value::Unknown),
    }
}

/// All that an expression may be in the run of a function: a name that its branches bind differently has several values.
pub(crate) fn possible_values(db: &dyn Db, place: Place) -> Vec<Value> {
    if let (Expr::Name(name), Some(scope)) = (place.expr(db), place.scope)
        && let Some(bindings) = function_scope(db, place.item, scope.function(db)).names.get(&name)
    {
        return bindings.iter().map(|it| bound_value(db, place.item.file(db), Some(scope), *it)).collect();
    }
    vec![evaluate(db, place)]
}

// Salsa asks for the type of the query.
#[allow(clippy::unnecessary_wraps)]
fn resolve_local_cycle(_: &dyn Db, _: salsa::Id, _: ItemId, _: ScopeId, _: Name) -> Option<Value> {
    Some(Value::Unknown)
}

fn parameter_value(db: &dyn Db, id: ItemId, function: &Function, scope: ScopeId, index: usize) -> Value {
    let takes_receiver = takes_receiver(db, id, function);
    if takes_receiver && index == 0 {
        return scope.receiver(db).map_or(Value::Unknown, Value::Class);
    }
    let (Some(call), Some(parameter)) = (scope.call(db), function.parameters.get(index)) else { return Value::Unknown };
    if matches!(parameter.kind, ParameterKind::Arguments | ParameterKind::Keywords) {
        return Value::Unknown;
    }
    let Expr::Call { arguments, .. } = call.expr(db) else { return Value::Unknown };
    let position = index - usize::from(takes_receiver);
    let mut positional = arguments.iter().filter_map(|it| match it {
        Argument::Positional(value) => Some(*value),
        _ => None,
    });
    let is_open = arguments.iter().any(|it| matches!(it, Argument::Splat(_) | Argument::KeywordSplat(_)));
    let by_keyword = arguments.iter().find_map(|it| match it {
        Argument::Keyword(keyword, value) if keyword.name == parameter.name => Some(*value),
        _ => None,
    });
    let given = by_keyword.or_else(|| {
        if parameter.kind == ParameterKind::KeywordOnly || is_open { None } else { positional.nth(position) }
    });
    let place = match (given, parameter.default) {
        (Some(value), _) => call.with(value),
        (None, Some(default)) if !is_open => Place::new(id, default),
        _ => return Value::Unknown,
    };
    match evaluate(db, place) {
        Value::Missing | Value::Unknown => Value::Expr(place),
        value => value,
    }
}

/// The arguments of a call that the function which a scope runs passes on as `*args` or `**kwargs`.
pub(crate) fn passed_on(db: &dyn Db, place: Place) -> Option<Vec<(Argument, Place)>> {
    let scope = place.scope?;
    let Expr::Name(name) = place.expr(db) else { return None };
    let item = crate::db::item(db, place.item)?;
    let function = item.functions.get(scope.function(db) as usize)?;
    let kind = function.parameters.iter().find(|it| it.name == name)?.kind;
    let call = scope.call(db)?;
    let Expr::Call { arguments, .. } = call.expr(db) else { return None };
    let is_named = |it: &&ParameterKind| matches!(it, ParameterKind::Plain | ParameterKind::KeywordOnly);
    let n_taken = function.parameters.iter().filter(|it| it.kind == ParameterKind::Plain).count();
    let n_taken = n_taken.saturating_sub(usize::from(takes_receiver(db, place.item, function)));
    let is_left = |it: &Argument| match (kind, it) {
        (ParameterKind::Arguments, Argument::Positional(_) | Argument::Splat(_))
        | (ParameterKind::Keywords, Argument::KeywordSplat(_)) => true,
        (ParameterKind::Keywords, Argument::Keyword(keyword, _)) => {
            let named = function.parameters.iter().filter(|it| is_named(&&it.kind));
            !named.into_iter().any(|it| it.name == keyword.name)
        }
        _ => false,
    };
    let skipped = if kind == ParameterKind::Arguments { n_taken } else { 0 };
    matches!(kind, ParameterKind::Arguments | ParameterKind::Keywords).then(|| {
        arguments.iter().filter(|it| is_left(it)).skip(skipped).map(|it| (it.clone(), call.with(it.value()))).collect()
    })
}

/// Whether the first parameter is the object or class that a method is asked for.
fn takes_receiver(db: &dyn Db, id: ItemId, function: &Function) -> bool {
    let is_static = |it: &ExprId| Place::new(id, *it).expr(db) == Expr::Name(Name::from("staticmethod"));
    function.class.is_some() && !function.decorators.iter().any(is_static)
}

/// What a call is: the class that `type(...)` makes, what a function returns, else the call itself.
pub(crate) fn evaluate_call(db: &dyn Db, place: Place, function: ExprId) -> Value {
    let made = place.item.made_class(db, place.expr);
    if let Some(index) = made {
        return Value::Class(ClassId::new(db, place.item, index, place.scope));
    }
    let returned = match evaluate(db, place.with(function)) {
        Value::Function(id, index) => returned(db, place, id, index, None),
        Value::Attribute(class, name) => {
            method(db, class, name).and_then(|(owner, index)| returned(db, place, owner.item(db), index, Some(class)))
        }
        _ => None,
    };
    returned.unwrap_or(Value::Expr(place))
}

/// The method of this name that a class has, with the class that declares it.
fn method(db: &dyn Db, class: ClassId, name: Name) -> Option<(ClassId, u32)> {
    let found = class_info(db, class).mro.iter().find_map(|it| Some((*it, bound_in_body(db, *it, name)?)));
    match found? {
        (owner, Bound::Method(function)) => Some((owner, function)),
        (_, Bound::Other) => None,
    }
}

/// What a call of a function returns, if that can be told.
fn returned(db: &dyn Db, call: Place, id: ItemId, index: u32, receiver: Option<ClassId>) -> Option<Value> {
    if depth(db, call.scope) >= MAX_CALLS {
        return None;
    }
    let item = crate::db::item(db, id)?;
    let function = item.functions.get(index as usize)?;
    let is_plain = |it: &ExprId| {
        let decorator = Place::new(id, *it).expr(db);
        ["classmethod", "staticmethod"].iter().any(|it| decorator == Expr::Name(Name::from(it)))
    };
    if !function.decorators.iter().all(is_plain) {
        return None;
    }
    let value = only_return(&function.body)?;
    let scope = ScopeId::new(db, index, receiver, Some(call));
    let place = Place { item: id, class: function.class.map(Into::into), scope: Some(scope), expr: value };
    match evaluate(db, place) {
        Value::Missing | Value::Unknown => None,
        value => Some(value),
    }
}

/// How many calls lead to a scope.
pub(crate) fn depth(db: &dyn Db, scope: Option<ScopeId>) -> u32 {
    let mut res = 0;
    let mut current = scope;
    while let Some(scope) = current {
        res += 1;
        current = scope.call(db).map_or_else(|| scope.receiver(db).and_then(|it| it.scope(db)), |it| it.scope);
    }
    res
}

/// `cls.name = value` in the `declared_attr`s of a class's mixins and bases.
pub(crate) fn set_by_method(db: &dyn Db, class: ClassId, name: Name) -> Option<Place> {
    let mro = &class_info(db, class).mro;
    let (base, function, value) = mro.iter().find_map(|base| {
        let set = set_attributes(db, *base).iter().find(|it| it.0 == name)?;
        Some((*base, set.1, set.2))
    })?;
    let is_declared = mro.iter().any(|it| own_attribute(db, *it, name).is_some());
    (!is_declared && depth(db, class.scope(db)) < MAX_CALLS)
        .then(|| base.method_place(db, function, Some(class), value))
}

/// The attributes that the `declared_attr`s of a class body set on the class they are asked for.
#[salsa::tracked(returns(ref))]
fn set_attributes(db: &dyn Db, class: ClassId) -> Vec<(Name, u32, ExprId)> {
    let mut res = Vec::new();
    let Some(item) = crate::db::item(db, class.item(db)) else { return res };
    if item.functions.iter().all(|it| it.body.is_empty()) {
        return res;
    }
    for attribute in crate::attribute::class_attributes(db, class).iter().filter(|it| it.is_declared_attr) {
        let Some(index) = attribute.function else { continue };
        let Some(function) = item.functions.get(index as usize) else { continue };
        let Some(receiver) = function.parameters.first() else { continue };
        for statement in &function.body {
            let Stmt::Assign(assign) = statement else { continue };
            if let (Expr::Attribute { object, name }, Some(value)) = (item.expr(assign.target), assign.value)
                && *item.expr(*object) == Expr::Name(receiver.name)
            {
                res.push((*name, index, value));
            }
        }
    }
    res
}

/// What a method of a class sets `cls.name` to, and whether it does so in any case.
pub(crate) fn set_in_method(db: &dyn Db, class: ClassId, function: u32, name: Name) -> Option<(ExprId, bool)> {
    let item = crate::db::item(db, class.item(db))?;
    let function = item.functions.get(function as usize)?;
    let receiver = Expr::Name(function.parameters.first()?.name);
    let mut found = Vec::new();
    collect_set(item, &function.body, (&receiver, name), true, &mut found);
    let &[(value, is_certain)] = found.as_slice() else {
        return found.first().map(|it| (it.0, false));
    };
    Some((value, is_certain))
}

fn collect_set(item: &Item, body: &[Stmt], target: (&Expr, Name), is_certain: bool, out: &mut Vec<(ExprId, bool)>) {
    for statement in body {
        match statement {
            Stmt::Assign(assign) => {
                if let (Expr::Attribute { object, name }, Some(value)) = (item.expr(assign.target), assign.value)
                    && (item.expr(*object), *name) == target
                {
                    out.push((value, is_certain));
                }
            }
            Stmt::Block(block) => collect_set(item, &block.body, target, false, out),
            _ => {}
        }
    }
}

/// What a function returns, if it has one `return`.
pub(crate) fn only_return(body: &[Stmt]) -> Option<ExprId> {
    let mut returns = Vec::new();
    collect_returns(body, &mut returns);
    match returns.as_slice() {
        [value] => *value,
        _ => None,
    }
}

fn collect_returns(body: &[Stmt], out: &mut Vec<Option<ExprId>>) {
    for statement in body {
        match statement {
            Stmt::Return(value) => out.push(*value),
            Stmt::Block(block) => collect_returns(&block.body, out),
            _ => {}
        }
    }
}
