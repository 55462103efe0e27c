//! What rules read the model through: an id with the database, and the questions that rules ask.

mod annotation;
mod attribute;
mod call;
mod column;
mod import;
mod items;
mod key;
mod key_constraint;
mod mapper;
mod proxy;
mod side;

use relmodel_facts::Expr;
use relmodel_model::{
    ArgumentFault, ClassId, ColumnRef, Db, Declaration, ForeignKey, ForeignKeyTarget, JoinFailure, Joined, Member,
    MemberKind, Name, Place, Relationship, RelationshipId, SqlAlchemy, Table, TableId, TableSource, Value, Workspace,
    annotated_class, backrefs_on, base_places, class_info, declaration, evaluate, lineage, mapped, member, members,
    relationship, relationship_named, sqlalchemy_name, string_faults, table, table_of_foreign_key,
};

use crate::finding::{Anchor, Finding};
use crate::suggest::{Suggestion, did_you_mean};

pub(crate) use annotation::{is_ordinary, typing_name};
pub use attribute::AttributeWalker;
pub(crate) use attribute::Known;
pub use call::Call;
pub(crate) use call::{callee_anchor, dialect_of, is_dialect_option};
pub use column::{ColumnOwner, ColumnWalker};
pub(crate) use column::{for_each_column_of, for_each_column_of_class, for_each_column_of_table};
pub use import::ImportWalker;
pub(crate) use import::for_each_import;
pub(crate) use items::{described, no_item};
pub(crate) use key_constraint::KeyConstraint;
pub(crate) use mapper::key_anchor;
pub(crate) use proxy::{Proxy, proxy};
pub(crate) use side::SideWalker;

/// A mapped class.
#[derive(Clone, Copy)]
pub struct ClassWalker<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) id: ClassId,
}

/// A relationship that is written out, with its parts.
#[derive(Clone, Copy)]
pub struct RelationshipWalker<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) id: RelationshipId,
    pub(crate) declaration: &'a Declaration,
    pub(crate) data: &'a Relationship,
}

/// A table.
#[derive(Clone, Copy)]
pub struct TableWalker<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) id: TableId,
    pub(crate) data: &'a Table,
}

/// A foreign key of a table's column.
#[derive(Clone, Copy)]
pub struct ForeignKeyWalker<'a> {
    pub(crate) table: TableWalker<'a>,
    pub(crate) column: Name,
    pub(crate) key: &'a ForeignKey,
}

impl<'a> ClassWalker<'a> {
    pub(crate) fn name(self) -> Name {
        self.id.name(self.db)
    }

    /// Whether it may have attributes that are not seen.
    pub(crate) fn is_open(self) -> bool {
        lineage(self.db, self.id).into_iter().any(|it| class_info(self.db, it).is_open)
    }

    /// The names of its relationships, its parents' and those that backrefs make included.
    pub(crate) fn relationship_names(self) -> Vec<&'static str> {
        let db = self.db;
        let mut res = Vec::new();
        for class in lineage(db, self.id) {
            let written = members(db, class).iter().filter(|it| matches!(it.kind, MemberKind::Relationship(..)));
            res.extend(written.map(|it| it.name.as_str()));
            res.extend(backrefs_on(db, class).iter().map(|it| it.id.key(db).as_str()));
        }
        res
    }

    /// The first of its bases that is one of these names of SQLAlchemy, and where it stands.
    pub(crate) fn library_base(self, names: &[&str]) -> Option<(Place, Name)> {
        base_places(self.db, self.id).into_iter().find_map(|place| match evaluate(self.db, place) {
            Value::Library(name) => Some((place, sqlalchemy_name(name).filter(|it| names.contains(&it.as_str()))?)),
            _ => None,
        })
    }

    /// The names of its columns and of the synonyms of such, its parents' included.
    pub(crate) fn column_names(self) -> Vec<&'static str> {
        let is_column = |it: &&Member| matches!(it.kind, MemberKind::Column(_) | MemberKind::Synonym(_));
        let all = lineage(self.db, self.id).into_iter().flat_map(|it| members(self.db, it));
        all.filter(is_column).map(|it| it.name.as_str()).collect()
    }

    /// The attribute that was probably meant by a name that is none: the one of the column that is called so in the
    /// database, else one with a name that is near.
    pub(crate) fn column_meant_by(self, name: &str) -> Suggestion {
        let is_called = |it: &&Member| matches!(&it.kind, MemberKind::Column(column) if column.name == name);
        match lineage(self.db, self.id).into_iter().flat_map(|it| members(self.db, it)).find(is_called) {
            Some(found) => Suggestion::of(name, found.name.as_str()),
            None => did_you_mean(name, self.column_names()),
        }
    }

    pub(crate) fn table(self) -> Option<TableWalker<'a>> {
        TableWalker::new(self.db, mapped(self.db, self.id).as_ref()?.table?)
    }
}

impl<'a> RelationshipWalker<'a> {
    pub(crate) fn new(db: &'a dyn Db, id: RelationshipId) -> Option<Self> {
        let declaration = declaration(db, id).as_ref()?;
        let data = relationship(db, id).as_ref()?;
        Some(Self { db, id, declaration, data })
    }

    /// `Parent.children`, as SQLAlchemy prints it.
    pub(crate) fn label(self) -> String {
        label(self.db, self.id)
    }

    pub(crate) fn parent(self) -> ClassWalker<'a> {
        ClassWalker { db: self.db, id: self.id.parent(self.db) }
    }

    pub(crate) fn target(self) -> Option<ClassWalker<'a>> {
        self.data.target_class().map(|id| ClassWalker { db: self.db, id })
    }

    /// The SQLAlchemy that the project runs with.
    pub(crate) fn sqlalchemy(self) -> SqlAlchemy {
        Workspace::get(self.db).sqlalchemy(self.db)
    }

    /// The name of the function that is called, where what is missing among its arguments is told.
    pub(crate) fn callee_anchor(self) -> Anchor {
        callee_anchor(self.db, self.declaration.call)
    }

    /// The expression that names its target: the argument, else the class in the annotation.
    pub(crate) fn target_place(self) -> Option<Place> {
        let given = self.declaration.value("argument").filter(|it| it.expr(self.db) != Expr::None);
        given.or_else(|| annotated_class(self.db, self.declaration.annotation?))
    }

    /// What is wrong with the strings among its arguments.
    pub(crate) fn string_faults(self) -> &'a [ArgumentFault] {
        string_faults(self.db, self.id)
    }

    /// The finding that an argument names something that is not there: `parameter` of the relationship names `what`.
    pub(crate) fn names_wrongly(self, fault: &ArgumentFault, at: Anchor, what: &str, meant: &Suggestion) -> Finding {
        let message = format!("`{}` of `{}` names {what}{meant}", fault.parameter, self.label());
        Finding::new(at, message).with_fix(meant.fix(at))
    }

    /// The finding that an argument names an attribute that the class does not have.
    pub(crate) fn names_no_attribute(self, fault: &ArgumentFault, class: ClassId, name: Name) -> Finding {
        let class = ClassWalker { db: self.db, id: class };
        let what = format!("`{0}.{name}`, but `{0}` has no such attribute", class.name());
        let meant = class.column_meant_by(name.as_str());
        self.names_wrongly(fault, Anchor::Member(fault.place), &what, &meant)
            .with_related(Anchor::Class(class.id), "the class")
    }

    /// The column of the target, else of the parent, that a bare name in a string probably means: `Child.name`.
    pub(crate) fn column_of_target(self, name: &str) -> Suggestion {
        let has_column = |it: &ClassWalker<'_>| it.column_names().contains(&name);
        match self.target().into_iter().chain([self.parent()]).find(has_column) {
            Some(class) => Suggestion::of(name, &format!("{}.{name}", class.name())),
            None => Suggestion::default(),
        }
    }

    /// The relationship that `back_populates` names, with the value that names it.
    pub(crate) fn populated(self) -> Option<(Place, Name, Option<RelationshipId>)> {
        let argument = self.declaration.name_argument(self.db, "back_populates")?;
        let target = self.data.target_class()?;
        Some((argument.place, argument.name, relationship_named(self.db, target, argument.name)))
    }

    /// Whether a table that the join goes by holds a foreign key that leads nowhere. The join then fails in
    /// consequence, and the fault is told there.
    fn has_broken_keys(self) -> bool {
        // A join through an association table goes by that table's keys alone.
        if let relmodel_model::Secondary::Table(table) = self.data.secondary {
            return relmodel_model::has_broken_key(self.db, table);
        }
        let tables =
            |class: ClassId| lineage(self.db, class).into_iter().filter_map(|it| mapped(self.db, it).as_ref()?.table);
        let parent = tables(self.id.parent(self.db));
        parent
            .chain(self.data.target_class().into_iter().flat_map(tables))
            .any(|it| relmodel_model::has_broken_key(self.db, it))
    }

    /// The relationships of the target that refer back to the parent: what `back_populates` may mean.
    pub(crate) fn candidates(self) -> Vec<&'static str> {
        let Some(target) = self.target() else { return Vec::new() };
        let refers_back = |name: &&str| {
            let id = relationship_named(self.db, target.id, Name::from(name));
            id.is_some_and(|id| {
                let found = relationship(self.db, id).as_ref().and_then(Relationship::target_class);
                id != self.id && found == Some(self.id.parent(self.db))
            })
        };
        target.relationship_names().into_iter().filter(refers_back).collect()
    }

    /// Whether `other` names this relationship by `back_populates`.
    fn is_named_by(self, other: RelationshipId) -> bool {
        declaration(self.db, other)
            .as_ref()
            .and_then(|it| it.name_argument(self.db, "back_populates"))
            .is_some_and(|it| it.name == self.id.key(self.db))
    }

    /// Whether it is the second of a pair that name each other. A join that fails on both sides is told at the first,
    /// where SQLAlchemy meets it.
    pub(crate) fn comes_after_its_reverse(self, other: RelationshipId) -> bool {
        self.is_named_by(other) && order(self.db, other) < order(self.db, self.id)
    }

    /// Whether it is the first of a pair that name each other. What is wrong with the two together SQLAlchemy meets at
    /// the second.
    pub(crate) fn comes_before_its_reverse(self, other: RelationshipId) -> bool {
        self.is_named_by(other) && order(self.db, self.id) < order(self.db, other)
    }

    /// Whether `other` refers to a class of the parent's hierarchy (`Mapper.common_parent`).
    pub(crate) fn is_referred_to_by(self, other: RelationshipId) -> bool {
        let root = |class| lineage(self.db, class).last().copied();
        let target = relationship(self.db, other).as_ref().and_then(Relationship::target_class);
        target.is_some_and(|it| root(it) == root(self.id.parent(self.db)))
    }

    /// Why SQLAlchemy finds no join, unless that is told elsewhere: at a broken foreign key, or at the other side of
    /// the pair, which fails alike.
    pub(crate) fn failure(self) -> Option<&'a JoinFailure> {
        let Joined::Failed(failure) = &self.data.join else { return None };
        let is_told_before = self.populated().and_then(|it| it.2).is_some_and(|other| {
            let fails_alike = |it: &Relationship| match &it.join {
                Joined::Failed(other) => std::mem::discriminant(other) == std::mem::discriminant(failure),
                _ => false,
            };
            self.comes_after_its_reverse(other) && relationship(self.db, other).as_ref().is_some_and(fails_alike)
        });
        (!is_told_before && !self.has_broken_keys()).then_some(failure)
    }
}

impl<'a> TableWalker<'a> {
    pub(crate) fn new(db: &'a dyn Db, id: TableId) -> Option<Self> {
        table(db, id).as_ref().map(|data| Self { db, id, data })
    }

    /// Its key in the metadata.
    pub(crate) fn label(self) -> &'static str {
        self.data.key.map_or("?", |it| it.as_str())
    }

    pub(crate) fn class(self) -> Option<ClassId> {
        match self.id.source(self.db) {
            TableSource::Class(class) => Some(class),
            TableSource::Call(_) => None,
        }
    }

    /// What defines it, as a message names it.
    pub(crate) fn definer(self) -> String {
        match self.class() {
            Some(class) => format!("`{}`", class.name(self.db)),
            None => self.variable().map_or_else(|| "a `Table`".to_owned(), |name| format!("`{name}`")),
        }
    }

    /// The name that a `Table(...)` is assigned to.
    fn variable(self) -> Option<Name> {
        match self.id.source(self.db) {
            TableSource::Call(call) => Some(call.item.key(self.db).name).filter(|it| !it.is_empty()),
            TableSource::Class(_) => None,
        }
    }

    /// Where its name stands; the class, where its name is made of the class's.
    pub(crate) fn anchor(self) -> Option<Anchor> {
        self.data.name_place.map(Anchor::Expr).or_else(|| self.class().map(Anchor::Class))
    }
}

impl ForeignKeyWalker<'_> {
    /// Where it leads.
    pub(crate) fn target(self) -> ForeignKeyTarget {
        table_of_foreign_key(self.table.db, self.table.data.metadata, self.column, self.key)
    }

    /// `child.parent_id`: the column that holds it.
    pub(crate) fn label(self) -> String {
        format!("{}.{}", self.table.label(), self.column)
    }
}

/// `Parent.children`, as SQLAlchemy prints a relationship.
pub(crate) fn label(db: &dyn Db, id: RelationshipId) -> String {
    format!("{}.{}", id.parent(db).name(db), id.key(db))
}

/// File, class and attribute of a relationship, in source order.
pub(crate) fn order(db: &dyn Db, id: RelationshipId) -> (&'static str, usize, usize) {
    let class = id.parent(db);
    let nth_class = relmodel_model::nth_class(db, class);
    let nth = members(db, class).iter().position(|member| member.name == id.key(db));
    (class.file(db).path(db).as_str(), nth_class.unwrap_or_default(), nth.unwrap_or_default())
}

/// Where the name of a relationship's attribute stands; for one that a backref makes, the backref's name.
pub(crate) fn attribute_anchor(db: &dyn Db, id: RelationshipId) -> Option<Anchor> {
    if let Some((class, key)) = id.backref_of(db) {
        let source = declaration(db, RelationshipId::new(db, class, key, None)).as_ref()?;
        return Some(Anchor::Expr(source.backref(db)?.0.place));
    }
    let (_, found) = member(db, id.parent(db), id.key(db))?;
    Some(Anchor::Attribute(found.declared_in, found.at?))
}

/// Some columns as SQLAlchemy prints them, `and` or `or` before the last.
pub(crate) fn column_labels(db: &dyn Db, columns: &[ColumnRef], word: &str) -> String {
    let names: Vec<String> = columns.iter().map(|it| format!("`{}`", relmodel_model::column_label(db, *it))).collect();
    match names.as_slice() {
        [names @ .., last] if !names.is_empty() => format!("{} {word} {last}", names.join(", ")),
        _ => names.concat(),
    }
}

/// Where a column is declared.
pub(crate) fn column_anchor(db: &dyn Db, column: ColumnRef) -> Option<Anchor> {
    let place = table(db, column.table).as_ref()?.column(column.key.as_str())?.place;
    Some(Anchor::Expr(place))
}
