//! The files of a workspace in two parts: those that are closed, and those that are open in an editor.
//!
//! A look-up table over all files consists of one for each part. Closed files are inputs of high durability, so that a
//! table over them alone is neither looked at nor built again after a keystroke.

use crate::db::{Db, SourceFile, Workspace};

/// A part of the files.
#[allow(unsafe_code, missing_docs)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub(crate) struct Part {
    /// Whether it is that of the open files.
    #[returns(copy)]
    is_open: bool,
}

impl Part {
    /// The closed files and the open ones.
    pub(crate) fn both(db: &dyn Db) -> [Self; 2] {
        [false, true].map(|it| Self::new(db, it))
    }

    /// Its files, sorted by path.
    pub(crate) fn files(self, db: &dyn Db) -> impl Iterator<Item = SourceFile> + '_ {
        Workspace::try_get(db).into_iter().flat_map(move |workspace| {
            let open = workspace.open(db);
            let is_in = move |it: &SourceFile| open.contains(it) == self.is_open(db);
            workspace.files(db).files.iter().copied().filter(is_in)
        })
    }
}

/// Whether a file is open in an editor, so that each of its classes should be looked at by itself after a keystroke. What is
/// kept of a closed file is rather kept as a whole, which takes far less memory.
#[salsa::tracked(returns(copy))]
pub fn is_in_editor(db: &dyn Db, file: SourceFile) -> bool {
    Workspace::try_get(db).is_some_and(|it| it.open(db).contains(&file))
}

/// What the tables of both parts have under one key, by file.
pub(crate) fn in_both<'a, T: Copy + 'a>(
    db: &dyn Db,
    found_in: impl Fn(Part) -> Option<&'a Vec<T>>,
    file_of: impl Fn(T) -> SourceFile,
) -> Vec<T> {
    match Part::both(db).map(found_in) {
        [Some(closed), Some(open)] => {
            let mut res = [closed.as_slice(), open.as_slice()].concat();
            res.sort_by_key(|it| file_of(*it).path(db).as_str());
            res
        }
        [found, None] | [None, found] => found.cloned().unwrap_or_default(),
    }
}
