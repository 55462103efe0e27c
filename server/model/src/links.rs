//! The other side of a relationship: `back_populates`, `backref`, and the relationships that backrefs make.

use relmodel_facts::{Argument, Expr, Name};
use rustc_hash::FxHashMap;

use crate::class::class_info;
use crate::column::table_of_value;
use crate::constant::string_value;
use crate::contents::file_classes;
use crate::db::{ClassId, Db, ItemId, RelationshipId, SourceFile, TableId, item};
use crate::declarations::{Declaration, declaration, may_be_relationships, read_declaration, written_relationships};
use crate::imperative::{class_or_mapper, imperative};
use crate::index::heirs;
use crate::late::late_attributes;
use crate::mappers::{lineage, mapped};
use crate::member::{MemberKind, member};
use crate::part::{Part, in_both, is_in_editor};
use crate::relationships::{Relationship, annotated_class, relationship};
use crate::tables::table_home;
use crate::value::{Value, class_of_value, evaluate};

/// A relationship that a `backref` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backref {
    /// The relationship it makes.
    pub id: RelationshipId,
    /// The relationship that holds the `backref`.
    pub source: RelationshipId,
}

/// A relationship by what can be told of it without resolving it: which class it refers to is not looked up here, since that
/// depends on all files. Of each name, `None` where only resolving could tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The class that has it, and its key.
    source: (ClassId, Name),
    /// The name of the class it refers to.
    target: Option<Name>,
    /// The attribute that its `back_populates` names.
    populated: Option<Name>,
    through: Through,
}

/// The association table of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Through {
    /// There is none.
    Nothing,
    /// Its name, without its schema.
    Table(Option<Name>),
}

/// A relationship with a `backref`, likewise, and the attribute that it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    source: RelationshipId,
    target: Option<Name>,
    attribute: Name,
}

/// The relationships of one class of an open file.
#[salsa::tracked(returns(deref))]
fn class_references(db: &dyn Db, class: ClassId) -> Box<[Reference]> {
    read_references(db, class).into()
}

fn read_references(db: &dyn Db, class: ClassId) -> Vec<Reference> {
    let mut res = Vec::new();
    for (key, call, annotation) in may_be_relationships(db, class) {
        // Most are never asked for: what is read here is not kept.
        let declaration = read_declaration(db, call, annotation);
        let target = target_name(db, &declaration);
        let populated = declaration.name_argument(db, "back_populates").map(|it| it.name);
        res.push(Reference { source: (class, key), target, populated, through: through(db, &declaration) });
    }
    res
}

/// The relationships of one file. A table over all files looks at one query per file after an edit, not one per class.
#[salsa::tracked(returns(deref))]
pub(crate) fn file_references(db: &dyn Db, file: SourceFile) -> Box<[Reference]> {
    let classes = file_classes(db, file).iter();
    if is_in_editor(db, file) {
        classes.flat_map(|it| class_references(db, *it)).copied().collect()
    } else {
        classes.flat_map(|it| read_references(db, *it)).collect()
    }
}

/// The relationships of one file whose `backref` makes another. Few classes have some, and only those are looked into.
#[salsa::tracked(returns(ref))]
pub(crate) fn file_backrefs(db: &dyn Db, file: SourceFile) -> Vec<Link> {
    let mut res = Vec::new();
    let classes = file_classes(db, file).iter().copied().filter(|it| may_say_backref(db, *it));
    for source in classes.flat_map(|it| written_relationships(db, it)) {
        let Some(declaration) = declaration(db, source) else { continue };
        if let Some((attribute, _)) = declaration.backref(db) {
            res.push(Link { source, target: target_name(db, declaration), attribute: attribute.name });
        }
    }
    res
}

/// Whether a relationship of a class may have a `backref`, told without reading its attributes: the word stands in a
/// statement that the class takes attributes from, or attributes come from elsewhere.
fn may_say_backref(db: &dyn Db, class: ClassId) -> bool {
    let is_declared_elsewhere = !late_attributes(db, class).is_empty() || imperative(db, class).is_some();
    is_declared_elsewhere || class_info(db, class).mro.iter().any(|it| says_backref(db, it.item(db)))
}

#[salsa::tracked(returns(copy))]
fn says_backref(db: &dyn Db, id: ItemId) -> bool {
    let Some(item) = item(db, id) else { return false };
    item.exprs.iter().any(|it| match it {
        Expr::Call { arguments, .. } => arguments.iter().any(|it| match it {
            Argument::Keyword(keyword, _) => keyword.name == "backref",
            // Shared arguments stand somewhere else.
            Argument::KeywordSplat(_) => true,
            Argument::Positional(_) | Argument::Splat(_) => false,
        }),
        _ => false,
    })
}

/// The name of the class that a relationship refers to, as far as it can be told without resolving it.
fn target_name(db: &dyn Db, declaration: &Declaration) -> Option<Name> {
    let annotated = || declaration.annotation.and_then(|it| annotated_class(db, it));
    let place = declaration.value("argument").filter(|it| it.expr(db) != Expr::None).or_else(annotated)?;
    if let Some(text) = string_value(db, place) {
        return text.rsplit('.').next().map(Name::from);
    }
    let place = match place.expr(db) {
        Expr::Lambda { body, .. } => place.with(body),
        _ => place,
    };
    if let Some(class) = class_or_mapper(db, place).or_else(|| class_of_value(db, place)) {
        return Some(class.name(db));
    }
    match (evaluate(db, place), place.expr(db)) {
        (Value::Expr(_), _) => None,
        (_, Expr::Name(name) | Expr::Attribute { name, .. }) => Some(name),
        _ => None,
    }
}

fn through(db: &dyn Db, declaration: &Declaration) -> Through {
    let is_given = declaration.has(db, "secondary") || declaration.link_model.is_some() || declaration.is_open;
    if is_given { Through::Table(secondary_name(db, declaration)) } else { Through::Nothing }
}

fn secondary_name(db: &dyn Db, declaration: &Declaration) -> Option<Name> {
    let place = declaration.value("secondary")?;
    let value = match place.expr(db) {
        Expr::Lambda { body, .. } => place.with(body),
        _ => place,
    };
    match string_value(db, value) {
        Some(text) => without_schema(&text),
        None => without_schema(table_home(db, table_of_value(db, value)?)?.1?.as_str()),
    }
}

/// A relationship by its class and key, and the attribute that its `back_populates` names.
type Populating = ((ClassId, Name), Option<Name>);

/// All relationships of a part of the files by what they refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct References {
    by_target: FxHashMap<Option<Name>, Vec<Populating>>,
    by_secondary: FxHashMap<Option<Name>, Vec<(ClassId, Name)>>,
}

#[salsa::tracked(returns(ref))]
fn all_references(db: &dyn Db, part: Part) -> References {
    let mut res = References::default();
    for it in part.files(db).flat_map(|it| file_references(db, it)) {
        // Many are the only ones at their target.
        res.by_target.entry(it.target).or_insert_with(|| Vec::with_capacity(1)).push((it.source, it.populated));
        if let Through::Table(name) = it.through {
            res.by_secondary.entry(name).or_default().push(it.source);
        }
    }
    res
}

/// The references that may be to a class, by its name.
#[salsa::tracked(returns(ref))]
fn references(db: &dyn Db, class: ClassId) -> Vec<(RelationshipId, Option<Name>)> {
    let all = under(db, Some(class.name(db)), |it| &all_references(db, it).by_target, |it| it.0.0.file(db));
    all.into_iter().map(|(source, populated)| (id_of(db, source), populated)).collect()
}

/// What the tables of both parts have under a name, then what they have under none, since it cannot be told.
fn under<'a, T: Copy + 'a>(
    db: &dyn Db,
    name: Option<Name>,
    table: impl Fn(Part) -> &'a FxHashMap<Option<Name>, Vec<T>>,
    file_of: impl Fn(T) -> SourceFile,
) -> Vec<T> {
    let mut res = in_both(db, |it| table(it).get(&name), &file_of);
    if name.is_some() {
        res.extend(in_both(db, |it| table(it).get(&None), &file_of));
    }
    res
}

fn id_of(db: &dyn Db, (class, key): (ClassId, Name)) -> RelationshipId {
    RelationshipId::new(db, class, key, None)
}

/// The written relationships that refer to a class.
pub fn referring_relationships(db: &dyn Db, class: ClassId) -> Vec<RelationshipId> {
    references_to(db, class).filter(|it| target_of(db, *it) == Some(class)).collect()
}

/// The written relationships that may refer to a class.
pub(crate) fn references_to(db: &dyn Db, class: ClassId) -> impl Iterator<Item = RelationshipId> + '_ {
    references(db, class).iter().map(|it| it.0)
}

/// The written relationships that a table may be the association table of, by its name.
#[salsa::tracked(returns(ref))]
pub(crate) fn references_through(db: &dyn Db, table: TableId) -> Vec<RelationshipId> {
    let name = table_home(db, table).and_then(|it| without_schema(it.1?.as_str()));
    let all = under(db, name, |it| &all_references(db, it).by_secondary, |it| it.0.file(db));
    all.into_iter().map(|it| id_of(db, it)).collect()
}

fn without_schema(key: &str) -> Option<Name> {
    key.rsplit('.').next().map(Name::from)
}

/// The relationship that the `backref` of another one makes.
pub fn made_by(db: &dyn Db, source: RelationshipId) -> Option<RelationshipId> {
    declaration(db, source).as_ref()?.value("backref")?;
    let made = backrefs_on(db, target_of(db, source)?).iter().find(|it| it.source == source)?;
    Some(made.id)
}

#[salsa::tracked(returns(ref))]
fn all_backrefs(db: &dyn Db, part: Part) -> FxHashMap<Option<Name>, Vec<Link>> {
    let mut res: FxHashMap<Option<Name>, Vec<Link>> = FxHashMap::default();
    for link in part.files(db).flat_map(|it| file_backrefs(db, it)) {
        res.entry(link.target).or_default().push(*link);
    }
    res
}

/// The links with a `backref` that may refer to this class.
fn backref_links(db: &dyn Db, class: ClassId) -> Vec<Link> {
    under(db, Some(class.name(db)), |it| all_backrefs(db, it), |it| it.source.parent(db).file(db))
}

/// The class that a relationship refers to, if that is known and mapped.
pub(crate) fn target_of(db: &dyn Db, id: RelationshipId) -> Option<ClassId> {
    relationship(db, id).as_ref().and_then(Relationship::target_class)
}

/// The relationships that backrefs make on a class, by file and line of the backref.
#[salsa::tracked(returns(ref))]
pub fn backrefs_on(db: &dyn Db, class: ClassId) -> Vec<Backref> {
    let mut res = Vec::new();
    for Link { source, attribute, .. } in backref_links(db, class) {
        if target_of(db, source) == Some(class) {
            let made = RelationshipId::new(db, class, attribute, Some((source.parent(db), source.key(db))));
            res.push(Backref { id: made, source });
        }
    }
    res
}

/// The relationships whose `back_populates` names this one: they refer to its class, or to one that inherits it.
fn naming(db: &dyn Db, id: RelationshipId) -> Vec<RelationshipId> {
    let (owner, key) = (id.parent(db), id.key(db));
    let mut res = Vec::new();
    let mut classes = vec![owner];
    while let Some(class) = classes.pop() {
        for (source, _) in references(db, class).iter().filter(|it| it.1 == Some(key)) {
            if target_of(db, *source) == Some(class) {
                res.push(*source);
            }
        }
        let heirs = heirs(db, class).iter().copied();
        classes.extend(heirs.filter(|it| member(db, *it, key).is_some_and(|found| found.0 == owner)));
    }
    res
}

/// The relationship that a backref makes under `name` on a class or on a mapped class it inherits from.
pub fn backref_named(db: &dyn Db, class: ClassId, name: Name) -> Option<Backref> {
    lineage(db, class)
        .into_iter()
        .find_map(|it| backrefs_on(db, it).iter().find(|backref| backref.id.key(db) == name).copied())
}

/// The relationship of a mapped class under `name`: written, inherited, or made by a backref.
pub fn relationship_named(db: &dyn Db, class: ClassId, name: Name) -> Option<RelationshipId> {
    if let Some((owner, found)) = member(db, class, name) {
        return match found.kind {
            MemberKind::Relationship(..) => Some(RelationshipId::new(db, owner, name, None)),
            _ => None,
        };
    }
    backref_named(db, class, name).map(|it| it.id)
}

/// The relationships on the other side (`RelationshipProperty._reverse_property`): the one it names, and those that
/// name it.
#[salsa::tracked(returns(ref))]
pub fn reverse(db: &dyn Db, id: RelationshipId) -> Vec<RelationshipId> {
    let mut res = Vec::new();
    let mut add = |it: RelationshipId| {
        if !res.contains(&it) {
            res.push(it);
        }
    };
    if let Some((class, key)) = id.backref_of(db) {
        add(RelationshipId::new(db, class, key, None));
    } else if let Some(declaration) = declaration(db, id) {
        let target = target_of(db, id);
        if let (Some(target), Some(argument)) = (target, declaration.name_argument(db, "back_populates")) {
            relationship_named(db, target, argument.name).into_iter().for_each(&mut add);
        }
        for backref in target.into_iter().flat_map(|it| backrefs_on(db, it)) {
            if backref.source == id {
                add(backref.id);
            }
        }
    }
    naming(db, id).into_iter().for_each(&mut add);
    res.retain(|it| mapped(db, it.parent(db)).is_some());
    res.shrink_to_fit();
    res
}
