# lambda returns a string: it is not looked up again
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Cart(Base):
    __tablename__ = "cart"
    id = Column(Integer, primary_key=True)
    wheels = relationship(lambda: "Wheel")
#                                  ^^^^^ error[not-a-class-or-mapper]


class Wheel(Base):
    __tablename__ = "wheel"
    id = Column(Integer, primary_key=True)
    cart_id = Column(ForeignKey("cart.id"))
