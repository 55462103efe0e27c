# standard dataclasses whose fields carry columns and relationships in their metadata
# accepted: 1.4 2.0 2.1

from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import registry, relationship

reg = registry()


@reg.mapped
@dataclass
class Kennel:
    __tablename__ = "kennel"
    __sa_dataclass_metadata_key__ = "sa"

    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    name: Optional[str] = field(default=None, metadata={"sa": Column(String(30))})
    dogs: List[Dog] = field(default_factory=list, metadata={"sa": relationship("Dog", back_populates="kennel")})


@reg.mapped
@dataclass
class Dog:
    __tablename__ = "dog"
    __sa_dataclass_metadata_key__ = "sa"

    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    kennel_id: int = field(init=False, metadata={"sa": Column(ForeignKey("kennel.id"))})
    kennel: Optional[Kennel] = field(default=None, metadata={"sa": relationship("Kennel", back_populates="dogs")})
