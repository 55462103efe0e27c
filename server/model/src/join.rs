//! How the two sides of a relationship are joined, and in which direction (`orm/relationships.py`, `JoinCondition`).

use relmodel_facts::{Expr, Name};

use crate::class::class_info;
use crate::column::{Column, ForeignKeyTarget};
use crate::condition::{ColumnRef, End, Equality, column_list, is_read_whole, read_condition};
use crate::db::{ClassId, Db, TableId};
use crate::declarations::Declaration;
use crate::failure::{ForeignFault, JoinFailure};
use crate::mappers::{lineage, selectable};
use crate::scan::{Scan, Side, scan, table_keys_of};
use crate::secondary::Secondary;
use crate::tables::{column_name, columns_of_single_tables, table};

/// The direction of a relationship, in SQLAlchemy's names. A one-to-one is a `OneToMany` with `uselist=False`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `ONETOMANY`: the foreign key is on the target's side.
    OneToMany,
    /// `MANYTOONE`: the foreign key is on the parent's side.
    ManyToOne,
    /// `MANYTOMANY`: there is an association table.
    ManyToMany,
}

impl Direction {
    /// The name that SQLAlchemy prints.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneToMany => "ONETOMANY",
            Self::ManyToOne => "MANYTOONE",
            Self::ManyToMany => "MANYTOMANY",
        }
    }
}

/// What became of the search for a join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    /// It was found.
    Join(Join),
    /// SQLAlchemy refuses it.
    Failed(JoinFailure),
    /// Cannot be told.
    Unknown,
}

/// A join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Its direction.
    pub direction: Direction,
    /// `local_remote_pairs`, sorted by nothing but the order in which they are found.
    pub pairs: Vec<Pair>,
    /// What a flush copies from one side to the other; `None` if that cannot be told.
    pub copies: Option<Vec<Copied>>,
    /// Whether parent and target are rows of the same table.
    pub is_self_referential: bool,
}

/// A pair of columns that a join compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The column on the parent's side.
    pub local: ColumnRef,
    /// The column on the target's side, or in the association table.
    pub remote: ColumnRef,
}

/// A column whose value a flush copies to another one (`JoinCondition.synchronize_pairs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The column that is referred to.
    pub from: ColumnRef,
    /// The foreign one.
    pub to: ColumnRef,
}

impl Join {
    /// The join of the relationship that a backref makes on the other side.
    #[must_use]
    pub(crate) fn reversed(&self) -> Self {
        let swapped = || self.pairs.iter().map(|it| Pair { local: it.remote, remote: it.local }).collect();
        match self.direction {
            Direction::ManyToMany => self.clone(),
            // Without `remote_side` a self-reference is one-to-many whichever side it is seen from.
            Direction::OneToMany if self.is_self_referential => self.clone(),
            Direction::OneToMany => Self { direction: Direction::ManyToOne, pairs: swapped(), ..self.clone() },
            Direction::ManyToOne => Self { direction: Direction::OneToMany, pairs: swapped(), ..self.clone() },
        }
    }
}

/// The two sides of a search.
struct Sides<'a> {
    parent: Side<'a>,
    target: Side<'a>,
}

impl Sides<'_> {
    /// Whether either side has a column (`RelationshipProperty._columns_are_mapped`). Conditions may name other tables.
    fn maps(&self, column: ColumnRef) -> bool {
        self.parent.has(column) || self.target.has(column)
    }
}

/// The join of a relationship from `parent` to `target`.
pub(crate) fn join(
    db: &dyn Db,
    parent: ClassId,
    target: ClassId,
    secondary: &Secondary,
    declaration: &Declaration,
) -> Joined {
    let (Some(parent_tables), Some(target_tables)) = (selectable(db, parent), selectable(db, target)) else {
        return Joined::Unknown;
    };
    let sides = Sides {
        parent: Side { class: Some(parent), tables: &parent_tables },
        target: Side { class: Some(target), tables: &target_tables },
    };
    match secondary {
        Secondary::None => direct(db, parent, &sides, declaration),
        Secondary::Table(table) => through(db, (parent, target), *table, &sides, declaration),
        Secondary::Class(_) | Secondary::Missing { .. } | Secondary::Unknown => Joined::Unknown,
    }
}

/// An argument that names columns: not given, given, or given in a way that cannot be told.
enum Columns {
    None,
    Known(Vec<ColumnRef>),
    Unknown,
}

fn columns_argument(db: &dyn Db, parent: ClassId, declaration: &Declaration, name: &str) -> Columns {
    match declaration.value(name) {
        None => Columns::None,
        Some(place) if place.expr(db) == Expr::None => Columns::None,
        Some(place) => match column_list(db, parent, place) {
            Some(columns) if !columns.is_empty() => Columns::Known(columns),
            _ => Columns::Unknown,
        },
    }
}

/// A join without an association table.
fn direct(db: &dyn Db, parent: ClassId, sides: &Sides<'_>, declaration: &Declaration) -> Joined {
    let foreign_keys = columns_argument(db, parent, declaration, "foreign_keys");
    let remote_side = columns_argument(db, parent, declaration, "remote_side");
    if matches!(remote_side, Columns::Unknown) || declaration.is_open {
        return Joined::Unknown;
    }
    let mut equalities = if declaration.has(db, "primaryjoin") {
        match declaration.value("primaryjoin").and_then(|it| read_condition(db, parent, it)) {
            Some(equalities) if !equalities.is_empty() => equalities,
            _ => return Joined::Unknown,
        }
    } else {
        let consider = match &foreign_keys {
            Columns::Known(columns) => Some(columns.as_slice()),
            Columns::None => None,
            Columns::Unknown => return Joined::Unknown,
        };
        match scan(db, sides.parent, sides.target, consider) {
            Scan::Found(mut equalities) => {
                equalities.iter_mut().for_each(Equality::settle);
                equalities
            }
            Scan::None => return Joined::Failed(JoinFailure::NoForeignKeys),
            Scan::Several(columns) => return Joined::Failed(JoinFailure::Ambiguous(columns)),
            Scan::Unknown => return Joined::Unknown,
        }
    };
    if !has_foreign(&equalities) {
        mark_foreign(db, &mut equalities, &foreign_keys, None);
    }
    let is_known = !matches!(foreign_keys, Columns::Unknown);
    let copies = if is_known { copies(db, &equalities, |it| sides.maps(it)) } else { None };
    let is_whole = is_known && is_whole(db, (parent, declaration, "primaryjoin"), sides, &equalities);
    let fault = ForeignFault { db, declaration, argument: "primaryjoin", equalities: &equalities, copies: &copies };
    if let Some(failure) = fault.find().filter(|_| is_whole) {
        return Joined::Failed(failure);
    }
    let remote_side = match &remote_side {
        Columns::Known(columns) => Some(columns.as_slice()),
        _ => None,
    };
    let is_self_referential = mark_remote(&mut equalities, sides, remote_side);
    match orient(&equalities, sides) {
        Ok((direction, pairs)) => Joined::Join(Join { direction, pairs, copies, is_self_referential }),
        Err(failure) if is_whole => Joined::Failed(failure),
        Err(_) => Joined::Unknown,
    }
}

/// Whether all that a join goes by was seen: the whole condition, where one is written, and the tables and columns in it.
fn is_whole(
    db: &dyn Db,
    (parent, declaration, argument): (ClassId, &Declaration, &str),
    sides: &Sides<'_>,
    equalities: &[Equality],
) -> bool {
    let condition = declaration.value(argument).filter(|_| declaration.has(db, argument));
    let is_seen = |column: ColumnRef| {
        let keys = table_keys_of(db, column.table);
        !keys.is_open && has_column(db, column)
    };
    let is_closed =
        |side: &Side<'_>| side.class.is_none_or(|it| lineage(db, it).iter().all(|it| !class_info(db, *it).is_open));
    condition.is_none_or(|it| is_read_whole(db, parent, it))
        && [sides.parent, sides.target].iter().all(is_closed)
        && equalities.iter().flat_map(Equality::ends).all(|it| is_seen(it.column))
}

fn has_column(db: &dyn Db, column: ColumnRef) -> bool {
    let is_meant = |it: &Column| it.key == column.key;
    table(db, column.table).as_ref().is_some_and(|it| it.columns.iter().any(|it| is_meant(it)))
        || columns_of_single_tables(db, column.table).iter().any(|it| is_meant(&it.1))
}

pub(crate) fn has_foreign(equalities: &[Equality]) -> bool {
    equalities.iter().flat_map(Equality::ends).any(|it| it.is_foreign)
}

/// Marks the columns that refer to the other side (`_annotate_fks`). Those of an association table do so without a
/// foreign key.
fn mark_foreign(db: &dyn Db, equalities: &mut [Equality], foreign_keys: &Columns, secondary: Option<TableId>) {
    for Equality { left, right, .. } in &mut *equalities {
        if let Columns::Known(columns) = foreign_keys {
            left.is_foreign |= columns.contains(&left.column);
            right.is_foreign |= columns.contains(&right.column);
        } else if !left.is_foreign && !right.is_foreign {
            let is_linking = |it: &End| secondary == Some(it.column.table);
            left.is_foreign = references(db, left.column, right.column);
            right.is_foreign = !left.is_foreign && references(db, right.column, left.column);
            if !left.is_foreign && !right.is_foreign {
                left.is_foreign = is_linking(left) && !is_linking(right);
                right.is_foreign = is_linking(right) && !is_linking(left);
            }
        }
    }
    equalities.iter_mut().for_each(Equality::settle);
}

/// The columns that a flush copies (`_setup_pairs`); `None` if there may be others.
fn copies(db: &dyn Db, equalities: &[Equality], maps: impl Fn(ColumnRef) -> bool) -> Option<Vec<Copied>> {
    let mut res = Vec::with_capacity(equalities.len());
    for Equality { left, right, is_equal } in equalities {
        let is_open = |it: &End| table_keys_of(db, it.column.table).is_open;
        let (from, to) = match (left.is_foreign, right.is_foreign) {
            (_, true) => (left.column, right.column),
            (true, false) => (right.column, left.column),
            (false, false) if *is_equal != Some(false) && (is_open(left) || is_open(right)) => return None,
            (false, false) => continue,
        };
        if (*is_equal)? && maps(from) && maps(to) {
            res.push(Copied { from, to });
        }
    }
    Some(res)
}

fn references(db: &dyn Db, from: ColumnRef, to: ColumnRef) -> bool {
    table_keys_of(db, from.table)
        .keys
        .iter()
        .any(|it| it.column == from && it.target == ForeignKeyTarget::Column(to.table, to.key))
}

/// Marks the columns on the target's side (`_annotate_remote`). Tells whether the join is self-referential.
fn mark_remote(equalities: &mut [Equality], sides: &Sides<'_>, remote_side: Option<&[ColumnRef]>) -> bool {
    let on_parent = |it: &End| sides.parent.has(it.column);
    let on_target = |it: &End| sides.target.has(it.column);
    let is_self_referential = equalities.iter().any(|it| it.ends().iter().all(|end| on_parent(end) && on_target(end)));
    if equalities.iter().flat_map(Equality::ends).any(|it| it.is_remote) {
        return is_self_referential;
    }
    let overlaps = sides.parent.tables.iter().any(|it| sides.target.tables.contains(it));
    for Equality { left, right, .. } in &mut *equalities {
        if let Some(remote) = remote_side {
            left.is_remote = remote.contains(&left.column);
            right.is_remote = remote.contains(&right.column);
        } else if is_self_referential {
            left.is_remote = left.is_foreign;
            right.is_remote = right.is_foreign;
        } else if overlaps {
            right.is_remote = on_target(right) && on_parent(left);
            left.is_remote = on_target(left) && on_parent(right);
        } else {
            left.is_remote = on_target(left);
            right.is_remote = on_target(right);
        }
    }
    equalities.iter_mut().for_each(Equality::settle);
    is_self_referential
}

/// The direction (`_determine_direction`) and the pairs (`_setup_pairs`).
fn orient(equalities: &[Equality], sides: &Sides<'_>) -> Result<(Direction, Vec<Pair>), JoinFailure> {
    let foreign = || equalities.iter().flat_map(Equality::ends).filter(|it| it.is_foreign).map(|it| it.column);
    let on_target = foreign().any(|it| sides.target.has(it));
    let on_parent = foreign().any(|it| sides.parent.has(it));
    let direction = match (on_target, on_parent) {
        (true, false) => Direction::OneToMany,
        (false, true) => Direction::ManyToOne,
        (false, false) => return Err(JoinFailure::NeitherSide(foreign().collect())),
        (true, true) => by_remote(equalities).ok_or_else(|| JoinFailure::BothSides(foreign().collect()))?,
    };
    let mut pairs = Vec::with_capacity(equalities.len());
    for it in equalities {
        let pair = match (it.left.is_remote, it.right.is_remote) {
            (false, true) => Pair { local: it.left.column, remote: it.right.column },
            (true, false) => Pair { local: it.right.column, remote: it.left.column },
            _ => continue,
        };
        if sides.maps(pair.local) && !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    if pairs.is_empty() { Err(JoinFailure::NoPairs) } else { Ok((direction, pairs)) }
}

/// The direction where foreign keys are on both sides: by whether those columns are remote. Columns compared with
/// themselves count only if there are no others.
fn by_remote(equalities: &[Equality]) -> Option<Direction> {
    let has = |is_remote: bool, with_equated: bool| {
        let counted = equalities.iter().filter(|it| with_equated || !it.is_equated());
        counted.flat_map(Equality::ends).any(|it| it.is_foreign && it.is_remote == is_remote)
    };
    let with_equated = !(has(true, true) && has(false, true));
    match (has(true, with_equated), has(false, with_equated)) {
        (true, false) => Some(Direction::OneToMany),
        (false, true) => Some(Direction::ManyToOne),
        _ => None,
    }
}

/// A join through an association table.
fn through(
    db: &dyn Db,
    (parent, target): (ClassId, ClassId),
    secondary: TableId,
    sides: &Sides<'_>,
    declaration: &Declaration,
) -> Joined {
    if declaration.is_open {
        return Joined::Unknown;
    }
    let foreign_keys = columns_argument(db, parent, declaration, "foreign_keys");
    let consider = match &foreign_keys {
        Columns::None => None,
        Columns::Known(columns) => Some(columns.as_slice()),
        Columns::Unknown => return Joined::Unknown,
    };
    let halves = [("primaryjoin", parent, sides.parent), ("secondaryjoin", target, sides.target)];
    let link = Side { class: None, tables: &[secondary] };
    let mut found: [Vec<Equality>; 2] = [Vec::new(), Vec::new()];
    for ((argument, class, side), found) in halves.into_iter().zip(&mut found) {
        *found = if declaration.has(db, argument) {
            match declaration.value(argument).and_then(|it| read_condition(db, parent, it)) {
                Some(equalities) if !equalities.is_empty() => equalities,
                _ => return Joined::Unknown,
            }
        } else {
            match scan(db, side, link, consider) {
                Scan::Found(equalities) => equalities,
                Scan::None => return Joined::Failed(JoinFailure::NoForeignKeysSecondary(secondary, class)),
                Scan::Several(columns) => return Joined::Failed(JoinFailure::AmbiguousSecondary(secondary, columns)),
                Scan::Unknown => return Joined::Unknown,
            }
        };
    }
    // Annotations in `primaryjoin` stand for both conditions.
    let is_annotated = declaration.has(db, "primaryjoin") && has_foreign(&found[0]);
    let maps = |it: ColumnRef| it.table == secondary || sides.maps(it);
    let mut all_copies = Some(Vec::new());
    for ((argument, _, side), equalities) in halves.into_iter().zip(&mut found) {
        if !is_annotated {
            mark_foreign(db, equalities, &foreign_keys, Some(secondary));
        }
        let copies = copies(db, equalities, maps);
        let fault = ForeignFault { db, declaration, argument, equalities, copies: &copies };
        let is_whole =
            || is_whole(db, (parent, declaration, argument), &Sides { parent: side, target: link }, equalities);
        if let Some(failure) = fault.find().filter(|_| is_whole()) {
            return Joined::Failed(failure);
        }
        all_copies = all_copies.zip(copies).map(|(mut all, copies): (Vec<Copied>, _)| {
            all.extend(copies);
            all
        });
    }
    let copies = all_copies;
    let found = found.concat();
    let mut pairs = Vec::new();
    for it in found {
        let [left, right] = [it.left.column, it.right.column];
        let pair = match (left.table == secondary, right.table == secondary) {
            (false, true) => Pair { local: left, remote: right },
            (true, false) => Pair { local: right, remote: left },
            _ => continue,
        };
        if sides.maps(pair.local) && !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let is_self_referential = parent == target;
    Joined::Join(Join { direction: Direction::ManyToMany, pairs, copies, is_self_referential })
}

/// `table.column`, with the table's schema, as SQLAlchemy prints a column.
pub fn column_label(db: &dyn Db, column: ColumnRef) -> String {
    let key = table(db, column.table).as_ref().and_then(|it| it.key).unwrap_or_else(|| Name::from("?"));
    format!("{key}.{}", column_name(db, column.table, column.key))
}

/// The same without the schema, as SQLAlchemy prints a column in warnings.
pub fn bare_column_label(db: &dyn Db, column: ColumnRef) -> String {
    let label = column_label(db, column);
    let name = column_name(db, column.table, column.key);
    let table = label.strip_suffix(name.as_str()).unwrap_or(&label).trim_end_matches('.');
    format!("{}.{name}", table.rsplit('.').next().unwrap_or(table))
}
