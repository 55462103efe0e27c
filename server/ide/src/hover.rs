//! Hover: a card of the relationship, class, table or column under the cursor.

use std::fmt::Write as _;

use relmodel_model::{
    ClassId, Db, MemberKind, Name, RelationshipId, TableId, mapped, members, relationship, relationships_of, reverse,
    table,
};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::names::Symbol;
use crate::render::{direction_in_words, join_as_sql, relationship_label, secondary_label, table_label};

/// What is shown for the name under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name under the cursor, in bytes.
    pub range: TextRange,
    /// The card, in Markdown.
    pub markdown: String,
}

impl Analysis {
    /// The card for the name at `offset`; `None` if it means nothing to SQLAlchemy.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn hover(&self, file: FileId, offset: u32) -> Result<Option<Hover>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset)?;
            let markdown = self.card(&named.symbol)?;
            Some(Hover { range: named.range, markdown })
        })
    }

    /// The card of a symbol, in Markdown.
    pub(crate) fn card(&self, symbol: &Symbol) -> Option<String> {
        let db: &dyn Db = &self.db;
        match *symbol {
            Symbol::Class(class) => class_card(db, class),
            Symbol::Relationship(id) => relationship_card(db, id),
            Symbol::Table(id) => table_card(db, id),
            Symbol::Column(id, key) => column_card(db, id, key),
            Symbol::Attribute(class, name) => Some(format!("```python\n{}.{name}\n```\n", class.name(db))),
        }
    }
}

fn relationship_card(db: &dyn Db, id: RelationshipId) -> Option<String> {
    let data = relationship(db, id).as_ref()?;
    let target = data.target_class().map_or_else(|| "?".to_owned(), |it| it.name(db).to_string());
    let mut res = format!("```python\n{} -> {target}\n```\n\n", relationship_label(db, id));
    if let Some(direction) = direction_in_words(db, id) {
        let holds = match data.uselist {
            Some(true) => ", a collection",
            Some(false) => ", a scalar",
            None => "",
        };
        let _ = writeln!(res, "**{direction}**{holds}\n");
    }
    if let Some(sql) = join_as_sql(db, id) {
        let _ = writeln!(res, "```sql\n{sql}\n```\n");
    }
    if let Some(secondary) = secondary_label(db, id) {
        let _ = writeln!(res, "- secondary: `{secondary}`");
    }
    for other in reverse(db, id) {
        let _ = writeln!(res, "- reverse: `{}`", relationship_label(db, *other));
    }
    if let Some((class, key)) = id.backref_of(db) {
        let _ = writeln!(res, "- made by the `backref` of `{}.{key}`", class.name(db));
    }
    if data.viewonly == Some(true) {
        res.push_str("- viewonly\n");
    }
    Some(res)
}

fn class_card(db: &dyn Db, class: ClassId) -> Option<String> {
    let mapped = mapped(db, class).as_ref()?;
    let table = mapped.table.map_or_else(|| "?".to_owned(), |it| table_label(db, it));
    let mut res = format!("```python\nclass {}\n```\n\nmapped to table `{table}`", class.dotted_name(db));
    if let Some(parent) = mapped.inherits {
        let _ = write!(res, ", inherits from `{}`", parent.name(db));
    }
    res.push_str("\n\n");
    for member in members(db, class) {
        if let MemberKind::Column(column) = &member.kind {
            let _ = writeln!(res, "- `{}`{}", member.name, column_marks(db, column));
        }
    }
    for id in relationships_of(db, class) {
        let data = relationship(db, id).as_ref();
        let target = data
            .and_then(relmodel_model::Relationship::target_class)
            .map_or_else(|| "?".to_owned(), |it| it.name(db).to_string());
        let direction = direction_in_words(db, id).map_or_else(String::new, |it| format!(", {it}"));
        let _ = writeln!(res, "- `{}` → `{target}`{direction}", id.key(db));
    }
    Some(res)
}

fn column_marks(db: &dyn Db, column: &relmodel_model::Column) -> String {
    let mut res = String::new();
    if let Some(type_) = &column.type_ {
        let _ = write!(res, " {type_}");
    }
    if column.primary_key == Some(true) {
        res.push_str(", primary key");
    }
    for key in &column.foreign_keys {
        if let relmodel_model::Spec::Text(text) = &key.spec {
            let _ = write!(res, " → `{text}`");
        } else if let relmodel_model::Spec::Attribute(class, name) = &key.spec {
            let _ = write!(res, " → `{}.{name}`", class.name(db));
        }
    }
    res
}

fn table_card(db: &dyn Db, id: TableId) -> Option<String> {
    let data = table(db, id).as_ref()?;
    let mut res = format!("table `{}`\n\n", table_label(db, id));
    for column in &data.columns {
        let _ = writeln!(res, "- `{}`{}", column.name, column_marks(db, column));
    }
    Some(res)
}

fn column_card(db: &dyn Db, id: TableId, key: Name) -> Option<String> {
    let column = table(db, id).as_ref()?.column(key.as_str())?;
    Some(format!("column `{}.{}`{}\n", table_label(db, id), column.name, column_marks(db, column)))
}
