//! Every name of a mapped class, attribute, table or column, and what it means: the one place that definition, hover,
//! references, rename and tokens ask.
//!
//! Names in strings, and what declares a name, are told by the model (`class.rs`, `relationship.rs`, `table.rs`), for closed
//! files too. Names in code are read from the text (`code.rs`), since facts leave most functions out.

mod call;
mod class;
mod code;
mod frames;
mod member;
mod relationship;
mod table;

use std::hash::Hash;

use relmodel_model::{
    ClassId, Db, ItemId, Name, Place, RelationshipId, SourceFile, TableId, TableSource, borrowers, class_info,
    file_classes, file_tables, imperatively_mapped,
};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Analysis;

pub(crate) use call::{CallAt, call_at, mapped_around, metadata_at, relationship_of_call};
pub(crate) use code::{Code, Compared, Doubt, ModuleUse, SaidKey};
pub(crate) use member::{Identity, alike, identity, namesakes, symbol_of_member};

/// Something that has a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    Class(ClassId),
    Relationship(RelationshipId),
    /// An attribute of a mapped class that is no relationship, by the class that maps it.
    Attribute(ClassId, Name),
    Table(TableId),
    /// A column of a table, by its key.
    Column(TableId, Name),
}

/// Which of a symbol's names a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Spelling {
    /// The symbol's own.
    Own,
    /// The attribute of this class that it is.
    Attribute(ClassId, Name),
    /// What the database calls the column, where its key is another word.
    Database,
    /// That of a variable which holds it.
    Variable,
}

/// A name as it stands in facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub(crate) symbol: Symbol,
    pub(crate) spelling: Spelling,
    pub(crate) at: Anchor,
    /// Whether the text says it as it is: not what an expression comes to.
    pub(crate) is_literal: bool,
}

/// A symbol and the range of the name that means it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Named {
    pub(crate) symbol: Symbol,
    pub(crate) spelling: Spelling,
    pub(crate) range: TextRange,
    /// Whether the text says it as it is.
    pub(crate) is_literal: bool,
}

/// The mapped classes that a class gives its attributes to, itself included.
pub(crate) fn takers(db: &dyn Db, class: ClassId) -> Vec<ClassId> {
    let file = class.file(db);
    let all = file_classes(db, file).iter().chain(borrowers(db, file)).copied();
    all.filter(|it| *it == class || class_info(db, *it).mro.contains(&class)).collect()
}

/// What may be named by the places of a file.
fn sources(db: &dyn Db, file: SourceFile) -> (Vec<ClassId>, Vec<TableId>) {
    let others = borrowers(db, file).iter().copied().chain(imperatively_mapped(db, file));
    let classes = distinct(file_classes(db, file).iter().copied().chain(others));
    let own = classes.iter().map(|it| TableId::new(db, TableSource::Class(*it)));
    let tables = distinct(file_tables(db, file).iter().copied().chain(own));
    (classes, tables)
}

/// Each once, in the order in which they come first.
fn distinct<T: Copy + Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    all.filter(|it| seen.insert(*it)).collect()
}

impl Analysis {
    /// What the name at `offset` means.
    pub(crate) fn named_at(&self, file: SourceFile, offset: u32) -> Option<Named> {
        let item = self.item_at(file, offset)?;
        let told = self.told_in(file, Some(item));
        let touched = told.into_iter().filter(|it| it.range.touches(offset));
        // The narrower name is meant: of `"parent.id"`, the table or the column. At a dot it is the one in front. What is
        // both, because an expression comes to it, leads to the column.
        let said = touched.min_by_key(|it| (it.range.len(), it.range.start, matches!(it.symbol, Symbol::Table(_))));
        if said.is_some_and(|it| it.is_literal) {
            return said;
        }
        // Of an expression that comes to a name, `Parent.id_path`, the parts may be names themselves.
        let names = self.code_of_item(file, item).names.into_iter().filter(|it| it.range.touches(offset));
        said.into_iter().chain(names).min_by_key(|it| it.range.len())
    }

    /// The names that strings and declarations of a file say, or those in one of its statements.
    pub(crate) fn told_in(&self, file: SourceFile, item: Option<ItemId>) -> Vec<Named> {
        let db: &dyn Db = &self.db;
        let sources = sources(db, file);
        let here = told(db, &sources).filter(|it| {
            let home = item_of(db, it.at);
            home.file(db) == file && item.is_none_or(|item| item == home)
        });
        distinct(here.filter_map(|it| self.named(it)))
    }

    /// The names that strings and declarations say anywhere, by file: what one file declares may stand in another one.
    pub(crate) fn told_everywhere(&self) -> FxHashMap<SourceFile, Vec<Named>> {
        let db: &dyn Db = &self.db;
        let mut res: FxHashMap<SourceFile, Vec<Named>> = FxHashMap::default();
        for file in self.files() {
            let sources = (file_classes(db, file.0).clone(), file_tables(db, file.0).clone());
            for it in told(db, &sources) {
                res.entry(item_of(db, it.at).file(db)).or_default().extend(self.named(it));
            }
        }
        res.into_iter().map(|(file, names)| (file, distinct(names.into_iter()))).collect()
    }

    fn named(&self, it: &Occurrence) -> Option<Named> {
        let range = self.range_of(it.at)?.range;
        Some(Named { symbol: it.symbol, spelling: it.spelling, range, is_literal: it.is_literal })
    }

    /// Every name in a file that means something to SQLAlchemy, in order; of names at one place, each meaning.
    pub(crate) fn occurrences(&self, file: SourceFile) -> Vec<Named> {
        with_code(self.told_in(file, None), self.code_of_file(file).with_fields().names)
    }
}

/// What is told of a file with the names in its code, in order.
pub(crate) fn with_code(told: Vec<Named>, code: Vec<Named>) -> Vec<Named> {
    let mut res = told;
    let known: FxHashSet<TextRange> = res.iter().map(|it| it.range).collect();
    // What the model tells of a place is nearer to what SQLAlchemy does.
    res.extend(code.into_iter().filter(|it| !known.contains(&it.range)));
    res.sort_by_key(|it| (it.range.start, it.range.end));
    res
}

/// What classes and tables declare and say.
fn told<'a>(
    db: &'a dyn Db,
    (classes, tables): &'a (Vec<ClassId>, Vec<TableId>),
) -> impl Iterator<Item = &'a Occurrence> {
    let of_classes = classes.iter().flat_map(|it| class::names_of_class(db, *it));
    of_classes.chain(tables.iter().flat_map(|it| table::names_of_table(db, *it)))
}

/// The statement that an anchor stands in.
fn item_of(db: &dyn Db, at: Anchor) -> ItemId {
    match at {
        Anchor::Expr(place) | Anchor::Member(place) | Anchor::InString(place, ..) => place.item,
        Anchor::Name(item, _) => item,
        Anchor::Class(class) | Anchor::Attribute(class, _) => class.item(db),
    }
}

/// A literal string at a place, closed or not yet, with its value.
pub(crate) fn literal(db: &dyn Db, place: Place) -> Option<String> {
    place.read(db, |_, it| match it {
        relmodel_facts::Expr::String(text) | relmodel_facts::Expr::OpenString(text) => Some(text.value.to_string()),
        _ => None,
    })
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
