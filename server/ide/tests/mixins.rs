//! What a mixin or abstract base declares is told in its own file, once, for all classes that map it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

#[test]
fn a_fault_in_a_mixin_of_another_file_is_told_there_once() {
    support::check_findings(
        r#"#- app/base.py
from sqlalchemy.orm import declarative_base
Base = declarative_base()
#- app/mixins.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declared_attr, relationship
class Owned:
    id = Column(Integer, primary_key=True)
    @declared_attr
    def owner(cls):
        return relationship("Ownr", viewonly=True)
        #                    ^^^^ error[unresolved-name]: `House.owner` refers to `Ownr`, but no mapped class has that name; did you mean `Owner`?
#- app/models.py
from sqlalchemy import Column, Integer
from .base import Base
from .mixins import Owned
class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)
class House(Owned, Base):
    __tablename__ = "house"
class Boat(Owned, Base):
    __tablename__ = "boat"
"#,
        None,
    );
}
