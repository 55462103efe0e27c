//! Functions that take a table from a database, whose name and metadata they are given: a tool that looks at what stands
//! there, if nothing calls it on import.

use relmodel_facts::{Expr, Item, Name};

use crate::class::keyword_of_call;
use crate::db::{Db, TableId, TableSource};
use crate::part::Part;

/// The name of the function that reflects a table; `None` for one that is declared, or that stands at the top level.
pub(crate) fn reflecting_function(db: &dyn Db, id: TableId) -> Option<Name> {
    let TableSource::Call(call) = id.source(db) else { return None };
    let function = call.scope?.function(db);
    let is_reflected = ["autoload_with", "autoload"].iter().any(|it| keyword_of_call(db, call, it).is_some());
    let item = crate::db::item(db, call.item).filter(|_| is_reflected)?;
    Some(item.functions.get(function as usize)?.name)
}

/// Whether some file speaks of a name outside of functions, so that what it stands for may run when the file is imported.
pub(crate) fn runs_on_import(db: &dyn Db, name: Name) -> bool {
    Part::both(db).into_iter().any(|it| is_mentioned(db, it, name))
}

#[salsa::tracked(returns(copy))]
fn is_mentioned(db: &dyn Db, part: Part, name: Name) -> bool {
    part.files(db).any(|file| file.facts(db).items().iter().any(|(_, item)| mentions(item, name)))
}

fn mentions(item: &Item, name: Name) -> bool {
    let is_outside = |at: usize| !item.functions.iter().any(|it| it.exprs.contains(&at));
    (0..).zip(&item.exprs).any(|(at, expr)| {
        matches!(expr, Expr::Name(it) | Expr::Attribute { name: it, .. } if *it == name) && is_outside(at)
    })
}
