//! Names that lead in circles: Python refuses most of these, and the analysis must come to an end.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use relmodel_fixture::Fixture;

const CIRCLES: &str = r"from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import Mapped, declarative_base, registry, relationship, mapper

app = app.wrap()
a = b.c
b = a()
db = db.x.y()
m1 = m2
m2 = m1
meta1 = meta2
meta2 = meta1
T = U
U = T
map1 = map2
map2 = map1
d1 = {**d2, **d1}
d2 = {**d1, **d2}
cond = cond & cond2
cond2 = cond | cond
s = s + s
Base = declarative_base(metadata=meta1)
Table('x', meta2, Column('id', T))
mapperx = mappery
mappery = mapperx
mapperx(object, T)
mapper(app, T, properties=d1)


class A(Base):
    __tablename__ = s
    t1 = t2
    t2 = t1
    x: Mapped[T] = None
    y: Mapped['U | T'] = relationship(T, secondary=t1, primaryjoin=cond, **d1)
    z = relationship(A, secondary=t2, primaryjoin=cond2, foreign_keys=d2, remote_side=cond)
    __mapper_args__ = d1
    __table_args__ = d2
    w = Column(T, ForeignKey(t1.c.x))
    v = app.Column(app.Integer)


class B(B, A, app.Model, db.Model):
    __table__ = __table__
    id = __table__.c.id


class E(Base):
    __tablename__ = 'e'
    id = Column(Integer, primary_key=True)

    def make():
        return Column(Integer)

    made = make()
    again = E.made
    f = g()
    g = E.f()


class C(C.D):
    metadata = metadata
    class D(C):
        registry = registry
";

#[test]
fn names_that_lead_in_circles_come_to_an_end() {
    let host = support::host_of(&Fixture::parse(CIRCLES));
    let analysis = host.snapshot();
    let files = analysis.files();
    let inspection = analysis.inspect(&files).unwrap();
    let classes: Vec<_> = inspection.classes.iter().map(|it| it.class.as_str()).collect();
    assert_eq!(classes, ["models.A", "models.E"]);
    // A class is not bound before its body has run, which Python says without following the circles.
    let found: Vec<_> = files.into_iter().flat_map(|it| analysis.diagnostics(it).unwrap()).map(|it| it.code).collect();
    assert_eq!(found, ["python-name-error"]);
}
