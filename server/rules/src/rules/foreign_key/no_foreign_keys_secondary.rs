//! The `secondary` table of a relationship has no foreign key to one of its sides.
//!
//! A many-to-many relationship is joined twice, from the parent to the `secondary` table and from there to the target.
//! `_determine_joins` in `orm/relationships.py` looks for a foreign key for each join when SQLAlchemy configures the mappers, and
//! raises when one has none.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! association = Table(
//!     "association",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", Integer, primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=association)
//!     #                                          ^^^^^^^^^^^ error: `Parent.children` cannot be joined through `association`, because no foreign key links it with `child`; add a `ForeignKey` to a column of `association`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoForeignKeysError: Could not determine join condition between parent/child tables on relationship Parent.children - there are no foreign keys linking these tables via secondary table 'association'.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify 'primaryjoin' and 'secondaryjoin' expressions.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! association = Table(
//!     "association",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("child.id"), primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=association)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```
