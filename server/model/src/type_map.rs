//! `type_annotation_map`: whether annotations may have other types than SQLAlchemy gives them.

use relmodel_facts::{Expr, Name};

use crate::arguments::{Given, arguments_of};
use crate::attribute::{Attribute, AttributeKind};
use crate::class::{body_value, class_info, keyword_of_call};
use crate::column::column_of_call;
use crate::db::{ClassId, Db, RegistryId, SourceFile};

/// Whether `type_annotation_map` may give other types to annotations than SQLAlchemy does.
pub(crate) fn has_type_map(db: &dyn Db, class: ClassId) -> bool {
    let key = Name::from("type_annotation_map");
    let in_class = || class_info(db, class).mro.iter().any(|it| body_value(db, *it, key).is_some());
    match class_info(db, class).registry {
        Some(RegistryId::Call(call)) => keyword_of_call(db, call, key.as_str()).is_some() || in_class(),
        _ => in_class(),
    }
}

/// Whether a class may have a `type_annotation_map`, or another way to give types to annotations, in its bases, its
/// registry or in the files that these stand in.
pub fn keeps_type_map(db: &dyn Db, class: ClassId) -> bool {
    let registry = class_info(db, class).registry;
    let is_open_call = match registry {
        Some(RegistryId::Call(call)) => arguments_of(db, call).iter().any(|it| match it {
            Given::Unknown => true,
            Given::Keyword(name, ..) => matches!(name.as_str(), "cls" | "metaclass" | "model_class"),
            Given::Positional(_) => false,
        }),
        _ => false,
    };
    let file_of_call = match registry {
        Some(RegistryId::Call(call)) => Some(call.item.file(db)),
        _ => None,
    };
    let files = class_info(db, class).mro.iter().map(|it| it.file(db)).chain(file_of_call);
    is_open_call || has_type_map(db, class) || files.into_iter().any(|it| speaks_of_type_maps(db, it))
}

/// `registry.update_type_annotation_map(...)` and listeners to `resolve_type_annotation`.
#[salsa::tracked(returns(copy))]
fn speaks_of_type_maps(db: &dyn Db, file: SourceFile) -> bool {
    let words = ["type_annotation_map", "update_type_annotation_map", "resolve_type_annotation"];
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
