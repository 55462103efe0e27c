//! How fixes name things: classes and columns in the strings that SQLAlchemy looks up, and what is new.

use relmodel_facts::Expr;
use relmodel_model::{
    AttributeKind, ClassId, ColumnRef, Db, ExprId, MemberKind, Name, Place, RegistryId, class_attributes,
    classes_named, lineage, mapped, members, own_attribute, string_value,
};

use crate::fix::{Change, Fix};
use crate::walker::AttributeWalker;

/// The name under which SQLAlchemy finds a class, in a string that stands in the class `user`: its own name, with its
/// module where several have it. A class of another registry is not found by any.
pub(crate) fn class_path(db: &dyn Db, class: ClassId, user: ClassId) -> Option<String> {
    let registry = mapped(db, class).as_ref()?.registry;
    if mapped(db, user).as_ref().is_some_and(|it| it.registry != registry) {
        return None;
    }
    let name = class.name(db);
    let named = classes_named(db, registry, name);
    let is_near = |it: &&ClassId| it.file(db) == user.file(db);
    let is_only_one_near = named.iter().filter(is_near).count() == 1 && class.file(db) == user.file(db);
    match named.as_slice() {
        [] => None,
        [_] => Some(name.to_string()),
        // Which of the programs that share it are run together cannot be told.
        _ if matches!(registry, RegistryId::Library(_)) => is_only_one_near.then(|| name.to_string()),
        _ => Some(class.dotted_name(db)),
    }
}

/// The attribute of one of some classes, or of those they inherit from, that a column is mapped under.
pub(crate) fn attribute_of(db: &dyn Db, classes: &[ClassId], column: ColumnRef) -> Option<(ClassId, Name)> {
    classes.iter().flat_map(|it| lineage(db, *it)).find_map(|class| {
        if mapped(db, class).as_ref()?.table? != column.table {
            return None;
        }
        let is_it = |kind: &MemberKind| matches!(kind, MemberKind::Column(it) if it.key == column.key);
        members(db, class).iter().find(|it| is_it(&it.kind)).map(|it| (class, it.name))
    })
}

/// Whether a foreign key is called as a relationship is: `parent_id` beside `parent`.
pub(crate) fn is_named_by(key: Name, column: ColumnRef) -> bool {
    column.key.strip_prefix(key.as_str()).is_some_and(|it| it.starts_with('_'))
}

/// Columns as an argument of a relationship of `owner`, which `classes` have: `[parent_id]` where the body of `owner` assigns
/// them all in front of the relationship `key`, else in a string.
pub(crate) fn columns(
    db: &dyn Db,
    (owner, key): (ClassId, Option<Name>),
    classes: &[ClassId],
    columns: &[ColumnRef],
) -> Option<String> {
    let found: Option<Vec<_>> = columns.iter().map(|it| attribute_of(db, classes, *it)).collect();
    let found = found.filter(|it| !it.is_empty())?;
    let names: Vec<&str> = found.iter().map(|it| it.1.as_str()).collect();
    if found.iter().all(|(class, name)| *class == owner && is_assigned_before(db, owner, *name, key)) {
        return Some(format!("[{}]", names.join(", ")));
    }
    let dotted = |(class, name): &(ClassId, Name)| Some(format!("{}.{name}", class_path(db, *class, owner)?));
    let paths: Vec<String> = found.iter().map(dotted).collect::<Option<_>>()?;
    Some(match paths.as_slice() {
        [only] => format!("\"{only}\""),
        several => format!("\"[{}]\"", several.join(", ")),
    })
}

/// Whether the body of a class assigns a column to a name before it assigns to `key`, or at all.
fn is_assigned_before(db: &dyn Db, class: ClassId, name: Name, key: Option<Name>) -> bool {
    let is_column = matches!(
        own_attribute(db, class, name).map(|it| (it.kind, it.function)),
        Some((AttributeKind::Column(_), None))
    );
    let position = |name: Name| class_attributes(db, class).iter().position(|it| it.name == name);
    is_column && key.is_none_or(|key| position(name) < position(key))
}

/// Calls an attribute `name_` instead of `name`; its column in the database keeps its name.
pub(crate) fn renamed(it: AttributeWalker<'_>) -> Option<Fix> {
    let (db, name) = (it.class.db, it.name());
    let new = format!("{name}_");
    let is_free = own_attribute(db, it.declared_in, Name::from(&new)).is_none();
    let mut changes = vec![Change::Replace { at: it.anchor(), old: name.to_string(), new: new.clone() }];
    match it.kind() {
        AttributeKind::Column(place) => {
            let call = it.call().filter(|it| it.place == place && !it.is_open())?;
            let is_named =
                call.keyword("name").is_some() || call.first().is_some_and(|it| string_value(db, it).is_some());
            let value = format!("\"{name}\"");
            changes.extend((!is_named).then_some(Change::SetArgument { call: place, name: "name", value }));
        }
        AttributeKind::Annotated if it.data.value.is_none() => {
            changes
                .push(Change::AddValue { annotation: it.annotation()?, code: format!("$mapped_column(\"{name}\")") });
        }
        AttributeKind::Relationship(_) | AttributeKind::Synonym(_) | AttributeKind::Property => {}
        _ => return None,
    }
    (is_free && it.data.function.is_none()).then(|| Fix::risky(format!("Call it `{new}`"), changes))
}

/// Whether an expression holds a name of which this is true.
pub(crate) fn holds_name(db: &dyn Db, place: Place, is_it: &dyn Fn(Name) -> bool) -> bool {
    let holds = |part: &ExprId| holds_name(db, place.with(*part), is_it);
    match place.expr(db) {
        Expr::Name(name) => is_it(name),
        Expr::Attribute { object, .. } | Expr::Starred(object) => holds(&object),
        Expr::Call { function, arguments } => holds(&function) || arguments.iter().any(|it| holds(&it.value())),
        Expr::Subscript { value, indices } => holds(&value) || indices.iter().any(holds),
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) | Expr::Other(parts) => parts.iter().any(holds),
        Expr::Dict(pairs) => pairs.iter().any(|(key, value)| key.as_ref().is_some_and(holds) || holds(value)),
        Expr::Lambda { body, .. } => holds(&body),
        Expr::Operation(operation) => operation.operands.iter().any(holds),
        _ => false,
    }
}

/// `OrderItem` as `order_item`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut res = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (index, &char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|it| chars[it]);
        let is_word = before.is_some_and(|it| it.is_lowercase() || it.is_numeric());
        // The last capital of `HTTPServer` begins a word.
        let is_last_capital =
            before.is_some_and(char::is_uppercase) && chars.get(index + 1).is_some_and(|it| it.is_lowercase());
        if char.is_uppercase() && (is_word || is_last_capital) {
            res.push('_');
        }
        res.extend(char.to_lowercase());
    }
    res
}

/// Whether a name is that of several things, as far as its end tells: `children`, `books`.
pub(crate) fn is_plural(name: &str) -> bool {
    let ends = |it: &str| name.ends_with(it);
    (ends("s") && !ends("ss") && !ends("us") && !ends("is"))
        || ["children", "people", "men", "data"].into_iter().any(ends)
}

/// The name of several of what `name` is.
pub(crate) fn plural(name: &str) -> String {
    if name == "child" || name.ends_with("_child") {
        return format!("{name}ren");
    }
    let ends = |it: &[&str]| it.iter().any(|it| name.ends_with(it));
    match name.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plural, plural, snake_case};

    #[test]
    fn names_are_split_at_their_words() {
        let cases =
            [("OrderItem", "order_item"), ("HTTPServer", "http_server"), ("Order2Item", "order2_item"), ("A", "a")];
        for (name, expected) in cases {
            assert_eq!(snake_case(name), expected);
        }
    }

    #[test]
    fn what_is_several_is_told_by_its_end() {
        assert!(["children", "books", "categories"].into_iter().all(is_plural));
        assert!(!["child", "address", "status", "parent"].into_iter().any(is_plural));
        assert_eq!(["child", "category", "box", "day"].map(plural), ["children", "categories", "boxes", "days"]);
    }
}
