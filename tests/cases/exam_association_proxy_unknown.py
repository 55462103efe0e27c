# an association proxy to an attribute that the association object does not have
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Dish(Base):
    __tablename__ = "dish"

    id = Column(Integer, primary_key=True)
    uses = relationship("Use", back_populates="dish", cascade="all, delete-orphan")
    ingredients = association_proxy("uses", "ingredients")
#                                            ^^^^^^^^^^^ error[association-proxy-unknown]


class Use(Base):
    __tablename__ = "dish_use"

    dish_id = Column(ForeignKey("dish.id"), primary_key=True)
    ingredient_id = Column(ForeignKey("ingredient.id"), primary_key=True)
    dish = relationship("Dish", back_populates="uses")
    ingredient = relationship("Ingredient")


class Ingredient(Base):
    __tablename__ = "ingredient"

    id = Column(Integer, primary_key=True)
