//! What the tests of this crate share: an analysis of a fixture, and findings in the form of drawings.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used)]

pub(crate) mod renames;
pub(crate) mod scenarios;

use relmodel_fixture::{Drawing, Fixture};
use relmodel_ide::{Analysis, AnalysisHost, Change, FileChange, FileChangeKind, FileId, Rope, Severity, SqlAlchemy};

/// Sets a file, with the module name that its path gives it under the workspace's root.
pub(crate) fn text_change(path: &str, text: &str) -> FileChange {
    let stem = path.strip_suffix(".py").unwrap_or(path);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    let kind = FileChangeKind::Text {
        text: Rope::from_str(text),
        module: stem.replace('/', "."),
        search_path: vec!["/ws".to_owned()],
        is_open: false,
    };
    FileChange { path: absolute(path), kind }
}

/// The same for a file that is open in an editor.
pub(crate) fn opened(path: &str, text: &str) -> FileChange {
    let mut res = text_change(path, text);
    if let FileChangeKind::Text { is_open, .. } = &mut res.kind {
        *is_open = true;
    }
    res
}

pub(crate) fn absolute(path: &str) -> String {
    format!("/ws/{path}")
}

pub(crate) fn host_of(fixture: &Fixture) -> AnalysisHost {
    host_with(fixture, SqlAlchemy::default())
}

/// The same for a project that runs with this SQLAlchemy.
pub(crate) fn host_with(fixture: &Fixture, sqlalchemy: SqlAlchemy) -> AnalysisHost {
    let mut host = AnalysisHost::new();
    let files = fixture.files.iter().map(|it| text_change(&it.path, &it.text)).collect();
    host.apply(Change { files, sqlalchemy: Some(sqlalchemy), ..Change::default() });
    host
}

/// The findings of a file as a test would draw them.
pub(crate) fn findings(analysis: &Analysis, file: FileId) -> Vec<Drawing> {
    let mut res: Vec<Drawing> = analysis
        .diagnostics(file)
        .expect("nothing changes meanwhile")
        .into_iter()
        .map(|it| Drawing {
            start: it.range.start,
            end: it.range.end,
            label: match it.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "hint",
            }
            .to_owned(),
            code: Some(it.code.to_owned()),
            message: Some(it.message),
        })
        .collect();
    res.sort();
    res
}

/// Checks that the findings of a fixture are those drawn in it, with `code` for drawings that name none.
pub(crate) fn check_findings(text: &str, code: Option<&str>) {
    check_findings_with(text, code, SqlAlchemy::default());
}

/// The same for a project that runs with this SQLAlchemy.
pub(crate) fn check_findings_with(text: &str, code: Option<&str>, sqlalchemy: SqlAlchemy) {
    let fixture = Fixture::parse(text);
    let analysis = host_with(&fixture, sqlalchemy).snapshot();
    for file in &fixture.files {
        let id = analysis.file(&absolute(&file.path)).expect("the file was set");
        let mut expected = file.drawings.clone();
        for drawing in &mut expected {
            drawing.code = drawing.code.take().or_else(|| code.map(str::to_owned));
        }
        let found = findings(&analysis, id);
        let shown = |drawings: &[Drawing]| {
            drawings
                .iter()
                .map(|it| {
                    let token = &file.text[it.start as usize..it.end as usize];
                    format!(
                        "{token:?} {}[{}]: {}\n",
                        it.label,
                        it.code.as_deref().unwrap_or(""),
                        it.message.as_deref().unwrap_or("")
                    )
                })
                .collect::<Vec<String>>()
                .concat()
        };
        assert_eq!(shown(&found), shown(&expected), "{}:\n{}", file.path, file.text);
        assert_eq!(found, expected, "{}:\n{}", file.path, file.text);
    }
}
