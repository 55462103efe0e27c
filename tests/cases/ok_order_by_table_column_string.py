# order_by string through the table name and .c
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Slide(Base):
    __tablename__ = "slide"
    id = Column(Integer, primary_key=True)
    bullets = relationship("Bullet", order_by="bullet.c.position", primaryjoin="slide.c.id == bullet.c.slide_id")


class Bullet(Base):
    __tablename__ = "bullet"
    id = Column(Integer, primary_key=True)
    slide_id = Column(ForeignKey("slide.id"))
    position = Column(Integer)
