//! Association proxies.

use relmodel_facts::Expr;
use relmodel_model::{Name, Place, class_info, string_value};

use super::{AttributeWalker, ClassWalker};

/// `association_proxy("children", "name")`: its names, and where they stand.
pub(crate) struct Proxy {
    /// The relationship of the class that it goes along.
    pub(crate) collection: (Place, Name),
    /// The attribute of the class behind it.
    pub(crate) value: Option<(Place, Name)>,
}

/// The proxy that an attribute of the class's own is. One of a mixin may serve other classes.
pub(crate) fn proxy(it: AttributeWalker<'_>) -> Option<Proxy> {
    let db = it.class.db;
    let call = it.call().filter(|call| call.name == "association_proxy" && it.is_own() && !it.data.is_conditional)?;
    let argument = |index, name| {
        let place = call.leading(index).or_else(|| call.keyword(name))?;
        Some((place, Name::from(&string_value(db, place)?)))
    };
    Some(Proxy { collection: argument(0, "target_collection")?, value: argument(1, "attr") })
}

impl ClassWalker<'_> {
    /// Whether code of the class or of one that it inherits from mentions an attribute of this name, which a method may
    /// then set on its objects, or finds attributes by a method of its own.
    pub(crate) fn may_set(self, name: Name) -> bool {
        let mentions = |class: relmodel_model::ClassId| {
            let is_it = |it: &Expr| matches!(it, Expr::Attribute { name: it, .. } if *it == name);
            let finds = ["__getattr__", "__getattribute__"];
            class.read(self.db, |item, _| {
                let has_hook = item.functions.iter().any(|it| finds.contains(&it.name.as_str()));
                has_hook || item.exprs.iter().any(is_it)
            }) != Some(false)
        };
        name.starts_with("__") || class_info(self.db, self.id).mro.iter().any(|it| mentions(*it))
    }
}
