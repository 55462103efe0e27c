# self-referential many-to-one without remote_side: no error, but it is a collection
# silent: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Category(Base):
    __tablename__ = "category"
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("category.id"))
    up = relationship("Category")
#        ^^^^^^^^^^^^ hint[self-referential-no-remote-side]
