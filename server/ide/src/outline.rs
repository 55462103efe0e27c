//! What a file maps, as an outline; and the same over all files, by name.

use relmodel_model::{
    ClassId, Db, MemberKind, TableId, TableSource, backrefs_on, declaration, file_classes, file_tables, mapped,
    members, relationship, relationships_of, table,
};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::definition::Target;
use crate::names::Symbol;
use crate::narrow::{MAX_PROPOSALS, has_letters_of};
use crate::render::{cardinality, table_label};

/// A mapped class, a table, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// Its name.
    pub name: String,
    /// A few words beside it.
    pub detail: String,
    /// What it is.
    pub kind: OutlineKind,
    /// All of it, in bytes; encloses `focus` and the children.
    pub full: TextRange,
    /// Its name, in bytes.
    pub focus: TextRange,
    /// Its parts.
    pub children: Vec<Self>,
}

/// What an item of an outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// A mapped class.
    Class,
    /// A `Table(...)`.
    Table,
    /// A column.
    Column,
    /// A relationship.
    Relationship,
    /// A relationship of another class that a backref makes.
    Backref,
}

/// Something of the workspace with this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OutlineKind,
    /// The class or module it is in.
    pub container: String,
    /// Where it is defined.
    pub target: Target,
}

impl Analysis {
    /// The mapped classes and tables of a file with their parts, in order.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn outline(&self, file: FileId) -> Result<Vec<OutlineItem>, Cancelled> {
        guarded(|| {
            let classes = file_classes(&self.db, file.0).iter().filter_map(|it| self.class_item(file, *it));
            let tables = file_tables(&self.db, file.0).iter().filter_map(|it| self.table_item(file, *it));
            let mut res: Vec<OutlineItem> = classes.chain(tables).collect();
            res.sort_by_key(|it| it.full.start);
            res
        })
    }

    /// The mapped classes, tables and relationships of some files that have the letters of `query`, in this order: those that
    /// begin with it first. Of relationships, none for an empty query.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn workspace_symbols(&self, files: &[FileId], query: &str) -> Result<Vec<WorkspaceSymbol>, Cancelled> {
        guarded(|| {
            let mut found: Vec<(u32, WorkspaceSymbol)> = Vec::new();
            for file in files {
                for symbol in self.symbols_in(*file, query) {
                    found.push((distance(&symbol.name, query), symbol));
                }
            }
            found.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
            found.into_iter().take(MAX_PROPOSALS).map(|it| it.1).collect()
        })
    }

    fn class_item(&self, file: FileId, class: ClassId) -> Option<OutlineItem> {
        let db: &dyn Db = &self.db;
        let own = mapped(db, class).as_ref()?;
        let full = self.class_range(class)?.range;
        let focus = self.range_of(Anchor::Class(class))?.range;
        let mut children: Vec<OutlineItem> =
            members(db, class).iter().filter_map(|it| self.member_item(file, class, it)).collect();
        children.retain(|it| full.start <= it.full.start && it.full.end <= full.end);
        children.sort_by_key(|it| it.full.start);
        let detail = own.table.map(|it| table_label(db, it)).unwrap_or_default();
        Some(OutlineItem { name: class.name(db).to_string(), detail, kind: OutlineKind::Class, full, focus, children })
    }

    fn member_item(&self, file: FileId, class: ClassId, member: &relmodel_model::Member) -> Option<OutlineItem> {
        let db: &dyn Db = &self.db;
        let (kind, detail) = match &member.kind {
            MemberKind::Column(column) => {
                (OutlineKind::Column, column.type_.map(|it| it.to_string()).unwrap_or_default())
            }
            MemberKind::Relationship(..) => (OutlineKind::Relationship, String::new()),
            _ => return None,
        };
        let symbol = crate::names::symbol_of_member(db, class, member.name)?;
        let target = self.target_of(&symbol).filter(|it| it.file == file)?;
        let mut res = OutlineItem {
            name: member.name.to_string(),
            detail,
            kind,
            full: target.full,
            focus: target.focus,
            children: Vec::new(),
        };
        if let Symbol::Relationship(id) = symbol {
            res.detail = self.described(id);
            res.children.extend(self.backref_item(file, id));
        }
        Some(res)
    }

    /// `1:M Child`
    fn described(&self, id: relmodel_model::RelationshipId) -> String {
        let db: &dyn Db = &self.db;
        let target = relationship(db, id).as_ref().and_then(relmodel_model::Relationship::target_class);
        let target = target.map_or("?", |it| it.name(db).as_str());
        match cardinality(db, id) {
            Some(cardinality) => format!("{cardinality} {target}"),
            None => target.to_owned(),
        }
    }

    /// What the `backref` of a relationship makes on its target.
    fn backref_item(&self, file: FileId, id: relmodel_model::RelationshipId) -> Option<OutlineItem> {
        let db: &dyn Db = &self.db;
        let target = relationship(db, id).as_ref()?.target_class()?;
        let made = backrefs_on(db, target).iter().find(|it| it.source == id)?;
        let (name, _) = declaration(db, id).as_ref()?.backref(db)?;
        let focus = self.content_range(name.place).filter(|it| it.file == file.0)?.range;
        Some(OutlineItem {
            name: format!("{}.{}", target.name(db), made.id.key(db)),
            detail: self.described(made.id),
            kind: OutlineKind::Backref,
            full: focus,
            focus,
            children: Vec::new(),
        })
    }

    fn table_item(&self, file: FileId, id: TableId) -> Option<OutlineItem> {
        let db: &dyn Db = &self.db;
        let TableSource::Call(_) = id.source(db) else { return None };
        let target = self.target_of(&Symbol::Table(id)).filter(|it| it.file == file)?;
        let data = table(db, id).as_ref()?;
        let column = |it: &relmodel_model::Column| {
            let full = self.expr_range(it.place).filter(|it| it.file == file.0)?.range;
            let detail = it.type_.map(|it| it.to_string()).unwrap_or_default();
            let name = it.key.to_string();
            Some(OutlineItem { name, detail, kind: OutlineKind::Column, full, focus: full, children: Vec::new() })
        };
        let mut children: Vec<OutlineItem> = data.columns.iter().filter_map(|it| column(it)).collect();
        children.retain(|it| target.full.start <= it.full.start && it.full.end <= target.full.end);
        Some(OutlineItem {
            name: table_label(db, id),
            detail: "Table".to_owned(),
            kind: OutlineKind::Table,
            full: target.full,
            focus: target.focus,
            children,
        })
    }

    fn symbols_in(&self, file: FileId, query: &str) -> Vec<WorkspaceSymbol> {
        let db: &dyn Db = &self.db;
        let module = file.0.module(db);
        let mut res = Vec::new();
        let mut add = |name: &str, kind, container: &str, symbol: &Symbol| {
            if has_letters_of(name, query)
                && let Some(target) = self.target_of(symbol)
            {
                res.push(WorkspaceSymbol { name: name.to_owned(), kind, container: container.to_owned(), target });
            }
        };
        for &class in file_classes(db, file.0).iter().filter(|it| mapped(db, **it).is_some()) {
            add(class.name(db).as_str(), OutlineKind::Class, module.as_str(), &Symbol::Class(class));
            for id in relationships_of(db, class).into_iter().filter(|_| !query.is_empty()) {
                let kind = if id.backref_of(db).is_some() { OutlineKind::Backref } else { OutlineKind::Relationship };
                add(id.key(db).as_str(), kind, class.name(db).as_str(), &Symbol::Relationship(id));
            }
        }
        for &id in file_tables(db, file.0) {
            if let TableSource::Call(_) = id.source(db) {
                add(&table_label(db, id), OutlineKind::Table, module.as_str(), &Symbol::Table(id));
            }
        }
        res
    }
}

/// How far a name is from a query whose letters it has: 0 for the same, 1 where it begins with it.
fn distance(name: &str, query: &str) -> u32 {
    let begins = name.get(..query.len()).is_some_and(|it| it.eq_ignore_ascii_case(query));
    match begins {
        true if name.len() == query.len() => 0,
        true => 1,
        false if name.to_lowercase().contains(&query.to_lowercase()) => 2,
        false => 3,
    }
}
