//! All that the model resolved, as plain data: what `relmodel inspect` prints.

use rayon::prelude::*;
use relmodel_model::{
    AttributeKind, ClassId, Column, ColumnRef, Db, ForeignKeyTarget, Joined, MemberKind, RelationshipId, Secondary,
    SourceFile, TableId, TableSource, Target, class_attributes, column_label, columns_of_single_tables, declaration,
    file_classes, file_tables, mapped, members, relationship, relationships_of, reverse, table, table_of_foreign_key,
};
use relmodel_rules::Anchor;
use relmodel_syntax::{PositionEncoding, position_at};
use serde::Serialize;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::render::table_label;

/// What the model resolved. Paths are the model's; lines count from 1.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Inspection {
    /// The mapped classes.
    pub classes: Vec<InspectedClass>,
    /// The tables: those that mapped classes make, and those of `Table(...)`.
    pub tables: Vec<InspectedTable>,
    /// The relationships, those that backrefs make included.
    pub relationships: Vec<InspectedRelationship>,
    /// What could not be told, and why.
    pub unknown: Vec<InspectedUnknown>,
}

/// A mapped class.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InspectedClass {
    pub class: String,
    pub path: String,
    pub line: u32,
    pub table: Option<String>,
    pub inherits: Option<String>,
    pub columns: Vec<InspectedColumn>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InspectedColumn {
    pub key: String,
    pub name: String,
    pub table: Option<String>,
    #[serde(rename = "type")]
    pub type_: Option<String>,
    pub nullable: Option<bool>,
    pub primary_key: Option<bool>,
    pub foreign_keys: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InspectedTable {
    pub name: String,
    pub path: String,
    pub line: u32,
    pub columns: Vec<InspectedColumn>,
}

/// A relationship.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InspectedRelationship {
    pub class: String,
    pub key: String,
    pub target: Option<String>,
    pub direction: Option<&'static str>,
    pub uselist: Option<bool>,
    pub secondary: Option<String>,
    pub reverse: Vec<String>,
    pub local_remote_pairs: Option<Vec<String>>,
    pub viewonly: Option<bool>,
    pub from_backref: bool,
    pub path: String,
    pub line: u32,
}

/// Something that cannot be told without running Python.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InspectedUnknown {
    pub path: String,
    pub line: u32,
    pub what: String,
    pub reason: String,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mapped classes.
    pub classes: usize,
    /// Relationships, those that backrefs make included.
    pub relationships: usize,
}

impl Analysis {
    /// What the model resolved in these files.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn inspect(&self, files: &[FileId]) -> Result<Inspection, Cancelled> {
        guarded(|| {
            let mut res = Inspection::default();
            for file in files {
                self.inspect_file(file.0, &mut res);
            }
            res
        })
    }

    /// How many mapped classes and relationships these files hold.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn counts(&self, files: &[FileId]) -> Result<Counts, Cancelled> {
        let count = |analysis: &mut Self, file: &FileId| {
            let db: &dyn Db = &analysis.db;
            guarded(|| {
                let classes = file_classes(db, file.0);
                let relationships = classes.iter().map(|it| relationships_of(db, *it).len()).sum();
                Counts { classes: classes.len(), relationships }
            })
        };
        let counted = files.par_iter().map_with(self.clone(), count);
        counted.try_reduce(Counts::default, |a, b| {
            Ok(Counts { classes: a.classes + b.classes, relationships: a.relationships + b.relationships })
        })
    }

    fn inspect_file(&self, file: SourceFile, out: &mut Inspection) {
        let db: &dyn Db = &self.db;
        for &class in file_classes(db, file) {
            out.classes.push(self.inspect_class(class));
            for id in relationships_of(db, class) {
                if let Some(found) = self.inspect_relationship(id) {
                    self.explain_unknown(id, &found, &mut out.unknown);
                    out.relationships.push(found);
                }
            }
            for attribute in class_attributes(db, class).iter().filter(|it| it.kind == AttributeKind::Unknown) {
                let (path, line) = self.site(Anchor::Attribute(class, attribute.at));
                let what = format!("{}.{}", class.dotted_name(db), attribute.name);
                let reason = "its value is not known to be a column or relationship".to_owned();
                out.unknown.push(InspectedUnknown { path, line, what, reason });
            }
        }
        out.tables.extend(file_tables(db, file).iter().filter_map(|it| self.inspect_table(*it)));
    }

    /// Path and 1-based line of an anchor.
    fn site(&self, anchor: Anchor) -> (String, u32) {
        let path = anchor.file(&self.db).path(&self.db).to_string();
        let line = self.range_of(anchor).map_or(0, |at| {
            let text = self.text(FileId(at.file));
            position_at(&text, at.range.start, PositionEncoding::Utf8).line + 1
        });
        (path, line)
    }

    fn inspect_class(&self, class: ClassId) -> InspectedClass {
        let db: &dyn Db = &self.db;
        let (path, line) = self.site(Anchor::Class(class));
        let mapped = mapped(db, class).as_ref();
        let table_id = mapped.and_then(|it| it.table);
        let mut columns = Vec::new();
        for member in members(db, class) {
            if let MemberKind::Column(column) = &member.kind {
                // The table knows what its constraints say of the column.
                let in_table = table_id.and_then(|it| table(db, it).as_ref()?.column(column.key.as_str()));
                let mut column = self.inspect_column(table_id, in_table.unwrap_or(column));
                column.key = member.name.to_string();
                columns.push(column);
            }
        }
        InspectedClass {
            class: class.dotted_name(db),
            path,
            line,
            table: table_id.and_then(|it| known_key(db, it)),
            inherits: mapped.and_then(|it| it.inherits).map(|it| it.dotted_name(db)),
            columns,
        }
    }

    fn inspect_column(&self, id: Option<TableId>, column: &Column) -> InspectedColumn {
        let db: &dyn Db = &self.db;
        let metadata = id.and_then(|it| table(db, it).as_ref()).map(|it| it.metadata);
        let mut foreign_keys = Vec::new();
        let mut add = |target: ForeignKeyTarget| match target {
            ForeignKeyTarget::Column(table, key) => {
                foreign_keys.push(format!("{}.{key}", table_label(db, table)));
            }
            ForeignKeyTarget::NoTable { .. } | ForeignKeyTarget::NoColumn { .. } | ForeignKeyTarget::Unknown => {}
        };
        if let Some(metadata) = metadata {
            column.foreign_keys.iter().for_each(|it| add(table_of_foreign_key(db, metadata, column.key, it)));
            let constraints = id.and_then(|it| table(db, it).as_ref()).into_iter().flat_map(|it| &it.constraints);
            for (_, key) in constraints.filter(|(name, _)| *name == column.key) {
                add(table_of_foreign_key(db, metadata, column.key, key));
            }
        }
        InspectedColumn {
            key: column.key.to_string(),
            name: column.name.to_string(),
            table: id.and_then(|it| known_key(db, it)),
            type_: column.type_.map(|it| it.to_string()),
            nullable: column.nullable,
            primary_key: column.primary_key,
            foreign_keys,
        }
    }

    fn inspect_table(&self, id: TableId) -> Option<InspectedTable> {
        let db: &dyn Db = &self.db;
        let data = table(db, id).as_ref()?;
        let (path, line) = match (data.name_place, id.source(db)) {
            (Some(place), _) => self.site(Anchor::Expr(place)),
            (None, TableSource::Class(class)) => self.site(Anchor::Class(class)),
            (None, TableSource::Call(_)) => return None,
        };
        let columns = data.columns.iter().chain(columns_of_single_tables(db, id).iter().map(|it| &it.1));
        let columns = columns.map(|it| self.inspect_column(Some(id), it)).collect();
        Some(InspectedTable { name: data.key?.to_string(), path, line, columns })
    }

    fn inspect_relationship(&self, id: RelationshipId) -> Option<InspectedRelationship> {
        let db: &dyn Db = &self.db;
        let data = relationship(db, id).as_ref()?;
        let (path, line) = self.relationship_site(id);
        let pairs = match &data.join {
            Joined::Join(join) => {
                // A column of a table whose name is unknown has no name either.
                let is_named = |it: ColumnRef| known_key(db, it.table).is_some();
                let pair = |it: &relmodel_model::Pair| {
                    let label = || format!("{}->{}", column_label(db, it.local), column_label(db, it.remote));
                    (is_named(it.local) && is_named(it.remote)).then(label)
                };
                let pairs: Option<Vec<String>> = join.pairs.iter().map(pair).collect();
                pairs.map(|mut it| {
                    it.sort();
                    it
                })
            }
            _ => None,
        };
        let label = |it: &RelationshipId| format!("{}.{}", it.parent(db).dotted_name(db), it.key(db));
        let mut others: Vec<String> = reverse(db, id).iter().map(label).collect();
        others.sort();
        Some(InspectedRelationship {
            class: id.parent(db).dotted_name(db),
            key: id.key(db).to_string(),
            target: data.target_class().map(|it| it.dotted_name(db)),
            direction: data.direction().map(relmodel_model::Direction::as_str),
            uselist: data.uselist,
            secondary: match data.secondary {
                Secondary::Table(table) => known_key(db, table),
                _ => None,
            },
            reverse: others,
            local_remote_pairs: pairs,
            viewonly: data.viewonly,
            from_backref: id.backref_of(db).is_some(),
            path,
            line,
        })
    }

    /// Where a relationship is written; for one that a backref makes, where the backref's relationship is.
    fn relationship_site(&self, id: RelationshipId) -> (String, u32) {
        let db: &dyn Db = &self.db;
        let written = match id.backref_of(db) {
            Some((class, key)) => RelationshipId::new(db, class, key, None),
            None => id,
        };
        match declaration(db, written) {
            Some(declaration) => self.site(Anchor::Expr(declaration.call)),
            None => (String::new(), 0),
        }
    }

    fn explain_unknown(&self, id: RelationshipId, found: &InspectedRelationship, out: &mut Vec<InspectedUnknown>) {
        let Some(data) = relationship(&self.db, id) else { return };
        let reason = match (&data.target, &data.join) {
            (Target::Unknown, _) => "its target cannot be told without running Python",
            (Target::Missing { .. } | Target::NotInModule { .. }, _) => "its target names no mapped class",
            (_, Joined::Unknown) => "its join cannot be told without running Python",
            _ => return,
        };
        let what = format!("{}.{}", found.class, found.key);
        out.push(InspectedUnknown { path: found.path.clone(), line: found.line, what, reason: reason.to_owned() });
    }
}

fn known_key(db: &dyn Db, id: TableId) -> Option<String> {
    table(db, id).as_ref()?.key.map(|it| it.to_string())
}
