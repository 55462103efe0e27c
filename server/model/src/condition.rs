//! Join conditions and column lists as they are written: `primaryjoin`, `foreign_keys`, `remote_side`; in code, in
//! lambdas and in strings.

use relmodel_facts::{Argument, Expr, ExprId, Name};

use crate::class::class_info;
use crate::column::{ColumnReference, column_reference};
use crate::db::{ClassId, Db, Place, RegistryId, TableId};
use crate::index::tables_seen;
use crate::library::sqlalchemy_name;
use crate::mappers::{MemberKind, mapped, member};
use crate::relationships::{class_of_path, dotted};
use crate::tables::metadata_of_registry;
use crate::value::{Value, evaluate};

/// A column of a table, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// The table.
    pub table: TableId,
    /// The column's key.
    pub key: Name,
}

/// A comparison `left == right` of two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Equality {
    pub(crate) left: End,
    pub(crate) right: End,
}

/// One side of a comparison: a column with its annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) column: ColumnRef,
    /// Annotated `foreign`: it refers to the other column.
    pub(crate) is_foreign: bool,
    /// Annotated `remote`: it is on the target's side.
    pub(crate) is_remote: bool,
}

impl End {
    fn plain(column: ColumnRef) -> Self {
        Self { column, is_foreign: false, is_remote: false }
    }
}

impl Equality {
    /// The comparison that a foreign key stands for.
    pub(crate) fn of_key(referred: ColumnRef, key: ColumnRef) -> Self {
        Self { left: End::plain(referred), right: End { is_foreign: true, ..End::plain(key) } }
    }

    /// Its two sides.
    pub(crate) fn ends(&self) -> [End; 2] {
        [self.left, self.right]
    }

    /// Whether a column is compared with itself, as a composite key of an adjacency list may do.
    pub(crate) fn is_equated(&self) -> bool {
        self.left.column == self.right.column
    }

    /// Of a column that is compared with itself, only the left side is marked (`_annotate_selfref`).
    pub(crate) fn settle(&mut self) {
        if self.is_equated() {
            self.left.is_foreign |= self.right.is_foreign;
            self.left.is_remote |= self.right.is_remote;
            self.right = End::plain(self.right.column);
        }
    }
}

/// Where names are looked up: in code as Python does, in strings through the registry.
#[derive(Clone, Copy)]
struct Reader<'a> {
    db: &'a dyn Db,
    parent: ClassId,
    registry: RegistryId,
    is_string: bool,
}

/// The column comparisons of a `primaryjoin` or `secondaryjoin`. Other conditions in it are passed over. `None` if it
/// cannot be told.
pub(crate) fn read_condition(db: &dyn Db, parent: ClassId, place: Place) -> Option<Vec<Equality>> {
    let (reader, place) = Reader::new(db, parent, place)?;
    let mut res = Vec::new();
    reader.condition(place, &mut res)?;
    Some(res)
}

/// The columns that `foreign_keys` or `remote_side` names; `None` if one cannot be told.
pub(crate) fn column_list(db: &dyn Db, parent: ClassId, place: Place) -> Option<Vec<ColumnRef>> {
    let (reader, place) = Reader::new(db, parent, place)?;
    let elements = match place.expr(db) {
        Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => {
            elements.iter().map(|it| place.with(*it)).collect()
        }
        _ => vec![place],
    };
    elements.into_iter().map(|it| reader.column(it)).collect()
}

impl<'a> Reader<'a> {
    fn new(db: &'a dyn Db, parent: ClassId, place: Place) -> Option<(Self, Place)> {
        let registry = mapped(db, parent).as_ref()?.registry;
        let mut reader = Self { db, parent, registry, is_string: false };
        let place = match place.expr(db) {
            Expr::String(text) => {
                reader.is_string = true;
                place.with(text.code?)
            }
            Expr::Lambda { body, .. } => place.with(body),
            _ => place,
        };
        Some((reader, place))
    }

    fn condition(self, place: Place, out: &mut Vec<Equality>) -> Option<()> {
        match place.expr(self.db) {
            Expr::Call { function, arguments } if self.calls(place, function, "and_") => {
                for argument in &arguments {
                    self.condition(place.with(argument.value()), out)?;
                }
            }
            Expr::Operation { operands, operators } => self.operation(place, &operands, &operators, out)?,
            // A condition of another kind restricts the rows but joins nothing.
            _ => {}
        }
        Some(())
    }

    fn operation(self, place: Place, operands: &[ExprId], operators: &[Name], out: &mut Vec<Equality>) -> Option<()> {
        if operators.iter().all(|it| *it == "&" || *it == "and") {
            for operand in operands {
                self.condition(place.with(*operand), out)?;
            }
            return Some(());
        }
        let ([left, right], [operator]) = (operands, operators) else { return Some(()) };
        if *operator != "==" {
            return Some(());
        }
        let (left, right) = (self.operand(place.with(*left)), self.operand(place.with(*right)));
        if let (Some(left), Some(right)) = (left, right) {
            out.push(Equality { left, right });
            return Some(());
        }
        // Comparing a column with a constant filters; comparing with what cannot be told leaves everything open.
        let is_constant = |it: ExprId| {
            matches!(
                place.with(it).expr(self.db),
                Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::None
            )
        };
        let other = if left.is_some() { operands[1] } else { operands[0] };
        (is_constant(other) || left.is_some() || right.is_some()).then_some(())
    }

    /// A column, bare or within `foreign(...)` and `remote(...)`.
    fn operand(self, place: Place) -> Option<End> {
        if let Expr::Call { function, arguments } = place.expr(self.db) {
            let is_foreign = self.calls(place, function, "foreign");
            let is_remote = self.calls(place, function, "remote");
            let [Argument::Positional(inner)] = &*arguments else { return None };
            if !is_foreign && !is_remote {
                return None;
            }
            let mut res = self.operand(place.with(*inner))?;
            res.is_foreign |= is_foreign;
            res.is_remote |= is_remote;
            return Some(res);
        }
        Some(End::plain(self.column(place)?))
    }

    /// Whether a call's function is this one of SQLAlchemy's; in strings all of them are known by their names.
    fn calls(self, place: Place, function: ExprId, name: &str) -> bool {
        let function = place.with(function);
        if self.is_string && matches!(function.expr(self.db), Expr::Name(it) if it == name) {
            return true;
        }
        matches!(evaluate(self.db, function), Value::Library(it) if sqlalchemy_name(it).is_some_and(|it| it == name))
    }

    fn column(self, place: Place) -> Option<ColumnRef> {
        if self.is_string {
            return self.column_in_string(place);
        }
        match column_reference(self.db, place)? {
            ColumnReference::Attribute(class, name) => self.attribute(class, name),
            ColumnReference::Column(table, key) => Some(ColumnRef { table, key }),
        }
    }

    /// `Child.parent_id`, `child.c.parent_id`, `module.Child.parent_id` by the names of the registry.
    fn column_in_string(self, place: Place) -> Option<ColumnRef> {
        let Expr::Attribute { object, name } = place.expr(self.db) else { return None };
        let object = place.with(object);
        let path = dotted(self.db, object)?;
        let file = place.item.file(self.db);
        if let Some(class) = class_of_path(self.db, self.registry, &path, file) {
            return self.attribute(class, name);
        }
        let owner = path.strip_suffix(".c").or_else(|| path.strip_suffix(".columns"))?;
        let owner = owner.strip_suffix(".__table__").unwrap_or(owner);
        if let Some(class) = class_of_path(self.db, self.registry, owner, file) {
            return self.attribute(class, name);
        }
        let metadata = metadata_of_registry(self.db, self.registry);
        let table = *tables_seen(self.db, metadata, Name::from(owner), file).first()?;
        Some(ColumnRef { table, key: name })
    }

    /// The column that an attribute maps. A name in a mixin's body means the attribute of the class that maps it.
    fn attribute(self, class: ClassId, name: Name) -> Option<ColumnRef> {
        let is_inherited = class_info(self.db, self.parent).mro.contains(&class);
        let class = if is_inherited && mapped(self.db, class).is_none() { self.parent } else { class };
        let (mut owner, mut found) = member(self.db, class, name)?;
        if let MemberKind::Synonym(name) = found.kind {
            (owner, found) = member(self.db, class, name)?;
        }
        let MemberKind::Column(column) = &found.kind else { return None };
        let table = mapped(self.db, owner).as_ref()?.table?;
        Some(ColumnRef { table, key: column.key })
    }
}
