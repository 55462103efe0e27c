//! Two relationships that populate each other have the same direction.
//!
//! One side of a pair holds the foreign key and the other is referred to, so one must be ONETOMANY and the other MANYTOONE. A
//! class that refers to itself shows nothing of this by its columns: both sides are taken for ONETOMANY until `remote_side`
//! marks the many-to-one side. `RelationshipProperty._add_reverse_property` raises when SQLAlchemy configures the mappers, at the
//! second of the two relationships.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Node(Base):
//!     __tablename__ = "node"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("node.id"))
//!     children = relationship("Node", back_populates="parent")
//!     parent = relationship("Node", back_populates="children")
//!     #                                             ^^^^^^^^ error: `Node.parent` and its reverse `Node.children` are both ONETOMANY; add `remote_side` on the many-to-one side
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Node.children and back-reference Node.parent are both of the same direction symbol('ONETOMANY').  Did you mean to set remote_side on the many-to-one side ?
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Node.children and back-reference Node.parent are both of the same direction <RelationshipDirection.ONETOMANY: 1>.  Did you mean to set remote_side on the many-to-one side ?
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Node(Base):
//!     __tablename__ = "node"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("node.id"))
//!     children = relationship("Node", back_populates="parent")
//!     parent = relationship("Node", back_populates="children", remote_side=[id])
//! ```
