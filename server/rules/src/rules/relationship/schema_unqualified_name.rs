//! A string names a table without a schema, though the metadata has a default schema.
//!
//! Since 2.1, a name without a schema means the table of that name in the schema of the `MetaData` (`_class_resolver._resolve_table_key`
//! in `clsregistry`). Where there is none, a table that was put outside of that schema by `BLANK_SCHEMA` is still found, with a
//! deprecation warning; a later release will look in the schema alone. Give the table itself, which needs no look-up.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import BLANK_SCHEMA, Column, ForeignKey, Integer, MetaData, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base(metadata=MetaData(schema="family"))
//!
//! link = Table(
//!     "link",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("family.parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("family.child.id"), primary_key=True),
//!     schema=BLANK_SCHEMA,
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary="link")
//!     #                                           ^^^^ hint: `Parent.children` finds the table `link`, which has no schema; a later release of SQLAlchemy will look for `family.link` alone, so give the `Table` itself
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! SADeprecationWarning: The string 'link' was resolved to the non-schema-qualified table 'link', however the MetaData object has a default schema of 'family'. In a future version of SQLAlchemy, this unqualified name will be resolved as 'family.link'. To reference a table without a schema, use the Table object directly.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import BLANK_SCHEMA, Column, ForeignKey, Integer, MetaData, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base(metadata=MetaData(schema="family"))
//!
//! link = Table(
//!     "link",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("family.parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("family.child.id"), primary_key=True),
//!     schema=BLANK_SCHEMA,
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=link)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::names_outside_schema;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::RelationshipMany(check)).since(SqlAlchemy::V2_1);

/// The parameters whose strings may name a table.
const PARAMETERS: [&str; 6] = ["secondary", "primaryjoin", "secondaryjoin", "foreign_keys", "remote_side", "order_by"];

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let sides = it.sides();
    let arguments = sides
        .iter()
        .flat_map(|side| PARAMETERS.iter().filter_map(move |name| Some((side, side.declaration.value(name)?))));
    let mut res = Vec::new();
    for (side, argument) in arguments {
        for (place, table, schema) in names_outside_schema(it.db, side.parent(), argument) {
            let message = format!(
                "`{}` finds the table `{table}`, which has no schema; a later release of SQLAlchemy will look for `{schema}.{table}` alone, so give the `Table` itself",
                side.label(),
            );
            res.push(Finding::new(Anchor::Expr(place), message));
        }
    }
    res
}
