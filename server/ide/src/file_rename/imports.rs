//! Import statements, wherever they stand.

use relmodel_model::{Db, Name, Value, Workspace, attribute_of, module_file};
use relmodel_syntax::{Field, Kind, Node, TextEdit, TextRange};
use rustc_hash::FxHashSet;

use super::Reader;
use super::moves::{Importer, Moves, last, parent, stem_of};
use crate::changes::{Source, insertion, remove_item, replacement};
use crate::references::OutsideFile;

/// The modules that there are.
pub(super) struct Modules<'a> {
    db: &'a dyn Db,
    /// Those outside of the analysis, and the folders that they are in.
    outside: FxHashSet<String>,
}

impl<'a> Modules<'a> {
    pub(super) fn new(db: &'a dyn Db, outside: &[OutsideFile]) -> Self {
        let stems = outside.iter().flat_map(|it| std::iter::successors(Some(stem_of(&it.path)), |it| parent_of(it)));
        Self { db, outside: stems.map(str::to_owned).collect() }
    }

    /// The stem of an absolute import: the first that is there.
    fn absolute(&self, importer: &Importer, module: &str) -> Option<String> {
        let folders = &Workspace::try_get(self.db)?.files(self.db).folders;
        let is_there = |it: &String| {
            let stem = Name::from(it);
            self.outside.contains(it) || module_file(self.db, stem).is_some() || folders.contains(&stem)
        };
        importer.absolute_stems(module).find(is_there)
    }
}

fn parent_of(stem: &str) -> Option<&str> {
    stem.rsplit_once('/').map(|it| it.0)
}

/// A name that an import statement binds.
pub(super) struct Binding {
    /// The stems of the modules that it may come from; `None` of `import a.b`.
    pub(super) from: Option<Vec<String>>,
    /// The name there; `*` for all.
    pub(super) name: String,
    /// The name here.
    pub(super) bound: String,
}

/// Whether a file may call a module by its new name: told of its stem, the old name and the new one.
pub(super) type Renames<'a> = &'a dyn Fn(&str, &str, &str) -> bool;

/// What the import statements of a file bind.
pub(super) fn bindings(modules: &Modules<'_>, source: &Source, importer: &Importer) -> Vec<Binding> {
    let mut res = Vec::new();
    for node in statements(source) {
        let from = (Kind::of(node) == Kind::ImportFromStatement).then(|| {
            let found = module_of(modules, source, importer, node).map(|it| it.stem);
            // One without models is not known: it may be in any of the folders.
            let name = Field::ModuleName.of(node).map(|it| plain(source, it)).unwrap_or_default();
            found.map_or_else(|| importer.absolute_stems(&name).collect(), |it| vec![it])
        });
        for name in Field::Name.all_of(node) {
            let text = plain(source, Field::Name.of(name).unwrap_or(name));
            let head = text.split('.').next().unwrap_or_default().to_owned();
            let bound = Field::Alias.of(name).map_or(head, |it| source.node_text(it).to_owned());
            res.push(Binding { from: from.clone(), name: text, bound });
        }
        if is_star(node) {
            res.push(Binding { from, name: "*".to_owned(), bound: "*".to_owned() });
        }
    }
    res
}

/// The edits of a file's import statements.
pub(super) fn edits(modules: &Modules<'_>, reader: &Reader, moves: &Moves, renames: Renames<'_>) -> Vec<TextEdit> {
    let mut edits = Imports { modules, reader, source: &reader.source, moves, renames, edits: Vec::new() };
    for node in statements(&reader.source) {
        if Kind::of(node) == Kind::ImportFromStatement {
            edits.names_of_module(node);
        } else {
            edits.whole_modules(node);
        }
    }
    edits.edits
}

struct Imports<'a> {
    modules: &'a Modules<'a>,
    reader: &'a Reader,
    source: &'a Source,
    moves: &'a Moves,
    renames: Renames<'a>,
    edits: Vec<TextEdit>,
}

/// The module that a `from … import …` names.
struct Module<'tree> {
    node: Node<'tree>,
    stem: String,
    is_relative: bool,
}

/// A submodule that a `from … import …` imports and that moves.
struct Moved<'tree> {
    item: Node<'tree>,
    stem: String,
    new: String,
}

impl Imports<'_> {
    fn replace(&mut self, node: Node<'_>, text: String) {
        if plain(self.source, node) != text {
            self.edits.push(replacement(TextRange::of(node), text));
        }
    }

    /// `import a.b, c as d`
    fn whole_modules(&mut self, statement: Node<'_>) {
        let importer = &self.reader.importer;
        for item in Field::Name.all_of(statement) {
            let name = Field::Name.of(item).unwrap_or(item);
            let written = plain(self.source, name);
            let Some(stem) = self.modules.absolute(importer, &written) else { continue };
            let Some(new) = self.moves.stem(&stem) else { continue };
            let Some(text) = importer.absolute(&new) else { continue };
            let is_bare = Field::Alias.of(item).is_none() && !written.contains('.');
            let is_same = !text.contains('.') && (self.renames)(&stem, &written, &text);
            let alias = if is_bare && !is_same { format!(" as {written}") } else { String::new() };
            self.replace(name, format!("{text}{alias}"));
        }
    }

    /// `from a.b import c, d as e`
    fn names_of_module(&mut self, statement: Node<'_>) {
        let importer = &self.reader.importer;
        let Some(module) = module_of(self.modules, self.source, importer, statement) else { return };
        let stays = self.moves.stem(&module.stem).unwrap_or_else(|| module.stem.clone());
        let items = Field::Name.all_of(statement);
        let moved: Vec<Moved<'_>> = items.iter().filter_map(|it| self.moved(&module, *it)).collect();
        let (near, far): (Vec<_>, Vec<_>) = moved.into_iter().partition(|it| parent(&it.new) == stays);
        let spelled = |stem: &str| importer.spelled(stem, module.is_relative);
        for it in &near {
            let text = self.renamed(it);
            self.replace(Field::Name.of(it.item).unwrap_or(it.item), text);
        }
        let goes = far.first().map(|it| parent(&it.new).to_owned());
        let is_whole = far.len() == items.len() && far.iter().all(|it| Some(parent(&it.new)) == goes.as_deref());
        if let Some(text) = goes.filter(|_| is_whole).and_then(|it| spelled(&it)) {
            for it in &far {
                let text = self.renamed(it);
                self.replace(Field::Name.of(it.item).unwrap_or(it.item), text);
            }
            self.replace(module.node, text);
            return;
        }
        if !is_whole {
            for it in &far {
                self.apart(statement, &items, it, spelled(parent(&it.new)));
            }
        }
        // A path without dots that stays where it was is written as it was.
        let is_there = stays == module.stem && (!module.is_relative || self.moves.path(&importer.old).is_none());
        if let Some(text) = spelled(&stays).filter(|_| !is_there) {
            self.replace(module.node, text);
        }
    }

    /// The submodule that a name of a `from … import …` is, if it moves.
    fn moved<'tree>(&self, module: &Module<'_>, item: Node<'tree>) -> Option<Moved<'tree>> {
        let name = self.source.node_text(Field::Name.of(item).unwrap_or(item));
        let stem = format!("{}/{name}", module.stem);
        let new = self.moves.stem(&stem)?;
        let value = attribute_of(self.modules.db, Value::Module(Name::from(&module.stem)), Name::from(name));
        let is_module = match value {
            Value::Missing => true,
            Value::Module(found) => found == stem.as_str(),
            _ => false,
        };
        is_module.then_some(Moved { item, stem, new })
    }

    /// The new name of a submodule; what is bound stays called as it was where that is safer.
    fn renamed(&self, it: &Moved<'_>) -> String {
        let (old, new) = (last(&it.stem), last(&it.new));
        let keeps = old != new && Field::Alias.of(it.item).is_none() && !(self.renames)(&it.stem, old, new);
        if keeps { format!("{new} as {old}") } else { new.to_owned() }
    }

    /// Takes a name out of a statement, and imports it by one of its own.
    fn apart(&mut self, statement: Node<'_>, items: &[Node<'_>], it: &Moved<'_>, module: Option<String>) {
        let Some(removed) = module.as_ref().and_then(|_| remove_item(self.source, items, it.item)) else { return };
        let alias = Field::Alias.of(it.item).map(|it| format!(" as {}", self.source.node_text(it)));
        let code =
            format!("from {} import {}{}", module.unwrap_or_default(), self.renamed(it), alias.unwrap_or_default());
        let (start, end) = (statement.start_byte(), statement.end_byte());
        self.edits.extend(removed);
        self.edits.push(if self.source.is_first_on_line(start) {
            let lead = format!("{}{}", self.source.line_ending(), self.source.indent(start));
            insertion(self.source.line_end(end), format!("{lead}{code}"))
        } else {
            insertion(end, format!("; {code}"))
        });
    }
}

/// The module that a `from … import …` names, by its stem.
fn module_of<'tree>(
    modules: &Modules<'_>,
    source: &Source,
    importer: &Importer,
    statement: Node<'tree>,
) -> Option<Module<'tree>> {
    let node = Field::ModuleName.of(statement)?;
    let text = plain(source, node);
    let name = text.trim_start_matches('.');
    let level = text.len() - name.len();
    let stem = match level {
        0 => modules.absolute(importer, name)?,
        _ => importer.relative_stem(level, name)?,
    };
    Some(Module { node, stem, is_relative: level > 0 })
}

/// All import statements.
fn statements(source: &Source) -> Vec<Node<'_>> {
    let mut res = Vec::new();
    let mut cursor = source.document.root().walk();
    loop {
        let node = cursor.node();
        let is_import = matches!(Kind::of(node), Kind::ImportStatement | Kind::ImportFromStatement);
        if is_import {
            res.push(node);
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return res;
            }
        }
    }
}

fn is_star(statement: Node<'_>) -> bool {
    statement.named_children(&mut statement.walk()).any(|it| Kind::of(it) == Kind::WildcardImport)
}

/// A dotted name as it is without blanks.
fn plain(source: &Source, node: Node<'_>) -> String {
    source.node_text(node).chars().filter(|it| !it.is_whitespace()).collect()
}
