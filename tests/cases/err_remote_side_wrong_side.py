# remote_side given on the one-to-many side with the key of the many-to-one side
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Category(Base):
    __tablename__ = "category"
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("category.id"))
    up = relationship("Category", back_populates="subs", remote_side=[id])
    subs = relationship("Category", back_populates="up", remote_side=[id])
#                                                        ^^^^^^^^^^^ error[same-direction]
