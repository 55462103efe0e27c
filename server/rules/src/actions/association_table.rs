//! An association table for a relationship between two tables that no foreign key links.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, ColumnRef, Db, JoinFailure, MemberKind, Name, Value, base_places, class_info, evaluate, mapped, members,
    resolve_name, table, tables_named,
};

use crate::fix::{Change, Fix};
use crate::mend::arguments;
use crate::mend::names::snake_case;
use crate::walker::RelationshipWalker;

/// Writes a `Table(...)` in front of the class, and names it by `secondary`.
pub(super) fn generate(it: RelationshipWalker<'_>) -> Option<Fix> {
    let db = it.db;
    // Where a key is broken, or the other side fails alike, more than a table is missing.
    let has_other_side = ["back_populates", "backref"].iter().any(|name| it.declaration.has(db, name));
    if !matches!(it.failure(), Some(JoinFailure::NoForeignKeys))
        || has_other_side
        || it.declaration.has(db, "secondary")
    {
        return None;
    }
    let (parent, target) = (it.parent().id, it.data.target_class()?);
    let tables = [parent, target].map(|it| mapped(db, it).as_ref().and_then(|it| it.table));
    // Which of two keys to one table means which side would have to be told.
    if tables[0] == tables[1] {
        return None;
    }
    let base = base_name(db, parent)?;
    let (own, other) = (the_key(db, parent)?, the_key(db, target)?);
    let stem = |class: ClassId| snake_case(class.name(db).as_str());
    let (own_stem, other_stem) = (stem(parent), stem(target));
    let name = format!("{own_stem}_{other_stem}");
    let metadata = mapped(db, parent).as_ref()?.metadata;
    let is_free = tables_named(db, metadata, Name::from(&name)).is_empty()
        && resolve_name(db, parent.file(db), Name::from(&name)) == Value::Missing;
    let column = |stem: &str, key: ColumnRef| {
        let table = table(db, key.table).as_ref()?.key?;
        Some(format!("    $Column(\"{stem}_id\", $ForeignKey(\"{table}.{}\"), primary_key=True),", key.key))
    };
    let columns = [column(&own_stem, own)?, column(&other_stem, other)?].join("\n");
    let code = format!("{name} = $Table(\n    \"{name}\",\n    {base}.metadata,\n{columns}\n)");
    let changes = vec![Change::AddBefore { class: parent, code }, arguments::set(it, "secondary", name.clone())?];
    is_free.then(|| Fix::risky(format!("Create the association table `{name}`"), changes))
}

/// The name in a class's header that is a declarative base, whose `metadata` the table shall be in.
fn base_name(db: &dyn Db, class: ClassId) -> Option<Name> {
    let is_base = |place: &relmodel_model::Place| match evaluate(db, *place) {
        Value::Class(base) => class_info(db, base).is_declarative_base,
        // `Base = declarative_base()`
        Value::Expr(_) => true,
        _ => false,
    };
    let mut bases = base_places(db, class).into_iter().filter(is_base);
    match bases.next()?.expr(db) {
        Expr::Name(name) => Some(name),
        _ => None,
    }
}

/// The only column of a class's primary key.
fn the_key(db: &dyn Db, class: ClassId) -> Option<ColumnRef> {
    let own = mapped(db, class).as_ref()?.table?;
    let mut keys = members(db, class).iter().filter_map(|it| match &it.kind {
        MemberKind::Column(column) if column.primary_key == Some(true) => Some(column.key),
        _ => None,
    });
    let key = keys.next()?;
    keys.next().is_none().then_some(ColumnRef { table: own, key })
}
