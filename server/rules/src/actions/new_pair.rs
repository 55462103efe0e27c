//! A relationship with its other side, where foreign keys link two classes that do not refer to each other yet.

use relmodel_model::{
    ClassId, ColumnRef, Db, ForeignKeyTarget, Name, Relationship, TableId, TableSource, class_names, classes_named,
    file_classes, file_tables, lineage, mapped, member, relationship, relationship_named, relationships_of, table,
    table_of_foreign_key,
};

use crate::fix::{Change, Position};
use crate::mend::names::{plural, snake_case};
use crate::mend::style::{Holds, Style, Written};

/// How many classes of the registry are looked at beside those of the same file.
const MAX_CLASSES: usize = 200;

/// A relationship that could be written, with the other side.
#[derive(Clone, Debug)]
pub struct NewPair {
    /// The class it refers to.
    pub target: ClassId,
    /// The name of its attribute.
    pub name: String,
    /// The name of the other side's.
    pub other_name: String,
    /// The statement, as the code of a [`Change`].
    pub code: String,
    /// What has to be imported for it.
    pub imports: Vec<Change>,
    /// What writes the other side.
    pub other: Vec<Change>,
}

/// How two tables are linked.
enum Link {
    /// The own table has the foreign key.
    Own(ColumnRef),
    /// The target's table has it.
    Target,
    /// An association table has both; its key.
    Between(String),
}

/// The relationships that the foreign keys of a class allow and that it does not have yet.
pub fn new_pairs(db: &dyn Db, class: ClassId) -> Vec<NewPair> {
    let Some(own) = mapped(db, class) else { return Vec::new() };
    let near = file_classes(db, class.file(db)).iter().copied();
    let all = class_names(db, own.registry).iter().take(MAX_CLASSES);
    let far = all.flat_map(|it| classes_named(db, own.registry, *it).iter().copied());
    let mut res: Vec<NewPair> = Vec::new();
    for target in near.chain(far.filter(|it| it.file(db) != class.file(db))) {
        let is_new = target != class && !res.iter().any(|it| it.target == target);
        if is_new && !is_related(db, class, target) && !is_related(db, target, class) {
            res.extend(new_pair(db, class, target));
        }
    }
    res
}

fn is_related(db: &dyn Db, class: ClassId, target: ClassId) -> bool {
    let refers = |it| relationship(db, it).as_ref().and_then(Relationship::target_class) == Some(target);
    lineage(db, class).into_iter().flat_map(|it| relationships_of(db, it)).any(refers)
}

fn new_pair(db: &dyn Db, class: ClassId, target: ClassId) -> Option<NewPair> {
    let link = link_between(db, class, target)?;
    let (own_holds, other_holds) = match &link {
        Link::Own(column) => (one(db, *column), Holds::Many),
        Link::Target => (Holds::Many, one(db, the_key(db, target, class)?)),
        Link::Between(_) => (Holds::Many, Holds::Many),
    };
    let name = free_name(db, class, target, own_holds)?;
    let other_name = free_name(db, target, class, other_holds)?;
    let own = written(db, (class, &name), (target, &other_name), own_holds, &link)?;
    let other = written(db, (target, &other_name), (class, &name), other_holds, &link)?;
    let mut changes = vec![Change::AddStatement { class: target, position: Position::Last, code: other.code }];
    changes.extend(other.imports);
    Some(NewPair { target, name, other_name, code: own.code, imports: own.imports, other: changes })
}

fn written(
    db: &dyn Db,
    (class, name): (ClassId, &str),
    (target, other_name): (ClassId, &str),
    holds: Holds,
    link: &Link,
) -> Option<Written> {
    let mut arguments = Vec::new();
    if let Link::Between(key) = link {
        arguments.push(("secondary", format!("\"{key}\"")));
    }
    arguments.push(("back_populates", format!("\"{other_name}\"")));
    let style = Style::of(db, class);
    // `SQLModel` takes the class of an association table, and not its name.
    let is_named = style.form != crate::mend::style::Form::SqlModel || !matches!(link, Link::Between(_));
    if is_named { style.relationship(Name::from(name), target, Some(holds), &arguments) } else { None }
}

/// What the side with the foreign key holds.
fn one(db: &dyn Db, column: ColumnRef) -> Holds {
    let nullable = table(db, column.table).as_ref().and_then(|it| it.column(column.key.as_str())?.nullable);
    if nullable == Some(false) { Holds::One } else { Holds::OneOrNone }
}

/// The only foreign key by which one class's table refers to another's.
fn the_key(db: &dyn Db, from: ClassId, to: ClassId) -> Option<ColumnRef> {
    let (from, to) = (mapped(db, from).as_ref()?.table?, mapped(db, to).as_ref()?.table?);
    let found = keys_to(db, from, to);
    if let [only] = found.as_slice() { Some(*only) } else { None }
}

/// The columns of one table that refer to another.
pub(super) fn keys_to(db: &dyn Db, from: TableId, to: TableId) -> Vec<ColumnRef> {
    let Some(data) = table(db, from) else { return Vec::new() };
    let leads = |column: &Name, key: &relmodel_model::ForeignKey| matches!(table_of_foreign_key(db, data.metadata, *column, key), ForeignKeyTarget::Column(id, _) if id == to);
    let found = data.foreign_keys().filter(|(column, key)| leads(column, key));
    found.map(|(key, _)| ColumnRef { table: from, key }).collect()
}

fn link_between(db: &dyn Db, class: ClassId, target: ClassId) -> Option<Link> {
    let (own, other) = (mapped(db, class).as_ref()?.table?, mapped(db, target).as_ref()?.table?);
    // Which of several is meant cannot be told. A child's key to its parent's table says that it inherits.
    if own == other || is_inherited(db, class, target) {
        return None;
    }
    match (keys_to(db, own, other).as_slice(), keys_to(db, other, own).as_slice()) {
        ([only], []) => Some(Link::Own(*only)),
        ([], [_]) => Some(Link::Target),
        ([], []) => between(db, own, other).map(Link::Between),
        _ => None,
    }
}

fn is_inherited(db: &dyn Db, a: ClassId, b: ClassId) -> bool {
    lineage(db, a).contains(&b) || lineage(db, b).contains(&a)
}

/// The association table between two tables, in one of their files.
fn between(db: &dyn Db, a: TableId, b: TableId) -> Option<String> {
    let metadata = table(db, a).as_ref()?.metadata;
    let near = [a, b].into_iter().flat_map(|it| file_tables(db, it.file(db)));
    let mut found = near.copied().filter(|it| {
        let Some(data) = table(db, *it) else { return false };
        let is_bare = matches!(it.source(db), TableSource::Call(_)) && data.metadata == metadata;
        is_bare && keys_to(db, *it, a).len() == 1 && keys_to(db, *it, b).len() == 1
    });
    let first = found.next()?;
    if found.any(|it| it != first) {
        return None;
    }
    table(db, first).as_ref()?.key.map(|it| it.to_string())
}

/// A name for an attribute of `owner` that refers to `target`, if the usual one is free.
fn free_name(db: &dyn Db, owner: ClassId, target: ClassId, holds: Holds) -> Option<String> {
    let stem = snake_case(target.name(db).as_str());
    let name = if holds == Holds::Many { plural(&stem) } else { stem };
    let key = Name::from(&name);
    (member(db, owner, key).is_none() && relationship_named(db, owner, key).is_none()).then_some(name)
}
