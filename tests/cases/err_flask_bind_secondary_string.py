# Flask-SQLAlchemy bind: secondary by name is looked for in the default MetaData before 2.1
# unforeseen: 1.4 2.0
# accepted: 2.1

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Pupil(db.Model):
    __bind_key__ = "school"
    id = db.Column(db.Integer, primary_key=True)
    clubs = db.relationship("Club", secondary="membership")


class Club(db.Model):
    __bind_key__ = "school"
    id = db.Column(db.Integer, primary_key=True)


membership = db.Table(
    "membership",
    db.Column("pupil_id", db.ForeignKey("pupil.id"), primary_key=True),
    db.Column("club_id", db.ForeignKey("club.id"), primary_key=True),
    bind_key="school",
)
