# Flask-SQLAlchemy: a mixin-like Model without a primary key under __abstract__
# accepted: 1.4 2.0 2.1

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Base(db.Model):
    __abstract__ = True
    made = db.Column(db.DateTime)


class HTTPLog(Base):
    id = db.Column(db.Integer, primary_key=True)


class Line(Base):
    id = db.Column(db.Integer, primary_key=True)
    log_id = db.Column(db.ForeignKey("http_log.id"))
    log = db.relationship(HTTPLog, backref="lines")
