//! What links the entities of a diagram: relationships, foreign keys that none goes along, inheritance.

use relmodel_model::{
    ClassId, ColumnRef, ConstraintId, Db, Direction, ForeignKeyTarget, Join, Joined, RelationshipId, Secondary,
    TableId, lineage, mapped, relationship, relationships_of, table, table_of_foreign_key,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::entities::Found;
use super::{Cardinality, Link, LinkKind};

/// A line on its way.
struct Line {
    from: usize,
    to: usize,
    /// The columns that hold the foreign key, sorted by key.
    columns: Vec<ColumnRef>,
    /// The relationships of the side that is referred to, then those of the side that refers.
    names: [Vec<String>; 2],
    /// Whether a relationship says that there is one row at most.
    is_single: bool,
}

/// The lines found so far. Two between the same entities differ in their columns.
#[derive(Default)]
struct Lines {
    all: Vec<Line>,
    index: FxHashMap<(usize, usize, Vec<ColumnRef>), usize>,
    drawn: FxHashSet<Vec<ColumnRef>>,
}

impl Lines {
    /// The line between two entities by these columns; a new one if there is none yet.
    fn between(&mut self, from: usize, to: usize, columns: Vec<ColumnRef>) -> &mut Line {
        let columns = sorted(columns);
        let index = *self.index.entry((from, to, columns.clone())).or_insert_with(|| {
            self.drawn.insert(columns.clone());
            self.all.push(Line { from, to, columns, names: Default::default(), is_single: false });
            self.all.len() - 1
        });
        &mut self.all[index]
    }
}

fn sorted(mut columns: Vec<ColumnRef>) -> Vec<ColumnRef> {
    columns.sort_by_key(|it| it.key);
    columns.dedup();
    columns
}

pub(super) fn links(db: &dyn Db, found: &Found) -> Vec<Link> {
    let mut lines = Lines::default();
    for &(class, _) in &found.classes {
        for id in relationships_of(db, class) {
            add_relationship(db, found, id, &mut lines);
        }
    }
    let inherited: FxHashSet<(TableId, TableId)> =
        found.classes.iter().filter_map(|it| joined_tables(db, it.0)).collect();
    for &id in &found.tables {
        add_foreign_keys(db, found, id, &inherited, &mut lines);
    }
    let parents = found.classes.iter().filter_map(|&(class, from)| {
        let to = found.class(mapped(db, class).as_ref()?.inherits?)?;
        Some(Link { from, to, kind: LinkKind::Inheritance, label: String::new() })
    });
    lines.all.iter().map(|it| finished(db, it)).chain(parents).collect()
}

fn add_relationship(db: &dyn Db, found: &Found, id: RelationshipId, lines: &mut Lines) {
    let Some(data) = relationship(db, id) else { return };
    let (Joined::Join(join), Some(target)) = (&data.join, data.target_class()) else { return };
    let (Some(own), Some(other)) = (found.class(id.parent(db)), found.class(target)) else { return };
    // A view of rows that other relationships link.
    if data.viewonly == Some(true) {
        return;
    }
    let name = id.key(db).to_string();
    match (join.direction, &data.secondary) {
        (Direction::ManyToMany, Secondary::Table(secondary)) => {
            let Some(between) = found.table(*secondary) else { return };
            lines.between(between, other, far_columns(db, id.parent(db), join)).names[1].push(name);
        }
        (Direction::ManyToMany, _) => {}
        (Direction::ManyToOne, _) => {
            lines.between(own, other, join.pairs.iter().map(|it| it.local).collect()).names[1].push(name);
        }
        (Direction::OneToMany, _) => {
            let line = lines.between(other, own, join.pairs.iter().map(|it| it.remote).collect());
            line.names[0].push(name);
            line.is_single |= data.uselist == Some(false);
        }
    }
}

/// The columns of an association table that lead to the target. Where both sides are of one table, `primaryjoin` has been
/// read first and `secondaryjoin` after it.
fn far_columns(db: &dyn Db, parent: ClassId, join: &Join) -> Vec<ColumnRef> {
    let tables: Vec<_> = lineage(db, parent).into_iter().filter_map(|it| mapped(db, it).as_ref()?.table).collect();
    let far = join.pairs.iter().filter(|it| !tables.contains(&it.local.table)).map(|it| it.remote);
    let far: Vec<_> = far.collect();
    if far.is_empty() { join.pairs.iter().skip(join.pairs.len() / 2).map(|it| it.remote).collect() } else { far }
}

/// The tables of a class and of its parent, where they differ.
fn joined_tables(db: &dyn Db, class: ClassId) -> Option<(TableId, TableId)> {
    let own = mapped(db, class).as_ref()?;
    let parent = mapped(db, own.inherits?).as_ref()?.table?;
    Some((own.table?, parent)).filter(|it| it.0 != it.1)
}

/// The foreign keys of a table that no line goes along yet. The one that joins a class's table to its parent's is told
/// by the inheritance.
fn add_foreign_keys(
    db: &dyn Db,
    found: &Found,
    id: TableId,
    inherited: &FxHashSet<(TableId, TableId)>,
    lines: &mut Lines,
) {
    let (Some(data), Some(from)) = (table(db, id), found.table(id)) else { return };
    let mut constraints: Vec<(ConstraintId, TableId, Vec<ColumnRef>)> = Vec::new();
    for (column, key) in data.foreign_keys() {
        let ForeignKeyTarget::Column(target, _) = table_of_foreign_key(db, data.metadata, column, key) else {
            continue;
        };
        let column = ColumnRef { table: id, key: column };
        match constraints.iter_mut().find(|it| it.0 == key.constraint && it.1 == target) {
            Some((_, _, columns)) => columns.push(column),
            None => constraints.push((key.constraint, target, vec![column])),
        }
    }
    for (_, target, columns) in constraints {
        let Some(to) = found.table(target) else { continue };
        let columns = sorted(columns);
        if !lines.drawn.contains(&columns) && !inherited.contains(&(id, target)) {
            lines.between(from, to, columns);
        }
    }
}

fn finished(db: &dyn Db, line: &Line) -> Link {
    let label = line.names.iter().filter(|it| !it.is_empty()).map(|it| it.join(", ")).collect::<Vec<_>>().join(" / ");
    let is_required = |it: &ColumnRef| {
        table(db, it.table).as_ref().and_then(|table| table.column(it.key.as_str())?.nullable) == Some(false)
    };
    let from = if line.is_single || is_whole_key(db, line) { Cardinality::ZeroOrOne } else { Cardinality::Many };
    let to = if line.columns.iter().all(is_required) { Cardinality::One } else { Cardinality::ZeroOrOne };
    Link { from: line.from, to: line.to, kind: LinkKind::Reference { from, to }, label }
}

/// Whether the columns of the foreign key are the whole primary key, so that there is one row at most.
fn is_whole_key(db: &dyn Db, line: &Line) -> bool {
    let Some(id) = line.columns.first().map(|it| it.table) else { return false };
    let Some(data) = table(db, id) else { return false };
    let is_primary = |it: &relmodel_model::Column| it.primary_key == Some(true) || data.primary_key.contains(&it.key);
    let keys = data.columns.iter().filter(|it| is_primary(it)).map(|it| ColumnRef { table: id, key: it.key });
    let keys = sorted(keys.collect());
    keys == line.columns && !keys.is_empty()
}
