//! What a table is made of as it is written: the items and options of `__table_args__` or of a `Table(...)`.

use relmodel_facts::{Argument, Expr, Name, NameId};

use crate::arguments::{Given, arguments_of};
use crate::attribute::own_attribute;
use crate::class::class_info;
use crate::db::{ClassId, Db, ItemId, Place, TableId, TableSource};
use crate::mappers::mapped;
use crate::metadata::n_before_items;
use crate::tables::dict_of;
use crate::value::{Value, evaluate};

/// The items and options of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableItems {
    /// Columns, constraints and indexes, in order; the columns of a mapped class are none of them.
    pub items: Vec<Place>,
    /// The options: a dictionary, or the call whose keywords they are.
    pub options: Option<Place>,
}

/// What is written in `__table_args__` of a class or in a `Table(...)`; `None` where that cannot be told.
pub fn table_items(db: &dyn Db, id: TableId) -> Option<TableItems> {
    match id.source(db) {
        TableSource::Class(class) => {
            let Some(place) = table_args(db, class) else { return Some(TableItems::default()) };
            items_of_args(db, literal(db, place))
        }
        TableSource::Call(call) => {
            let mut items = Vec::new();
            for given in arguments_of(db, call) {
                match given {
                    Given::Positional(value) => items.push(value),
                    Given::Keyword(..) => {}
                    // How many stand before it cannot be told.
                    Given::Unknown => break,
                }
            }
            let items = items.split_off(n_before_items(db, call).min(items.len()));
            Some(TableItems { items, options: Some(call) })
        }
    }
}

/// The `__table_args__` that count for a class. Those of a mapped class are its own; those that a `declared_attr` makes
/// are made again for each class that inherits them.
pub fn table_args(db: &dyn Db, class: ClassId) -> Option<Place> {
    let parent = mapped(db, class).as_ref().and_then(|it| it.inherits);
    let inherited: &[ClassId] = parent.map_or(&[], |it| &class_info(db, it).mro);
    class_info(db, class).mro.iter().find_map(|&base| {
        let attribute = own_attribute(db, base, Name::from("__table_args__"))?;
        let counts = attribute.is_declared_attr || !inherited.contains(&base);
        attribute.value_place(db, base, class).filter(|_| counts)
    })
}

fn items_of_args(db: &dyn Db, place: Place) -> Option<TableItems> {
    if dict_of(db, place).is_some() {
        return Some(TableItems { items: Vec::new(), options: dict_of(db, place) });
    }
    let Expr::Tuple(elements) = place.expr(db) else { return None };
    let mut items: Vec<Place> = elements.iter().map(|it| place.with(*it)).collect();
    let is_spread = |it: &Place| it.read(db, |_, expr| matches!(expr, Expr::Starred(_)));
    if items.iter().any(is_spread) {
        return None;
    }
    let options = items.last().and_then(|it| dict_of(db, *it));
    if options.is_some() {
        items.pop();
    }
    Some(TableItems { items, options })
}

/// What an expression is bound to.
fn literal(db: &dyn Db, place: Place) -> Place {
    match evaluate(db, place) {
        Value::Expr(value) => value,
        _ => place,
    }
}

/// An option of a table, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableOption {
    /// Its name.
    pub name: Name,
    /// Where the name stands, as a string or as a keyword.
    pub at: OptionAt,
}

/// Where the name of an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionAt {
    /// The key of a dictionary.
    Key(Place),
    /// A keyword of a call in this statement.
    Keyword(ItemId, NameId),
}

/// The options that are written in a dictionary or among the keywords of a call.
pub fn table_options(db: &dyn Db, place: Place) -> Vec<TableOption> {
    match place.expr(db) {
        Expr::Dict(pairs) => pairs
            .iter()
            .filter_map(|(key, _)| {
                let key = place.with((*key)?);
                let name = crate::constant::string_value(db, key)?;
                Some(TableOption { name: Name::from(&name), at: OptionAt::Key(key) })
            })
            .collect(),
        Expr::Call { arguments, .. } => arguments
            .iter()
            .filter_map(|it| match it {
                Argument::Keyword(keyword, value) if place.with(*value).expr(db) != Expr::Missing => {
                    Some(TableOption { name: keyword.name, at: OptionAt::Keyword(place.item, keyword.at) })
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
