# orderinglist and order_by strings with desc and attribute calls
# accepted: 1.4 2.0 2.1

from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Slide(Base):
    __tablename__ = "slide"
    id = Column(Integer, primary_key=True)
    bullets = relationship("Bullet", order_by="Bullet.position", collection_class=ordering_list("position"))
    newest = relationship("Bullet", order_by="desc(Bullet.id), Bullet.position.asc()", viewonly=True)
    listed = relationship("Bullet", order_by="[Bullet.position.desc(), Bullet.id]", viewonly=True)


class Bullet(Base):
    __tablename__ = "bullet"
    id = Column(Integer, primary_key=True)
    slide_id = Column(ForeignKey("slide.id"))
    position = Column(Integer)
