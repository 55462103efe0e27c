# a class made by type() is in the registry
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


Wheel = type(
    "Wheel",
    (Base,),
    {
        "__tablename__": "wheel",
        "id": Column(Integer, primary_key=True),
        "cart_id": Column(ForeignKey("cart.id")),
    },
)


class Cart(Base):
    __tablename__ = "cart"
    id = Column(Integer, primary_key=True)
    wheels = relationship("Wheel")
