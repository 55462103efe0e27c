//! Every rule's page: Wrong gives the findings drawn in it and no others, Right gives none.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use relmodel_ide::{SqlAlchemy, rule_infos};

/// The Python blocks under a heading of a page.
fn blocks<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let Some((_, rest)) = page.split_once(&format!("## {heading}\n")) else { return Vec::new() };
    let section = rest.split("\n## ").next().unwrap_or(rest);
    section.split("```python\n").skip(1).filter_map(|it| it.split("```").next()).collect()
}

/// A version of SQLAlchemy that says what a page draws, 2.0 if it does: some versions warn of what others raise for.
fn version(page: &str) -> SqlAlchemy {
    let draws_error = page.contains("^ error");
    let quotes: Vec<(&str, &str)> =
        page.split("```text").skip(1).filter_map(|it| it.split("```").next()?.split_once('\n')).collect();
    let says_so = |version: &str| {
        let said = quotes.iter().filter(|it| it.0.trim().is_empty() || it.0.contains(version));
        said.into_iter().any(|it| !draws_error || it.1.contains("Error: ") || !it.1.contains("Warning: "))
    };
    match (says_so("2.0"), says_so("2.1")) {
        (true, _) => SqlAlchemy::V2_0,
        (false, true) => SqlAlchemy::V2_1,
        (false, false) => SqlAlchemy::V1_4,
    }
}

#[test]
fn wrong_is_found_as_drawn_and_right_is_silent() {
    assert!(rule_infos().len() >= 17, "the rules are registered by existing");
    for rule in rule_infos() {
        let (wrong, right) = (blocks(&rule.page, "Wrong"), blocks(&rule.page, "Right"));
        assert!(!wrong.is_empty() && !right.is_empty(), "{} has both examples", rule.code);
        assert!(wrong.iter().all(|it| it.contains('^')), "{} draws its finding", rule.code);
        for block in wrong.into_iter().chain(right) {
            support::check_findings_with(block, Some(rule.code), version(&rule.page));
        }
    }
}

#[test]
fn every_page_has_its_sections() {
    for rule in rule_infos() {
        assert!(!rule.summary.is_empty(), "{} has a summary", rule.code);
        for section in ["## Wrong", "## SQLAlchemy says", "## Right"] {
            assert!(rule.page.contains(section), "{} has {section}", rule.code);
        }
    }
}
