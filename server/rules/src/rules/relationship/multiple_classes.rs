//! The target of a relationship is a name that several mapped classes have.
//!
//! A registry keeps all mapped classes of one name under that name. `_MultipleClassMarker.attempt_get` in `orm/clsregistry.py` raises
//! where such a name is looked up, when SQLAlchemy configures the mappers. A path of modules in front of the name tells them apart.
//!
//! Of a class in an annotation that is a string, as all are behind `from __future__ import annotations`, only the name is looked up.
//!
//! ## Wrong
//! ```python
//! #- africa.py
//! from sqlalchemy import Column, ForeignKey, Integer
//!
//! from keepers import Base
//!
//!
//! class Elephant(Base):
//!     __tablename__ = "africa_elephant"
//!     id = Column(Integer, primary_key=True)
//!     keeper_id = Column(Integer, ForeignKey("keeper.id"))
//!
//!
//! #- asia.py
//! from sqlalchemy import Column, ForeignKey, Integer
//!
//! from keepers import Base
//!
//!
//! class Elephant(Base):
//!     __tablename__ = "asia_elephant"
//!     id = Column(Integer, primary_key=True)
//!     keeper_id = Column(Integer, ForeignKey("keeper.id"))
//!
//!
//! #- keepers.py
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Keeper(Base):
//!     __tablename__ = "keeper"
//!     id = Column(Integer, primary_key=True)
//!     elephants = relationship("Elephant")
//!     #                         ^^^^^^^^ error: `Keeper.elephants` refers to `Elephant`, but several mapped classes have that name; write `africa.Elephant` or `asia.Elephant`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Multiple classes found for path "Elephant" in the registry of this declarative base. Please use a fully module-qualified path.
//! ```
//!
//! ## Right
//! ```python
//! #- africa.py
//! from sqlalchemy import Column, ForeignKey, Integer
//!
//! from keepers import Base
//!
//!
//! class Elephant(Base):
//!     __tablename__ = "africa_elephant"
//!     id = Column(Integer, primary_key=True)
//!     keeper_id = Column(Integer, ForeignKey("keeper.id"))
//!
//!
//! #- asia.py
//! from sqlalchemy import Column, ForeignKey, Integer
//!
//! from keepers import Base
//!
//!
//! class Elephant(Base):
//!     __tablename__ = "asia_elephant"
//!     id = Column(Integer, primary_key=True)
//!     keeper_id = Column(Integer, ForeignKey("keeper.id"))
//!
//!
//! #- keepers.py
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Keeper(Base):
//!     __tablename__ = "keeper"
//!     id = Column(Integer, primary_key=True)
//!     elephants = relationship("africa.Elephant")
//! ```

use relmodel_model::{ClassId, FaultKind};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res: Vec<Finding> = target(it).into_iter().collect();
    for fault in it.string_faults() {
        let FaultKind::SeveralClasses(name, classes) = &fault.kind else { continue };
        let subject = format!("`{}` of `{}` names", fault.parameter, it.label());
        res.push(found(it, &subject, Anchor::Expr(fault.place), (name.as_str(), classes)));
    }
    res
}

fn target(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Target::Several { classes, place, is_certain: true } = &it.data.target else { return None };
    let name = classes.first()?.name(it.db);
    let subject = format!("`{}` refers to", it.label());
    Some(found(it, &subject, Anchor::Expr(*place), (name.as_str(), classes)))
}

fn found(it: RelationshipWalker<'_>, subject: &str, at: Anchor, (name, classes): (&str, &[ClassId])) -> Finding {
    let mut paths: Vec<String> = classes.iter().map(|it_| it_.dotted_name(it.db)).collect();
    paths.dedup();
    let is_one_module = paths.len() < classes.len();
    let advice = if is_one_module {
        "rename one of them".to_owned()
    } else {
        format!("write {}", paths.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or "))
    };
    let message = format!("{subject} `{name}`, but several mapped classes have that name; {advice}");
    let fix_of = |path: &String| {
        let change = Change::Replace { at, old: name.to_owned(), new: path.clone() };
        Fix::risky(format!("Change to `{path}`"), vec![change])
    };
    let fixes = if is_one_module { Vec::new() } else { paths.iter().map(fix_of).collect() };
    let res = Finding::new(at, message).with_fixes(fixes);
    classes.iter().fold(res, |res, class| res.with_related(Anchor::Class(*class), "one of the classes"))
}
