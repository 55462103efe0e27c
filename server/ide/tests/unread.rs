//! What cannot be read is unknown, and nobody speaks of it: packages that are not installed, tables put together by a run.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

#[test]
fn tables_and_classes_of_flask_appbuilder_may_lie_in_its_source() {
    support::check_findings(
        r#"#- models.py
from flask_appbuilder import Model
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship
class Slice(Model):
    __tablename__ = "slices"
    id = Column(Integer, primary_key=True)
    owner_fk = Column(Integer, ForeignKey("ab_user.id"))
    owner = relationship("User", foreign_keys="Slice.owner_fk", primaryjoin="Slice.owner_fk == User.id")
    charts = relationship("Chart", back_populates="slce")
    #                                              ^^^^ error[back-populates-missing]: `Chart` has no attribute `slce` for `Slice.charts` to populate; did you mean `slice`?
class Chart(Model):
    __tablename__ = "charts"
    id = Column(Integer, primary_key=True)
    slice_id = Column(Integer, ForeignKey("slices.id"))
    slice = relationship("Slice")
"#,
        None,
    );
}

#[test]
fn a_table_that_is_given_what_a_list_holds_may_be_of_any_metadata() {
    support::check_findings(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
parts = [Base.metadata]
parts += [Column(f"{side}_id", ForeignKey(f"{side}.id"), primary_key=True) for side in ("parent", "child")]
links = Table("links", *parts)
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", secondary="links")
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
"#,
        None,
    );
}
