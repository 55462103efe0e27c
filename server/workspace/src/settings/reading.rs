//! From text to [`Options`]: TOML of a file or of a command line, JSON of an editor. Each setting is read on its own, so
//! that what is wrong with one says nothing of the others.

use std::ops::Range;
use std::path::{Path, PathBuf};

use relmodel_ide::{Feature, closest};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::options::{Options, Text};
use super::selection;
use crate::environment::parse_version;
use crate::exclusion::Patterns;
use crate::problem::Problem;

/// Settings that belong to the extension of an editor, and stand among those of the server.
const OF_EDITORS: &[&str] = &["path", "trace"];

/// The settings in a text of TOML, and what is wrong with them. `None` if the text does not speak of this program: that is
/// for `[tool.relmodel]` alone, if `is_shared`.
pub(crate) fn from_toml(path: &Path, text: &str, is_shared: bool) -> (Option<Options>, Vec<Problem>) {
    let mut reader = Reader::new(path, text);
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            reader.problem(error.span(), format!("settings are ignored: {}", error.message()));
            return (None, reader.problems);
        }
    };
    if !is_shared {
        reader.table(&document);
        return (Some(reader.options), reader.problems);
    }
    let tool = document.get("tool").and_then(|it| it.get_ref().get("relmodel"));
    let Some(own) = tool else { return (None, reader.problems) };
    match own.get_ref() {
        DeValue::Table(table) => reader.table(table),
        _ => reader.problem(Some(own.span()), "`tool.relmodel` must be a table".to_owned()),
    }
    (Some(reader.options), reader.problems)
}

impl Options {
    /// The settings that an editor sends, and what is wrong with them. Names may be written as editors write them:
    /// `extendSelect` for `extend-select`; what is null is not set.
    pub fn from_json(json: &serde_json::Value) -> (Self, Vec<Problem>) {
        let mut reader = Reader::new(Path::new("settings of the editor"), "");
        match json {
            serde_json::Value::Object(object) => {
                let own = object.iter().filter(|(key, _)| !OF_EDITORS.contains(&key.as_str()));
                let table = own.filter_map(|(key, value)| Some((unspanned(kebab(key).into()), value_of(value)?)));
                reader.table(&table.collect());
            }
            serde_json::Value::Null => {}
            _ => reader.problem(None, "must be an object".to_owned()),
        }
        (reader.options, reader.problems)
    }

    /// The settings in TOML that was given on a command line, such as `sqlalchemy = "1.4"`.
    pub fn from_argument(text: &str) -> (Self, Vec<Problem>) {
        let (options, problems) = from_toml(Path::new("--config"), text, false);
        (options.unwrap_or_default(), problems)
    }

    /// The settings that select rules: codes, beginnings of codes or `all`.
    pub fn selecting(select: &[String], ignore: &[String]) -> (Self, Vec<Problem>) {
        let mut reader = Reader::new(Path::new("command line"), "");
        let lists = [("select", select), ("ignore", ignore)].into_iter().filter(|it| !it.1.is_empty());
        reader.table(&lists.map(|(name, codes)| (unspanned(name.into()), list_of(codes))).collect());
        (reader.options, reader.problems)
    }
}

fn list_of(codes: &[String]) -> Spanned<DeValue<'_>> {
    let codes = codes.iter().map(|it| unspanned(DeValue::String(it.as_str().into())));
    unspanned(DeValue::Array(codes.collect()))
}

/// `extendSelect` as `extend-select`.
pub(super) fn kebab(name: &str) -> String {
    let mut res = String::new();
    for char in name.chars() {
        if char.is_ascii_uppercase() {
            res.push('-');
        }
        res.push(char.to_ascii_lowercase());
    }
    res
}

fn unspanned<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

/// JSON as TOML; `None` for null, which TOML does not have.
fn value_of(json: &serde_json::Value) -> Option<Spanned<DeValue<'_>>> {
    use serde_json::Value;
    Some(unspanned(match json {
        Value::Null => return None,
        Value::Bool(it) => DeValue::Boolean(*it),
        // No setting is a number; what is said of one need not name it.
        Value::Number(_) => DeValue::Boolean(false),
        Value::String(it) => DeValue::String(it.as_str().into()),
        Value::Array(it) => DeValue::Array(it.iter().filter_map(value_of).collect()),
        Value::Object(it) => DeValue::Table(
            it.iter().filter_map(|(key, value)| Some((unspanned(key.as_str().into()), value_of(value)?))).collect(),
        ),
    }))
}

/// Reads one source.
struct Reader<'a> {
    path: PathBuf,
    text: &'a str,
    options: Options,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(path: &Path, text: &'a str) -> Self {
        Self { path: path.to_path_buf(), text, options: Options::default(), problems: Vec::new() }
    }

    fn table(&mut self, table: &DeTable<'_>) {
        let names = Options::names();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if !names.iter().any(|it| it == name) {
                self.problem(Some(key.span()), unknown("setting", name, names.iter().map(String::as_str)));
                continue;
            }
            match value.get_ref() {
                // The entries of a table are settings of their own.
                DeValue::Table(entries) => {
                    for (entry, value) in entries {
                        let single = [(entry.clone(), value.clone())].into_iter().collect();
                        self.setting(key, Spanned::new(value.span(), DeValue::Table(single)));
                    }
                }
                _ => self.setting(key, value.clone()),
            }
        }
    }

    fn setting(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: Spanned<DeValue<'_>>) {
        let name = key.get_ref().as_ref();
        let span = value.span();
        let single = [(key.clone(), value)].into_iter().collect();
        match Options::deserialize(Deserializer::from(Spanned::new(span.clone(), single))) {
            Ok(options) => {
                let options = self.checked(options);
                self.options.add(options);
            }
            Err(error) => {
                let span = error.span().filter(|it| !it.is_empty()).unwrap_or(span);
                self.problem(Some(span), format!("`{name}` must be {}", Options::form(name)));
            }
        }
    }

    /// The options without what cannot be used.
    fn checked(&mut self, mut options: Options) -> Options {
        let selects_none = options.select.as_ref().is_some_and(Vec::is_empty);
        for codes in [&mut options.select, &mut options.extend_select, &mut options.ignore].into_iter().flatten() {
            codes.retain(|it| self.is_code(it));
        }
        // Who selects nothing but misspelt rules does not mean none.
        options.select = options.select.filter(|it| !it.is_empty() || selects_none);
        if let Some(severity) = &mut options.severity {
            severity.retain(|code, _| self.is_code(code));
        }
        if let Some(features) = &mut options.features {
            features.retain(|name, _| self.is_feature(name));
        }
        if let Some(files) = &mut options.per_file_ignores {
            files.retain(|pattern, _| self.is_pattern(pattern));
            for codes in files.values_mut() {
                codes.retain(|it| self.is_code(it));
            }
        }
        for patterns in [&mut options.exclude, &mut options.extend_exclude].into_iter().flatten() {
            patterns.retain(|it| self.is_pattern(it));
        }
        if let Some(version) = options.sqlalchemy.take_if(|it| parse_version(it.get_ref()).is_none()) {
            self.problem(Some(version.span()), format!("`sqlalchemy` must be {}", Options::form("sqlalchemy")));
        }
        options
    }

    fn is_code(&mut self, text: &Text) -> bool {
        let is_known = selection::is_known(text.get_ref());
        if !is_known {
            self.problem(Some(text.span()), unknown("code", text.get_ref(), selection::codes()));
        }
        is_known
    }

    /// Editors may write the name in camel case.
    fn is_feature(&mut self, text: &Text) -> bool {
        let name = kebab(text.get_ref());
        let is_known = Feature::ALL.iter().any(|it| it.name() == name);
        if !is_known {
            let names = Feature::ALL.iter().map(|it| it.name());
            self.problem(Some(text.span()), unknown("feature", text.get_ref(), names));
        }
        is_known
    }

    fn is_pattern(&mut self, text: &Text) -> bool {
        let fault = Patterns::fault(text.get_ref());
        if let Some(fault) = &fault {
            self.problem(Some(text.span()), format!("`{}` is no pattern: {fault}", text.get_ref()));
        }
        fault.is_none()
    }

    fn problem(&mut self, span: Option<Range<usize>>, message: String) {
        let span = span.filter(|_| !self.text.is_empty());
        let line = span.map(|it| {
            let before = self.text.get(..it.start).unwrap_or(self.text);
            u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
        });
        self.problems.push(Problem { path: self.path.clone(), line, message });
    }
}

fn unknown<'a>(what: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    match closest(name, names) {
        Some(nearest) => format!("unknown {what} `{name}`; did you mean `{nearest}`?"),
        None => format!("unknown {what} `{name}`"),
    }
}
