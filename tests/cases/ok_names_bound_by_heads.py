# names that loops, contexts, patterns and exceptions bind are there when a class is made
# accepted: 1.4 2.0 2.1

import contextlib

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

for length in (10, 20):
    pass

for nth, (kind, *others) in enumerate([(Integer, 1, 2)]):
    pass

with contextlib.nullcontext(30) as width, contextlib.nullcontext(("a", "b")) as (first, second):
    pass

if (height := 40) > 10:
    pass

match {"size": 50, "names": ["c", "d"]}:
    case {"size": int() as size, "names": [third, *_], **more}:
        depth = 60

(top, [bottom, *_]) = 1, [2, 3]


class Sheet(Base):
    __tablename__ = "sheet"
    id = Column(kind, primary_key=True)
    a = Column(first, String(length))
    b = Column(second, String(width), default=others)
    c = Column(third, String(size), default=str(more))
    d = Column(String(height), default=nth)
    e = Column(String(depth), default=top + bottom)
