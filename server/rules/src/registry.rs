//! The rules, as the build script found them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use relmodel_model::SqlAlchemy;

use crate::finding::{Finding, Severity};
use crate::page::{page_of, summary_of};
use crate::walker::{
    AttributeWalker, ClassWalker, ColumnWalker, ForeignKeyWalker, ImportWalker, RelationshipWalker, TableWalker,
};

/// A rule. Its code is its file's name, its page its file's header.
pub(crate) struct Rule {
    pub(crate) severity: Severity,
    pub(crate) check: On,
    versions: RangeInclusive<SqlAlchemy>,
}

impl Rule {
    /// A rule about what SQLAlchemy raises.
    pub(crate) const fn error(check: On) -> Self {
        Self { severity: Severity::Error, check, versions: SqlAlchemy::V1_4..=SqlAlchemy::V2_1 }
    }

    /// A rule about what SQLAlchemy warns of, or what surely was not meant.
    pub(crate) const fn warning(check: On) -> Self {
        Self { severity: Severity::Warning, ..Self::error(check) }
    }

    /// A rule about style, shown to those who ask for it.
    pub(crate) const fn hint(check: On) -> Self {
        Self { severity: Severity::Hint, ..Self::error(check) }
    }

    /// The same, for the versions of SQLAlchemy from this one on.
    pub(crate) const fn since(self, first: SqlAlchemy) -> Self {
        let last = *self.versions.end();
        Self { versions: first..=last, ..self }
    }

    /// The same, for the versions of SQLAlchemy up to this one.
    pub(crate) const fn until(self, last: SqlAlchemy) -> Self {
        let first = *self.versions.start();
        Self { versions: first..=last, ..self }
    }
}

/// What a rule looks at.
pub(crate) enum On {
    Class(fn(ClassWalker<'_>) -> Option<Finding>),
    /// All findings about one mapped class, where one may have several.
    ClassMany(fn(ClassWalker<'_>) -> Vec<Finding>),
    /// A declarative base, which is not mapped itself.
    Base(fn(ClassWalker<'_>) -> Option<Finding>),
    /// An attribute of a mapped class that the body of a class binds: its own, a mixin's or an abstract base's.
    Attribute(fn(AttributeWalker<'_>) -> Option<Finding>),
    /// An imported name.
    Import(fn(ImportWalker<'_>) -> Option<Finding>),
    Relationship(fn(RelationshipWalker<'_>) -> Option<Finding>),
    /// All findings about one relationship, where one may have several.
    RelationshipMany(fn(RelationshipWalker<'_>) -> Vec<Finding>),
    Table(fn(TableWalker<'_>) -> Option<Finding>),
    /// All findings about one table, where one may have several.
    TableMany(fn(TableWalker<'_>) -> Vec<Finding>),
    /// A column of a mapped class or of a `Table(...)`.
    Column(fn(ColumnWalker<'_>) -> Option<Finding>),
    /// All findings about one column, where one may have several.
    ColumnMany(fn(ColumnWalker<'_>) -> Vec<Finding>),
    ForeignKey(fn(ForeignKeyWalker<'_>) -> Option<Finding>),
    /// A comment that keeps findings from being reported. The layer that does so judges it: it alone knows what was kept.
    Comment,
}

impl On {
    fn subject(&self) -> Subject {
        match self {
            Self::Class(_) | Self::ClassMany(_) | Self::Attribute(_) => Subject::Class,
            Self::Base(_) => Subject::Base,
            Self::Import(_) => Subject::Import,
            Self::Relationship(_) | Self::RelationshipMany(_) => Subject::Relationship,
            Self::Table(_) | Self::TableMany(_) | Self::ForeignKey(_) => Subject::Table,
            Self::Column(_) | Self::ColumnMany(_) => Subject::Column,
            Self::Comment => Subject::Comment,
        }
    }
}

/// What rules are run over together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A mapped class and its attributes.
    Class,
    Base,
    Import,
    Relationship,
    /// A table and its foreign keys.
    Table,
    Column,
    Comment,
}

pub(crate) struct Entry {
    pub(crate) code: &'static str,
    pub(crate) rule: &'static Rule,
    pub(crate) source: &'static str,
}

mod generated {
    use super::Entry;

    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

pub(crate) use generated::ENTRIES;

/// For each version and subject, the rules to run, by code: there are far more columns than rules that look at them.
static RULES: LazyLock<[[Vec<&'static Entry>; Subject::Comment as usize + 1]; SqlAlchemy::V2_1 as usize + 1]> =
    LazyLock::new(|| {
        [SqlAlchemy::V1_4, SqlAlchemy::V2_0, SqlAlchemy::V2_1].map(|version| {
            let mut res: [Vec<&'static Entry>; Subject::Comment as usize + 1] = Default::default();
            for entry in ENTRIES.iter().filter(|it| it.rule.versions.contains(&version)) {
                res[entry.rule.check.subject() as usize].push(entry);
            }
            res
        })
    });

/// The rules about a subject that speak of what this version does, by code.
pub(crate) fn rules_of(version: SqlAlchemy, subject: Subject) -> &'static [&'static Entry] {
    &RULES[version as usize][subject as usize]
}

/// What there is to know of a rule without running it.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    /// Its code: an id of SQLAlchemy's errors as this project names them.
    pub code: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// The first sentence of its page.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: String,
}

static INFOS: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
    let info = |it: &Entry| RuleInfo {
        code: it.code,
        severity: it.rule.severity,
        summary: summary_of(it.source),
        page: page_of(it.code, it.source),
    };
    ENTRIES.iter().map(info).collect()
});

/// All rules, by code.
pub fn rule_infos() -> &'static [RuleInfo] {
    &INFOS
}
