//! Find references, and highlights in one document: every place that means what the cursor stands on.

use rayon::prelude::*;
use relmodel_model::{Db, Name, SourceFile, TableId, TableSource, file_tables, table};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::names::{Code, Identity, Named, Spelling, Symbol, identity, namesakes, with_code};

/// A file that the analysis does not hold, since nothing in it is mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideFile {
    /// Its path, `/`-separated.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The folders that its absolute imports are looked up in, best first.
    pub search_path: Vec<String>,
}

/// Where a reference is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Home {
    /// In a file of the analysis.
    File(FileId),
    /// In one outside of it, by its place among those that were given.
    Outside(usize),
}

/// A place that means what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The file.
    pub home: Home,
    /// The name, in bytes.
    pub range: TextRange,
    /// Whether this is where it is defined.
    pub is_definition: bool,
}

impl Analysis {
    /// What a file has to hold to refer to what stands at `offset`: one of these words. Empty if that means nothing to
    /// SQLAlchemy.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn reference_words(&self, file: FileId, offset: u32) -> Result<Vec<String>, Cancelled> {
        guarded(|| self.named_at(file.0, offset).map(|it| self.words_of(&self.meant(&it))).unwrap_or_default())
    }

    /// The places that mean what stands at `offset`, by file and order; `outside` are the files with one of its words that
    /// the analysis does not hold.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn references(&self, file: FileId, offset: u32, outside: &[OutsideFile]) -> Result<Vec<Reference>, Cancelled> {
        guarded(|| {
            let Some(named) = self.named_at(file.0, offset) else { return Vec::new() };
            let meant = self.meant(&named);
            let words = self.words_of(&meant);
            let definition = self.target_of(&named.symbol).map(|it| (it.file, it.focus));
            let mut told = self.told_everywhere();
            let inside = self.files_with(&words).into_iter();
            let inside: Vec<_> = inside.map(|it| (it, told.remove(&it).unwrap_or_default())).collect();
            // Parsing takes most of the time, so files are read side by side.
            let inside = inside.into_par_iter().map_with(self.clone(), |analysis, (file, told)| {
                let all = with_code(told, analysis.code_of_file(file).with_fields().names);
                analysis.places_of(all, &meant, Home::File(FileId(file)))
            });
            let outside = outside.par_iter().enumerate().map_with(self.clone(), |analysis, (index, it)| {
                analysis.places_of(analysis.code_of(it).with_fields().names, &meant, Home::Outside(index))
            });
            let found: Vec<Vec<_>> = inside.chain(outside).collect();
            let mut found: Vec<(Home, TextRange)> = found.concat();
            found.dedup();
            let is_definition =
                |it: &(Home, TextRange)| definition.is_some_and(|(file, focus)| *it == (Home::File(file), focus));
            let reference =
                |it: (Home, TextRange)| Reference { home: it.0, range: it.1, is_definition: is_definition(&it) };
            found.into_iter().map(reference).collect()
        })
    }

    /// The places in the same file that mean what stands at `offset`.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn highlights(&self, file: FileId, offset: u32) -> Result<Vec<Reference>, Cancelled> {
        guarded(|| {
            let Some(named) = self.named_at(file.0, offset) else { return Vec::new() };
            let meant = self.meant(&named);
            let definition = self.target_of(&named.symbol).map(|it| (it.file, it.focus));
            let found = self.occurrences(file.0).into_iter().filter(|it| self.is_meant(it, &meant));
            let reference = |it: Named| Reference {
                home: Home::File(file),
                range: it.range,
                is_definition: definition == Some((file, it.range)),
            };
            let mut res: Vec<Reference> = found.map(reference).collect();
            res.dedup();
            res
        })
    }

    /// What a name stands for, with what is called alike since it is the same column.
    pub(crate) fn meant(&self, named: &Named) -> Vec<Identity> {
        let db: &dyn Db = &self.db;
        let own = identity(db, &named.symbol, named.spelling);
        let mut res = vec![own];
        res.extend(namesakes(db, own));
        res.extend(self.in_other_turns(own));
        res
    }

    /// The columns of this name that a loop makes with the same words for its other tables.
    pub(crate) fn in_other_turns(&self, own: Identity) -> Vec<Identity> {
        let db: &dyn Db = &self.db;
        let Identity::Column(id, key) = own else { return Vec::new() };
        let place = |id: TableId| match id.source(db) {
            TableSource::Call(call) => self.expr_range(call).map(|it| it.range),
            TableSource::Class(_) => None,
        };
        let Some(range) = place(id) else { return Vec::new() };
        let others = file_tables(db, id.file(db)).iter().copied().filter(|it| *it != id && place(*it) == Some(range));
        let has_it = |it: &TableId| table(db, *it).as_ref().is_some_and(|it| it.column(key.as_str()).is_some());
        others.filter(has_it).map(|it| identity(db, &Symbol::Column(it, key), Spelling::Own)).collect()
    }

    /// Where some of the names in a file mean it.
    fn places_of(&self, names: Vec<Named>, meant: &[Identity], home: Home) -> Vec<(Home, TextRange)> {
        let same = names.into_iter().filter(|it| self.is_meant(it, meant));
        same.map(|it| (home, it.range)).collect()
    }

    pub(crate) fn is_meant(&self, it: &Named, meant: &[Identity]) -> bool {
        meant.contains(&identity(&self.db, &it.symbol, it.spelling))
    }

    /// The words that things are called by.
    pub(crate) fn words_of(&self, meant: &[Identity]) -> Vec<String> {
        let mut res: Vec<String> = meant.iter().filter_map(|it| self.word_of(*it)).map(|it| it.to_string()).collect();
        res.sort();
        res.dedup();
        res
    }

    /// The word that a thing is called by.
    pub(crate) fn word_of(&self, it: Identity) -> Option<Name> {
        let db: &dyn Db = &self.db;
        match it {
            Identity::Class(class) => Some(class.name(db)),
            Identity::Attribute(_, name) | Identity::Column(_, name) => Some(name),
            Identity::Backref(class, key) => {
                let id = relmodel_model::RelationshipId::new(db, class, key, None);
                let declaration = relmodel_model::declaration(db, id).as_ref()?;
                Some(declaration.backref(db)?.0.name)
            }
            Identity::Table(id) => {
                let key = table(db, id).as_ref()?.key?;
                Some(Name::from(key.rsplit('.').next().unwrap_or(key.as_str())))
            }
        }
    }

    /// The files of the analysis that hold one of some words, sorted by path.
    pub(crate) fn files_with(&self, words: &[String]) -> Vec<SourceFile> {
        let files: Vec<_> = self.files().into_iter().map(|it| it.0).collect();
        let held = &self.files;
        let has = |file: &SourceFile| {
            let text = held.get(file).map(|it| it.text.to_string()).unwrap_or_default();
            words.iter().any(|it| text.contains(it.as_str()))
        };
        files.into_par_iter().filter(has).collect()
    }

    /// The names in the code of a file outside of the analysis.
    pub(crate) fn code_of(&self, outside: &OutsideFile) -> Code {
        let search_path: Vec<Name> = outside.search_path.iter().map(Name::from).collect();
        self.code_outside(&outside.path, &search_path, &outside.text)
    }
}
