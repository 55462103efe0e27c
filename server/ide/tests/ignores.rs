//! Comments that keep findings from being reported: what they hold for, what is said of them, and who writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use relmodel_fixture::Fixture;
use relmodel_ide::{Analysis, FileId, Fix, Fixable, TextRange};

const HEAD: &str = "from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import declarative_base, relationship\n\nBase = declarative_base()\n\n\n";

/// A class with a wrong relationship whose value is the given code, below a comment.
fn with(first: &str, value: &str) -> String {
    let body = "    __tablename__ = \"parent\"\n    id = Column(Integer, primary_key=True)\n    children = ";
    format!("{first}{HEAD}class Parent(Base):\n{body}{value}\n")
}

/// Checks what is reported of that class.
fn check(value: &str) {
    support::check_findings(&with("", value), None);
}

/// Checks that one thing is reported of that class, at a token of its value's only line.
fn check_at(value: &str, token: &str, finding: &str) {
    let column = "    children = ".len() + value.find(token).unwrap();
    let drawing = format!("#{}{} {finding}", " ".repeat(column - 1), "^".repeat(token.len()));
    check(&format!("{value}\n{drawing}"));
}

#[test]
fn a_comment_holds_for_the_lines_of_the_squiggle() {
    check("relationship(\"Chlid\")  # relmodel: ignore[unresolved-name]");
    check("relationship(\"Chlid\")  # relmodel: ignore");
    check("relationship(\"Chlid\")  # noqa");
    check("relationship(\"Chlid\")  # NOQA: E501,unresolved-name");
    check("relationship(\"Chlid\")  # type: ignore  # relmodel: ignore[unresolved-name] made later");
    check("relationship(\n        \"Chlid\",  # relmodel: ignore[unresolved-name]\n    )");
    check("relationship(\n        \"\"\"\nChlid\n\"\"\",  # relmodel: ignore[unresolved-name]\n    )");
    check("relationship(\n        \"Ch\"  # noqa: unresolved-name\n        \"lid\",\n    )");
}

#[test]
fn other_lines_codes_and_words_hold_nothing() {
    check(
        r#"relationship(
        # relmodel: ignore[unresolved-name]
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-ignore]: `unresolved-name` is not found on this line; there is nothing to ignore
        "Chlid"
        #^^^^^ error[unresolved-name]: `Parent.children` refers to `Chlid`, but no mapped class has that name
    )"#,
    );
    let unresolved = "error[unresolved-name]: `Parent.children` refers to `Chlid`, but no mapped class has that name";
    check_at("relationship(\"Chlid\")  # noqa: E501", "Chlid", unresolved);
    check_at("relationship(\"Chlid\", info=\"# noqa\")", "Chlid", unresolved);
}

#[test]
fn a_file_can_be_spoken_of_at_its_top() {
    let wrong = "relationship(\"Chlid\")";
    support::check_findings(&with("# relmodel: ignore-file[unresolved-name]\n", wrong), None);
    support::check_findings(&with("#!/usr/bin/python\n\"\"\"Models.\"\"\"\n# relmodel: ignore-file\n", wrong), None);
    let below = "# relmodel: ignore-file\n# ^^^^^^^^^^^^^^^^^^^^^ hint[invalid-ignore]: `ignore-file` holds for the file only above its first statement\n";
    support::check_findings(&format!("{HEAD}{below}"), None);
    let unused = "# relmodel: ignore-file[no-tablename]\n# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unused-ignore]: `no-tablename` is not found in this file; there is nothing to ignore\n";
    support::check_findings(&format!("{unused}{HEAD}"), None);
}

#[test]
fn what_cannot_be_understood_is_said() {
    check_at(
        "1  # relmodel: ignroe",
        "relmodel: ignroe",
        "hint[invalid-ignore]: relmodel knows `ignore` and `ignore-file`, each with a list of codes: `ignore[code]`",
    );
    check_at(
        "1  # relmodel: ignore[no-tablename",
        "relmodel: ignore[",
        "hint[invalid-ignore]: the list of codes is not closed by `]`",
    );
    check_at("1  # relmodel: ignore[xyzzy]", "xyzzy", "hint[invalid-ignore]: there is no rule `xyzzy`");
    check_at(
        "1  # noqa: E501, no-tblename, F401",
        "no-tblename",
        "hint[invalid-ignore]: there is no rule `no-tblename`; did you mean `no-tablename`?",
    );
    check("1  # relmodel: ignore[no-tablename, unused-ignore]");
    check("1  # noqa");
    check("1  # noqa: E501");
}

fn analysis(text: &str) -> (Analysis, FileId) {
    let analysis = support::host_of(&Fixture::parse(text)).snapshot();
    let file = analysis.file(&support::absolute("models.py")).unwrap();
    (analysis, file)
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut res = text.to_owned();
    for edit in fix.files.iter().flat_map(|it| &it.edits).rev() {
        res.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
    }
    res
}

/// Checks the fix of this title, a comment's.
fn check_fix(title: &str, before: &str, after: &str) {
    for (before, after) in
        [(before.to_owned(), after.to_owned()), (before.replace('\n', "\r\n"), after.replace('\n', "\r\n"))]
    {
        let (analysis, file) = analysis(&before);
        let found = analysis.fixes(file, None).unwrap();
        let fix = found.iter().filter_map(Fixable::preferred).find(|it| it.title == title);
        assert_eq!(applied(&before, fix.expect(title)), after);
    }
}

#[test]
fn needless_comments_are_removed() {
    check_fix("Remove the comment", "a = 1  # relmodel: ignore\nb = 1\n", "a = 1\nb = 1\n");
    check_fix("Remove the comment", "a = 1  # noqa: no-tablename\n", "a = 1\n");
    check_fix("Remove the comment", "    # relmodel: ignore[no-tablename] why\nb = 1\n", "b = 1\n");
    check_fix("Remove the comment", "a = 1  # type: ignore  # relmodel: ignore[]\n", "a = 1  # type: ignore\n");
    check_fix("Remove the comment", "a = 1  # relmodel: ignore  # why\n", "a = 1  # why\n");
    check_fix("Remove `no-tablename`", "a = 1  # noqa: E501, no-tablename\n", "a = 1  # noqa: E501\n");
    check_fix("Remove `no-tablename`", "a = 1  # noqa: no-tablename,E501\n", "a = 1  # noqa: E501\n");
    check_fix("Change to `no-tablename`", "a = 1  # noqa: no-tblename\n", "a = 1  # noqa: no-tablename\n");
}

/// Checks the comment that is offered for the first finding.
fn check_offer(value: &str, after: Option<&str>) {
    let text = with("", value);
    let (analysis, file) = analysis(&text);
    let whole = TextRange::new(0, u32::try_from(text.len()).unwrap());
    let found = analysis.ignore_comments(file, whole).unwrap();
    let fix = found.first().and_then(|it| it.fixes.first());
    assert_eq!(fix.map(|it| it.title.as_str()), after.map(|_| "Ignore `unresolved-name` on this line"));
    assert_eq!(fix.map(|it| applied(&text, it)), after.map(|it| with("", it)));
    if let Some(after) = after {
        check(after);
    }
}

#[test]
fn a_comment_is_offered_for_every_finding() {
    let comment = "# relmodel: ignore[unresolved-name]";
    check_offer("relationship(\"Chlid\")", Some(&format!("relationship(\"Chlid\")  {comment}")));
    check_offer("relationship(\"Chlid\")  # why  ", Some(&format!("relationship(\"Chlid\")  # why  {comment}  ")));
    check_offer(
        "relationship(\n\"\"\"\nChlid\n\"\"\")",
        Some(&format!("relationship(\n\"\"\"\nChlid\n\"\"\")  {comment}")),
    );
    check_offer("relationship(\\\n\"Chlid\"\\\n)", None);
    check_offer(
        "relationship(\"Chlid\")  # relmodel: ignore[unused-ignore]",
        Some("relationship(\"Chlid\")  # relmodel: ignore[unused-ignore, unresolved-name]"),
    );
}
