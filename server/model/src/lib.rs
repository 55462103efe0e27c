//! What the files of a workspace mean together: mapped classes, tables, columns and relationships, as
//! `configure_mappers()` would resolve them.
//!
//! A set of salsa queries over the facts of all files. Mirrors SQLAlchemy's own order and terms: who is mapped
//! (`orm/decl_base.py`), what a name in a string means (`orm/clsregistry.py`), how a join is found and which
//! direction it has (`orm/relationships.py`), tables and foreign keys (`sql/schema.py`). Knows no positions: a
//! [`Place`] points into facts. What cannot be told without running Python is `Unknown`, and stays silent.

mod arguments;
mod attribute;
mod class;
mod code;
mod column;
mod condition;
mod constant;
mod db;
mod declarations;
mod flask;
mod function;
mod imperative;
mod index;
mod join;
mod library;
mod links;
mod mapper_arguments;
mod mappers;
mod module;
mod namespace;
mod rare;
mod relationships;
mod scope;
mod sqlmodel;
mod strings;
mod substitution;
mod tables;
mod value;

pub use attribute::{Attribute, AttributeAt, AttributeKind, class_attributes, own_attribute};
pub use class::{ClassInfo, Framework, base_places, class_info, class_source, is_mapped_as_dataclass};
pub use code::code_faults;
pub use column::{Column, ConstraintId, ForeignKey, ForeignKeyTarget, Spec};
pub use condition::ColumnRef;
pub use constant::string_value;
pub use db::{
    ClassId, Db, FileSet, ItemId, MetadataId, Place, RegistryId, RelationshipId, ScopeId, SourceFile, SqlAlchemy,
    TableId, TableSource, Workspace, item,
};
pub use declarations::{Argument, Declaration, NameArgument, RELATIONSHIP_KEYWORDS, declaration};
pub use flask::FlaskModel;
pub use imperative::{is_imperative, maps_unknown_classes};
pub use index::{
    borrowers, class_elsewhere, class_names, classes_named, declarative_bases, file_classes, file_tables,
    has_mapped_classes, has_unknown_tables, modules_of, table_key_of_class, table_keys, tables_named,
};
pub use join::{Direction, Join, JoinFailure, Joined, Pair, ResolvedKey, column_label, has_broken_key, table_keys_of};
pub use library::{home_of, sqlalchemy_name};
pub use links::{Backref, backref_named, backrefs_on, relationship_named, reverse};
pub use mappers::{Inheritance, Mapped, Mapping, Member, MemberKind, inheritance, lineage, mapped, member, members};
pub use module::module_file;
pub use rare::{Rare, RareFiles};
pub use relationships::{
    Relationship, Secondary, Target, annotated_class, annotates_collection, dotted, relationship, relationships_of,
};
pub use scope::{is_migration, top_level_names};
pub use strings::{ArgumentFault, FaultKind, NoExpression, has_no_column, has_unseen_members, string_faults};
pub use tables::{Table, column_name, columns_of_single_tables, table, table_of_foreign_key};
pub use value::{Value, evaluate, library_call, resolve_name, value_of_text};

pub use relmodel_facts::{ExprId, Name};
