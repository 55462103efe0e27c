//! What a package declares that is not installed is unknown, and nobody speaks of it.
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
