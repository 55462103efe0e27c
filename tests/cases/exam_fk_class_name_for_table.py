# the key of an association table names the class and not its table
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

recipe_tags = Table(
    "recipe_tags",
    Base.metadata,
    Column("recipe_id", ForeignKey("Recipe.id"), primary_key=True),
#                                   ^^^^^^ error[fk-unknown-table]
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Recipe(Base):
    __tablename__ = "recipes"

    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary=recipe_tags, back_populates="recipes")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    recipes = relationship("Recipe", secondary=recipe_tags, back_populates="tags")
