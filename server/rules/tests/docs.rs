//! The pages in `docs/rules/` are the headers of the rule files. `UPDATE_DOCS=1` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use relmodel_rules::{Severity, rule_infos};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules")
}

fn index() -> String {
    let mut res =
        "# Rules\n\nThe code of a finding is the name of its rule. `relmodel explain CODE` prints the same page.\n\n\
                   | code | severity | what it finds |\n|---|---|---|\n"
            .to_owned();
    for rule in rule_infos() {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        let _ = writeln!(res, "| [{0}]({0}.md) | {severity} | {1} |", rule.code, rule.summary);
    }
    res
}

#[test]
fn pages_are_up_to_date() {
    let mut expected: Vec<(String, String)> =
        rule_infos().iter().map(|it| (format!("{}.md", it.code), it.page.clone())).collect();
    expected.push(("README.md".to_owned(), index()));
    if env::var_os("UPDATE_DOCS").is_some() {
        for (name, text) in &expected {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    for (name, text) in &expected {
        let found = fs::read_to_string(folder().join(name)).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(&found, text, "docs/rules/{name} is out of date: run with UPDATE_DOCS=1");
    }
    let names: BTreeSet<String> = expected.into_iter().map(|it| it.0).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "docs/rules/{name} belongs to no rule");
    }
}
