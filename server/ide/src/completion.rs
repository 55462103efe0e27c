//! Completion inside the strings that SQLAlchemy reads, of the keywords of its functions and of mapped classes'
//! constructors, and of their attributes. The files below `completion/` make the proposals; here it is told which of them
//! are asked for.

mod arguments;
mod expressions;
mod keywords;
mod loaders;
mod mapper_args;
mod members;
mod site;
mod snippets;
mod tables;
mod targets;
mod values;

use relmodel_facts::Expr;
use relmodel_model::{Db, Name, Place};
use relmodel_syntax::{TextEdit, TextRange};

use self::site::{Site, position_in};
use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::names::{CallAt, Symbol, call_at};
use crate::narrow::MAX_PROPOSALS;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionItem {
    /// What is shown, and compared with what has been typed.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label.
    pub detail: Option<String>,
    /// The bytes it replaces: the name part around the cursor.
    pub replace: TextRange,
    /// What comes in their place.
    pub insert: String,
    /// Whether `insert` has `$1`, `${1:name}` and `$0`, the places to fill in.
    pub is_snippet: bool,
    /// Edits elsewhere in the file that belong to it.
    pub more: Vec<TextEdit>,
    /// Its rank; lower comes first.
    pub sort: u32,
    documented: Option<Documented>,
}

/// What tells about a proposal; worked out when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Documented {
    Symbol(Symbol),
    Text(String),
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A mapped class.
    Class,
    /// A relationship.
    Relationship,
    /// A column.
    Column,
    /// A table.
    Table,
    /// A keyword argument.
    Keyword,
    /// A fixed value.
    Value,
    /// A function.
    Function,
    /// Code with places to fill in.
    Snippet,
}

impl CompletionItem {
    fn new(label: &str, kind: CompletionKind, replace: TextRange) -> Self {
        Self {
            label: label.to_owned(),
            kind,
            detail: None,
            replace,
            insert: label.to_owned(),
            is_snippet: false,
            more: Vec::new(),
            sort: 0,
            documented: None,
        }
    }
}

impl Site<'_> {
    fn item(&self, label: &str, kind: CompletionKind) -> CompletionItem {
        let quote = self.quote;
        CompletionItem { insert: format!("{quote}{label}{quote}"), ..CompletionItem::new(label, kind, self.replace) }
    }
}

impl Analysis {
    /// What may be written at `offset`, best first.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn completion(&self, file: FileId, offset: u32) -> Result<Vec<CompletionItem>, Cancelled> {
        guarded(|| {
            let mut res = self.proposals(file, offset);
            res.sort_by(|a, b| (a.sort, &a.label).cmp(&(b.sort, &b.label)));
            res.truncate(MAX_PROPOSALS);
            res
        })
    }

    /// More about a proposal, in Markdown.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn documentation(&self, item: &CompletionItem) -> Result<Option<String>, Cancelled> {
        guarded(|| match item.documented.as_ref()? {
            Documented::Symbol(symbol) => self.card(symbol).map(|it| it.plain()),
            Documented::Text(text) => Some(text.clone()),
        })
    }

    fn proposals(&self, file: FileId, offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        if let Some(found) = self.in_loader_option(file, offset) {
            return found;
        }
        let exprs = self.exprs_at(file.0, offset);
        if let Some(place) = exprs.iter().copied().find(|it| is_string(db, *it))
            && let Some(content) = self.content_range(place).filter(|it| it.range.touches(offset))
        {
            if let Some(found) = self.in_mapper_args(file, &exprs, (place, content.range), offset) {
                return found;
            }
            return match call_at(db, &exprs) {
                Some(at) if !is_annotation(&exprs, &at) => {
                    let replace = self.word_around(file, content.range, offset, at.parameter);
                    let before = self.slice(file, content.range.start, replace.start);
                    let typed = self.slice(file, replace.start, offset);
                    in_string(&Site { db, at, place, replace, typed, before, quote: "" }, &exprs)
                }
                _ => self.in_annotation(file, place, content.range, offset),
            };
        }
        if let Some((at, replace)) = self.unquoted_value(file, &exprs, offset) {
            let typed = self.slice(file, replace.start, offset);
            let site = Site { db, at, place: at.value, replace, typed, before: String::new(), quote: "\"" };
            return without_quotes(&site, &exprs);
        }
        if let Some(first) = exprs.first()
            && let Expr::Attribute { name, .. } = first.expr(db)
            && let Some(range) = self.expr_range(*first)
        {
            let length = u32::try_from(name.len()).unwrap_or_default();
            let name = TextRange::new(range.range.end.saturating_sub(length), range.range.end);
            return if name.touches(offset) { members::behind_dot(db, *first, name) } else { Vec::new() };
        }
        let mut res = self.mapper_arg_keys(file, &exprs, offset);
        if res.is_empty() {
            res = self.keyword_proposals(file, &exprs, offset);
        }
        if res.is_empty() { self.relationship_snippets(file, offset) } else { res }
    }

    /// A quoted name in a `Mapped[...]` annotation.
    fn in_annotation(&self, file: FileId, place: Place, content: TextRange, offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let Some(class) = place.enclosing_class(db) else { return Vec::new() };
        let is_annotated = relmodel_model::class_attributes(db, class).iter().any(|it| {
            let range = it.annotation.and_then(|it| self.expr_range(class.place(db, it)));
            range.is_some_and(|it| it.range.touches(content.start))
        });
        if !is_annotated {
            return Vec::new();
        }
        let replace = self.word_around(file, content, offset, None);
        let at = CallAt { call: place, function: Name::default(), parameter: None, value: place };
        let typed = self.slice(file, replace.start, offset);
        targets::classes(&Site { db, at, place, replace, typed, before: String::new(), quote: "" }, place)
    }
}

/// Whether a quoted annotation stands closer around the cursor than the call.
fn is_annotation(exprs: &[Place], at: &CallAt) -> bool {
    let Some(first) = exprs.first() else { return false };
    !exprs.contains(&at.value) && first != &at.value
}

fn is_string(db: &dyn Db, place: Place) -> bool {
    matches!(place.expr(db), Expr::String(_) | Expr::OpenString(_))
}

/// What may stand in a string that is the value of a parameter.
fn in_string(site: &Site<'_>, exprs: &[Place]) -> Vec<CompletionItem> {
    let function = site.at.function.as_str();
    let Some(parameter) = site.at.parameter else { return by_position(site, exprs) };
    match (function, parameter) {
        ("relationship" | "relation", "argument") => targets::classes(site, site.at.call),
        (_, "back_populates") if site.is_relationship() => targets::reverse_names(site),
        ("relationship" | "relation", "backref") | ("backref", "name") => targets::backref_names(site),
        ("relationship" | "relation", "secondary") => tables::tables(site),
        ("relationship" | "relation" | "backref", "cascade") => values::cascades(site),
        ("relationship" | "relation" | "backref", "lazy") => values::lazy(site),
        ("relationship" | "relation" | "backref", "overlaps") => targets::overlapping(site),
        ("relationship" | "relation" | "backref", it) if expressions::is_code(it) => expressions::proposals(site),
        ("ForeignKey", "column") | ("ForeignKeyConstraint", "refcolumns") | ("Field", "foreign_key") => {
            tables::columns(site)
        }
        ("ForeignKeyConstraint", "columns") => tables::own_columns(site),
        _ => Vec::new(),
    }
}

/// The same for arguments without a name.
fn by_position(site: &Site<'_>, exprs: &[Place]) -> Vec<CompletionItem> {
    let Some(position) = position_in(site.db, site.at.call, exprs) else { return Vec::new() };
    match (site.at.function.as_str(), position) {
        ("UniqueConstraint" | "PrimaryKeyConstraint", _) | ("Index", 1..) => tables::own_columns(site),
        ("validates", _) | ("synonym", 0) => targets::own_attributes(site),
        ("association_proxy", 0 | 1) => targets::proxied(site, position),
        _ => Vec::new(),
    }
}

/// What may stand behind `parameter=`, with its quotes.
fn without_quotes(site: &Site<'_>, exprs: &[Place]) -> Vec<CompletionItem> {
    let mut res = values::truths(site);
    // Code and lists of words are better begun by hand.
    if matches!(site.at.parameter, Some("back_populates" | "backref" | "lazy" | "column" | "argument")) {
        res.extend(in_string(site, exprs));
    }
    res
}
