//! A table is defined twice in one metadata.
//!
//! `Table` registers itself under its name in the `MetaData` that the classes of a base share, and raises on the second definition,
//! while the module is being imported. Most often a class was copied and its `__tablename__` kept.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "parent"
//!     #                ^^^^^^ error: the table `parent` is already defined by `Parent`; give `Child` another `__tablename__`
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Table 'parent' is already defined for this MetaData instance.  Specify 'extend_existing=True' to redefine options and columns on an existing Table object.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{MetadataId, Name, RegistryId, TableId, first_of, mapped, tables_named};

use crate::mend::names::snake_case;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Table(check));

fn check(it: TableWalker<'_>) -> Option<Finding> {
    let key = it.data.key?;
    let is_uncertain = matches!(
        it.data.metadata,
        MetadataId::Unknown | MetadataId::Bind(..) | MetadataId::Registry(RegistryId::Open(_))
    );
    if it.data.is_redefinable || is_uncertain || it.id.is_conditional(it.db) {
        return None;
    }
    // The metadata of a base that lies in a package belongs to every program of the workspace.
    let is_shared = matches!(it.data.metadata, MetadataId::Registry(RegistryId::Library(_)));
    let is_near = |other: &&TableId| !is_shared || other.file(it.db) == it.id.file(it.db);
    let all = tables_named(it.db, it.data.metadata, key);
    if all.len() < 2 {
        return None;
    }
    let first = first_of(it.db, all.iter().filter(is_near).copied())?;
    let first = TableWalker::new(it.db, first).filter(|first| {
        first.id != it.id && first.data.metadata == it.data.metadata && !first.id.is_conditional(it.db)
    })?;
    let advice = match it.class() {
        Some(class) => format!("give `{}` another `__tablename__`", class.name(it.db)),
        None => "give it another name".to_owned(),
    };
    let message = format!("the table `{key}` is already defined by {}; {advice}", first.definer());
    let mut res = Finding::new(it.anchor()?, message).with_fix(fix(it, key));
    if let Some(at) = first.anchor() {
        res = res.with_related(at, "the first definition");
    }
    Some(res)
}

/// A name made of the class's.
fn fix(it: TableWalker<'_>, key: Name) -> Option<Fix> {
    let class = it.class()?;
    let Mapping::Tablename(written, Some(place)) = &mapped(it.db, class).as_ref()?.mapping else { return None };
    let new = snake_case(class.name(it.db).as_str());
    let new_key = format!("{}{new}", key.strip_suffix(written.as_str())?);
    // What stands in a mixin or in the class that it inherits from is another class's too.
    let is_own = place.enclosing_class(it.db) == Some(class) && place.scope.is_none();
    let is_free = tables_named(it.db, it.data.metadata, new_key.as_str().into()).is_empty();
    (is_own && is_free).then(|| Suggestion::of(written, &new).fix(Anchor::Expr(*place)).map(Fix::as_risky))?
}
