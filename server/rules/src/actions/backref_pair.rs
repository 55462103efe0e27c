//! `backref` as two relationships that name each other.

use relmodel_facts::Expr;
use relmodel_model::{Declaration, Joined, SqlAlchemy, string_value};

use crate::fix::{Change, Fix};
use crate::mend::{arguments, other_side};
use crate::walker::RelationshipWalker;

/// Writes out what the `backref` makes, and `back_populates` on both sides.
pub(super) fn replace(it: RelationshipWalker<'_>) -> Option<Fix> {
    let (name, given) = it.declaration.backref(it.db)?;
    if !arguments::is_its_own(it) || !matches!(it.data.join, Joined::Join(_)) {
        return None;
    }
    let keyword = it.declaration.arguments.iter().find(|it| it.name == "backref")?.keyword?;
    let mut more = match &given {
        Some(given) => options(it, given)?,
        None => Vec::new(),
    };
    // A backref inherits these (`_generate_backref`).
    for inherited in ["passive_updates", "post_update"] {
        let is_given = more.iter().any(|it| it.0 == inherited);
        if let Some(truth) = it.declaration.truth(it.db, inherited).filter(|_| !is_given) {
            more.push((inherited, if truth { "True" } else { "False" }.to_owned()));
        }
    }
    let mut res = other_side::add_with(it, name.name, more)?;
    let code = format!("back_populates=\"{}\"", name.name);
    res.changes.push(Change::ReplaceArgument { call: it.declaration.call, name: keyword.name, code });
    "Use `back_populates` on both sides instead of `backref`".clone_into(&mut res.title);
    Some(res)
}

/// The arguments of the `backref(...)` besides the name, as code; `None` if one is more than a constant.
fn options(it: RelationshipWalker<'_>, given: &Declaration) -> Option<Vec<(&'static str, String)>> {
    let mut res = Vec::new();
    for argument in given.arguments.iter().filter(|it| it.name != "name") {
        let value = match argument.value.expr(it.db) {
            Expr::True => "True".to_owned(),
            Expr::False => "False".to_owned(),
            Expr::Int(Some(number)) => number.to_string(),
            Expr::String(_) => {
                let text = string_value(it.db, argument.value).filter(|it| !it.contains(['"', '\\', '\n']))?;
                format!("\"{text}\"")
            }
            _ => return None,
        };
        // An annotation says whether there are several, except in 1.4.
        let is_told = argument.name == "uselist" && it.sqlalchemy() != SqlAlchemy::V1_4 && value == "True";
        if !is_told {
            res.push((argument.name.as_str(), value));
        }
    }
    (!given.is_open).then_some(res)
}
