//! What holds in a project: `relmodel.toml`, or `[tool.relmodel]` in `pyproject.toml`, with what the editor or the command
//! line says above it.
//!
//! A setting that cannot be used becomes a [`Problem`] and its default holds; it never stops the rest.

mod options;
mod reading;
mod selection;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use relmodel_ide::{Feature, Policy, Silenced, SqlAlchemy};

use crate::environment::parse_version;
use crate::exclusion::{Exclusion, Patterns};
use crate::problem::Problem;
use crate::project::foreign_above;
pub use options::Options;
use options::Text;

/// The files that settings are read from, best first.
const FILES: &[&str] = &["relmodel.toml", "pyproject.toml"];

/// Folders below a project's own that hold its packages by convention.
const SOURCE_FOLDERS: &[&str] = &["src", "lib"];

/// Settings that stand above those of all projects: an editor's or a command line's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// A file that is read instead of those of the projects.
    pub file: Option<PathBuf>,
    /// What stands above what is read.
    pub options: Options,
}

/// What a project sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// The folder that paths and patterns count from.
    base: PathBuf,
    options: Options,
}

/// Whether a file of this name holds settings.
pub(crate) fn is_settings_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FILES.iter().any(|it| name == *it))
}

/// The settings of the project at `root`, and what is wrong with them.
pub(crate) fn read(root: &Path, overrides: &Overrides) -> (Settings, Vec<Problem>) {
    let mut problems = Vec::new();
    let found = match &overrides.file {
        Some(file) => read_file(file, &mut problems).map(|it| (root, it)),
        None => find(root, &mut problems),
    };
    let (base, own) = found.unwrap_or((root, Options::default()));
    (Settings { base: base.to_path_buf(), options: overrides.options.clone().over(own) }, problems)
}

/// The nearest settings at or above a folder, and the folder they are in.
fn find<'a>(root: &'a Path, problems: &mut Vec<Problem>) -> Option<(&'a Path, Options)> {
    let home = std::env::home_dir();
    // What is installed has no settings, and does not take those of whoever uses it.
    let is_alone = foreign_above(root).is_some();
    for folder in root.ancestors() {
        if let Some(options) = FILES.iter().find_map(|name| read_file(&folder.join(name), problems)) {
            return Some((folder, options));
        }
        if is_alone || folder.join(".git").exists() || home.as_deref() == Some(folder) {
            break;
        }
    }
    None
}

/// The settings in a file, if it is there and speaks of this program.
fn read_file(path: &Path, problems: &mut Vec<Problem>) -> Option<Options> {
    let content = match fs::read(path) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            problems.push(Problem::of_file(path, format!("settings cannot be read: {error}")));
            return None;
        }
    };
    let text = String::from_utf8_lossy(&content);
    let (options, found) = reading::from_toml(path, &text, path.ends_with("pyproject.toml"));
    problems.extend(found);
    options
}

fn texts(list: Option<&Vec<Text>>) -> impl Iterator<Item = &str> {
    list.into_iter().flatten().map(|it| it.get_ref().as_str())
}

impl Settings {
    /// What holds where no project is.
    pub(crate) fn of(overrides: &Overrides) -> Self {
        Self { base: PathBuf::new(), options: overrides.options.clone() }
    }

    /// The interpreter or environment whose packages the project uses; looked for if this is `None`.
    pub(crate) fn python(&self) -> Option<PathBuf> {
        self.options.python.as_ref().map(|it| self.base.join(it.get_ref()))
    }

    /// The `SQLAlchemy` to foresee; what is installed decides if this is `None`.
    pub(crate) fn sqlalchemy(&self) -> Option<SqlAlchemy> {
        self.options.sqlalchemy.as_ref().and_then(|it| parse_version(it.get_ref()))
    }

    /// The folders, beside the project's own, that modules are imported from.
    pub(crate) fn sources(&self, root: &Path) -> Vec<PathBuf> {
        match &self.options.src {
            Some(set) => texts(Some(set)).map(|it| crate::paths::normalize(&self.base.join(it))).collect(),
            None => SOURCE_FOLDERS.iter().map(|it| root.join(it)).collect(),
        }
    }

    /// What is not looked at; `named` was asked for by name.
    pub(crate) fn exclusion(&self, named: &[PathBuf]) -> Exclusion {
        let patterns = texts(self.options.exclude.as_ref()).chain(texts(self.options.extend_exclude.as_ref()));
        Exclusion::new(Patterns::new(&self.base, patterns), named)
    }

    /// What is reported of the files in a folder.
    pub(crate) fn policy(&self, folder: String, exclusion: &Exclusion) -> Policy {
        let exclusion = exclusion.clone();
        let mut silenced = vec![Silenced {
            files: Arc::new(move |path| exclusion.holds(Path::new(path), false)),
            codes: selection::codes().collect(),
        }];
        for (pattern, codes) in self.options.per_file_ignores.iter().flatten() {
            let patterns = Patterns::new(&self.base, [pattern.get_ref().as_str()]);
            let files = Arc::new(move |path: &str| patterns.hold(Path::new(path), false));
            silenced.push(Silenced { files, codes: selection::named(codes) });
        }
        Policy { folder, severities: selection::severities(&self.options), silenced, off: self.features_off() }
    }

    /// The features that are off.
    fn features_off(&self) -> Vec<Feature> {
        let set = self.options.features.iter().flatten().filter(|it| !it.1);
        let names: Vec<String> = set.map(|it| reading::kebab(it.0.get_ref())).collect();
        Feature::ALL.into_iter().filter(|it| names.iter().any(|name| name == it.name())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], sqlalchemy: Option<SqlAlchemy>, expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let (settings, problems) = read(folder.path(), &Overrides::default());
        let prefix = format!("{}/", folder.path().display());
        let mut problems = problems;
        problems.sort_by_key(|it| it.line);
        let shown: Vec<_> = problems.iter().map(|it| it.to_string().replace(&prefix, "")).collect();
        assert_eq!(shown, expected);
        assert_eq!(settings.sqlalchemy(), sqlalchemy);
    }

    #[test]
    fn either_file_will_do_and_the_own_one_wins() {
        check(&[], None, &[]);
        check(&[("pyproject.toml", "[project]\nname = 'x'\n")], None, &[]);
        check(&[("pyproject.toml", "[tool.relmodel]\nsqlalchemy = \"1.4\"\n")], Some(SqlAlchemy::V1_4), &[]);
        let both =
            [("pyproject.toml", "[tool.relmodel]\nsqlalchemy = '1.4'\n"), ("relmodel.toml", "sqlalchemy = '2.1'")];
        check(&both, Some(SqlAlchemy::V2_1), &[]);
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        check(
            &[("pyproject.toml", "[tool.relmodel]\n\nsqlachemy = \"1.4\"\nsqlalchemy = 2\n")],
            None,
            &[
                "pyproject.toml:3: unknown setting `sqlachemy`; did you mean `sqlalchemy`?",
                "pyproject.toml:4: `sqlalchemy` must be a version in quotes: \"1.4\", \"2.0\" or \"2.1\"",
            ],
        );
    }

    #[test]
    fn a_bad_setting_says_nothing_of_the_others() {
        let text = "select = [\n  'unresolved-nme',\n  'no-tablename',\n]\nignore = 3\nsrc = ['a', 1]\nsqlalchemy = '2.1'\n\
                    exclude = ['a/{b']\n[severity]\nno-tablename = 'of'\nfk-unkown-table = 'off'\n[per-file-ignores]\n\
                    'x' = 'no-tablename'\n";
        check(
            &[("relmodel.toml", text)],
            Some(SqlAlchemy::V2_1),
            &[
                "relmodel.toml:2: unknown code `unresolved-nme`; did you mean `unresolved-name`?",
                "relmodel.toml:5: `ignore` must be a list of codes in quotes",
                "relmodel.toml:6: `src` must be a list of paths in quotes",
                "relmodel.toml:8: `a/{b` is no pattern: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
                "relmodel.toml:10: `severity` must be a table of codes, each \"error\", \"warning\", \"hint\" or \"off\"",
                "relmodel.toml:11: unknown code `fk-unkown-table`; did you mean `fk-unknown-table`?",
                "relmodel.toml:13: `per-file-ignores` must be a table of patterns, each with a list of codes",
            ],
        );
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pyproject.toml"), "[project]\nname = \n[tool.relmodel]\n").unwrap();
        let problems = read(folder.path(), &Overrides::default()).1;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, Some(2));
        assert!(problems[0].message.starts_with("settings are ignored: "), "{}", problems[0].message);
    }
}
