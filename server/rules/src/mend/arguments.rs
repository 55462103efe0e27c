//! Giving a relationship arguments.

use relmodel_facts::{Argument, Expr};
use relmodel_model::member;

use crate::fix::Change;
use crate::mend::style::{Form, Style};
use crate::walker::RelationshipWalker;

/// Gives a relationship an argument; `None` where its call stands for other relationships too.
pub(crate) fn set(it: RelationshipWalker<'_>, name: &'static str, value: String) -> Option<Change> {
    let call = it.declaration.call;
    if !is_its_own(it) {
        return None;
    }
    let is_handed_on = Style::of(it.db, it.parent().id).form == Form::SqlModel && name != "back_populates";
    if !is_handed_on {
        return Some(Change::SetArgument { call, name, value });
    }
    let has_dict = call.read(it.db, |_, expr| match expr {
        Expr::Call { arguments, .. } => arguments.iter().any(|it| match it {
            Argument::Keyword(keyword, _) => keyword.name == "sa_relationship_kwargs",
            _ => false,
        }),
        _ => true,
    });
    let value = format!("{{\"{name}\": {value}}}");
    (!has_dict).then_some(Change::SetArgument { call, name: "sa_relationship_kwargs", value })
}

/// Whether a relationship is declared for its class alone, and not by a mixin or a function that others call too.
pub(crate) fn is_its_own(it: RelationshipWalker<'_>) -> bool {
    let parent = it.parent().id;
    let declared_in = member(it.db, parent, it.id.key(it.db)).map(|it| it.1.declared_in);
    declared_in == Some(parent) && it.declaration.call.scope.is_none()
}
