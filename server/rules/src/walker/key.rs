//! Whether a mapped class has a primary key.

use relmodel_model::{Inheritance, Name, RegistryId, class_info, inheritance, mapped, own_attribute};

use super::ClassWalker;

impl ClassWalker<'_> {
    /// Whether its table surely has no primary key.
    pub(crate) fn lacks_key(self) -> bool {
        let Some(mapped) = mapped(self.db, self.id) else { return false };
        let is_single = inheritance(self.db, self.id) == Inheritance::Single;
        if is_single || self.is_open() || matches!(mapped.registry, RegistryId::Open(_)) {
            return false;
        }
        self.table().is_some_and(|table| {
            let may_have_key = table.data.columns.iter().any(|it| it.primary_key != Some(false));
            !table.data.is_open && !may_have_key && !self.has_key_elsewhere()
        })
    }

    /// `__mapper_args__ = {"primary_key": ...}` and a `PrimaryKeyConstraint` name a key too.
    fn has_key_elsewhere(self) -> bool {
        class_info(self.db, self.id).mro.iter().any(|class| {
            ["__mapper_args__", "__table_args__", "__mapper_cls__"]
                .iter()
                .any(|name| own_attribute(self.db, *class, Name::from(name)).is_some())
        })
    }
}
