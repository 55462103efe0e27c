//! Making a method of an attribute.

use relmodel_model::own_attribute;

use crate::fix::{Change, Fix};
use crate::mend::names::holds_name;
use crate::walker::AttributeWalker;

/// Makes a `@declared_attr` method of an attribute, unless it speaks of its neighbours by names that a method does not know.
pub(crate) fn of_attribute(it: AttributeWalker<'_>) -> Option<Fix> {
    let (db, class) = (it.class.db, it.declared_in);
    let value = class.place(db, it.data.value?);
    if holds_name(db, value, &|name| own_attribute(db, class, name).is_some()) {
        return None;
    }
    let change = Change::IntoMethod { class, at: it.data.at };
    Some(Fix::safe("Return it from a `@declared_attr` method", vec![change]))
}
