# Flask-SQLAlchemy db.Model, db.Column, generated table names
# accepted: 1.4 2.0 2.1

from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

likes = db.Table(
    "likes",
    db.Column("user_id", db.Integer, db.ForeignKey("user.id"), primary_key=True),
    db.Column("blog_post_id", db.Integer, db.ForeignKey("blog_post.id"), primary_key=True),
)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    posts = db.relationship("BlogPost", backref="author", lazy="dynamic", foreign_keys="BlogPost.author_id")
    liked = db.relationship("BlogPost", secondary=likes, backref=db.backref("fans", lazy=True))


class BlogPost(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    author_id = db.Column(db.Integer, db.ForeignKey("user.id"), nullable=False)
