# a dictionary of association objects, and proxies through it in two steps
# accepted: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, attribute_keyed_dict, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Lexeme(Base):
    __tablename__ = "lexeme"

    id: Mapped[int] = mapped_column(primary_key=True)
    senses: Mapped[dict[str, "Sense"]] = relationship(
        back_populates="lexeme",
        collection_class=attribute_keyed_dict("label"),
        cascade="all, delete-orphan",
    )
    glosses: AssociationProxy[dict[str, str]] = association_proxy("senses", "gloss_text")


class Sense(Base):
    __tablename__ = "sense"

    lexeme_id: Mapped[int] = mapped_column(ForeignKey("lexeme.id"), primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    gloss_id: Mapped[int] = mapped_column(ForeignKey("gloss.id"))
    lexeme: Mapped["Lexeme"] = relationship(back_populates="senses")
    gloss: Mapped["Gloss"] = relationship()
    gloss_text: AssociationProxy[str] = association_proxy("gloss", "text")


class Gloss(Base):
    __tablename__ = "gloss"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
