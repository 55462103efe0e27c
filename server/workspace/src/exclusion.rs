//! Files that settings name by patterns, which are those of `.gitignore`.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Some files below a folder.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    texts: Vec<String>,
    matcher: Gitignore,
}

impl Default for Patterns {
    fn default() -> Self {
        Self { texts: Vec::new(), matcher: Gitignore::empty() }
    }
}

impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts && self.matcher.path() == other.matcher.path()
    }
}

impl Patterns {
    /// The files that fit one of some patterns, each with the folder that it counts from.
    pub(crate) fn new<'a>(folder: &Path, patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut builder = GitignoreBuilder::new(folder);
        let texts: Vec<_> = patterns.into_iter().map(str::to_owned).collect();
        for pattern in &texts {
            // Patterns were tried when settings were read.
            let _ = builder.add_line(None, pattern);
        }
        builder.build().map(|matcher| Self { texts, matcher }).unwrap_or_default()
    }

    /// What is wrong with a pattern.
    pub(crate) fn fault(pattern: &str) -> Option<String> {
        let mut builder = GitignoreBuilder::new("/");
        let added = builder.add_line(None, pattern).map(|_| ());
        match added.and_then(|()| builder.build().map(|_| ())) {
            Err(ignore::Error::Glob { err, .. }) => Some(err),
            Err(error) => Some(error.to_string()),
            Ok(()) => None,
        }
    }

    /// Whether a path fits, or a folder that it lies in.
    pub(crate) fn hold(&self, path: &Path, is_folder: bool) -> bool {
        !self.matcher.is_empty()
            && path.starts_with(self.matcher.path())
            && self.matcher.matched_path_or_any_parents(path, is_folder).is_ignore()
    }
}

/// What is not looked at in a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Exclusion {
    patterns: Patterns,
    /// Excluded files and folders that were asked for by name.
    named: Vec<PathBuf>,
}

impl Exclusion {
    /// Excludes what fits the patterns, and is not asked for by name.
    pub(crate) fn new(patterns: Patterns, named: &[PathBuf]) -> Self {
        let named = named.iter().filter(|it| patterns.hold(it, it.is_dir())).cloned().collect();
        Self { patterns, named }
    }

    /// Whether a path is not to be looked at.
    pub(crate) fn holds(&self, path: &Path, is_folder: bool) -> bool {
        self.patterns.hold(path, is_folder) && !self.named.iter().any(|it| path.starts_with(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(patterns: &[&str], path: &str, expected: bool) {
        let patterns = Patterns::new(Path::new("/p"), patterns.iter().copied());
        assert_eq!(patterns.hold(Path::new(path), false), expected, "{path}");
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        check(&["tests"], "/p/a/tests/b.py", true);
        check(&["/tests"], "/p/a/tests/b.py", false);
        check(&["tests/**/models.py"], "/p/tests/a/b/models.py", true);
        check(&["*_old.py", "!b_old.py"], "/p/a_old.py", true);
        check(&["*_old.py", "!b_old.py"], "/p/b_old.py", false);
        check(&["tests"], "/q/tests/b.py", false);
        check(&[], "/p/tests/b.py", false);
        assert!(Patterns::fault("a/{b").is_some());
        assert_eq!(Patterns::fault("a/**/*.py"), None);
    }
}
