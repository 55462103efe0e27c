//! What stands where SQLAlchemy expects a column, a constraint or another item of a schema.

use relmodel_facts::Expr;
use relmodel_model::{
    Db, MemberKind, Place, Spec, Value, class_info, evaluate, mapped, member, reference, table_items, type_name,
};

use super::TableWalker;

impl TableWalker<'_> {
    /// The columns, constraints and indexes that it is given, as they are written; the columns of a class are none of
    /// them.
    pub(crate) fn items(self) -> Vec<Place> {
        table_items(self.db, self.id).map(|it| it.items).unwrap_or_default()
    }

    /// Its options: a dictionary, or the call whose keywords they are.
    pub(crate) fn options(self) -> Option<Place> {
        table_items(self.db, self.id)?.options
    }

    /// The table of the column that an expression among its items means: `Parent.id`, `parents.c.id`.
    pub(crate) fn table_of_column(self, place: Place) -> Option<Self> {
        let id = match reference(self.db, place)? {
            Spec::Attribute(class, name) => {
                // In a class that is still being made, the names of columns mean no class's attributes.
                let (owner, found) = member(self.db, class, name)?;
                let is_column = matches!(found.kind, MemberKind::Column(_)) && Some(class) != self.class();
                mapped(self.db, owner).as_ref()?.table.filter(|_| is_column)?
            }
            Spec::Column(table, _) => table,
            _ => return None,
        };
        Self::new(self.db, id)
    }
}

/// What an expression is that is surely no item of a schema, in words; `None` for what is one or may be.
pub(crate) fn no_item(db: &dyn Db, place: Place) -> Option<String> {
    match evaluate(db, place) {
        Value::Expr(value) => described(db, value).filter(|_| type_name(db, value).is_none() && !is_none(db, value)),
        Value::Missing => python_type(db, place).map(|it| format!("the Python type `{it}`")),
        Value::Library(name) => {
            let types = ["datetime.date", "datetime.datetime", "datetime.time", "decimal.Decimal", "uuid.UUID"];
            types.contains(&name.as_str()).then(|| format!("the Python type `{name}`"))
        }
        Value::Class(class) => {
            let info = class_info(db, class);
            let is_plain = !info.is_open && info.registry.is_none();
            is_plain.then(|| format!("the class `{}`", class.name(db)))
        }
        _ => None,
    }
}

fn is_none(db: &dyn Db, place: Place) -> bool {
    place.read(db, |_, expr| *expr == Expr::None)
}

/// A literal in words.
pub(crate) fn described(db: &dyn Db, place: Place) -> Option<String> {
    Some(match place.expr(db) {
        Expr::String(text) => format!("the string `{}`", text.value),
        Expr::FormatString(_) => "a string".to_owned(),
        Expr::Int(_) => "a number".to_owned(),
        Expr::True => "`True`".to_owned(),
        Expr::False => "`False`".to_owned(),
        Expr::None => "`None`".to_owned(),
        Expr::List(_) => "a list".to_owned(),
        Expr::Tuple(_) => "a tuple".to_owned(),
        Expr::Set(_) => "a set".to_owned(),
        Expr::Dict(_) => "a dictionary".to_owned(),
        Expr::Lambda { .. } => "a lambda".to_owned(),
        _ => return None,
    })
}

/// The name of one of Python's own types, where nothing else is called so.
fn python_type(db: &dyn Db, place: Place) -> Option<&'static str> {
    let Expr::Name(name) = place.expr(db) else { return None };
    ["bool", "bytes", "dict", "float", "int", "list", "set", "str"].into_iter().find(|it| name == *it)
}
