//! The keyword arguments of SQLAlchemy's functions that models are written with, by version, each with what it does.
//! `tests/oracle/keywords.py` compares the lists with the functions themselves.

use relmodel_model::SqlAlchemy;

/// A keyword argument.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    versions: Versions,
    /// What it does, in Markdown.
    pub(super) documentation: &'static str,
}

/// The versions that have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Versions {
    All,
    /// 1.4 alone.
    Old,
    /// 2.0 and newer.
    New,
}

impl Keyword {
    pub(super) fn is_in(&self, version: SqlAlchemy) -> bool {
        match self.versions {
            Versions::All => true,
            Versions::Old => version == SqlAlchemy::V1_4,
            Versions::New => version != SqlAlchemy::V1_4,
        }
    }
}

const fn all(name: &'static str, documentation: &'static str) -> Keyword {
    Keyword { name, versions: Versions::All, documentation }
}

const fn old(name: &'static str, documentation: &'static str) -> Keyword {
    Keyword { name, versions: Versions::Old, documentation }
}

const fn new(name: &'static str, documentation: &'static str) -> Keyword {
    Keyword { name, versions: Versions::New, documentation }
}

/// The keyword arguments of a function, those that are used most first.
pub(super) fn keywords_of(function: &str, version: SqlAlchemy) -> Vec<&'static Keyword> {
    let lists: &[&'static [Keyword]] = match function {
        "relationship" | "relation" => &[OF_TARGET, RELATIONSHIP, DATACLASS],
        "backref" => &[RELATIONSHIP, DATACLASS],
        "mapped_column" => &[COLUMN, MAPPED_COLUMN, DATACLASS_WITHOUT_DEFAULT],
        "Column" => &[COLUMN],
        "ForeignKey" | "ForeignKeyConstraint" => &[KEY],
        "Relationship" => &[SQLMODEL_RELATIONSHIP],
        _ => &[],
    };
    lists.iter().copied().flatten().filter(|it| it.is_in(version)).collect()
}

/// The arguments that `__mapper_args__` gives to the mapper, those that are used most first.
pub(super) fn mapper_arguments(version: SqlAlchemy) -> Vec<&'static Keyword> {
    MAPPER.iter().filter(|it| it.is_in(version)).collect()
}

const MAPPER: &[Keyword] = &[
    all(
        "polymorphic_on",
        "The column that tells which class a row is of, itself or by the name of its attribute. Stands in the base of a hierarchy.",
    ),
    all("polymorphic_identity", "What `polymorphic_on` holds in the rows of this class."),
    new("polymorphic_abstract", "`True`: the class has no rows of its own, and its subclasses do."),
    all(
        "polymorphic_load",
        "How the columns of this class are loaded when its parent is asked for: `\"selectin\"` by one more SELECT, `\"inline\"` along with them.",
    ),
    all("with_polymorphic", "The subclasses that are loaded along with this class: `\"*\"` for all."),
    all(
        "version_id_col",
        "The column that counts the versions of a row: an UPDATE of a row that somebody else has changed meanwhile raises.",
    ),
    all("version_id_generator", "A function that makes the next version; `False`: the database makes it."),
    all(
        "primary_key",
        "The columns that the mapper takes for the primary key, where the table has none or another one.",
    ),
    all("eager_defaults", "Whether values that the database makes are fetched as soon as a row is written."),
    all("concrete", "`True`: the table of this class has all columns, its parent's too."),
    all("inherit_condition", "The condition that joins the table to the parent's, where several could be meant."),
    all(
        "inherit_foreign_keys",
        "The columns of that condition that are taken for foreign keys, where the table names none.",
    ),
    all("include_properties", "The only columns that are mapped, by their names."),
    all("exclude_properties", "The columns that are not mapped, by their names."),
    all("column_prefix", "What is put in front of the names of columns for their attributes."),
    all("properties", "Attributes that are mapped besides those of the body: a dictionary by name."),
    all(
        "confirm_deleted_rows",
        "`False`: nothing is said where a DELETE meets another number of rows than was expected.",
    ),
    all(
        "passive_updates",
        "`False`: a change of the primary key is written to the tables of subclasses by SQLAlchemy.",
    ),
    all("passive_deletes", "`True`: the rows in the tables of subclasses are left to the database's `ON DELETE`."),
    all("allow_partial_pks", "`False`: a row whose primary key is NULL in part is no object."),
    all("always_refresh", "`True`: each query overwrites what objects hold already."),
    all("batch", "`False`: rows are written one by one, for events that depend on those before."),
    all("legacy_is_orphan", "`True`: an object is an orphan once it has none of its parents, not one of them."),
    all("inherits", "The mapped class that it inherits from. Told by the class statement."),
];

/// The values of `polymorphic_load`.
pub(super) const LOADS: &[Keyword] = &[
    all("selectin", "By one more SELECT for the rows of this class."),
    all("inline", "Along with the parent's columns, by an outer join."),
];

/// The strings that `eager_defaults` takes.
pub(super) const EAGER_DEFAULTS: &[Keyword] =
    &[new("auto", "Where the database gives them back with the INSERT. The default.")];

/// What names the target and the other side. A `backref(...)` takes these from the relationship it stands in.
const OF_TARGET: &[Keyword] = &[
    all("back_populates", "The relationship of the target that is the other side: both name each other."),
    all(
        "backref",
        "Makes the other side on the target. `back_populates` on both sides says the same where it can be read.",
    ),
    all("argument", "The class that is referred to: the class, its name as a string, or a function that returns it."),
];

const RELATIONSHIP: &[Keyword] = &[
    all(
        "secondary",
        "The association table of a many-to-many: the table, its key in the metadata as a string, or a function.",
    ),
    all(
        "foreign_keys",
        "The columns that are taken for foreign keys in the join. Needed where several could be meant.",
    ),
    all("primaryjoin", "The condition that joins parent and target, or parent and association table."),
    all("secondaryjoin", "The condition that joins association table and target."),
    all("remote_side", "The columns on the target's side. A self-referential many-to-one needs it: the primary key."),
    all(
        "cascade",
        "What is done to the targets along with the parent: `\"save-update, merge\"` by default; `\"all, delete-orphan\"` where targets belong to their parent.",
    ),
    all("lazy", "How targets are loaded: `\"select\"` by default, when they are first asked for."),
    all(
        "uselist",
        "Whether the attribute holds a list. `False` on the side without the foreign key makes a one-to-one.",
    ),
    all("order_by", "The order in which a collection is loaded."),
    all(
        "passive_deletes",
        "`True`: targets that are not loaded are left to the database's `ON DELETE`; `\"all\"`: loaded ones too.",
    ),
    all("viewonly", "`True`: the relationship only loads, and writes nothing."),
    all(
        "overlaps",
        "Names of relationships that write the same columns on purpose, separated by commas. Keeps SQLAlchemy from warning.",
    ),
    all(
        "single_parent",
        "`True`: a target has one parent at most. `delete-orphan` on a many-to-one or many-to-many needs it.",
    ),
    all(
        "post_update",
        "`True`: the foreign key is written by an `UPDATE` of its own, for rows that refer to each other.",
    ),
    all("innerjoin", "`True`: joined loading uses an inner join, for targets that are always there."),
    all(
        "collection_class",
        "The collection that holds the targets: `set`, or a function such as `attribute_keyed_dict(\"name\")`.",
    ),
    all("join_depth", "How often a self-referential relationship is joined when it is loaded eagerly."),
    all(
        "passive_updates",
        "`False`: a change of the primary key is written to the targets by SQLAlchemy instead of `ON UPDATE`.",
    ),
    all("sync_backref", "`False`: changes of this side are not carried over to the other one in memory."),
    all("active_history", "`True`: the old value is loaded when a new one is set."),
    all("load_on_pending", "`True`: targets are loaded for objects that are not in the database yet."),
    all("omit_join", "`False`: `selectin` loading does not leave out the join to the parent's table."),
    all("distinct_target_key", "Whether subquery loading selects `DISTINCT`; told by the columns if not given."),
    all("enable_typechecks", "`False`: a target may be of a class that is no subclass of the one that is referred to."),
    all("comparator_factory", "A class whose methods make the SQL of comparisons."),
    all("query_class", "The class of queries that a `dynamic` relationship gives."),
    all("info", "A dictionary for your own use."),
    all("doc", "The attribute's documentation."),
    old("bake_queries", "`False`: lazy loading does not keep its query."),
    old("cascade_backrefs", "`False`: an object does not come into the session because a backref refers to it."),
];

/// What the constructor that a dataclass mapping makes is told.
const DATACLASS: &[Keyword] = &[
    new("init", "Dataclass mapping: `False` leaves the attribute out of `__init__`."),
    new("repr", "Dataclass mapping: `False` leaves the attribute out of `__repr__`."),
    new("default", "Dataclass mapping: the value that `__init__` takes if none is given."),
    new("default_factory", "Dataclass mapping: a function that makes the default, such as `list`."),
    new("compare", "Dataclass mapping: whether the attribute is compared."),
    new("kw_only", "Dataclass mapping: `__init__` takes the attribute by keyword alone."),
    new("hash", "Dataclass mapping: whether the attribute counts for the hash."),
    new("dataclass_metadata", "Dataclass mapping: the field's metadata."),
];

const DATACLASS_WITHOUT_DEFAULT: &[Keyword] =
    &[DATACLASS[0], DATACLASS[1], DATACLASS[3], DATACLASS[4], DATACLASS[5], DATACLASS[6], DATACLASS[7]];

const COLUMN: &[Keyword] = &[
    all("primary_key", "`True`: part of the primary key."),
    all(
        "nullable",
        "Whether it may be NULL. By default told by the annotation, and without one `True` but for primary keys.",
    ),
    all("unique", "`True`: a unique constraint on this column alone."),
    all("index", "`True`: an index on this column alone."),
    all("default", "The value that an INSERT writes if none is given: a value, a function, or SQL."),
    all("server_default", "The `DEFAULT` of the column in the database: a string or `text(...)`."),
    all("onupdate", "The value that an UPDATE writes if none is given."),
    all("server_onupdate", "`FetchedValue()`: the database changes the value on an UPDATE."),
    all("name", "The column's name in the database, where it is not the attribute's."),
    all("key", "The name that Python knows the column by in its table."),
    all("type_", "The type, if it is not given by position."),
    all("comment", "A comment in the database."),
    all("doc", "The attribute's documentation."),
    all("autoincrement", "Whether the database counts it up; `\"auto\"` by default, for an integer primary key."),
    all("info", "A dictionary for your own use."),
    all("quote", "Whether the name is quoted in SQL; told by the name if not given."),
    all("system", "`True`: the database makes the column by itself, so that CREATE TABLE leaves it out."),
    new("insert_default", "As `default`, where that is the dataclass's."),
];

const MAPPED_COLUMN: &[Keyword] = &[
    new("deferred", "`True`: loaded when it is first asked for."),
    new("deferred_group", "Deferred columns of one group are loaded together."),
    new("deferred_raiseload", "`True`: raises instead of loading the deferred column."),
    new("use_existing_column", "`True`: a column of this name that another subclass has put on the table is shared."),
    new("sort_order", "Where it stands among the columns of the table; lower comes first."),
    new("active_history", "`True`: the old value is loaded when a new one is set."),
];

const KEY: &[Keyword] = &[
    all(
        "ondelete",
        "What the database does on DELETE of the row that is referred to: `\"CASCADE\"`, `\"SET NULL\"`, `\"RESTRICT\"`.",
    ),
    all("onupdate", "What the database does when the key that is referred to changes."),
    all("name", "The constraint's name. Migrations need one."),
    all("use_alter", "`True`: made by ALTER TABLE, for tables that refer to each other."),
    all("deferrable", "Whether the constraint may be checked at the end of the transaction."),
    all("initially", "When it is checked at first: `\"DEFERRED\"` or `\"IMMEDIATE\"`."),
    all("link_to_name", "`True`: the column is named by its name in the database instead of its key."),
    all("match", "`MATCH` of the constraint: `\"FULL\"`, `\"PARTIAL\"` or `\"SIMPLE\"`."),
    all("info", "A dictionary for your own use."),
    new("comment", "The constraint's comment in the database."),
];

const SQLMODEL_RELATIONSHIP: &[Keyword] = &[
    all("back_populates", "The relationship of the target that is the other side: both name each other."),
    all("link_model", "The class of the association table of a many-to-many."),
    all("cascade_delete", "`True`: targets are deleted along with the parent."),
    all(
        "passive_deletes",
        "`True`: targets that are not loaded are left to the database's `ON DELETE`; `\"all\"`: loaded ones too.",
    ),
    all("sa_relationship_kwargs", "A dictionary of other arguments for SQLAlchemy's `relationship(...)`."),
    all("sa_relationship_args", "Arguments by position for SQLAlchemy's `relationship(...)`."),
    all("sa_relationship", "A `relationship(...)` of SQLAlchemy's that is taken as it is."),
];

/// The options of `cascade`, in the order in which they are mostly meant.
pub(super) const CASCADES: &[Keyword] = &[
    all("all", "Stands for `save-update, merge, refresh-expire, expunge, delete`."),
    all("delete-orphan", "A target that is taken from its parent is deleted."),
    all("save-update", "Targets come into the session with their parent."),
    all("merge", "`Session.merge()` goes on to the targets."),
    all("delete", "Targets are deleted with their parent."),
    all("refresh-expire", "`Session.refresh()` and `expire()` go on to the targets."),
    all("expunge", "Targets leave the session with their parent."),
    all("none", "None of them, not even the default ones."),
];

/// The values of `lazy`.
pub(super) const LAZY: &[Keyword] = &[
    all("select", "Loaded by a SELECT when first asked for. The default."),
    all("selectin", "Loaded along with the parents, by one more SELECT with `IN`. Mostly best for collections."),
    all("joined", "Loaded along with the parents, by a JOIN. Mostly best for a many-to-one."),
    all("subquery", "Loaded along with the parents, by one more SELECT over the parents' query."),
    all("immediate", "Loaded along with each parent, by a SELECT of its own."),
    all("raise", "Asking for what is not loaded raises."),
    all("raise_on_sql", "Asking for what is not loaded raises, if it takes SQL."),
    all("noload", "Never loaded: empty. Deprecated since 2.1."),
    new("write_only", "For large collections: never loaded as a whole; gives a `WriteOnlyCollection`."),
    all("dynamic", "For large collections: gives a query. `write_only` follows it in 2.0."),
];
