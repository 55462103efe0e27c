# import sqlalchemy as sa; sa.orm.relationship, orm.backref
# accepted: 1.4 2.0 2.1

import sqlalchemy as sa
import sqlalchemy.orm as so
from sqlalchemy import orm

Model = orm.declarative_base()


class User(Model):
    __tablename__ = "user"
    id = sa.Column(sa.Integer, primary_key=True)
    posts = sa.orm.relationship("Post", back_populates="user")
    likes = so.relationship("Like", backref=orm.backref("user"))


class Post(Model):
    __tablename__ = "post"
    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.Integer, sa.ForeignKey("user.id"))
    user = orm.relationship("User", back_populates="posts")


class Like(Model):
    __tablename__ = "like"
    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.ForeignKey("user.id"))
