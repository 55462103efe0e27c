//! From a document to its facts: all of them, or after an edit only those of the statements it touched.

use std::borrow::Cow;
use std::sync::Arc;

use relmodel_syntax::{Changes, Document, Kind, Node, TextRange};
use rustc_hash::FxHashMap;

use crate::Name;
use crate::comments::may_direct;
use crate::expr::Expr;
use crate::item::{FileFacts, Item, ItemKey, ItemKind, Stmt};
use crate::lower::Lowering;
use crate::source_map::{Comment, ItemMap, SourceMap};

/// The facts of a file and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// What the file says.
    pub facts: Arc<FileFacts>,
    /// Where it says so.
    pub map: SourceMap,
}

/// Reads all facts of a document. Any text gives facts.
pub fn extract(document: &Document) -> Extracted {
    extract_with(document, false, |_| None)
}

/// Reads the facts of an edited document, taking over from `old` the statements that lie outside of `changes`.
///
/// Equal to [`extract`] on the same document.
pub fn reextract(old: &Extracted, document: &Document, changes: &Changes) -> Extracted {
    let mut by_place: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for (index, (start, map)) in old.map.items.iter().enumerate() {
        let range = TextRange::new(*start, *start + map.length);
        if let Some(moved) = changes.moved(range) {
            by_place.insert((moved.start, moved.end), index);
        }
    }
    extract_with(document, false, |range| {
        let &index = by_place.get(&(range.start, range.end))?;
        let (_, item) = old.facts.items().get(index)?;
        let (_, map) = old.map.items.get(index)?;
        Some((Arc::clone(item), Arc::clone(map)))
    })
}

pub(crate) type Reused = Option<(Arc<Item>, Arc<ItemMap>)>;

/// The facts of a document, with those of its statements that can be reused. `is_whole` tells whether nothing is left out.
pub(crate) fn extract_with(document: &Document, is_whole: bool, reuse: impl Fn(TextRange) -> Reused) -> Extracted {
    let mut items = Vec::new();
    let mut map = SourceMap::default();
    let mut counts: FxHashMap<(ItemKind, Name), u32> = FxHashMap::default();
    let mut is_at_top = true;
    for_each_statement(document.root(), &mut |node| {
        let range = TextRange::of(node);
        if Kind::of(node) == Kind::Comment {
            if may_direct(&text_of(document, range)) {
                map.comments.push(Comment { range, is_at_top });
            }
            return;
        }
        is_at_top &= is_docstring(node);
        let (item, item_map) = reuse(range).unwrap_or_else(|| {
            let text = text_of(document, range);
            let mut lowering = Lowering::new(&text, range);
            lowering.is_whole = is_whole;
            let (item, map) = lowering.item(node);
            (Arc::new(item), Arc::new(map))
        });
        let comments = item_map.comments.iter().map(|it| it.shifted(range.start));
        map.comments.extend(comments.map(|range| Comment { range, is_at_top: false }));
        let Some((kind, name)) = identity(&item) else { return };
        let nth = counts.entry((kind, name)).or_default();
        items.push((ItemKey { kind, name, nth: *nth }, item));
        map.items.push((range.start, item_map));
        *nth += 1;
    });
    Extracted { facts: Arc::new(FileFacts::new(items)), map }
}

fn text_of(document: &Document, range: TextRange) -> Cow<'_, str> {
    let slice = document.text().get_byte_slice(range.start as usize..range.end as usize);
    slice.map_or(Cow::Borrowed(""), Cow::from)
}

/// Whether a statement is a string alone, as a module's docstring is.
fn is_docstring(statement: Node<'_>) -> bool {
    let only = statement.named_child(0).filter(|_| Kind::of(statement) == Kind::ExpressionStatement);
    only.is_some_and(|it| matches!(Kind::of(it), Kind::String | Kind::ConcatenatedString))
}

/// Visits the top-level statements and the comments between them; those inside an error node count as top-level too, so that one damaged place
/// does not hide what stands around it.
fn for_each_statement<'tree>(node: Node<'tree>, visit: &mut impl FnMut(Node<'tree>)) {
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        if child.is_error() {
            for_each_statement(child, visit);
        } else {
            visit(child);
        }
    }
}

/// What kind of item it is and how it is called; `None` for a statement that says nothing.
fn identity(item: &Item) -> Option<(ItemKind, Name)> {
    let name_of = |id| match item.expr(id) {
        Expr::Name(name) => *name,
        _ => Name::default(),
    };
    Some(match item.statements.first()? {
        Stmt::Import(import) => (ItemKind::Import, import.module.unwrap_or_default()),
        Stmt::Class(index) => (ItemKind::Class, item.classes.get(*index as usize)?.name),
        Stmt::Function(index) => (ItemKind::Function, item.functions.get(*index as usize)?.name),
        Stmt::Assign(assign) => (ItemKind::Assign, name_of(assign.target)),
        Stmt::Expression(_) | Stmt::Return(_) => (ItemKind::Expression, Name::default()),
        Stmt::Block(_) => (ItemKind::Block, Name::default()),
    })
}
