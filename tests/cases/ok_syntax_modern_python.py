# walrus, match, decorators, async defs, f-strings, star-expr in the same file as models
# accepted: 1.4 2.0 2.1

import functools
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Oak(Base):
    __tablename__ = "oak"
    id = Column(Integer, primary_key=True)
    acorns = relationship("Acorn", back_populates="oak", **{"lazy": "selectin"})

    @functools.cached_property
    def label(self):
        match self.id:
            case None:
                return "new"
            case int() as n if (m := n % 2):
                return f"{n!r}:{m:>{4}} {'odd' if m else 'even'}"
        return "?"

    async def load(self, *args, **kw):
        return [x async for x in self.stream(*args)]


class Acorn(Base):
    __tablename__ = "acorn"
    id = Column(Integer, primary_key=True)
    oak_id = Column(ForeignKey("oak.id"))
    oak = relationship("Oak", back_populates="acorns")
