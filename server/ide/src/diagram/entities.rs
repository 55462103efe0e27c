//! What stands in a diagram: the mapped classes, and the tables that no class maps.

use relmodel_model::{
    ClassId, Column, Db, Member, MemberKind, TableId, TableSource, file_classes, file_tables, mapped, members, table,
};
use relmodel_rules::Anchor;
use rustc_hash::FxHashMap;

use super::{Entity, EntityColumn};
use crate::analysis::{Analysis, FileId};
use crate::names::Symbol;
use crate::render::table_label;

/// The entities, and how to find them.
#[derive(Default)]
pub(super) struct Found {
    entities: Vec<Entity>,
    pub(super) classes: Vec<(ClassId, usize)>,
    pub(super) tables: Vec<TableId>,
    of_class: FxHashMap<ClassId, usize>,
    of_table: FxHashMap<TableId, usize>,
}

impl Found {
    pub(super) fn into_entities(self) -> Vec<Entity> {
        self.entities
    }

    pub(super) fn class(&self, class: ClassId) -> Option<usize> {
        self.of_class.get(&class).copied()
    }

    /// The entity of a table: the first class that maps it, or itself.
    pub(super) fn table(&self, table: TableId) -> Option<usize> {
        self.of_table.get(&table).copied()
    }

    fn add(&mut self, entity: Entity) -> usize {
        self.entities.push(entity);
        self.entities.len() - 1
    }
}

impl Analysis {
    pub(super) fn entities(&self, files: &[FileId]) -> Found {
        let db: &dyn Db = &self.db;
        let mut res = Found::default();
        for class in files.iter().flat_map(|it| file_classes(db, it.0)).copied() {
            let Some(mapped) = mapped(db, class) else { continue };
            let index = res.add(self.class_entity(class, mapped.table));
            res.classes.push((class, index));
            res.of_class.insert(class, index);
            if let Some(table) = mapped.table {
                res.of_table.entry(table).or_insert(index);
            }
        }
        for id in files.iter().flat_map(|it| file_tables(db, it.0)).copied() {
            res.tables.push(id);
            if !res.of_table.contains_key(&id)
                && let Some(entity) = self.table_entity(id)
            {
                let index = res.add(entity);
                res.of_table.insert(id, index);
            }
        }
        res
    }

    fn class_entity(&self, class: ClassId, own_table: Option<TableId>) -> Entity {
        let db: &dyn Db = &self.db;
        let columns = members(db, class).iter().filter_map(|it| member_column(db, it, own_table));
        let at = self.range_of(Anchor::Class(class)).map(|it| (FileId(it.file), it.range));
        Entity {
            name: class.name(db).to_string(),
            table: own_table.and_then(|it| table(db, it).as_ref()?.key).map(|it| it.to_string()),
            is_class: true,
            columns: columns.collect(),
            at,
        }
    }

    fn table_entity(&self, id: TableId) -> Option<Entity> {
        let db: &dyn Db = &self.db;
        let TableSource::Call(_) = id.source(db) else { return None };
        let data = table(db, id).as_ref()?;
        let columns = data.columns.iter().map(|it| shown(it.key.to_string(), it, id, db));
        let at = self.target_of(&Symbol::Table(id)).map(|it| (it.file, it.focus));
        Some(Entity { name: table_label(db, id), table: None, is_class: false, columns: columns.collect(), at })
    }
}

fn member_column(db: &dyn Db, member: &Member, own_table: Option<TableId>) -> Option<EntityColumn> {
    let MemberKind::Column(column) = &member.kind else { return None };
    let name = member.name.to_string();
    let Some(id) = own_table else { return Some(bare(name, column)) };
    // The table knows what its constraints say of the column.
    let in_table = table(db, id).as_ref().and_then(|it| it.column(column.key.as_str()));
    Some(shown(name, in_table.unwrap_or(column), id, db))
}

fn shown(name: String, column: &Column, id: TableId, db: &dyn Db) -> EntityColumn {
    let is_in = |it: &relmodel_model::Table| {
        (it.primary_key.contains(&column.key), it.constraints.iter().any(|it| it.0 == column.key))
    };
    let (is_primary, is_foreign) = table(db, id).as_ref().map(is_in).unwrap_or_default();
    let res = bare(name, column);
    EntityColumn { is_primary: res.is_primary || is_primary, is_foreign: res.is_foreign || is_foreign, ..res }
}

fn bare(name: String, column: &Column) -> EntityColumn {
    EntityColumn {
        name,
        type_: column.type_.map(|it| it.to_string()),
        is_primary: column.primary_key == Some(true),
        is_foreign: !column.foreign_keys.is_empty(),
    }
}
