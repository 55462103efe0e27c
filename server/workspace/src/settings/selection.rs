//! Which rules are meant by what settings say of codes, and what that comes to for each rule.

use relmodel_ide::{Severity, rule_infos};
use rustc_hash::{FxHashMap, FxHashSet};

use super::options::{Options, Text};

/// What stands for every code.
const ALL: &str = "all";

/// The codes of all rules.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    rule_infos().iter().map(|it| it.code)
}

/// Whether a text names at least one rule.
pub(crate) fn is_known(text: &str) -> bool {
    codes().any(|it| fit(text, it).is_some())
}

/// The codes that some texts name.
pub(crate) fn named(texts: &[Text]) -> FxHashSet<&'static str> {
    codes().filter(|code| best(texts.iter().map(Text::get_ref), code).is_some()).collect()
}

/// What is set of each rule that is not reported as it comes: its severity, or that it is off.
pub(crate) fn severities(options: &Options) -> FxHashMap<&'static str, Option<Severity>> {
    let mut res = FxHashMap::default();
    for code in codes() {
        if !is_selected(options, code) {
            res.insert(code, None);
            continue;
        }
        let set = options.severity.iter().flatten();
        let set = set.filter_map(|(text, level)| Some((fit(text.get_ref(), code)?, level))).max_by_key(|it| it.0);
        if let Some((_, level)) = set {
            res.insert(code, level.severity());
        }
    }
    res
}

fn is_selected(options: &Options, code: &str) -> bool {
    let fit_of = |texts: &Option<Vec<Text>>| best(texts.iter().flatten().map(Text::get_ref), code);
    let by_default = options.select.is_none().then_some(0);
    let selected = fit_of(&options.select).or(by_default).max(fit_of(&options.extend_select));
    selected.is_some() && selected > fit_of(&options.ignore)
}

fn best<'a>(texts: impl Iterator<Item = &'a String>, code: &str) -> Option<usize> {
    texts.filter_map(|it| fit(it, code)).max()
}

/// How closely a text names a code, if it does: by how much of it.
fn fit(text: &str, code: &str) -> Option<usize> {
    if text == ALL {
        return Some(0);
    }
    match text.strip_suffix('*') {
        Some(start) => code.starts_with(start).then_some(start.len()),
        None => (text == code).then_some(usize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of three rules are reported, and how.
    fn check(toml: &str, expected: &[&str]) {
        let (options, problems) = Options::from_argument(toml);
        assert_eq!(problems, [], "{toml}");
        let severities = severities(&options);
        let shown =
            ["fk-unknown-table", "fk-unknown-column", "unresolved-name"].into_iter().filter_map(
                |code| match severities.get(code) {
                    None => Some(code.to_owned()),
                    Some(severity) => severity.map(|it| format!("{code}: {it:?}")),
                },
            );
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{toml}");
    }

    #[test]
    fn the_longest_entry_decides() {
        check("", &["fk-unknown-table", "fk-unknown-column", "unresolved-name"]);
        check("select = ['unresolved-name']", &["unresolved-name"]);
        check("ignore = ['fk-*']", &["unresolved-name"]);
        check("ignore = ['all']", &[]);
        check("select = ['fk-unknown-table']\nignore = ['fk-*']", &["fk-unknown-table"]);
        check("select = ['fk-*']\nignore = ['fk-unknown-table']", &["fk-unknown-column"]);
        check("select = ['fk-*']\nignore = ['fk-*']", &[]);
        check(
            "select = ['fk-*']\nextend-select = ['unresolved-name']\nignore = ['fk-unknown-*']",
            &["unresolved-name"],
        );
        check("select = []", &[]);
    }

    #[test]
    fn severities_are_set_by_code() {
        let set = "[severity]\nunresolved-name = 'hint'\nfk-unknown-table = 'off'\n'fk-*' = 'warning'";
        check(set, &["fk-unknown-column: Warning", "unresolved-name: Hint"]);
        check("select = ['fk-unknown-table']\nseverity = {all = 'error'}", &["fk-unknown-table: Error"]);
    }
}
