//! Join conditions and column lists as they are written: `primaryjoin`, `foreign_keys`, `remote_side`; in code, in
//! lambdas and in strings.

use relmodel_facts::{Argument, Expr, ExprId, Name};

use crate::class::class_info;
use crate::column::{ColumnReference, column_reference};
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, RegistryId, TableId};
use crate::default_schema::tables_of_string;
use crate::library::{is_exported, sqlalchemy_name};
use crate::mappers::mapped;
use crate::member::{MemberKind, member};
use crate::relationships::{class_of_path, dotted};
use crate::strings::metadata_of_strings;
use crate::value::{Value, evaluate};

/// How many names and calls are followed within one operand.
const MAX_STEPS: u32 = 30;

/// How many names are followed from one condition to the next.
const MAX_NAMES: u32 = 4;

/// A column of a table, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// The table.
    pub table: TableId,
    /// The column's key.
    pub key: Name,
}

/// A comparison of two columns, `left == right` most of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Equality {
    pub(crate) left: End,
    pub(crate) right: End,
    /// Whether it is compared by `==`, which alone lets a flush copy one side to the other; `None` where a negation or
    /// Python's own `and` may change that.
    pub(crate) is_equal: Option<bool>,
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
        let right = End { is_foreign: true, ..End::plain(key) };
        Self { left: End::plain(referred), right, is_equal: Some(true) }
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

/// Leaves open what comparisons compare by.
fn doubt(equalities: &mut [Equality]) {
    for equality in &mut *equalities {
        equality.is_equal = None;
    }
}

/// Where names are looked up: in code as Python does, in strings through the registry.
#[derive(Clone, Copy)]
struct Reader<'a> {
    db: &'a dyn Db,
    parent: ClassId,
    registry: RegistryId,
    is_string: bool,
    /// How many names of conditions are still followed.
    steps: u32,
}

/// The column comparisons of a `primaryjoin` or `secondaryjoin`, also within `or_` and of other kinds than `==`. Other
/// conditions in it are passed over. `None` if it cannot be told.
pub(crate) fn read_condition(db: &dyn Db, parent: ClassId, place: Place) -> Option<Vec<Equality>> {
    let (reader, place) = Reader::new(db, parent, place)?;
    let mut res = Vec::new();
    reader.condition(place, &mut res)?;
    Some(res)
}

/// Whether a condition holds nothing but comparisons of columns with each other and with constants, so that
/// [`read_condition`] passes over none.
pub(crate) fn is_read_whole(db: &dyn Db, parent: ClassId, place: Place) -> bool {
    Reader::new(db, parent, place).is_some_and(|(reader, place)| reader.is_plain(place))
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
        let mut reader = Self { db, parent, registry, is_string: false, steps: MAX_NAMES };
        let place = match place.expr(db) {
            Expr::String(text) => {
                reader.is_string = true;
                place.with(text.code?)
            }
            Expr::Lambda { body, .. } => place.with(body),
            // A string that is put together is read as one that is written.
            _ => match string_value(db, place) {
                Some(text) => {
                    reader.is_string = true;
                    place.of_text(db, &text)?
                }
                None => place,
            },
        };
        Some((reader, place))
    }

    fn condition(self, place: Place, out: &mut Vec<Equality>) -> Option<()> {
        match place.expr(self.db) {
            // A condition that is bound to a name.
            Expr::Name(_) | Expr::Attribute { .. } if !self.is_string => match evaluate(self.db, place) {
                Value::Expr(value) if value != place && !matches!(value.expr(self.db), Expr::Name(_)) => {
                    let steps = self.steps.checked_sub(1)?;
                    return Self { steps, ..self }.condition(value, out);
                }
                _ => {}
            },
            Expr::Call { function, arguments } if self.joins_conditions(place, function) => {
                let start = out.len();
                for argument in arguments.iter() {
                    if matches!(argument, Argument::Splat(_) | Argument::KeywordSplat(_)) {
                        return None;
                    }
                    self.condition(place.with(argument.value()), out)?;
                }
                if self.calls(place, function, "not_") {
                    doubt(&mut out[start..]);
                }
            }
            // `Child.name.startswith(Parent.prefix)` compares as an operator does.
            Expr::Call { function, arguments } => {
                if let Expr::Attribute { object, .. } = place.with(function).expr(self.db) {
                    let others: Vec<ExprId> = arguments.iter().map(Argument::value).collect();
                    self.compare(place, (&[object], &others), Some(false), out)?;
                }
            }
            Expr::Operation(it) => self.operation(place, &it.operands, &it.operators, out)?,
            // A condition of another kind restricts the rows but joins nothing.
            _ => {}
        }
        Some(())
    }

    fn is_plain(self, place: Place) -> bool {
        match place.expr(self.db) {
            Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::None => true,
            Expr::Name(_) | Expr::Attribute { .. } | Expr::Subscript { .. } => self.column(place).is_some(),
            Expr::Operation(it) => {
                let is_known = |it: &Name| matches!(it.as_str(), "&" | "|" | "==" | "!=" | "<" | "<=" | ">" | ">=");
                it.operators.iter().all(is_known) && it.operands.iter().all(|it| self.is_plain(place.with(*it)))
            }
            Expr::Call { function, arguments } => {
                let is_plain = |it: &Argument| match it {
                    Argument::Positional(value) => self.is_plain(place.with(*value)),
                    _ => false,
                };
                ["and_", "or_", "foreign", "remote"].into_iter().any(|it| self.calls(place, function, it))
                    && arguments.iter().all(is_plain)
            }
            _ => false,
        }
    }

    fn joins_conditions(self, place: Place, function: ExprId) -> bool {
        ["and_", "or_", "not_"].into_iter().any(|it| self.calls(place, function, it))
    }

    fn operation(self, place: Place, operands: &[ExprId], operators: &[Name], out: &mut Vec<Equality>) -> Option<()> {
        if operators.iter().all(|it| matches!(it.as_str(), "&" | "|" | "~" | "and" | "or" | "not")) {
            let start = out.len();
            for operand in operands {
                self.condition(place.with(*operand), out)?;
            }
            if !operators.iter().all(|it| matches!(it.as_str(), "&" | "|")) {
                doubt(&mut out[start..]);
            }
            return Some(());
        }
        let is_comparison = |it: &Name| matches!(it.as_str(), "==" | "!=" | "<" | "<=" | ">" | ">=");
        let at = operators
            .iter()
            .position(is_comparison)
            .filter(|at| operands.len() == operators.len() + 1 && at + 1 < operands.len());
        let Some(at) = at else { return Some(()) };
        let is_only = operators.iter().filter(|it| is_comparison(it)).count() == 1;
        let is_equal = is_only.then(|| operators[at] == "==");
        self.compare(place, (&operands[..=at], &operands[at + 1..]), is_equal, out)
    }

    /// Adds every pair of a column on the left and one on the right (`visit_binary_product`).
    fn compare(
        self,
        place: Place,
        (left, right): (&[ExprId], &[ExprId]),
        is_equal: Option<bool>,
        out: &mut Vec<Equality>,
    ) -> Option<()> {
        let columns = |side: &[ExprId]| {
            let mut res = Vec::new();
            side.iter().try_for_each(|it| self.columns(place.with(*it), MAX_STEPS, &mut res)).map(|()| res)
        };
        let (left, right) = (columns(left)?, columns(right)?);
        for left in &left {
            out.extend(right.iter().map(|right| Equality { left: *left, right: *right, is_equal }));
        }
        Some(())
    }

    /// The columns in an operand, each bare or within `foreign(...)` and `remote(...)`; `None` if there may be others.
    fn columns(self, place: Place, steps: u32, out: &mut Vec<End>) -> Option<()> {
        let steps = steps.checked_sub(1)?;
        let all = |parts: &[ExprId], out: &mut Vec<End>| {
            parts.iter().try_for_each(|it| self.columns(place.with(*it), steps, out))
        };
        match place.expr(self.db) {
            Expr::String(_) | Expr::FormatString(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::None => Some(()),
            Expr::Name(_) | Expr::Attribute { .. } => self.column_or_constant(place, steps, out),
            Expr::Call { function, arguments } => {
                // The columns of a subquery are its own.
                if ["select", "exists"].into_iter().any(|it| self.calls(place, function, it)) {
                    return Some(());
                }
                let start = out.len();
                let arguments: Vec<ExprId> = arguments.iter().map(Argument::value).collect();
                all(&arguments, out)?;
                let is_foreign = self.calls(place, function, "foreign");
                let is_remote = self.calls(place, function, "remote");
                for end in &mut out[start..] {
                    end.is_foreign |= is_foreign;
                    end.is_remote |= is_remote;
                }
                match place.with(function).expr(self.db) {
                    Expr::Name(_) => Some(()),
                    _ => all(&[function], out),
                }
            }
            Expr::Subscript { value, .. } => match self.column(place) {
                Some(column) => {
                    out.push(End::plain(column));
                    Some(())
                }
                None => all(&[value], out),
            },
            Expr::Operation(operation) => all(&operation.operands, out),
            Expr::List(parts) | Expr::Tuple(parts) | Expr::Other(parts) => all(&parts, out),
            _ => None,
        }
    }

    /// A name in an operand: a column, or something that surely holds none.
    fn column_or_constant(self, place: Place, steps: u32, out: &mut Vec<End>) -> Option<()> {
        if let Some(column) = self.column(place) {
            out.push(End::plain(column));
            return Some(());
        }
        if self.is_string && self.is_sqlalchemy_name(place) {
            return Some(());
        }
        match evaluate(self.db, place) {
            Value::Library(_) | Value::Module(_) | Value::Function(..) => Some(()),
            Value::Class(class) if mapped(self.db, class).is_none() => Some(()),
            Value::Attribute(class, _) if mapped(self.db, class).is_none() => Some(()),
            Value::Expr(value) if value != place => self.columns(value, steps.checked_sub(MAX_STEPS / 3)?, out),
            _ => match place.expr(self.db) {
                // `Kind.OPEN.value`, `Child.data.astext`
                Expr::Attribute { object, .. } => self.columns(place.with(object), steps, out),
                _ => None,
            },
        }
    }

    /// `func.lower` and the like, which strings know without an import.
    fn is_sqlalchemy_name(self, place: Place) -> bool {
        match place.expr(self.db) {
            Expr::Name(name) => is_exported("sqlalchemy", name.as_str()),
            Expr::Attribute { object, .. } => self.is_sqlalchemy_name(place.with(object)),
            _ => false,
        }
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
        let metadata = metadata_of_strings(self.db, self.parent);
        let table = *tables_of_string(self.db, metadata, Name::from(owner), file).first()?;
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
