//! Facts of the model as text: what hover, completion and `inspect` print, in SQLAlchemy's words.

use relmodel_model::{
    Db, Direction, Joined, Name, RelationshipId, TableId, column_label, relationship, reverse, table,
};

/// `Parent.children`
pub(crate) fn relationship_label(db: &dyn Db, id: RelationshipId) -> String {
    format!("{}.{}", id.parent(db).name(db), id.key(db))
}

/// The key of a table, or `?` where it cannot be told.
pub(crate) fn table_label(db: &dyn Db, id: TableId) -> String {
    table(db, id).as_ref().and_then(|it| it.key).unwrap_or_else(|| Name::from("?")).to_string()
}

/// `one-to-many (1:M)` and so on.
pub(crate) fn direction_in_words(db: &dyn Db, id: RelationshipId) -> Option<&'static str> {
    let data = relationship(db, id).as_ref()?;
    let other_is_list = reverse(db, id).first().and_then(|it| relationship(db, *it).as_ref()?.uselist);
    Some(match (data.direction()?, data.uselist) {
        (Direction::ManyToMany, _) => "many-to-many (M:M)",
        (Direction::OneToMany, Some(false)) => "one-to-one (1:1)",
        (Direction::OneToMany, _) => "one-to-many (1:M)",
        (Direction::ManyToOne, _) if other_is_list == Some(false) => "one-to-one (1:1)",
        (Direction::ManyToOne, _) => "many-to-one (M:1)",
    })
}

/// `1:M` and so on.
pub(crate) fn cardinality(db: &dyn Db, id: RelationshipId) -> Option<&'static str> {
    direction_in_words(db, id)?.split_once('(').map(|it| it.1.trim_end_matches(')'))
}

/// The condition of the join as SQL: `parent.id = child.parent_id`.
pub(crate) fn join_as_sql(db: &dyn Db, id: RelationshipId) -> Option<String> {
    let Joined::Join(join) = &relationship(db, id).as_ref()?.join else { return None };
    let pairs = join.pairs.iter().map(|it| format!("{} = {}", column_label(db, it.local), column_label(db, it.remote)));
    Some(pairs.collect::<Vec<_>>().join(" AND "))
}
