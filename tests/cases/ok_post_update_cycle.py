# tables that refer to each other: foreign_keys and post_update
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Widget(Base):
    __tablename__ = "widget"
    id = Column(Integer, primary_key=True)
    favourite_id = Column(ForeignKey("entry.id", use_alter=True, name="fk_favourite"))
    entries = relationship("Entry", foreign_keys="Entry.widget_id", back_populates="widget")
    favourite = relationship("Entry", foreign_keys=[favourite_id], post_update=True)


class Entry(Base):
    __tablename__ = "entry"
    id = Column(Integer, primary_key=True)
    widget_id = Column(ForeignKey("widget.id"))
    widget = relationship("Widget", foreign_keys=[widget_id], back_populates="entries")
