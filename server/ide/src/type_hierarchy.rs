//! The hierarchy of mapped classes: whom a class inherits its mapping from, and who inherits from it.

use relmodel_model::{ClassId, Db, Inheritance, heirs, inheritance, mapped};

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::definition::Target;
use crate::names::Symbol;

/// A mapped class of a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyItem {
    /// Its name.
    pub name: String,
    /// How it is mapped.
    pub detail: String,
    /// Where it is defined.
    pub target: Target,
}

impl Analysis {
    /// The mapped class that the name at `offset` means.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn hierarchy_item(&self, file: FileId, offset: u32) -> Result<Option<HierarchyItem>, Cancelled> {
        guarded(|| self.class_named_at(file, offset).and_then(|it| self.item_of(it)))
    }

    /// The mapped class that the one named at `offset` inherits from.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn supertypes(&self, file: FileId, offset: u32) -> Result<Vec<HierarchyItem>, Cancelled> {
        guarded(|| {
            let parent = self.class_named_at(file, offset).and_then(|it| mapped(&self.db, it).as_ref()?.inherits);
            parent.and_then(|it| self.item_of(it)).into_iter().collect()
        })
    }

    /// The mapped classes that inherit from the one named at `offset`, without another in between.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn subtypes(&self, file: FileId, offset: u32) -> Result<Vec<HierarchyItem>, Cancelled> {
        guarded(|| {
            let Some(class) = self.class_named_at(file, offset) else { return Vec::new() };
            heirs(&self.db, class).iter().filter_map(|it| self.item_of(*it)).collect()
        })
    }

    fn class_named_at(&self, file: FileId, offset: u32) -> Option<ClassId> {
        match self.named_at(file.0, offset)?.symbol {
            Symbol::Class(class) => Some(class),
            _ => None,
        }
    }

    fn item_of(&self, class: ClassId) -> Option<HierarchyItem> {
        let db: &dyn Db = &self.db;
        mapped(db, class).as_ref()?;
        let detail = match inheritance(db, class) {
            Inheritance::Joined => "joined table",
            Inheritance::Single => "single table",
            Inheritance::Concrete => "concrete table",
            Inheritance::None => "",
        };
        let target = self.target_of(&Symbol::Class(class))?;
        Some(HierarchyItem { name: class.name(db).to_string(), detail: detail.to_owned(), target })
    }
}
