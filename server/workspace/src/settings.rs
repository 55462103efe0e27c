//! A project's settings: `relmodel.toml`, or `[tool.relmodel]` in `pyproject.toml`.
//!
//! A setting that cannot be used becomes a [`Problem`] and its default holds; it never stops the rest.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use relmodel_ide::SqlAlchemy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::environment::parse_version;
use crate::problem::Problem;

/// The files that settings are read from, best first.
const FILES: &[&str] = &["relmodel.toml", "pyproject.toml"];

/// Every key there is.
const KEYS: &[&str] = &["python", "sqlalchemy"];

/// What a project sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The interpreter or environment whose packages the project uses; looked for if this is `None`.
    pub python: Option<PathBuf>,
    /// The `SQLAlchemy` to foresee; what is installed decides if this is `None`.
    pub sqlalchemy: Option<SqlAlchemy>,
}

/// Whether a file of this name holds settings.
pub(crate) fn is_settings_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FILES.iter().any(|it| name == *it))
}

/// The settings of the project at `root`, and what is wrong with them.
pub(crate) fn read(root: &Path) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for name in FILES {
        let path = root.join(name);
        let content = match fs::read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                problems.push(Problem::of_file(path, format!("settings cannot be read: {error}")));
                continue;
            }
        };
        let text = String::from_utf8_lossy(&content);
        let mut reader = Reader { path: &path, text: &text, problems: &mut problems };
        if reader.file(&mut settings) {
            break;
        }
    }
    (settings, problems)
}

/// Reads one file.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// Whether the file speaks of this program at all.
    fn file(&mut self, settings: &mut Settings) -> bool {
        let document = match DeTable::parse(self.text) {
            Ok(document) => document.into_inner(),
            Err(error) => {
                self.problem(error.span(), format!("settings are ignored: {}", error.message()));
                return false;
            }
        };
        if self.path.ends_with("relmodel.toml") {
            self.table(&document, settings);
            return true;
        }
        let tool = document.get("tool").and_then(|it| it.get_ref().get("relmodel"));
        let Some(own) = tool else { return false };
        match own.get_ref() {
            DeValue::Table(table) => self.table(table, settings),
            _ => self.problem(Some(own.span()), "`tool.relmodel` must be a table".to_owned()),
        }
        true
    }

    fn table(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "python" => match value.get_ref().as_str() {
                    Some(path) => settings.python = Some(PathBuf::from(path)),
                    None => self.problem(Some(value.span()), "`python` must be a path in quotes".to_owned()),
                },
                "sqlalchemy" => settings.sqlalchemy = self.version(value),
                unknown => self.problem(Some(key.span()), unknown_key(unknown)),
            }
        }
    }

    fn version(&mut self, value: &Spanned<DeValue<'_>>) -> Option<SqlAlchemy> {
        let version = value.get_ref().as_str().and_then(parse_version);
        if version.is_none() {
            let message = "`sqlalchemy` must be a version in quotes: \"1.4\", \"2.0\" or \"2.1\"";
            self.problem(Some(value.span()), message.to_owned());
        }
        version
    }

    fn problem(&mut self, span: Option<Range<usize>>, message: String) {
        let line = span.map(|it| {
            let before = self.text.get(..it.start).unwrap_or(self.text);
            u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
        });
        self.problems.push(Problem { path: self.path.to_path_buf(), line, message });
    }
}

fn unknown_key(key: &str) -> String {
    let nearest = KEYS.iter().find(|it| strsim::damerau_levenshtein(it, key) <= 3);
    match nearest {
        Some(nearest) => format!("unknown setting `{key}`; did you mean `{nearest}`?"),
        None => format!("unknown setting `{key}`"),
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
        let (settings, problems) = read(folder.path());
        let prefix = format!("{}/", folder.path().display());
        let shown: Vec<_> = problems.iter().map(|it| it.to_string().replace(&prefix, "")).collect();
        assert_eq!(shown, expected);
        assert_eq!(settings.sqlalchemy, sqlalchemy);
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
    fn a_broken_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pyproject.toml"), "[project]\nname = \n[tool.relmodel]\n").unwrap();
        let problems = read(folder.path()).1;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, Some(2));
        assert!(problems[0].message.starts_with("settings are ignored: "), "{}", problems[0].message);
    }
}
