//! A file or folder with models gets another path: the imports of its modules follow, the names of modules in code, and the
//! dotted paths in strings that SQLAlchemy looks classes up by.
//!
//! What an import means is told by paths, so that modules without models are known too. What cannot be told is left alone.

mod imports;
mod moves;
mod targets;
mod uses;

use rayon::prelude::*;
use relmodel_model::{Name, SourceFile};
use relmodel_syntax::{Rope, TextEdit};
use rustc_hash::FxHashSet;

use self::imports::{Binding, Modules, bindings};
use self::moves::{Importer, Moves, stem_of};
use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::changes::Source;
use crate::names::Code;
use crate::references::{Home, OutsideFile};

/// A file or folder that gets another path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMove {
    /// The path it has, `/`-separated.
    pub old: String,
    /// The path it gets.
    pub new: String,
}

/// A file that may have to follow, read for one answer.
struct Reader {
    home: Home,
    importer: Importer,
    source: Source,
    code: Code,
    bindings: Vec<Binding>,
}

/// The names that modules give away, by the modules' paths without `.py`; `*` where all are taken.
type Exports = FxHashSet<(String, String)>;

impl Analysis {
    /// The words that a file outside of the moved ones has to hold to be concerned. Empty if nothing that moves has models:
    /// what is plain Python is for others to mend.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn moved_words(&self, moves: &[FileMove]) -> Result<Vec<String>, Cancelled> {
        guarded(|| {
            let moves = Moves::new(moves);
            let is_moved = |it: &FileId| moves.path(self.path(*it)).is_some();
            if self.files().iter().any(is_moved) { moves.words() } else { Vec::new() }
        })
    }

    /// The edits that keep imports and dotted names right when files move. `outside` are the files with one of
    /// [`Analysis::moved_words`], or within what moves, that the analysis does not hold; without `imports`, only strings follow.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn move_files(
        &self,
        moves: &[FileMove],
        outside: &[OutsideFile],
        imports: bool,
    ) -> Result<Vec<(Home, Vec<TextEdit>)>, Cancelled> {
        let words = self.moved_words(moves)?;
        guarded(|| {
            let moves = Moves::new(moves);
            if words.is_empty() {
                return Vec::new();
            }
            let modules = Modules::new(&self.db, outside);
            let readers = self.readers(&modules, &moves, &words, outside);
            let exports = readers.iter().flat_map(|it| uses::exports(it, &moves)).collect();
            let mut targets = self.moved_targets(&moves);
            let edits = readers.iter().map(|it| {
                let mut edits = match it.home {
                    Home::File(file) => targets.remove(&file.0).unwrap_or_default(),
                    Home::Outside(_) => Vec::new(),
                };
                if imports {
                    code_edits(&modules, it, (&moves, &exports), &mut edits);
                }
                edits.sort_by_key(|it| (it.range.start, it.range.end));
                (it.home, edits)
            });
            edits.filter(|it| !it.1.is_empty()).collect()
        })
    }

    /// The files that may be concerned, by path.
    fn readers(&self, modules: &Modules<'_>, moves: &Moves, words: &[String], outside: &[OutsideFile]) -> Vec<Reader> {
        let db = &self.db;
        let own = self.files().into_iter().filter(|it| moves.path(self.path(*it)).is_some()).map(|it| it.0);
        let mut files: Vec<SourceFile> = self.files_with(words).into_iter().chain(own).collect();
        files.sort_by_key(|it| it.path(db).as_str());
        files.dedup();
        // Parsing takes most of the time, so files are read side by side.
        let inside = files.par_iter().map_with(self.clone(), |analysis, it| analysis.code_of_file(*it));
        let others = outside.par_iter().map_with(self.clone(), |analysis, it| analysis.code_of(it));
        let mut codes = inside.chain(others).collect::<Vec<Code>>().into_iter();
        let inside = files.into_iter().zip(codes.by_ref()).filter_map(|(file, code)| {
            let importer = Importer::new(file.path(db).as_str(), file.search_path(db), moves);
            reader(modules, (Home::File(FileId(file)), importer), &self.files.get(&file)?.text, code)
        });
        let mut res: Vec<Reader> = inside.collect();
        res.extend(outside.iter().enumerate().zip(codes).filter_map(|((index, it), code)| {
            let search_path: Vec<Name> = it.search_path.iter().map(Name::from).collect();
            let importer = Importer::new(&it.path, &search_path, moves);
            reader(modules, (Home::Outside(index), importer), &Rope::from_str(&it.text), code)
        }));
        res
    }
}

/// Adds the edits of a file's imports and of the modules named in its code, beside those that are there already.
fn code_edits(modules: &Modules<'_>, reader: &Reader, (moves, exports): (&Moves, &Exports), out: &mut Vec<TextEdit>) {
    let renames = |stem: &str, name: &str, new: &str| {
        let own = stem_of(&reader.importer.old);
        let is_given = |it: &str| exports.contains(&(own.to_owned(), it.to_owned()));
        !is_given(name) && !is_given("*") && uses::can_rename(reader, (stem, name), new)
    };
    let mut found = imports::edits(modules, reader, moves, &renames);
    found.extend(uses::edits(reader, moves, &renames));
    let is_new = |it: &TextEdit, out: &[TextEdit]| {
        out.iter().all(|other| it.range.end <= other.range.start || other.range.end <= it.range.start)
    };
    for it in found {
        if is_new(&it, out) {
            out.push(it);
        }
    }
}

fn reader(modules: &Modules<'_>, (home, importer): (Home, Importer), text: &Rope, code: Code) -> Option<Reader> {
    let source = Source::new(text)?;
    let bindings = bindings(modules, &source, &importer);
    Some(Reader { home, importer, source, code, bindings })
}
