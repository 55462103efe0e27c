# Posts and tags in the style of Flask-SQLAlchemy, with what real files add: conditions, loops, odd layout.
import os
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql as pg

db = SQLAlchemy()
DEBUG = os.environ.get("DEBUG") == "1"

if DEBUG:
    prefix = "debug_"
    options = dict(lazy="dynamic",
                   passive_deletes=True)
else:
    prefix = ""
    options = {}

tags = db.Table(
    "tags", db.metadata,
    db.Column("post_id", db.ForeignKey("post.id"), primary_key=True),
    db.Column("tag_id", db.ForeignKey("tag.id"), primary_key=True),
)


class Mixin(object):
    @db.declared_attr
    def __tablename__(cls):
        return prefix + cls.__name__.lower()

    id = db.Column(db.Integer, primary_key=True)
    meta = db.Column(pg.JSONB, server_default='{}')


class Post(Mixin, db.Model):
    title = db.Column(db.String(80),
                      nullable=False)
    body = db.Column(db.Text)
    author_id = db.Column(db.Integer, db.ForeignKey(
        "author.id"))
    author = db.relationship("Author", back_populates="posts", **options)
    tags = db.relationship("Tag", secondary=tags, lazy="subquery",
                           backref=db.backref("posts", lazy=True))
    """The tags of this post."""

    def __init__(self, title, body=None, *,
                 author=None):
        self.title = title
        self.body = body or ""
        if author is not None:
            self.author = author

    def __repr__(self):
        return "<Post %r>" % (self.title,)


class Author(Mixin, db.Model):
    name = db.Column(db.String(50)); email = db.Column(db.String(50))
    posts = db.relationship("Post", back_populates="author")
    score = db.column_property(
        db.select(db.func.count(Post.id))
        .where(Post.author_id == id)
        .scalar_subquery()
    )


class Tag(Mixin, db.Model):
    name = db.Column(db.String(20), unique=True)
    parent_id = db.Column(db.ForeignKey("tag.id"))
    children = db.relationship(
        "Tag",
        # The other side is made here.
        backref=db.backref(
            "parent",
            remote_side="Tag.id",
        ),
    )


for model in (Post, Author, Tag):
    listeners = [item for item in getattr(model, "listeners", []) if item]
    for listener in listeners:
        db.event.listen(model, "before_insert", listener)

try:
    from local_models import *
except ImportError:
    local = False
