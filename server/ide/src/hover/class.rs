//! The card of a mapped class.

use relmodel_model::{
    ClassId, Db, MemberKind, Relationship, backrefs_on, mapped, members, relationship, relationships_of, table,
};

use super::Writer;
use crate::names::Symbol;
use crate::render::{direction_in_words, table_label};

impl Writer<'_> {
    pub(super) fn class(&mut self, class: ClassId) -> Option<()> {
        let db: &dyn Db = &self.analysis.db;
        let mapped = mapped(db, class).as_ref()?;
        self.line(format_args!("```python\nclass {}\n```\n", class.dotted_name(db)));
        let table_link = match mapped.table {
            Some(id) => self.link(table_label(db, id), &Symbol::Table(id)),
            None => "`?`".to_owned(),
        };
        let parent = match mapped.inherits {
            Some(parent) => format!(", inherits from {}", self.link(parent.name(db), &Symbol::Class(parent))),
            None => String::new(),
        };
        self.line(format_args!("mapped to table {table_link}{parent}\n"));
        for member in members(db, class) {
            if let MemberKind::Column(column) = &member.kind {
                // The table knows what its constraints say of the column.
                let in_table = mapped.table.and_then(|it| table(db, it).as_ref()?.column(column.key.as_str()));
                let marks = self.column_marks(in_table.unwrap_or(column), mapped.table);
                self.line(format_args!("- `{}`{marks}", member.name));
            }
        }
        let made = backrefs_on(db, class).iter().map(|it| it.id);
        let own = relationships_of(db, class);
        for id in own.iter().copied().chain(made.filter(|it| !own.contains(it))) {
            let target = relationship(db, id).as_ref().and_then(Relationship::target_class);
            let target = match target {
                Some(class) => self.link(class.name(db), &Symbol::Class(class)),
                None => "`?`".to_owned(),
            };
            let direction = direction_in_words(db, id).map(|it| format!(", {it}")).unwrap_or_default();
            let origin = if id.backref_of(db).is_some() { ", a backref" } else { "" };
            self.line(format_args!("- `{}` → {target}{direction}{origin}", id.key(db)));
        }
        Some(())
    }
}
