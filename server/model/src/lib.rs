//! What the files of a workspace mean together: mapped classes, tables, columns and relationships, as
//! `configure_mappers()` would resolve them.
//!
//! A set of salsa queries over the facts of all files. Mirrors SQLAlchemy's own order and terms: who is mapped
//! (`orm/decl_base.py`), what a name in a string means (`orm/clsregistry.py`), how a join is found and which
//! direction it has (`orm/relationships.py`), tables and foreign keys (`sql/schema.py`). Knows no positions: a
//! [`Place`] points into facts. What cannot be told without running Python is `Unknown`, and stays silent.

mod arguments;
mod attribute;
mod changed;
mod class;
mod code;
mod column;
mod composite;
mod condition;
mod constant;
mod contents;
mod dataclass;
mod db;
mod declarations;
mod default_schema;
mod failure;
mod flask;
mod function;
mod hierarchy;
mod imperative;
mod index;
mod inherit;
mod join;
mod late;
mod library;
mod links;
mod made;
mod mapper_arguments;
mod mappers;
mod member;
mod metadata;
mod module;
mod names_at;
mod namespace;
mod order;
mod outside;
mod part;
mod pieces;
mod rare;
mod reach;
mod reflected;
mod relationships;
mod scan;
mod scope;
mod secondary;
mod sqlmodel;
mod strings;
mod substitution;
mod table_items;
mod tables;
mod type_map;
mod value;
mod writers;

pub use arguments::{Given, arguments_of, library_call_with_arguments};
pub use attribute::{
    Attribute, AttributeAt, AttributeKind, class_attributes, kind_of_value, mapped_argument, own_attribute,
    rebound_attributes,
};
pub use class::{
    ClassInfo, Framework, base_places, class_info, class_source, decorator_places, is_mapped_by_base, library_bases,
    library_decorator, mapping_decorator,
};
pub use code::code_faults;
pub use column::{
    Column, ConstraintId, ForeignKey, ForeignKeyTarget, Spec, reference, table_of_attribute, table_of_value,
};
pub use condition::ColumnRef;
pub use constant::string_value;
pub use contents::{declarative_bases, file_classes, file_tables, nth_class};
pub use dataclass::{Field, dataclass_arguments, dataclass_fields, is_dataclass, makes_dataclass, native_dataclass};
pub use db::{
    ClassId, Db, FileSet, ItemId, MetadataId, Place, RegistryId, RelationshipId, ScopeId, SourceFile, SqlAlchemy,
    TableId, TableSource, Workspace, item,
};
pub use declarations::{Argument, Declaration, NameArgument, RELATIONSHIP_KEYWORDS, declaration};
pub use default_schema::names_outside_schema;
pub use failure::JoinFailure;
pub use flask::FlaskModel;
pub use hierarchy::{Identified, Identity, descendants, polymorphic_identities};
pub use imperative::{imperatively_mapped, is_imperative, mapping_call_of, maps_unknown_classes};
pub use index::{
    borrowers, class_elsewhere, class_names, classes_named, contribute, has_mapped_classes, has_unknown_tables, heirs,
    modules_of, table_key_of_class, table_keys, tables_named,
};
pub use inherit::inherit_failure;
pub use join::{Copied, Direction, Join, Joined, Pair, bare_column_label, column_label};
pub use late::{LateAttribute, late_attributes};
pub use library::{home_of, sqlalchemy_name, type_name};
pub use links::{Backref, backref_named, backrefs_on, made_by, referring_relationships, relationship_named, reverse};
pub use mapper_arguments::{
    DictEntry, KeyAt, MapperArguments, arguments_of_mapper, mapper_properties, mapper_property_keys,
    may_be_given_properties,
};
pub use mappers::{Inheritance, Mapped, Mapping, allows_unmapped, inheritance, lineage, mapped, selectable};
pub use member::{Member, MemberKind, member, members};
pub use metadata::metadata_schema;
pub use module::module_file;
pub use names_at::{Unbound, has_string_annotations, unbound_at, unbound_in_body};
pub use order::first_of;
pub use outside::ModuleNames;
pub use part::is_in_editor;
pub use pieces::{Origin, Piece, pieces};
pub use rare::{Rare, RareFiles};
pub use relationships::{
    Relationship, Target, annotated_class, annotates_collection, class_of_annotation, dotted, relationship,
    relationships_of,
};
pub use relmodel_facts::{ExprId, Name};
pub use scan::{ResolvedKey, has_broken_key, table_keys_of};
pub use scope::{is_migration, top_level_names};
pub use secondary::Secondary;
pub use strings::{
    ArgumentFault, FaultKind, NoExpression, StringName, has_no_column, has_unseen_members, names_in_string,
    string_faults,
};
pub use table_items::{OptionAt, TableItems, TableOption, table_args, table_items, table_options};
pub use tables::{Table, column_name, columns_added_to, columns_of_single_tables, table, table_of_foreign_key};
pub use type_map::{keeps_type_map, type_map_keys};
pub use value::{Value, as_call, attribute_of, called, evaluate, library_call, resolve_name, value_of_text};
pub use writers::{Overlap, overlaps};
