//! Fixed values: the options of `cascade`, the ways of `lazy`.

use super::keywords::{CASCADES, Keyword, LAZY};
use super::site::Site;
use super::{CompletionItem, CompletionKind, Documented};

/// The options of `cascade` that the string does not have yet.
pub(super) fn cascades(site: &Site<'_>) -> Vec<CompletionItem> {
    let written = crate::names::literal(site.db, site.place).unwrap_or_default();
    let words: Vec<&str> = written.split(',').map(str::trim).collect();
    // The word at the cursor is replaced, and may be proposed again.
    let is_written = |it: &str| it != site.typed && words.contains(&it);
    values(site, CASCADES.iter().filter(|it| !is_written(it.name)))
}

/// The values of `lazy` that the version has.
pub(super) fn lazy(site: &Site<'_>) -> Vec<CompletionItem> {
    values(site, LAZY.iter().filter(|it| it.is_in(site.version())))
}

/// `True` and `False`, for the parameters that are one or the other.
pub(super) fn truths(site: &Site<'_>) -> Vec<CompletionItem> {
    let is_flag = site.at.parameter.is_some_and(|it| FLAGS.contains(&it));
    let both = ["True", "False"].into_iter().filter(|_| is_flag);
    both.map(|it| CompletionItem::new(it, CompletionKind::Value, site.replace)).collect()
}

/// The parameters whose value is `True` or `False`.
const FLAGS: &[&str] = &[
    "active_history",
    "cascade_backrefs",
    "deferrable",
    "deferred",
    "deferred_raiseload",
    "distinct_target_key",
    "enable_typechecks",
    "index",
    "init",
    "innerjoin",
    "kw_only",
    "link_to_name",
    "load_on_pending",
    "nullable",
    "omit_join",
    "passive_deletes",
    "passive_updates",
    "post_update",
    "primary_key",
    "quote",
    "repr",
    "single_parent",
    "sync_backref",
    "system",
    "unique",
    "use_alter",
    "use_existing_column",
    "uselist",
    "viewonly",
];

/// Some fixed values, in their order.
pub(super) fn values<'k>(site: &Site<'_>, all: impl Iterator<Item = &'k Keyword>) -> Vec<CompletionItem> {
    all.enumerate()
        .map(|(rank, value)| CompletionItem {
            sort: u32::try_from(rank).unwrap_or(u32::MAX),
            documented: Some(Documented::Text(value.documentation.to_owned())),
            ..site.item(value.name, CompletionKind::Value)
        })
        .collect()
}
