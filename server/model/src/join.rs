//! How the two sides of a relationship are joined, and in which direction (`orm/relationships.py`, `JoinCondition`).

use relmodel_facts::{Expr, Name};

use crate::column::{ConstraintId, ForeignKeyTarget};
use crate::condition::{ColumnRef, End, Equality, column_list, read_condition};
use crate::db::{ClassId, Db, TableId};
use crate::declarations::Declaration;
use crate::mappers::selectable;
use crate::relationships::Secondary;
use crate::tables::{column_name, columns_of_single_tables, table, table_of_foreign_key};

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

/// Why SQLAlchemy finds no join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinFailure {
    /// `NoForeignKeysError`
    NoForeignKeys,
    /// `AmbiguousForeignKeysError`, and the columns that hold the foreign keys.
    Ambiguous(Vec<ColumnRef>),
    /// `NoForeignKeysError` between the association table and this class's table.
    NoForeignKeysSecondary(TableId, ClassId),
    /// `AmbiguousForeignKeysError` between the association table and a side.
    AmbiguousSecondary(TableId, Vec<ColumnRef>),
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
            Direction::OneToMany => Self { direction: Direction::ManyToOne, pairs: swapped(), ..*self },
            Direction::ManyToOne => Self { direction: Direction::OneToMany, pairs: swapped(), ..*self },
        }
    }
}

/// A foreign key of a table, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedKey {
    /// The column that holds it.
    pub column: ColumnRef,
    /// Where it leads.
    pub target: ForeignKeyTarget,
    /// The constraint that it belongs to.
    pub constraint: ConstraintId,
    /// The class that adds the column to the table of the class it inherits from.
    pub added_by: Option<ClassId>,
}

/// The foreign keys of a table and whether it may have more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableKeys {
    /// The keys that were read.
    pub keys: Vec<ResolvedKey>,
    /// Whether there may be keys that cannot be seen or followed.
    pub is_open: bool,
}

/// The foreign keys of a table, each followed to the column it refers to.
#[salsa::tracked(returns(ref))]
pub fn table_keys_of(db: &dyn Db, id: TableId) -> TableKeys {
    let Some(table) = table(db, id) else { return TableKeys { keys: Vec::new(), is_open: true } };
    let mut res = TableKeys { keys: Vec::new(), is_open: table.is_open || table.columns.iter().any(|it| it.is_open) };
    let added = columns_of_single_tables(db, id);
    res.is_open |= added.iter().any(|it| it.1.is_open);
    let added = added.iter().flat_map(|(class, it)| it.foreign_keys.iter().map(|key| (Some(*class), it.key, key)));
    let own = table.foreign_keys().map(|(column, key)| (None, column, key));
    for (added_by, column, key) in own.chain(added) {
        let target = table_of_foreign_key(db, table.metadata, column, key);
        res.is_open |= target == ForeignKeyTarget::Unknown;
        let column = ColumnRef { table: id, key: column };
        res.keys.push(ResolvedKey { column, target, constraint: key.constraint, added_by });
    }
    res
}

/// Whether a table holds a foreign key that leads nowhere: then a failed join is only the consequence.
pub fn has_broken_key(db: &dyn Db, id: TableId) -> bool {
    let is_broken =
        |it: &ResolvedKey| matches!(it.target, ForeignKeyTarget::NoTable { .. } | ForeignKeyTarget::NoColumn { .. });
    table_keys_of(db, id).keys.iter().any(is_broken)
}

/// The two sides of a search.
struct Sides<'a> {
    parent: Side<'a>,
    target: Side<'a>,
}

/// One side: a class with its own table and those it joins, or an association table.
#[derive(Clone, Copy)]
struct Side<'a> {
    class: Option<ClassId>,
    tables: &'a [TableId],
}

impl Sides<'_> {
    /// Whether either side has a column (`RelationshipProperty._columns_are_mapped`). Conditions may name other tables.
    fn maps(&self, column: ColumnRef) -> bool {
        self.parent.has(column) || self.target.has(column)
    }
}

impl Side<'_> {
    fn has(&self, column: ColumnRef) -> bool {
        self.tables.contains(&column.table)
    }

    /// Whether the side has a key. A joined class does not have the columns that a later class adds to a table which
    /// it joins.
    fn sees(&self, db: &dyn Db, key: &ResolvedKey) -> bool {
        match (key.added_by, self.class) {
            (Some(adding), Some(class)) if self.tables.first() != Some(&key.column.table) => {
                comes_before(db, adding, class)
            }
            _ => true,
        }
    }
}

/// Whether a class stands before another one, as far as that can be told.
fn comes_before(db: &dyn Db, first: ClassId, second: ClassId) -> bool {
    let file = first.file(db);
    let place = |it: ClassId| (file.facts(db).index_of(it.item(db).key(db)), it.index(db));
    file == second.file(db) && place(first) < place(second)
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
        Secondary::Missing { .. } | Secondary::Unknown => Joined::Unknown,
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
    mark_foreign(db, &mut equalities, &foreign_keys);
    let remote_side = match &remote_side {
        Columns::Known(columns) => Some(columns.as_slice()),
        _ => None,
    };
    let is_self_referential = mark_remote(&mut equalities, sides, remote_side);
    orient(&equalities, sides, is_self_referential)
}

/// Marks the columns that refer to the other side (`_annotate_fks`).
fn mark_foreign(db: &dyn Db, equalities: &mut [Equality], foreign_keys: &Columns) {
    if equalities.iter().flat_map(Equality::ends).any(|it| it.is_foreign) {
        return;
    }
    for Equality { left, right } in &mut *equalities {
        if let Columns::Known(columns) = foreign_keys {
            left.is_foreign = columns.contains(&left.column);
            right.is_foreign = columns.contains(&right.column);
        } else {
            left.is_foreign = references(db, left.column, right.column);
            right.is_foreign = !left.is_foreign && references(db, right.column, left.column);
        }
    }
    equalities.iter_mut().for_each(Equality::settle);
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
    for Equality { left, right } in &mut *equalities {
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
fn orient(equalities: &[Equality], sides: &Sides<'_>, is_self_referential: bool) -> Joined {
    let foreign = || equalities.iter().flat_map(Equality::ends).filter(|it| it.is_foreign);
    let on_target = foreign().any(|it| sides.target.has(it.column));
    let on_parent = foreign().any(|it| sides.parent.has(it.column));
    let direction = match (on_target, on_parent) {
        (true, false) => Direction::OneToMany,
        (false, true) => Direction::ManyToOne,
        (false, false) => return Joined::Unknown,
        (true, true) => match by_remote(equalities) {
            Some(direction) => direction,
            None => return Joined::Unknown,
        },
    };
    let mut pairs = Vec::new();
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
    if pairs.is_empty() {
        return Joined::Unknown;
    }
    Joined::Join(Join { direction, pairs, is_self_referential })
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
    let consider = match columns_argument(db, parent, declaration, "foreign_keys") {
        Columns::None => None,
        Columns::Known(columns) => Some(columns),
        Columns::Unknown => return Joined::Unknown,
    };
    let mut pairs = Vec::new();
    let halves = [("primaryjoin", parent, sides.parent), ("secondaryjoin", target, sides.target)];
    let link = Side { class: None, tables: &[secondary] };
    for (argument, class, side) in halves {
        let equalities = if declaration.has(db, argument) {
            match declaration.value(argument).and_then(|it| read_condition(db, parent, it)) {
                Some(equalities) if !equalities.is_empty() => equalities,
                _ => return Joined::Unknown,
            }
        } else {
            match scan(db, side, link, consider.as_deref()) {
                Scan::Found(equalities) => equalities,
                Scan::None => return Joined::Failed(JoinFailure::NoForeignKeysSecondary(secondary, class)),
                Scan::Several(columns) => return Joined::Failed(JoinFailure::AmbiguousSecondary(secondary, columns)),
                Scan::Unknown => return Joined::Unknown,
            }
        };
        for it in equalities {
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
    }
    Joined::Join(Join { direction: Direction::ManyToMany, pairs, is_self_referential: parent == target })
}

/// The outcome of [`scan`].
enum Scan {
    Found(Vec<Equality>),
    None,
    Several(Vec<ColumnRef>),
    Unknown,
}

/// Finds the one foreign key constraint between two sides (`Join._join_condition`). The first table of `a` is tried
/// alone before all of them together.
fn scan(db: &dyn Db, a: Side<'_>, b: Side<'_>, consider: Option<&[ColumnRef]>) -> Scan {
    let mut constraints: Vec<(ConstraintId, Vec<(ColumnRef, ColumnRef)>)> = Vec::new();
    for tables in [a.tables.get(..1).unwrap_or_default(), a.tables] {
        let left = Side { tables, ..a };
        collect_keys(db, b, left, consider, &mut constraints);
        if left.tables != b.tables {
            collect_keys(db, left, b, consider, &mut constraints);
        }
        if !constraints.is_empty() {
            break;
        }
    }
    let is_open = || a.tables.iter().chain(b.tables).any(|it| table_keys_of(db, *it).is_open);
    if constraints.len() > 1 {
        if let Some(columns) = consider {
            constraints.retain(|(_, pairs)| {
                pairs.len() == columns.len() && pairs.iter().all(|(_, key)| columns.contains(key))
            });
        }
        // Constraints that compare the same columns are one.
        let mut seen: Vec<Vec<(ColumnRef, ColumnRef)>> = Vec::new();
        constraints.retain(|(_, pairs)| {
            let is_new = !seen.contains(pairs);
            seen.push(pairs.clone());
            is_new
        });
    }
    match constraints.as_slice() {
        [] if is_open() => Scan::Unknown,
        [] => Scan::None,
        [(_, pairs)] => Scan::Found(pairs.iter().map(|&(referred, key)| Equality::of_key(referred, key)).collect()),
        several => Scan::Several(several.iter().flat_map(|it| it.1.iter().map(|pair| pair.1)).collect()),
    }
}

/// Adds the foreign keys from the tables `from` to the tables `to`, grouped by constraint.
fn collect_keys(
    db: &dyn Db,
    from: Side<'_>,
    to: Side<'_>,
    consider: Option<&[ColumnRef]>,
    out: &mut Vec<(ConstraintId, Vec<(ColumnRef, ColumnRef)>)>,
) {
    for &id in from.tables {
        for key in &table_keys_of(db, id).keys {
            if consider.is_some_and(|it| !it.contains(&key.column)) || !from.sees(db, key) {
                continue;
            }
            let ForeignKeyTarget::Column(table, column) = key.target else { continue };
            if !to.tables.contains(&table) {
                continue;
            }
            let pair = (ColumnRef { table, key: column }, key.column);
            match out.iter_mut().find(|it| it.0 == key.constraint) {
                Some((_, pairs)) => pairs.push(pair),
                None => out.push((key.constraint, vec![pair])),
            }
        }
    }
}

/// `table.column`, with the table's schema, as SQLAlchemy prints a column.
pub fn column_label(db: &dyn Db, column: ColumnRef) -> String {
    let key = table(db, column.table).as_ref().and_then(|it| it.key).unwrap_or_else(|| Name::from("?"));
    format!("{key}.{}", column_name(db, column.table, column.key))
}
