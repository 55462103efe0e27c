//! Every setting there is: its name, its form and its page are this one definition, from which the JSON schema is made.

use std::borrow::Cow;
use std::collections::BTreeMap;

use relmodel_ide::{Feature, Severity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;

/// A text of a setting, and where it stands.
pub(crate) type Text = Spanned<String>;

/// What one source of settings says: a file, an editor or a command line.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "relmodel", description = "Settings of relmodel", deny_unknown_fields)]
pub struct Options {
    /// The rules to report, instead of all of them: codes, beginnings of codes such as `fk-*`, or `all`.
    #[schemars(with = "Option<Vec<Code>>")]
    pub(crate) select: Option<Vec<Text>>,
    /// Rules to report beside those of `select`.
    #[schemars(with = "Option<Vec<Code>>")]
    pub(crate) extend_select: Option<Vec<Text>>,
    /// The rules not to report. Where several entries fit a rule, the longest decides, and between equals `ignore`.
    #[schemars(with = "Option<Vec<Code>>")]
    pub(crate) ignore: Option<Vec<Text>>,
    /// How much the findings of rules matter, by code. `off` is the same as `ignore`.
    #[schemars(with = "Option<BTreeMap<Code, Level>>")]
    pub(crate) severity: Option<BTreeMap<Text, Level>>,
    /// Rules not to report in some files: codes by pattern. Patterns are those of `.gitignore`.
    #[schemars(with = "Option<BTreeMap<String, Vec<Code>>>")]
    pub(crate) per_file_ignores: Option<BTreeMap<Text, Vec<Text>>>,
    /// Files and folders that are not looked at, unless one that is imports from them. Patterns are those of `.gitignore`.
    #[schemars(with = "Option<Vec<String>>")]
    pub(crate) exclude: Option<Vec<Text>>,
    /// More files and folders that are not looked at.
    #[schemars(with = "Option<Vec<String>>")]
    pub(crate) extend_exclude: Option<Vec<Text>>,
    /// The SQLAlchemy to foresee: "1.4", "2.0" or "2.1". By default the one that is installed, else 2.0.
    #[schemars(with = "Option<String>")]
    pub(crate) sqlalchemy: Option<Text>,
    /// The folders that modules are imported from. By default `src` and `lib`, where there are; the project's own folder
    /// is always one.
    #[schemars(with = "Option<Vec<String>>")]
    pub(crate) src: Option<Vec<Text>>,
    /// The interpreter or environment whose packages the project uses. By default it is looked for.
    #[schemars(with = "Option<String>")]
    pub(crate) python: Option<Text>,
    /// What an editor is answered, by name. All features are on.
    #[schemars(with = "Option<BTreeMap<FeatureName, bool>>")]
    pub(crate) features: Option<BTreeMap<Text, bool>>,
}

/// How much findings matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// Something that has to be mended.
    Error,
    /// Something to look at.
    Warning,
    /// Something to know.
    Hint,
    /// Nothing to speak of.
    Off,
}

impl Level {
    /// The severity; `None` for findings that are not reported.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Hint => Some(Severity::Hint),
            Self::Off => None,
        }
    }
}

/// What names rules, as the schema describes it. It lists no codes, so that a new rule changes no schema.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Code;

/// The name of a feature, as the schema describes it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FeatureName;

impl JsonSchema for FeatureName {
    fn schema_name() -> Cow<'static, str> {
        "Feature".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Feature::ALL.iter().map(|it| it.name()).collect();
        json_schema!({ "description": "Something an editor may ask.", "type": "string", "enum": names })
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A rule's code, the beginning of codes with `*` behind it, or `all`.",
            "type": "string",
            "pattern": r"^[a-z][a-z0-9-]*\*?$",
        })
    }
}

impl Options {
    /// The names of all settings.
    pub(crate) fn names() -> Vec<String> {
        let schema = Self::schema();
        schema.get("properties").and_then(|it| it.as_object()).into_iter().flat_map(|it| it.keys().cloned()).collect()
    }

    /// The JSON schema of a settings file.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    /// The form of a setting, in words.
    pub(crate) fn form(name: &str) -> &'static str {
        match name {
            "sqlalchemy" => "a version in quotes: \"1.4\", \"2.0\" or \"2.1\"",
            "python" => "a path in quotes",
            "severity" => "a table of codes, each \"error\", \"warning\", \"hint\" or \"off\"",
            "features" => "a table of names, each true or false",
            "per-file-ignores" => "a table of patterns, each with a list of codes",
            "exclude" | "extend-exclude" => "a list of patterns in quotes",
            "src" => "a list of paths in quotes",
            _ => "a list of codes in quotes",
        }
    }

    /// Adds what another part of the same source says.
    pub(crate) fn add(&mut self, other: Self) {
        let set = |own: &mut Option<Vec<Text>>, other| *own = Option::or(other, own.take());
        set(&mut self.select, other.select);
        set(&mut self.extend_select, other.extend_select);
        set(&mut self.ignore, other.ignore);
        set(&mut self.exclude, other.exclude);
        set(&mut self.extend_exclude, other.extend_exclude);
        set(&mut self.src, other.src);
        self.sqlalchemy = other.sqlalchemy.or(self.sqlalchemy.take());
        self.python = other.python.or(self.python.take());
        merge(&mut self.severity, other.severity);
        merge(&mut self.per_file_ignores, other.per_file_ignores);
        merge(&mut self.features, other.features);
    }

    /// What holds where these settings stand above those of `base`: a value replaces the one below; what is ignored,
    /// excluded, selected in addition or set by code or file is added to what is below. A selection begins afresh.
    #[must_use]
    pub fn over(mut self, mut base: Self) -> Self {
        if self.select.is_some() {
            base.extend_select = None;
            base.ignore = None;
            base.severity.iter_mut().for_each(|it| it.retain(|_, level| *level != Level::Off));
        }
        extend(&mut self.extend_select, base.extend_select.take());
        extend(&mut self.ignore, base.ignore.take());
        extend(&mut self.extend_exclude, base.extend_exclude.take());
        base.add(self);
        base
    }
}

fn extend(own: &mut Option<Vec<Text>>, more: Option<Vec<Text>>) {
    if let Some(more) = more {
        own.get_or_insert_default().extend(more);
    }
}

fn merge<T>(own: &mut Option<BTreeMap<Text, T>>, more: Option<BTreeMap<Text, T>>) {
    if let Some(more) = more {
        own.get_or_insert_default().extend(more);
    }
}
