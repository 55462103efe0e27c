//! Columns, as a mapped class or a `Table(...)` declares them.

use relmodel_model::{Column, Db, Member, MemberKind, members};

use super::{Call, ClassWalker, TableWalker};
use crate::suggest::{Suggestion, did_you_mean};

/// A column of a mapped class or of a `Table(...)`.
#[derive(Clone, Copy)]
pub struct ColumnWalker<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) owner: ColumnOwner<'a>,
    pub(crate) data: &'a Column,
    /// The `Column(...)` or `mapped_column(...)` that makes it; `None` where an annotation alone does.
    pub(crate) call: Option<&'a Call>,
}

/// What has a column.
#[derive(Clone, Copy)]
pub enum ColumnOwner<'a> {
    /// The class that maps it.
    Class(ClassWalker<'a>),
    /// The `Table(...)` that it stands in.
    Table(TableWalker<'a>),
}

/// The keyword arguments that both `Column()` and `mapped_column()` take in 1.4, 2.0 or 2.1.
const KEYWORDS: [&str; 21] = [
    "_omit_from_statements",
    "_proxies",
    "autoincrement",
    "comment",
    "default",
    "doc",
    "index",
    "info",
    "insert_default",
    "insert_sentinel",
    "key",
    "name",
    "nullable",
    "onupdate",
    "primary_key",
    "quote",
    "server_default",
    "server_onupdate",
    "system",
    "type_",
    "unique",
];

/// Those that `mapped_column()` alone takes.
const MAPPED_KEYWORDS: [&str; 13] = [
    "active_history",
    "compare",
    "dataclass_metadata",
    "default_factory",
    "deferred",
    "deferred_group",
    "deferred_raiseload",
    "hash",
    "init",
    "kw_only",
    "repr",
    "sort_order",
    "use_existing_column",
];

impl ColumnWalker<'_> {
    /// Whether it is the object that its call makes, and not a copy that a mixin's column is made into.
    pub(crate) fn is_own(self) -> bool {
        match self.owner {
            ColumnOwner::Class(class) => {
                let is_it = |it: &&Member| matches!(&it.kind, MemberKind::Column(it) if **it == *self.data);
                members(self.db, class.id).iter().find(is_it).is_some_and(|it| it.declared_in == class.id)
            }
            ColumnOwner::Table(_) => true,
        }
    }

    /// The keyword arguments that its call takes.
    fn keywords(self) -> impl Iterator<Item = &'static str> {
        let is_mapped = self.call.is_some_and(|it| it.name == "mapped_column");
        KEYWORDS.into_iter().chain(MAPPED_KEYWORDS.into_iter().filter(move |_| is_mapped))
    }

    /// Whether its call takes a keyword argument of this name.
    pub(crate) fn knows_keyword(self, name: &str) -> bool {
        self.keywords().any(|it| it == name)
    }

    /// The keyword argument that was probably meant: one that is not given already.
    pub(crate) fn keyword_meant(self, name: &str) -> Suggestion {
        let is_free = |it: &&str| !it.starts_with('_') && self.call.is_some_and(|call| call.keyword(it).is_none());
        did_you_mean(name, self.keywords().filter(is_free))
    }

    /// `Parent.id` for a mapped column, `parent.id` for one of a `Table(...)`.
    pub(crate) fn label(self) -> String {
        match self.owner {
            ColumnOwner::Class(class) => format!("{}.{}", class.name(), self.data.attribute),
            ColumnOwner::Table(table) => format!("{}.{}", table.label(), self.data.key),
        }
    }
}

/// Looks at the columns of a mapped class: its own, and those that mixins and abstract bases give it.
pub(crate) fn for_each_column_of_class(class: ClassWalker<'_>, see: &mut dyn FnMut(ColumnWalker<'_>)) {
    for member in members(class.db, class.id) {
        if let MemberKind::Column(data) = &member.kind {
            see_column(class.db, ColumnOwner::Class(class), data, see);
        }
    }
}

/// Looks at the columns of a `Table(...)`. Those of a mapped class are its class's.
pub(crate) fn for_each_column_of_table(table: TableWalker<'_>, see: &mut dyn FnMut(ColumnWalker<'_>)) {
    if table.class().is_none() {
        table.data.columns.iter().for_each(|data| see_column(table.db, ColumnOwner::Table(table), data, see));
    }
}

/// Looks at the columns of a table, whether it or a class declares them.
pub(crate) fn for_each_column_of(table: TableWalker<'_>, see: &mut dyn FnMut(ColumnWalker<'_>)) {
    match table.class() {
        Some(id) => for_each_column_of_class(ClassWalker { db: table.db, id }, see),
        None => for_each_column_of_table(table, see),
    }
}

fn see_column<'a>(db: &'a dyn Db, owner: ColumnOwner<'a>, data: &'a Column, see: &mut dyn FnMut(ColumnWalker<'_>)) {
    let call = Call::at(db, data.place).filter(|it| matches!(it.name.as_str(), "Column" | "mapped_column"));
    see(ColumnWalker { db, owner, data, call: call.as_ref() });
}
