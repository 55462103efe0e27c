# a tree without any foreign key: the ancestors' path is a prefix
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, func
from sqlalchemy.orm import declarative_base, foreign, relationship, remote

Base = declarative_base()


class Page(Base):
    __tablename__ = "page"

    id = Column(Integer, primary_key=True)
    path = Column(String(500), nullable=False, unique=True)
    below = relationship(
        "Page",
        primaryjoin=remote(foreign(path)).like(path.concat("/%")),
        viewonly=True,
        order_by=path,
    )
    depth_first = relationship(
        lambda: Page,
        primaryjoin=lambda: func.substr(remote(foreign(Page.path)), 1, func.length(Page.path)) == Page.path,
        viewonly=True,
    )
