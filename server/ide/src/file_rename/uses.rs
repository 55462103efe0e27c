//! Modules named in code: `user.User` behind `from app.models import user`, `app.models.user.User` behind
//! `import app.models.user`.

use relmodel_syntax::{Field, Kind, Node, TextEdit, TextRange};

use super::Reader;
use super::imports::{Binding, Renames};
use super::moves::{Moves, last, parent};
use crate::changes::{Source, replacement};
use crate::names::ModuleUse;

/// The names of modules that a file takes from others which only import them.
pub(super) fn exports(reader: &Reader, moves: &Moves) -> Vec<(String, String)> {
    let of_bindings = reader.bindings.iter().flat_map(|it| {
        let from = it.from.iter().flatten().filter(|from| moves.stem(&format!("{from}/{}", it.name)).is_none());
        from.map(|from| (from.clone(), it.name.clone()))
    });
    let of_uses = reader.code.modules.iter().filter_map(|it| {
        let of = it.of.filter(|of| of.as_str() != parent(&it.stem))?;
        Some((of.to_string(), reader.source.slice(it.range).to_owned()))
    });
    of_bindings.chain(of_uses).collect()
}

/// The edits of the names of modules in a file's code.
pub(super) fn edits(reader: &Reader, moves: &Moves, renames: Renames<'_>) -> Vec<TextEdit> {
    reader.code.modules.iter().filter_map(|it| edit(reader, moves, renames, it)).collect()
}

fn edit(reader: &Reader, moves: &Moves, renames: Renames<'_>, it: &ModuleUse) -> Option<TextEdit> {
    let (source, stem) = (&reader.source, it.stem.as_str());
    let new = moves.stem(stem)?;
    let written = source.slice(it.range);
    let edit = || replacement(it.range, last(&new).to_owned());
    let Some(of) = it.of else {
        // Where an import binds the module by another name, that stays.
        let is_own = written == last(stem) && renames(stem, written, last(&new));
        return (is_own && last(&new) != written).then(edit);
    };
    let owner = moves.stem(&of).unwrap_or_else(|| of.to_string());
    if parent(&new) == owner {
        return (last(&new) != written && last(stem) == written).then(edit);
    }
    // `import a.b.c` binds the whole path.
    let is_whole =
        reader.bindings.iter().any(|binding| binding.from.is_none() && binding.name == source.slice(it.whole));
    let path = reader.importer.absolute(&new).filter(|_| is_whole)?;
    Some(replacement(it.whole, path))
}

/// Whether every place where a file says the name of a module means it, and nothing there has the new name.
pub(super) fn can_rename(reader: &Reader, (stem, name): (&str, &str), new: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    if reader.source.text.split(|it| !is_word(it)).any(|it| it == new) {
        return false;
    }
    let is_other = |it: &&Binding| it.bound == name && !is_of(it, stem);
    if reader.bindings.iter().any(|it| is_other(&it)) {
        return false;
    }
    let is_use =
        |range: TextRange| reader.code.modules.iter().any(|it| it.of.is_none() && it.stem == stem && it.range == range);
    let mut names = identifiers(&reader.source, name).into_iter();
    names.all(|it| is_attribute(it) || is_imported(it) || is_use(TextRange::of(it)))
}

/// Whether a binding is the module itself, under its own name.
fn is_of(binding: &Binding, stem: &str) -> bool {
    let is_submodule = binding.from.iter().flatten().any(|it| format!("{it}/{}", binding.name) == stem);
    binding.name == binding.bound && (is_submodule || (binding.from.is_none() && binding.name == last(stem)))
}

/// The name behind a dot, or of a keyword argument.
fn is_attribute(node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    match Kind::of(parent) {
        Kind::Attribute => Field::Attribute.of(parent) == Some(node),
        Kind::KeywordArgument => Field::Name.of(parent) == Some(node),
        _ => false,
    }
}

/// Whether a name stands in an import statement: what it binds is known.
fn is_imported(node: Node<'_>) -> bool {
    let mut next = node.parent();
    while let Some(it) = next {
        if matches!(Kind::of(it), Kind::ImportStatement | Kind::ImportFromStatement) {
            return true;
        }
        next = it.parent();
    }
    false
}

/// The identifiers of a name.
fn identifiers<'a>(source: &'a Source, name: &str) -> Vec<Node<'a>> {
    let mut res = Vec::new();
    let mut cursor = source.document.root().walk();
    loop {
        let node = cursor.node();
        if Kind::of(node) == Kind::Identifier && source.node_text(node) == name {
            res.push(node);
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return res;
            }
        }
    }
}
