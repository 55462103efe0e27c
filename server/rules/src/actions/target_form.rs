//! The target of a relationship as a string, as the class, or as a lambda that returns it.

use relmodel_facts::Expr;
use relmodel_model::{Unbound, Value, resolve_name, unbound_at};

use crate::fix::{Change, Fix};
use crate::mend::arguments;
use crate::mend::names::class_path;
use crate::walker::RelationshipWalker;

/// The other forms that are possible.
pub(super) fn change(it: RelationshipWalker<'_>) -> Vec<Fix> {
    let Some(place) = it.declaration.value("argument") else { return Vec::new() };
    let Some(target) = it.target().filter(|_| arguments::is_its_own(it)) else { return Vec::new() };
    let name = target.name();
    let owner = it.parent().id;
    let is_known = resolve_name(it.db, owner.file(it.db), name) == Value::Class(target.id);
    // While the class is made the name has to be bound already; a lambda is called later.
    let unbound = unbound_at(it.db, owner, name);
    let may_be_class = is_known && unbound.is_none() && target.id != owner;
    let may_be_lambda = is_known && matches!(unbound, None | Some(Unbound::Later));
    let (is_string, is_lambda) = match place.expr(it.db) {
        Expr::String(_) => (true, false),
        Expr::Lambda { .. } => (false, true),
        Expr::Name(_) | Expr::Attribute { .. } => (false, false),
        _ => return Vec::new(),
    };
    let as_string = class_path(it.db, target.id, owner).map(|it| format!("\"{it}\""));
    let forms = [
        ("Name the target by a string", as_string.filter(|_| !is_string)),
        ("Name the target by its class", may_be_class.then(|| name.to_string()).filter(|_| is_string || is_lambda)),
        ("Name the target by a lambda", may_be_lambda.then(|| format!("lambda: {name}")).filter(|_| !is_lambda)),
    ];
    let fix = |(title, code): (&str, Option<String>)| {
        Some(Fix::safe(title, vec![Change::ReplaceExpression { place, code: code? }]))
    };
    forms.into_iter().filter_map(fix).collect()
}
