//! Dotted paths in strings by which SQLAlchemy finds a class: `"app.models.user.User"`, or the end of it, `"user.User"`.

use relmodel_model::{ClassId, Db, Name, SourceFile, class_names, classes_named, mapped, table, tables_named};
use relmodel_syntax::{Kind, TextEdit, TextRange};
use rustc_hash::FxHashMap;

use super::moves::{Importer, Moves, stem_of};
use crate::analysis::Analysis;
use crate::changes::{Source, replacement};
use crate::names::Symbol;

impl Analysis {
    /// The edits of the paths that lead to classes in modules that move, by file.
    pub(super) fn moved_targets(&self, moves: &Moves) -> FxHashMap<SourceFile, Vec<TextEdit>> {
        let mut told = self.told_everywhere();
        let edits = self.files().into_iter().filter_map(|it| {
            let names = told.remove(&it.0)?.into_iter().filter_map(|it| match it.symbol {
                Symbol::Class(class) if it.is_literal => Some((class, it.range)),
                _ => None,
            });
            let is_moved =
                |it: &(ClassId, TextRange)| moves.path(it.0.file(&self.db).path(&self.db).as_str()).is_some();
            let names: Vec<_> = names.filter(is_moved).collect();
            if names.is_empty() {
                return None;
            }
            let source = Source::new(&self.files.get(&it.0)?.text)?;
            let mut edits: Vec<TextEdit> = Vec::new();
            for (class, name) in names {
                let Some(range) = path_before(&source, name) else { continue };
                let edit = path_of(&self.db, moves, class, source.slice(range)).map(|it| replacement(range, it));
                edits.extend(edit.filter(|it| !edits.contains(it)));
            }
            Some((it.0, edits))
        });
        edits.collect()
    }
}

/// The path in front of a name in a string, without the last dot.
fn path_before(source: &Source, name: TextRange) -> Option<TextRange> {
    let end = name.start.checked_sub(1)?;
    let before = source.text.get(..name.start as usize)?.strip_suffix('.')?;
    let path = before.rsplit(|it: char| !it.is_alphanumeric() && it != '_' && it != '.').next()?;
    let mut node = source.document.root().descendant_for_byte_range(end as usize, name.end as usize)?;
    while Kind::of(node) != Kind::String {
        node = node.parent()?;
    }
    let range = TextRange::new(end - u32::try_from(path.len()).ok()?, end);
    (!path.is_empty() && TextRange::of(node).start < range.start).then_some(range)
}

/// The path that leads to a class when its module has moved, as long as the one that does now; `None` where that stays.
fn path_of(db: &dyn Db, moves: &Moves, class: ClassId, path: &str) -> Option<String> {
    let file = class.file(db);
    let (old, name) = (file.path(db).as_str(), file.module(db));
    let is_end = name == path || name.strip_suffix(path).is_some_and(|it| it.ends_with('.'));
    let new = moves.path(old).filter(|_| is_end)?;
    let importer = Importer::new(old, file.search_path(db), moves);
    let module = importer.absolute(stem_of(&new))?;
    let starts = module.match_indices('.').map(|it| it.0 + 1);
    let mut ends: Vec<&str> = std::iter::once(0).chain(starts).map(|it| &module[it..]).collect();
    // The shortest first, of those that are as long as what is written.
    ends.reverse();
    let is_whole = name == path;
    let n_parts = if is_whole { ends.len() } else { path.split('.').count().min(ends.len()) };
    let chosen = ends.into_iter().skip(n_parts - 1).find(|it| leads_to(db, moves, class, it))?;
    (chosen != path).then(|| chosen.to_owned())
}

/// Whether a path leads to one class: nothing else is called as it begins, and no module of a namesake ends with it.
fn leads_to(db: &dyn Db, moves: &Moves, class: ClassId, path: &str) -> bool {
    let Some(mapper) = mapped(db, class) else { return false };
    let head = Name::from(path.split('.').next().unwrap_or_default());
    let is_class = class_names(db, mapper.registry).contains(&head);
    let metadata = mapper.table.and_then(|it| table(db, it).as_ref()).map(|it| it.metadata);
    let is_table = metadata.is_some_and(|it| !tables_named(db, it, head).is_empty());
    let ends = |it: &ClassId| {
        let stem = stem_of(it.file(db).path(db).as_str());
        let stem = moves.stem(stem).unwrap_or_else(|| stem.to_owned());
        format!("/{}", stem.trim_start_matches('/')).ends_with(&format!("/{}", path.replace('.', "/")))
    };
    let namesakes = classes_named(db, mapper.registry, class.name(db));
    !is_class && !is_table && !namesakes.iter().any(|it| *it != class && ends(it))
}
