//! The rules, as the build script found them.

use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::page::{page_of, summary_of};
use crate::walker::{ClassWalker, ForeignKeyWalker, RelationshipWalker, TableWalker};

/// A rule. Its code is its file's name, its page its file's header.
pub(crate) struct Rule {
    pub(crate) severity: Severity,
    pub(crate) check: On,
}

/// What a rule looks at.
pub(crate) enum On {
    Class(fn(ClassWalker<'_>) -> Option<Finding>),
    Relationship(fn(RelationshipWalker<'_>) -> Option<Finding>),
    /// All findings about one relationship, where one may have several.
    RelationshipMany(fn(RelationshipWalker<'_>) -> Vec<Finding>),
    Table(fn(TableWalker<'_>) -> Option<Finding>),
    ForeignKey(fn(ForeignKeyWalker<'_>) -> Option<Finding>),
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
