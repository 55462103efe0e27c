//! Completion inside the strings that SQLAlchemy reads, and of the keywords of `relationship()`.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, Db, MetadataId, Name, Place, RELATIONSHIP_KEYWORDS, RelationshipId, TableId, class_names, classes_named,
    columns_of_single_tables, file_classes, file_tables, lineage, mapped, members, relationship, relationships_of,
    table, table_keys, tables_named,
};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::names::{CallAt, call_at, metadata_at, relationship_of_call};
use crate::narrow::{MAX_PROPOSALS, narrowed};
use crate::render::{direction_in_words, table_label};

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionItem {
    /// What is shown, and compared with what has been typed.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label.
    pub detail: Option<String>,
    /// More about it, in Markdown.
    pub documentation: Option<String>,
    /// The bytes it replaces: the name part around the cursor.
    pub replace: TextRange,
    /// What comes in their place.
    pub insert: String,
    /// Its rank; lower comes first.
    pub sort: u32,
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
}

/// The cascade options, in the order in which they are mostly meant.
const CASCADES: [&str; 8] =
    ["all", "delete-orphan", "save-update", "merge", "delete", "refresh-expire", "expunge", "none"];

/// The values of `lazy`.
const LAZY: [&str; 10] = [
    "select",
    "selectin",
    "joined",
    "subquery",
    "immediate",
    "raise",
    "raise_on_sql",
    "noload",
    "write_only",
    "dynamic",
];

/// What the cursor stands in.
struct Site<'a> {
    db: &'a dyn Db,
    at: CallAt,
    replace: TextRange,
    /// What of it stands before the cursor.
    typed: String,
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

    fn proposals(&self, file: FileId, offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let exprs = self.exprs_at(file.0, offset);
        if let Some(place) = exprs.iter().copied().find(|it| is_string(db, *it))
            && let Some(content) = self.content_range(place).filter(|it| it.range.touches(offset))
        {
            return match call_at(db, &exprs) {
                Some(at) if !is_annotation(&exprs, &at) => {
                    let replace = self.word_around(file, content.range, offset, at.parameter);
                    in_string(&Site { db, at, replace, typed: self.typed(file, replace, offset) })
                }
                _ => self.in_annotation(file, place, content.range, offset),
            };
        }
        self.keywords(file, &exprs, offset)
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
        classes(&Site { db, at, replace, typed: self.typed(file, replace, offset) }, place)
    }

    /// What has been typed of the word that a proposal replaces.
    fn typed(&self, file: FileId, replace: TextRange, offset: u32) -> String {
        let text = self.text(file);
        let typed = text.get_byte_slice(replace.start as usize..offset.max(replace.start) as usize);
        typed.map(|it| it.to_string()).unwrap_or_default()
    }

    /// The names of keyword arguments, where one may begin.
    fn keywords(&self, file: FileId, exprs: &[Place], offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let Some(&first) = exprs.first() else { return Vec::new() };
        let (call, replace) = match first.expr(db) {
            Expr::Name(_) => {
                let Some(at) = call_at(db, exprs).filter(|it| it.value == first) else { return Vec::new() };
                let Some(range) = self.expr_range(first) else { return Vec::new() };
                (at.call, range.range)
            }
            Expr::Call { .. } => (first, TextRange::new(offset, offset)),
            _ => return Vec::new(),
        };
        if relationship_of_call(db, call).is_none() || !self.is_inside_call(file, call, offset) {
            return Vec::new();
        }
        let given = call.read(db, |_, expr| match expr {
            Expr::Call { arguments, .. } => arguments
                .iter()
                .filter_map(|it| match it {
                    relmodel_facts::Argument::Keyword(keyword, _) => Some(keyword.name.as_str()),
                    _ => None,
                })
                .collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        let fresh = RELATIONSHIP_KEYWORDS.iter().filter(|it| !given.contains(it));
        fresh
            .map(|name| CompletionItem { insert: format!("{name}="), ..item(name, CompletionKind::Keyword, replace) })
            .collect()
    }

    /// Whether the cursor is behind the opening bracket of a call.
    fn is_inside_call(&self, file: FileId, call: Place, offset: u32) -> bool {
        let db: &dyn Db = &self.db;
        let Expr::Call { function, .. } = call.expr(db) else { return false };
        let (Some(all), Some(function)) = (self.expr_range(call), self.expr_range(call.with(function))) else {
            return false;
        };
        let is_closed = self.text(file).get_byte(all.range.end.saturating_sub(1) as usize) == Some(b')');
        offset > function.range.end && (offset < all.range.end || !is_closed)
    }

    /// The part of a string around the cursor that a proposal replaces: for a list of words the word, else the
    /// whole run of name characters.
    fn word_around(&self, file: FileId, content: TextRange, offset: u32, parameter: Option<&str>) -> TextRange {
        let text = self.text(file);
        let is_word = |byte: u8| match byte {
            b'-' => parameter == Some("cascade"),
            b'.' => parameter == Some("column"),
            _ => byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80,
        };
        let byte = |at: u32| text.get_byte(at as usize);
        let mut start = offset;
        while start > content.start && byte(start - 1).is_some_and(is_word) {
            start -= 1;
        }
        let mut end = offset;
        while end < content.end && byte(end).is_some_and(is_word) {
            end += 1;
        }
        TextRange::new(start, end)
    }
}

/// Whether a quoted annotation stands closer around the cursor than the call.
fn is_annotation(exprs: &[Place], at: &CallAt) -> bool {
    let Some(first) = exprs.first() else { return false };
    !exprs.contains(&at.value) && first != &at.value
}

fn in_string(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(parameter) = site.at.parameter else { return Vec::new() };
    match (site.at.function.as_str(), parameter) {
        ("relationship" | "relation", "argument") => classes(site, site.at.call),
        ("relationship" | "relation", "back_populates") => reverse_names(site),
        ("relationship" | "relation", "backref") | ("backref", "name") => backref_names(site),
        ("relationship" | "relation", "secondary") => tables(site),
        ("relationship" | "relation" | "backref", "cascade") => values(site, &CASCADES),
        ("relationship" | "relation" | "backref", "lazy") => values(site, &LAZY),
        ("ForeignKey", "column") => columns(site),
        _ => Vec::new(),
    }
}

fn is_string(db: &dyn Db, place: Place) -> bool {
    matches!(place.expr(db), Expr::String(_))
}

fn item(label: &str, kind: CompletionKind, replace: TextRange) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        kind,
        detail: None,
        documentation: None,
        replace,
        insert: label.to_owned(),
        sort: 0,
    }
}

/// The mapped classes of the registry: first those of the same file that the class is not related to yet.
fn classes(site: &Site<'_>, place: Place) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(parent) = place.enclosing_class(db) else { return Vec::new() };
    let Some(mapped) = mapped(db, parent) else { return Vec::new() };
    let related: Vec<ClassId> = relationships_of(db, parent)
        .into_iter()
        .filter(|it| relmodel_model::declaration(db, *it).as_ref().is_none_or(|it| it.call != site.at.call))
        .filter_map(|it| relationship(db, it).as_ref()?.target_class())
        .collect();
    let mut res = Vec::new();
    let near = file_classes(db, parent.file(db)).iter().chain(&related).map(|it| it.name(db));
    for name in narrowed(class_names(db, mapped.registry), &site.typed, near) {
        for &class in classes_named(db, mapped.registry, name) {
            let is_near = class.file(db) == parent.file(db);
            let rank = u32::from(class == parent) * 4 + u32::from(related.contains(&class)) * 2 + u32::from(!is_near);
            let detail = format!("{}", class.file(db).module(db));
            res.push(CompletionItem {
                detail: Some(detail),
                sort: rank,
                ..item(name.as_str(), CompletionKind::Class, site.replace)
            });
        }
    }
    res
}

/// The relationships of the target, those that refer back first; where there are none, a fitting new name.
fn reverse_names(site: &Site<'_>) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(id) = relationship_of_call(db, site.at.call) else { return Vec::new() };
    let Some(target) = relationship(db, id).as_ref().and_then(relmodel_model::Relationship::target_class) else {
        return Vec::new();
    };
    let parent = id.parent(db);
    let mut res = Vec::new();
    for class in lineage(db, target) {
        for other in relationships_of(db, class) {
            let back =
                relationship(db, other).as_ref().and_then(relmodel_model::Relationship::target_class) == Some(parent);
            if other != id {
                res.push(CompletionItem {
                    detail: direction_in_words(db, other).map(str::to_owned),
                    sort: u32::from(!back),
                    ..item(other.key(db).as_str(), CompletionKind::Relationship, site.replace)
                });
            }
        }
    }
    if res.iter().all(|it| it.sort != 0) {
        res.extend(new_name(site, id, target));
    }
    res
}

fn backref_names(site: &Site<'_>) -> Vec<CompletionItem> {
    let db = site.db;
    let Some(id) = relationship_of_call(db, site.at.call).or_else(|| enclosing_relationship(site)) else {
        return Vec::new();
    };
    let Some(target) = relationship(db, id).as_ref().and_then(relmodel_model::Relationship::target_class) else {
        return Vec::new();
    };
    new_name(site, id, target).into_iter().collect()
}

/// The relationship whose value a `backref(...)` call stands in.
fn enclosing_relationship(site: &Site<'_>) -> Option<RelationshipId> {
    let db = site.db;
    let class = site.at.call.enclosing_class(db)?;
    relationships_of(db, class).into_iter().find(|it| {
        let declaration = relmodel_model::declaration(db, *it).as_ref();
        declaration.and_then(|it| it.value("backref")).is_some_and(|it| it.expr == site.at.call.expr)
    })
}

/// The parent's name in lower case, in the plural for the side that will hold several.
fn new_name(site: &Site<'_>, id: RelationshipId, target: ClassId) -> Option<CompletionItem> {
    let db = site.db;
    let name = id.parent(db).name(db).to_lowercase();
    let is_single = relationship(db, id).as_ref()?.direction() == Some(relmodel_model::Direction::OneToMany);
    let name = if is_single { name } else { format!("{name}s") };
    let is_taken = members(db, target).iter().any(|it| it.name == *name.as_str());
    (!is_taken).then(|| CompletionItem {
        detail: Some(format!("new attribute of {}", target.name(db))),
        sort: 2,
        ..item(&name, CompletionKind::Relationship, site.replace)
    })
}

fn metadata(site: &Site<'_>) -> Option<MetadataId> {
    metadata_at(site.db, site.at.call)
}

fn tables(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(metadata) = metadata(site) else { return Vec::new() };
    let mut res = Vec::new();
    for (key, id) in tables_that_fit(site, metadata, &site.typed) {
        let is_mapped = matches!(id.source(site.db), relmodel_model::TableSource::Class(_));
        res.push(CompletionItem {
            sort: u32::from(is_mapped),
            ..item(key.as_str(), CompletionKind::Table, site.replace)
        });
    }
    res
}

/// The tables of a metadata that fit what is typed, with their keys.
fn tables_that_fit(site: &Site<'_>, metadata: MetadataId, typed: &str) -> Vec<(Name, TableId)> {
    let db = site.db;
    let file = site.at.call.item.file(db);
    let near = file_tables(db, file).iter().filter_map(|it| table(db, *it).as_ref()?.key);
    narrowed(table_keys(db, metadata), typed, near)
        .into_iter()
        .filter_map(|key| Some((key, *tables_named(db, metadata, key).first()?)))
        .collect()
}

/// `table.column` for every column, primary keys first.
fn columns(site: &Site<'_>) -> Vec<CompletionItem> {
    let Some(metadata) = metadata(site) else { return Vec::new() };
    let mut res = Vec::new();
    // What is typed may be of the table, or already of its column.
    let typed = site.typed.rsplit_once('.').map_or(site.typed.as_str(), |it| it.0);
    for (_, id) in tables_that_fit(site, metadata, typed) {
        let Some(data) = table(site.db, id) else { continue };
        for column in data.columns.iter().chain(columns_of_single_tables(site.db, id).iter().map(|it| &it.1)) {
            let label = format!("{}.{}", table_label(site.db, id), column.key);
            res.push(CompletionItem {
                detail: column.type_.map(|it| it.to_string()),
                sort: u32::from(column.primary_key != Some(true)),
                ..item(&label, CompletionKind::Column, site.replace)
            });
        }
    }
    res
}

/// Fixed values; those that a list has already are not offered again.
fn values(site: &Site<'_>, all: &[&str]) -> Vec<CompletionItem> {
    let written = relmodel_model::string_value(site.db, site.at.value).unwrap_or_default();
    let words: Vec<&str> = written.split(',').map(str::trim).collect();
    let fresh = all.iter().filter(|it| words.len() < 2 || !words.contains(it));
    fresh
        .enumerate()
        .map(|(rank, value)| CompletionItem {
            sort: u32::try_from(rank).unwrap_or(u32::MAX),
            ..item(value, CompletionKind::Value, site.replace)
        })
        .collect()
}
