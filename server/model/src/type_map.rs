//! `type_annotation_map`: whether annotations may have other types than SQLAlchemy gives them.

use relmodel_facts::{Expr, Name};

use crate::arguments::{Given, arguments_of};
use crate::attribute::{Attribute, AttributeKind};
use crate::class::{body_value, class_info, keyword_of_call};
use crate::column::column_of_call;
use crate::db::{ClassId, Db, Place, RegistryId, SourceFile};
use crate::value::{Value, evaluate};

const MAP: &str = "type_annotation_map";

/// Whether `type_annotation_map` may give other types to annotations than SQLAlchemy does.
pub(crate) fn has_type_map(db: &dyn Db, class: ClassId) -> bool {
    let key = Name::from(MAP);
    let in_class = || class_info(db, class).mro.iter().any(|it| body_value(db, *it, key).is_some());
    match class_info(db, class).registry {
        Some(RegistryId::Call(call)) => keyword_of_call(db, call, key.as_str()).is_some() || in_class(),
        _ => in_class(),
    }
}

/// Whether a class may have a `type_annotation_map`, or another way to give types to annotations, in its bases, its
/// registry or in the files that these stand in.
pub fn keeps_type_map(db: &dyn Db, class: ClassId) -> bool {
    has_type_map(db, class)
        || is_open_call(db, class)
        || files(db, class).into_iter().any(|it| speaks_of_type_maps(db, it))
}

/// The keys of the `type_annotation_map`s that a class goes by, none if it has none; `None` where there may be others.
pub fn type_map_keys(db: &dyn Db, class: ClassId) -> Option<Vec<Place>> {
    if is_open_call(db, class) || files(db, class).into_iter().any(|it| speaks_of_type_maps(db, it)) {
        return None;
    }
    let info = class_info(db, class);
    let key = Name::from(MAP);
    let mut maps: Vec<Place> = info.mro.iter().filter_map(|it| Some(it.place(db, body_value(db, *it, key)?))).collect();
    if let Some(RegistryId::Call(call)) = info.registry {
        maps.extend(keyword_of_call(db, call, MAP).map(|it| call.with(it)));
    }
    let mut res = Vec::new();
    for map in maps {
        let Value::Expr(dict) = evaluate(db, map) else { return None };
        let Expr::Dict(pairs) = dict.expr(db) else { return None };
        for (key, _) in pairs {
            res.push(dict.with(key?));
        }
    }
    Some(res)
}

/// Whether the call that makes the registry of a class may be given more than is seen.
fn is_open_call(db: &dyn Db, class: ClassId) -> bool {
    let Some(RegistryId::Call(call)) = class_info(db, class).registry else { return false };
    arguments_of(db, call).iter().any(|it| match it {
        Given::Unknown => true,
        Given::Keyword(name, ..) => matches!(name.as_str(), "cls" | "metaclass" | "model_class"),
        Given::Positional(_) => false,
    })
}

/// The files that the bases and the registry of a class stand in.
fn files(db: &dyn Db, class: ClassId) -> Vec<SourceFile> {
    let info = class_info(db, class);
    let of_call = match info.registry {
        Some(RegistryId::Call(call)) => Some(call.item.file(db)),
        _ => None,
    };
    info.mro.iter().map(|it| it.file(db)).chain(of_call).collect()
}

/// `registry.update_type_annotation_map(...)` and listeners to `resolve_type_annotation`.
#[salsa::tracked(returns(copy))]
fn speaks_of_type_maps(db: &dyn Db, file: SourceFile) -> bool {
    let words = [MAP, "update_type_annotation_map", "resolve_type_annotation"];
    file.facts(db).items().iter().any(|(_, item)| {
        item.exprs.iter().any(|it| match it {
            Expr::Attribute { name, .. } => words.contains(&name.as_str()),
            Expr::String(text) => words.contains(&&*text.value),
            _ => false,
        })
    })
}

/// The type that a column's call is given, whatever its annotation says.
pub(crate) fn type_in_call(db: &dyn Db, attribute: &Attribute) -> Option<Name> {
    match attribute.kind {
        AttributeKind::Column(call) => column_of_call(db, attribute.name, call, None).type_,
        _ => None,
    }
}
