# a loop over tuples: several names, the last turn's names in lambdas, attributes that are set
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Page(Base):
    __tablename__ = "page"
    id = Column(Integer, primary_key=True)


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)


for name, target, is_key in [("page_tag", "tag", True), ("page_page", "page", False)]:
    column = f"{target}_id"
    if_any = column + "_of"
    link = Table(
        name,
        Base.metadata,
        Column(if_any, ForeignKey("page.id"), primary_key=True),
        Column(column, ForeignKey(f"{target}.id"), primary_key=is_key),
    )
    # Run when mappers are configured: the table is that of the last turn.
    Page.__mapper__.add_property(
        f"{target}_links",
        relationship(
            "Page",
            secondary=lambda: link,
            primaryjoin=lambda: Page.id == link.c.page_id_of,
            secondaryjoin=lambda: Page.id == link.c.page_id,
            viewonly=True,
        ),
    )
    setattr(
        Page,
        f"{target}s",
        relationship(
            target.capitalize(),
            secondary=link,
            primaryjoin=Page.id == link.c[if_any],
            secondaryjoin="%s.id == %s.c.%s" % (target.capitalize(), name, column),
        ),
    )
