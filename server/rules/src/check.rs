//! Running the rules over a file.

use std::borrow::Cow;

use relmodel_model::{
    ClassId, Db, RelationshipId, SourceFile, TableId, Workspace, borrowers, declarative_bases, file_classes,
    file_tables, is_in_editor, relationships_of, table,
};
use rustc_hash::FxHashSet;

use crate::finding::{Anchor, Finding};
use crate::registry::{Entry, On, Subject, rules_of};
use crate::walker::{
    ClassWalker, ColumnWalker, ForeignKeyWalker, Known, RelationshipWalker, TableWalker, for_each_column_of_class,
    for_each_column_of_table, for_each_import,
};

/// How the findings of a file are kept: those of an open one class by class, so that a keystroke in it has only the classes
/// checked that it concerns; those of a closed one as a whole.
#[derive(Clone, Copy)]
struct Parts<'db> {
    db: &'db dyn Db,
    are_kept: bool,
}

impl<'db> Parts<'db> {
    fn class(self, id: ClassId) -> Cow<'db, [Finding]> {
        if self.are_kept { class_findings(self.db, id).into() } else { check_class(self, id).into() }
    }

    fn relationship(self, id: RelationshipId) -> Cow<'db, [Finding]> {
        if self.are_kept { relationship_findings(self.db, id).into() } else { check_relationship(self.db, id).into() }
    }

    fn table(self, id: TableId) -> Cow<'db, [Finding]> {
        if self.are_kept { table_findings(self.db, id).into() } else { check_table(self.db, id).into() }
    }
}

/// The findings that stand in a file. The order is that of classes and tables in the file, then of the rules' codes.
#[salsa::tracked(returns(ref))]
pub fn file_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut res: Vec<Finding> = Vec::new();
    let mut told = FxHashSet::default();
    let mut add = |found: &[Finding]| {
        for finding in found {
            // A mixin's relationship is checked once for every class that maps it, and told once.
            if finding.at.file(db) == file && told.insert((finding.at, finding.code)) {
                res.push(finding.clone());
            }
        }
    };
    add(findings_from(db, file));
    // What a mixin declares is wrong or right only where a class maps it.
    let mut others: Vec<_> = borrowers(db, file).iter().map(|it| it.file(db)).collect();
    others.dedup();
    for other in others {
        add(findings_from(db, other));
    }
    res.shrink_to_fit();
    res
}

/// What checking the classes and tables of a file finds, wherever it stands.
#[salsa::tracked(returns(ref))]
pub fn findings_from(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let parts = Parts { db, are_kept: is_in_editor(db, file) };
    let mut res = import_findings(db, file).clone();
    for &base in declarative_bases(db, file) {
        res.extend_from_slice(base_findings(db, base));
    }
    for &class in file_classes(db, file) {
        res.extend_from_slice(&parts.class(class));
    }
    for &id in file_tables(db, file) {
        res.extend_from_slice(&parts.table(id));
    }
    res.shrink_to_fit();
    res
}

#[salsa::tracked(returns(ref))]
fn import_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut res = Vec::new();
    for_each_import(db, file, &mut |it| {
        for entry in rules(db, Subject::Import) {
            if let On::Import(check) = &entry.rule.check {
                push(&mut res, entry, check(it));
            }
        }
    });
    res
}

#[salsa::tracked(returns(ref))]
fn base_findings(db: &dyn Db, base: ClassId) -> Vec<Finding> {
    let mut res = Vec::new();
    for entry in rules(db, Subject::Base) {
        if let On::Base(check) = &entry.rule.check {
            push(&mut res, entry, check(ClassWalker { db, id: base }));
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn class_findings(db: &dyn Db, class: ClassId) -> Vec<Finding> {
    check_class(Parts { db, are_kept: true }, class)
}

fn check_class(parts: Parts<'_>, class: ClassId) -> Vec<Finding> {
    let db = parts.db;
    let mut res = Vec::new();
    let it = ClassWalker { db, id: class };
    let attributes: Vec<_> = it.attributes().map(|it| (it, Known::default())).collect();
    for entry in rules(db, Subject::Class) {
        match &entry.rule.check {
            On::Class(check) => push(&mut res, entry, check(it)),
            On::ClassMany(check) => check(it).into_iter().for_each(|it| push(&mut res, entry, Some(it))),
            On::Attribute(check) => {
                for (attribute, known) in &attributes {
                    push(&mut res, entry, check(attribute.knowing(known)));
                }
            }
            _ => {}
        }
    }
    for_each_column_of_class(it, &mut |it| push_of_column(&mut res, it));
    for id in relationships_of(db, class) {
        if id.backref_of(db).is_none() {
            res.extend_from_slice(&parts.relationship(id));
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn relationship_findings(db: &dyn Db, id: RelationshipId) -> Vec<Finding> {
    check_relationship(db, id)
}

fn check_relationship(db: &dyn Db, id: RelationshipId) -> Vec<Finding> {
    let mut res = Vec::new();
    let Some(it) = RelationshipWalker::new(db, id) else { return res };
    for entry in rules(db, Subject::Relationship) {
        match &entry.rule.check {
            On::Relationship(check) => push(&mut res, entry, check(it)),
            On::RelationshipMany(check) => check(it).into_iter().for_each(|it| push(&mut res, entry, Some(it))),
            _ => {}
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn table_findings(db: &dyn Db, id: TableId) -> Vec<Finding> {
    check_table(db, id)
}

fn check_table(db: &dyn Db, id: TableId) -> Vec<Finding> {
    let mut res = Vec::new();
    let Some(data) = table(db, id) else { return res };
    let it = TableWalker { db, id, data };
    for entry in rules(db, Subject::Table) {
        match &entry.rule.check {
            On::Table(check) => push(&mut res, entry, check(it)),
            On::TableMany(check) => check(it).into_iter().for_each(|it| push(&mut res, entry, Some(it))),
            On::ForeignKey(check) => {
                for (column, key) in data.foreign_keys() {
                    push(&mut res, entry, check(ForeignKeyWalker { table: it, column, key }));
                }
            }
            _ => {}
        }
    }
    for_each_column_of_table(it, &mut |it| push_of_column(&mut res, it));
    res
}

fn push_of_column(out: &mut Vec<Finding>, it: ColumnWalker<'_>) {
    for entry in rules(it.db, Subject::Column) {
        match &entry.rule.check {
            On::Column(check) => push(out, entry, check(it)),
            On::ColumnMany(check) => check(it).into_iter().for_each(|it| push(out, entry, Some(it))),
            _ => {}
        }
    }
}

/// The rules about a subject that hold in the project's version of SQLAlchemy.
fn rules(db: &dyn Db, subject: Subject) -> &'static [&'static Entry] {
    rules_of(Workspace::get(db).sqlalchemy(db), subject)
}

fn push(out: &mut Vec<Finding>, entry: &Entry, finding: Option<Finding>) {
    if let Some(mut finding) = finding {
        finding.code = entry.code;
        finding.severity = finding.severity.max(entry.rule.severity);
        finding.at = finding.at.as_written();
        // An empty anchor would draw nothing.
        debug_assert!(!matches!(finding.at, Anchor::InString(_, start, end) if start > end), "anchor runs backwards");
        out.push(finding);
    }
}
