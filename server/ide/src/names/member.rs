//! What an attribute of a mapped class is.

use relmodel_model::{
    ClassId, Db, MemberKind, MetadataId, Name, RegistryId, RelationshipId, TableId, TableSource,
    columns_of_single_tables, mapped, member, own_attribute, relationship_named, table, tables_named,
};

use super::{Spelling, Symbol};

/// What an attribute of a mapped class is.
pub(crate) fn symbol_of_member(db: &dyn Db, class: ClassId, name: Name) -> Option<Symbol> {
    if let Some(id) = relationship_named(db, class, name) {
        return Some(Symbol::Relationship(id));
    }
    let Some((owner, found)) = member(db, class, name) else { return unmapped(db, class, name) };
    match &found.kind {
        MemberKind::Column(column) => match mapped(db, owner).as_ref()?.table {
            Some(table) => Some(Symbol::Column(table, column.key)),
            None => Some(Symbol::Attribute(owner, name)),
        },
        MemberKind::Synonym(_) | MemberKind::Property => Some(Symbol::Attribute(owner, name)),
        _ => None,
    }
}

/// An attribute of a class that is not mapped itself, but gives what it has to those that are.
fn unmapped(db: &dyn Db, class: ClassId, name: Name) -> Option<Symbol> {
    use relmodel_model::AttributeKind::{Annotated, Plain, Reference, Unknown};
    let is_mixin = mapped(db, class).is_none();
    let found = own_attribute(db, class, name).filter(|_| is_mixin)?;
    // An annotation alone is a column only where a mapper says so.
    let is_mapped = !matches!(found.kind, Plain | Unknown | Reference(_) | Annotated);
    is_mapped.then_some(Symbol::Attribute(class, name))
}

/// An attribute of a mapped class, as its name means it.
pub(crate) fn member_named(db: &dyn Db, class: ClassId, name: Name) -> Option<(Symbol, Spelling)> {
    Some((symbol_of_member(db, class, name)?, Spelling::Attribute(class, name)))
}

/// A column, by what foreign keys and constraints call it.
pub(crate) fn column_named(db: &dyn Db, id: TableId, name: &str) -> Option<(Symbol, Spelling)> {
    let own = table(db, id).as_ref()?.column(name);
    let added = || columns_of_single_tables(db, id).iter().map(|it| &*it.1).find(|it| it.key == name);
    let column = own.or_else(added)?;
    Some((Symbol::Column(id, column.key), Spelling::Own))
}

/// What has to be called alike: two names with the same identity are one to whoever renames it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    Class(ClassId),
    /// An attribute, by the class whose body declares it.
    Attribute(ClassId, Name),
    /// What a `backref` makes, by the class and key of the relationship that holds it.
    Backref(ClassId, Name),
    Table(TableId),
    /// A column, by its key.
    Column(TableId, Name),
}

/// What a name stands for.
pub(crate) fn identity(db: &dyn Db, symbol: &Symbol, spelling: Spelling) -> Identity {
    match (*symbol, spelling) {
        (Symbol::Class(class), _) => Identity::Class(class),
        (Symbol::Relationship(id), _) => of_relationship(db, id),
        (Symbol::Attribute(class, name), _) | (Symbol::Column(..), Spelling::Attribute(class, name)) => {
            attribute(db, class, name)
        }
        (Symbol::Table(id), _) => Identity::Table(first_alike(db, id)),
        (Symbol::Column(id, key), _) => Identity::Column(first_alike(db, id), key),
    }
}

/// Of a table that is made in several places, the first one.
fn first_alike(db: &dyn Db, id: TableId) -> TableId {
    alike(db, id).first().copied().unwrap_or(id)
}

/// All places in which a table is made.
pub(crate) fn alike(db: &dyn Db, id: TableId) -> Vec<TableId> {
    let found = table(db, id).as_ref().and_then(|it| Some((it.metadata, it.key?)));
    let is_near = |it: &TableId| it.file(db) == id.file(db);
    match found {
        // Programs that share the metadata of a package have tables of their own.
        Some((metadata @ MetadataId::Registry(RegistryId::Library(_)), key)) => {
            tables_named(db, metadata, key).iter().copied().filter(is_near).collect()
        }
        Some((MetadataId::Unknown, _)) | None => vec![id],
        Some((metadata, key)) => tables_named(db, metadata, key).clone(),
    }
}

/// An attribute of a class, by the class that declares it.
pub(crate) fn attribute(db: &dyn Db, class: ClassId, name: Name) -> Identity {
    let declared_in = member(db, class, name).map_or(class, |(owner, it)| match it.at {
        Some(_) => it.declared_in,
        // A column of a `Table(...)` belongs to the class that is mapped to it.
        None => owner,
    });
    Identity::Attribute(declared_in, name)
}

fn of_relationship(db: &dyn Db, id: RelationshipId) -> Identity {
    match id.backref_of(db) {
        Some((class, key)) => match attribute(db, class, key) {
            Identity::Attribute(class, key) => Identity::Backref(class, key),
            other => other,
        },
        None => attribute(db, id.parent(db), id.key(db)),
    }
}

/// The columns that are called as the attributes are which they are mapped under, and the attributes of such columns.
pub(crate) fn namesakes(db: &dyn Db, id: Identity) -> Vec<Identity> {
    match id {
        Identity::Column(table, key) => {
            let TableSource::Class(class) = table.source(db) else { return Vec::new() };
            let is_it = |it: &&relmodel_model::Member| matches!(&it.kind, MemberKind::Column(it) if it.key == key);
            let found = relmodel_model::members(db, class).iter().find(is_it);
            found.filter(|it| it.name == key).map(|it| attribute(db, class, it.name)).into_iter().collect()
        }
        Identity::Attribute(declared_in, name) => {
            let mut res = Vec::new();
            for class in super::takers(db, declared_in) {
                if let Some((owner, found)) = member(db, class, name)
                    && found.declared_in == declared_in
                    && let MemberKind::Column(column) = &found.kind
                    && column.key == name
                    && let Some(table) = mapped(db, owner).as_ref().and_then(|it| it.table)
                {
                    res.push(Identity::Column(first_alike(db, table), column.key));
                }
            }
            res
        }
        _ => Vec::new(),
    }
}
