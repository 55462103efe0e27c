//! A `ForeignKeyConstraint` refers to columns of two tables.
//!
//! One constraint leads to one table. `ForeignKeyConstraint._validate_dest_table` in `sql/schema.py` raises where the table is made. Two
//! tables take two constraints.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKeyConstraint, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Country(Base):
//!     __tablename__ = "country"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Port(Base):
//!     __tablename__ = "port"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Ship(Base):
//!     __tablename__ = "ship"
//!     id = Column(Integer, primary_key=True)
//!     country_id = Column(Integer)
//!     port_id = Column(Integer)
//!     __table_args__ = (ForeignKeyConstraint(["country_id", "port_id"], ["country.id", "port.id"]),)
//!     #                                                                                 ^^^^^^^ error: the `ForeignKeyConstraint` of the table `ship` refers to `country` and to `port`; make a constraint for each
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: ForeignKeyConstraint on ship(country_id, port_id) refers to multiple remote tables: country and port
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKeyConstraint, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Country(Base):
//!     __tablename__ = "country"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Port(Base):
//!     __tablename__ = "port"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Ship(Base):
//!     __tablename__ = "ship"
//!     id = Column(Integer, primary_key=True)
//!     country_id = Column(Integer)
//!     port_id = Column(Integer)
//!     __table_args__ = (
//!         ForeignKeyConstraint(["country_id"], ["country.id"]),
//!         ForeignKeyConstraint(["port_id"], ["port.id"]),
//!     )
//! ```

use relmodel_model::string_value;

use crate::prelude::*;
use crate::walker::KeyConstraint;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    it.key_constraints().iter().filter_map(|found| refers_to_two(it, found)).collect()
}

fn refers_to_two(it: TableWalker<'_>, constraint: &KeyConstraint) -> Option<Finding> {
    if constraint.columns.len() != constraint.targets.len() {
        return None;
    }
    let table_of = |text: String| text.rsplit_once('.').map(|it| it.0.to_owned());
    let tables = constraint.targets.iter().map(|target| string_value(it.db, *target).and_then(table_of));
    let tables: Vec<String> = tables.collect::<Option<_>>()?;
    let (first, others) = tables.split_first()?;
    let (other, place) = others.iter().zip(&constraint.targets[1..]).find(|it| it.0 != first)?;
    let message = format!(
        "the `ForeignKeyConstraint` of the table `{}` refers to `{first}` and to `{other}`; make a constraint for each",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(*place), message))
}
