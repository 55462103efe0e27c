# Flask-SQLAlchemy: no primary key, no __tablename__
# error: 1.4 2.0 2.1

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Vote(db.Model):
#     ^^^^ error[no-primary-key]
    value = db.Column(db.Integer)
