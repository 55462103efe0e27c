//! `__mapper_args__`: its keys, and the names and fixed values that strings in it say.

use relmodel_facts::Expr;
use relmodel_model::{ClassId, Db, Name, Place, own_attribute};
use relmodel_syntax::TextRange;

use super::keywords::{EAGER_DEFAULTS, Keyword, LOADS, mapper_arguments};
use super::site::Site;
use super::values::values;
use super::{CompletionItem, CompletionKind, Documented, targets};
use crate::analysis::{Analysis, FileId};
use crate::names::CallAt;

/// The arguments of a mapper around the cursor, as they are typed: a dictionary, or what is none before its first colon.
#[derive(Clone, Copy)]
struct Arguments {
    class: ClassId,
    dict: Place,
}

impl Analysis {
    /// What a string in `__mapper_args__` may say; `None` if it stands elsewhere.
    pub(super) fn in_mapper_args(
        &self,
        file: FileId,
        exprs: &[Place],
        (place, content): (Place, TextRange),
        offset: u32,
    ) -> Option<Vec<CompletionItem>> {
        let db: &dyn Db = &self.db;
        let it = arguments_around(db, exprs)?;
        let mut inside = exprs.iter().take_while(|around| **around != it.dict);
        if inside.any(|around| matches!(around.get(db), Expr::Call { .. })) {
            return None;
        }
        let replace = self.word_around(file, content, offset, None);
        let site = self.site_in(file, it, (place, replace), offset, "");
        match key_of(db, it, exprs) {
            None => Some(keys(&site, it, "")),
            Some(key) => Some(said_by(&site, it.class, &key, exprs)),
        }
    }

    /// The keys that may begin at the cursor where no quotes stand yet.
    pub(super) fn mapper_arg_keys(&self, file: FileId, exprs: &[Place], offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let innermost = exprs.iter().find(|it| !matches!(it.get(db), Expr::Name(_)));
        let Some(it) = arguments_around(db, exprs).filter(|it| innermost == Some(&it.dict)) else { return Vec::new() };
        let Some(replace) = self.begins_entry(file, offset) else { return Vec::new() };
        keys(&self.site_in(file, it, (it.dict, replace), offset, "\""), it, ": ")
    }

    fn site_in(
        &self,
        file: FileId,
        it: Arguments,
        (place, replace): (Place, TextRange),
        offset: u32,
        quote: &'static str,
    ) -> Site<'_> {
        let at = CallAt { call: it.dict, function: Name::default(), parameter: None, value: place };
        let typed = self.slice(file, replace.start, offset);
        Site { db: &self.db, at, place, replace, typed, before: String::new(), quote }
    }
}

/// The `__mapper_args__` of a class body, or what a `declared_attr` of that name returns, that the cursor stands in.
fn arguments_around(db: &dyn Db, exprs: &[Place]) -> Option<Arguments> {
    exprs.iter().find_map(|&dict| {
        if !matches!(dict.get(db), Expr::Dict(_) | Expr::Set(_)) {
            return None;
        }
        let class = dict.enclosing_class(db)?;
        let value = own_attribute(db, class, Name::from("__mapper_args__"))?.value_place(db, class, class)?;
        ((value.item, value.expr) == (dict.item, dict.expr)).then_some(Arguments { class, dict })
    })
}

/// The key whose value the cursor stands in.
fn key_of(db: &dyn Db, it: Arguments, exprs: &[Place]) -> Option<String> {
    let Expr::Dict(pairs) = it.dict.get(db) else { return None };
    let is_here = |value: relmodel_facts::ExprId| exprs.iter().any(|around| around.expr == value);
    let (key, _) = pairs.iter().find(|(_, value)| is_here(*value))?;
    relmodel_model::string_value(db, it.dict.with((*key)?))
}

/// The arguments that are not given yet.
fn keys(site: &Site<'_>, it: Arguments, behind: &str) -> Vec<CompletionItem> {
    let db = site.db;
    let given: Vec<String> = match it.dict.get(db) {
        Expr::Dict(pairs) => {
            let others = pairs.iter().filter_map(|it| it.0).map(|key| it.dict.with(key)).filter(|it| *it != site.place);
            others.filter_map(|it| relmodel_model::string_value(db, it)).collect()
        }
        _ => Vec::new(),
    };
    let fresh = mapper_arguments(site.version()).into_iter().filter(|it| !given.iter().any(|given| given == it.name));
    let key = |(rank, it): (usize, &Keyword)| {
        let item = site.item(it.name, CompletionKind::Keyword);
        CompletionItem {
            insert: format!("{}{behind}", item.insert),
            sort: u32::try_from(rank).unwrap_or(u32::MAX),
            documented: Some(Documented::Text(it.documentation.to_owned())),
            ..item
        }
    };
    fresh.enumerate().map(key).collect()
}

/// What a string may say that is the value of an argument, or stands in a list of them.
fn said_by(site: &Site<'_>, class: ClassId, key: &str, exprs: &[Place]) -> Vec<CompletionItem> {
    let is_listed = exprs.iter().any(|it| matches!(it.get(site.db), Expr::List(_) | Expr::Tuple(_) | Expr::Set(_)));
    match key {
        "polymorphic_on" if !is_listed => targets::columns_of(site, class),
        // Names as strings are read since 2.0.
        "primary_key" if site.version() > relmodel_model::SqlAlchemy::V1_4 => targets::columns_of(site, class),
        "include_properties" | "exclude_properties" if is_listed => targets::columns_of(site, class),
        "polymorphic_load" if !is_listed => values(site, LOADS.iter()),
        "eager_defaults" if !is_listed => values(site, EAGER_DEFAULTS.iter().filter(|it| it.is_in(site.version()))),
        _ => Vec::new(),
    }
}
