//! The card of a relationship.

use relmodel_model::{
    ClassId, ColumnRef, Db, Declaration, Direction, Joined, Place, RelationshipId, Secondary, column_label,
    declaration, relationship, reverse, string_value,
};

use super::Writer;
use crate::names::Symbol;
use crate::render::{direction_in_words, join_as_sql, relationship_label, table_label};

/// What `cascade` is where nothing is said (`CascadeOptions`).
const DEFAULT_CASCADE: &str = "save-update, merge";

impl Writer<'_> {
    pub(super) fn relationship(&mut self, id: RelationshipId) -> Option<()> {
        let db: &dyn Db = &self.analysis.db;
        let data = relationship(db, id).as_ref()?;
        let target = data.target_class();
        let name = target.map_or_else(|| "?".to_owned(), |it| it.name(db).to_string());
        self.line(format_args!("```python\n{} -> {name}\n```\n", relationship_label(db, id)));
        if let Some(direction) = direction_in_words(db, id) {
            let each = target.and_then(|it| in_words(db, id, it)).map(|it| format!(": {it}")).unwrap_or_default();
            self.line(format_args!("**{direction}**{each}\n"));
        }
        if let Some(sql) = join_as_sql(db, id) {
            self.line(format_args!("```sql\n{sql}\n```\n"));
        }
        if let Some(class) = target {
            let link = self.link(&name, &Symbol::Class(class));
            self.line(format_args!("- target: {link}"));
        }
        for column in foreign_columns(db, id) {
            let link = self.link(column_label(db, column), &Symbol::Column(column.table, column.key));
            self.line(format_args!("- foreign key: {link}"));
        }
        if let Secondary::Table(table) = data.secondary {
            let link = self.link(table_label(db, table), &Symbol::Table(table));
            self.line(format_args!("- secondary: {link}"));
        }
        for other in reverse(db, id) {
            let link = self.link(relationship_label(db, *other), &Symbol::Relationship(*other));
            self.line(format_args!("- reverse: {link}"));
        }
        if let Some((class, key)) = id.backref_of(db) {
            let source = RelationshipId::new(db, class, key, None);
            let link = self.link(relationship_label(db, source), &Symbol::Relationship(source));
            self.line(format_args!("- made by the `backref` of {link}"));
        }
        self.options(id, data.viewonly == Some(true));
        Some(())
    }

    /// How it is kept and loaded, where that can be told.
    fn options(&mut self, id: RelationshipId, is_viewonly: bool) {
        let db: &dyn Db = &self.analysis.db;
        let own = declaration(db, id).as_ref();
        if is_viewonly {
            self.line("- viewonly");
        } else if let Some(cascade) = text_or(db, own, "cascade", DEFAULT_CASCADE) {
            self.line(format_args!("- cascade: {cascade}"));
        }
        let is_dynamic = own.is_some_and(|it| it.is_dynamic);
        if let Some(lazy) = text_or(db, own, "lazy", "select").filter(|_| !is_dynamic) {
            self.line(format_args!("- lazy: {lazy}"));
        }
    }
}

/// The value of an argument that is a string, or the default; `None` where it cannot be told.
fn text_or(db: &dyn Db, declaration: Option<&Declaration>, parameter: &str, default: &str) -> Option<String> {
    let given: Option<Place> = declaration.and_then(|it| it.value(parameter));
    match given {
        Some(place) => string_value(db, place).map(|it| format!("`{it}`")),
        None if declaration.is_some_and(|it| it.is_open) => None,
        None => Some(format!("`{default}` (default)")),
    }
}

/// How many of each there are to one of the other.
fn in_words(db: &dyn Db, id: RelationshipId, target: ClassId) -> Option<String> {
    let (parent, target) = (id.parent(db).name(db), target.name(db));
    let data = relationship(db, id).as_ref()?;
    let is_single = data.uselist == Some(false);
    let other_is_single = reverse(db, id).first().and_then(|it| relationship(db, *it).as_ref()?.uselist) == Some(false);
    Some(match data.direction()? {
        Direction::OneToMany if is_single => format!("a `{parent}` has at most one `{target}`"),
        Direction::OneToMany => format!("a `{parent}` has any number of `{target}`, a `{target}` one `{parent}`"),
        Direction::ManyToOne if other_is_single => format!("a `{parent}` has one `{target}`, and no other has it"),
        Direction::ManyToOne => format!("a `{parent}` has one `{target}`, a `{target}` any number of `{parent}`"),
        // Nothing in the database says so.
        Direction::ManyToMany if is_single => return None,
        Direction::ManyToMany => format!("a `{parent}` has any number of `{target}`, and the other way round"),
    })
}

/// The columns that hold the foreign keys of the join.
fn foreign_columns(db: &dyn Db, id: RelationshipId) -> Vec<ColumnRef> {
    let Some(Joined::Join(join)) = relationship(db, id).as_ref().map(|it| &it.join) else { return Vec::new() };
    let mut res: Vec<ColumnRef> = Vec::new();
    for pair in &join.pairs {
        let column = if join.direction == Direction::ManyToOne { pair.local } else { pair.remote };
        if !res.contains(&column) {
            res.push(column);
        }
    }
    res
}
