# table renamed in one module, the key in another was not
# error: 1.4 2.0 2.1

#- main.py
import blog.user
import blog.post

#- blog/__init__.py

#- blog/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- blog/post.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from blog.base import Base


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))
#                                ^^^^ error[fk-unknown-table]
    author = relationship("User")  # no key links post to app_user

#- blog/user.py
from sqlalchemy import Column, Integer

from blog.base import Base


class User(Base):
    __tablename__ = "app_user"
    id = Column(Integer, primary_key=True)
