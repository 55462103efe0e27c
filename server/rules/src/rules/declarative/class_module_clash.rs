//! A mapped class of a package has the name of one of the package's modules, which holds mapped classes too.
//!
//! The registry keeps classes under the names of their modules, in one tree, so that a relationship can name them by a dotted path.
//! There a name is a class or a module, not both: `clsregistry.add_class` raises while the modules are being imported.
//!
//! ## Wrong
//! ```python
//! #- market/base.py
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//! #- market/stall.py
//! from sqlalchemy import Column, Integer
//!
//! from .base import Base
//!
//!
//! class Shop(Base):
//!     __tablename__ = "shop"
//!     id = Column(Integer, primary_key=True)
//! #- market/__init__.py
//! from sqlalchemy import Column, Integer
//!
//! from . import stall as stalls
//! from .base import Base
//!
//!
//! class stall(Base):
//!     # ^^^^^ error: `stall` is the name of the module `market.stall` too, which holds mapped classes; rename one of them
//!     __tablename__ = "stall"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! AttributeError: '_ModuleMarker' object has no attribute 'add_item'
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: name "stall" matches both a class name and a module name
//! ```
//!
//! ## Right
//! ```python
//! #- market/base.py
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//! #- market/stall.py
//! from sqlalchemy import Column, Integer
//!
//! from .base import Base
//!
//!
//! class Shop(Base):
//!     __tablename__ = "shop"
//!     id = Column(Integer, primary_key=True)
//! #- market/__init__.py
//! from sqlalchemy import Column, Integer
//!
//! from . import stall
//! from .base import Base
//!
//!
//! class Stall(Base):
//!     __tablename__ = "stall"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{Name, RegistryId, file_classes, mapped, module_file};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let file = it.id.file(it.db);
    let path = file.path(it.db);
    let package = path.strip_suffix("/__init__.py")?;
    let module = module_file(it.db, Name::from(&format!("{package}/{}", it.name())))?;
    let registry = mapped(it.db, it.id).as_ref()?.registry;
    let is_beside =
        |it_: &&relmodel_model::ClassId| mapped(it.db, **it_).as_ref().is_some_and(|it| it.registry == registry);
    let other = file_classes(it.db, module).iter().find(is_beside)?;
    if matches!(registry, RegistryId::Open(_)) || it.id.scope(it.db).is_some() {
        return None;
    }
    let message = format!(
        "`{}` is the name of the module `{}` too, which holds mapped classes; rename one of them",
        it.name(),
        module.module(it.db),
    );
    let related = Anchor::Class(*other);
    Some(Finding::new(Anchor::Class(it.id), message).with_related(related, "a mapped class of the module"))
}
