//! The names of keyword arguments, where one may begin.

use relmodel_facts::Expr;
use relmodel_model::{Db, Place, Workspace};
use relmodel_syntax::TextRange;

use super::keywords::keywords_of;
use super::site::{given_keywords, library_function};
use super::{CompletionItem, CompletionKind, Documented, members};
use crate::analysis::{Analysis, FileId};

impl Analysis {
    /// The keywords that the call around the cursor does not have yet.
    pub(super) fn keyword_proposals(&self, file: FileId, exprs: &[Place], offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let Some(replace) = self.begins_argument(file, offset) else { return Vec::new() };
        // Behind a comma and a space, a call whose bracket is still open has ended already.
        let behind = self.last_byte(file, replace.start);
        let earlier = self.exprs_at(file.0, behind);
        let is_call = |it: &&Place| matches!(it.expr(db), Expr::Call { .. }) && self.is_inside_call(file, **it, offset);
        let Some(call) = exprs.iter().chain(&earlier).find(is_call).copied() else { return Vec::new() };
        match library_function(db, call) {
            Some(function) => of_library(db, call, function.as_str(), replace),
            None => members::of_constructor(db, call, replace).unwrap_or_default(),
        }
    }
}

fn of_library(db: &dyn Db, call: Place, function: &str, replace: TextRange) -> Vec<CompletionItem> {
    let given = given_keywords(db, call);
    // Only one of the two may be given.
    let excluded = [("backref", "back_populates"), ("back_populates", "backref")]
        .into_iter()
        .find_map(|(one, other)| given.contains(&one).then_some(other));
    let fresh = keywords_of(function, Workspace::get(db).sqlalchemy(db)).into_iter();
    fresh
        .filter(|it| !given.contains(&it.name) && excluded != Some(it.name))
        .enumerate()
        .map(|(rank, it)| CompletionItem {
            insert: format!("{}=", it.name),
            sort: u32::try_from(rank).unwrap_or(u32::MAX),
            documented: Some(Documented::Text(it.documentation.to_owned())),
            ..CompletionItem::new(it.name, CompletionKind::Keyword, replace)
        })
        .collect()
}
