//! What has to be written so that a rename leaves the database as it is, or changes nothing but the database.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    ClassId, Column, Db, MemberKind, Name, Place, ScopeId, TableId, TableSource, Value, called, class_info, evaluate,
    mapped, member, members, own_attribute, string_value, table,
};
use relmodel_rules::{Change, Position};

use super::{Purpose, Refusal};
use crate::names::{Identity, alike, takers};

/// What the edits of [`changes`] are for.
pub(super) fn purpose(own: Identity) -> Purpose {
    match own {
        Identity::Table(_) | Identity::Column(..) => Purpose::Name,
        _ => Purpose::KeepDatabase,
    }
}

/// The changes that a rename needs beside those of names.
pub(super) fn changes(db: &dyn Db, own: Identity, old: Name, new: &str) -> Result<Vec<Change>, Refusal> {
    match own {
        Identity::Class(class) => Ok(kept_table(db, class)?.into_iter().collect()),
        Identity::Attribute(declared_in, name) => kept_columns(db, declared_in, name),
        Identity::Table(id) => Ok(named_table(db, id, new).into_iter().collect()),
        Identity::Column(id, _) => {
            let all = alike(db, id).into_iter().map(|it| renamed_column(db, it, old, new));
            let all: Vec<Option<Change>> = all.collect::<Result<_, _>>()?;
            Ok(all.into_iter().flatten().collect())
        }
        Identity::Backref(..) => Ok(Vec::new()),
    }
}

/// What calls a column by its new name where the call that makes it does not say the old one.
fn renamed_column(db: &dyn Db, id: TableId, old: Name, new: &str) -> Result<Option<Change>, Refusal> {
    let Some(column) = table(db, id).as_ref().and_then(|it| it.column(old.as_str())) else {
        // Of a table that is made in several places, one may leave the column to another.
        let is_elsewhere = alike(db, id).len() > 1;
        return if is_elsewhere { Ok(None) } else { Err(format!("the column `{old}` comes from elsewhere")) };
    };
    if is_named(db, column.place, old) || is_keyed(db, column.place, old) {
        return Ok(None);
    }
    if let TableSource::Class(class) = id.source(db)
        && let Some((_, found)) = member(db, class, column.attribute)
        && declaring_tables(db, found.declared_in, column.attribute) > 1
    {
        return Err(format!("`{}` declares the column for several tables", found.declared_in.name(db)));
    }
    if column.attribute != column.key {
        return Err(format!("where the column `{old}` has its name from cannot be told"));
    }
    let owner = match id.source(db) {
        TableSource::Class(class) => Some(class),
        TableSource::Call(_) => None,
    };
    named_column(db, owner, column, new).map(Some)
}

/// How many tables have the column that the attribute of a class declares.
fn declaring_tables(db: &dyn Db, declared_in: ClassId, name: Name) -> usize {
    let mut res: Vec<TableId> = Vec::new();
    for class in takers(db, declared_in) {
        let is_it = |it: &relmodel_model::Member| it.name == name && it.declared_in == declared_in;
        let table = mapped(db, class).as_ref().and_then(|it| it.table);
        res.extend(table.filter(|it| members(db, class).iter().any(is_it) && !res.contains(it)));
    }
    res.len()
}

/// A class whose table is called after it says its table's name from now on.
fn kept_table(db: &dyn Db, class: ClassId) -> Result<Option<Change>, Refusal> {
    let id = TableId::of_class(db, class);
    let own = mapped(db, class).as_ref().and_then(|it| it.table);
    if own.is_some_and(|it| it != id) {
        return Ok(None);
    }
    let found = table(db, id).as_ref().filter(|_| own.is_some());
    let Some((data, key)) = found.and_then(|it| Some((it, it.key?))) else {
        // What the class body says is not made of the class's name.
        let says = ["__tablename__", "__table__"].map(|it| own_attribute(db, class, Name::from(it)));
        let is_said = says.into_iter().flatten().any(|it| it.value.is_some());
        let is_declarative = class_info(db, class).registry.is_some();
        return if is_said || !is_declarative { Ok(None) } else { Err("its table may be called after it".to_owned()) };
    };
    let is_literal = |it: Place| it.read(db, |_, it| matches!(it, Expr::String(_)));
    if data.name_place.is_some_and(is_literal) {
        return Ok(None);
    }
    // What stands in the class would be overwritten.
    let hook = Name::from("__init_subclass__");
    let hooks = class_info(db, class).mro.iter().skip(1).filter_map(|it| own_attribute(db, *it, hook));
    if hooks.into_iter().any(|it| it.function.is_some()) {
        return Err("its table may be called after it by an `__init_subclass__`".to_owned());
    }
    Ok(Some(table_name(db, id, class, bare(key.as_str()))))
}

/// A table that is called after its class is given a name of its own.
fn named_table(db: &dyn Db, id: TableId, new: &str) -> Option<Change> {
    let TableSource::Class(class) = id.source(db) else { return None };
    table(db, id).as_ref()?.name_place.is_none().then(|| table_name(db, id, class, new))
}

fn table_name(_: &dyn Db, _: TableId, class: ClassId, name: &str) -> Change {
    Change::AddStatement { class, position: Position::First, code: format!("__tablename__ = \"{name}\"") }
}

fn bare(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// The columns that are called after their attribute say their name from now on.
fn kept_columns(db: &dyn Db, declared_in: ClassId, name: Name) -> Result<Vec<Change>, Refusal> {
    let mut res = Vec::new();
    for class in takers(db, declared_in) {
        let Some((_, found)) = member(db, class, name).filter(|it| it.1.declared_in == declared_in) else { continue };
        let MemberKind::Column(column) = &found.kind else { continue };
        if column.name != name || is_named(db, column.place, name) || !is_made_here(db, column.place) {
            continue;
        }
        let change = named_column(db, Some(declared_in), column, name.as_str())?;
        if !res.contains(&change) {
            res.push(change);
        }
    }
    Ok(res)
}

/// Whether an attribute makes its column, rather than take one of a `Table(...)`.
fn is_made_here(db: &dyn Db, place: Place) -> bool {
    !matches!(place.expr(db), Expr::Attribute { .. })
        || matches!(relmodel_model::reference(db, place), None | Some(relmodel_model::Spec::Unknown))
}

/// Whether a column's call says its name.
fn is_named(db: &dyn Db, call: Place, name: Name) -> bool {
    let Expr::Call { arguments, .. } = call.expr(db) else { return false };
    arguments.iter().enumerate().any(|(index, it)| match it {
        Argument::Positional(value) => {
            index == 0 && string_value(db, call.with(*value)).is_some_and(|it| it == name.as_str())
        }
        Argument::Keyword(keyword, _) => keyword.name == "name",
        _ => false,
    })
}

/// Whether a column's call says its key.
fn is_keyed(db: &dyn Db, call: Place, key: Name) -> bool {
    let Expr::Call { arguments, .. } = call.expr(db) else { return false };
    arguments.iter().any(|it| match it {
        Argument::Keyword(keyword, value) => {
            keyword.name == "key" && string_value(db, call.with(*value)).is_some_and(|it| it == key.as_str())
        }
        _ => false,
    })
}

/// Whether the first argument of a column's call may come to its name: a variable that is called like no type.
fn may_be_name(db: &dyn Db, call: Place, first: &Argument) -> bool {
    let Argument::Positional(value) = first else { return false };
    let is_variable =
        call.read(db, |item, _| matches!(item.expr(*value), Expr::Name(it) if it.starts_with(char::is_lowercase)));
    is_variable && matches!(evaluate(db, call.with(*value)), Value::Unknown | Value::Missing)
}

/// Gives a column a name in words.
fn named_column(db: &dyn Db, owner: Option<ClassId>, column: &Column, name: &str) -> Result<Change, Refusal> {
    let place = column.place;
    let is_of_owner = |it: &ScopeId| owner.is_some_and(|owner| owner.scope(db) == Some(*it));
    if place.scope.is_some_and(|it| it.call(db).is_some() && !is_of_owner(&it)) {
        return Err(format!("the column of `{}` is made by a function, which may make others too", column.attribute));
    }
    let refusal = || Err(format!("the column of `{}` would change its name", column.attribute));
    let of_field = format!("sa_column_kwargs={{\"name\": \"{name}\"}}");
    let Expr::Call { function, arguments } = place.expr(db) else {
        if !owner.is_some_and(|it| class_info(db, it).is_sqlmodel()) {
            let code = format!("$mapped_column(\"{name}\")");
            return Ok(Change::AddValue { annotation: place, code });
        }
        let value = owner.and_then(|it| own_attribute(db, it, column.attribute)?.value_place(db, it, it));
        return Ok(match value {
            Some(value) => {
                Change::Wrap { place: value, before: "$Field(default=".to_owned(), after: format!(", {of_field})") }
            }
            None => Change::AddValue { annotation: place, code: format!("$Field({of_field})") },
        });
    };
    match called(db, place, function).as_ref().map(Name::as_str) {
        Some("Column" | "mapped_column") => {
            if arguments.first().is_some_and(|it| may_be_name(db, place, it)) {
                return Err(format!("what the column of `{}` is called cannot be told", column.attribute));
            }
            Ok(Change::SetArgument { call: place, name: "name", value: format!("\"{name}\"") })
        }
        Some("Field") => {
            let has = |it: &Argument| matches!(it, Argument::Keyword(it, _) if matches!(it.name.as_str(), "sa_column" | "sa_column_kwargs"));
            if arguments.iter().any(has) {
                return refusal();
            }
            let value = format!("{{\"name\": \"{name}\"}}");
            Ok(Change::SetArgument { call: place, name: "sa_column_kwargs", value })
        }
        _ => refusal(),
    }
}
