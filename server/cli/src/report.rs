//! The findings of a run as data: what every reporter prints, and the fixed JSON form.
//!
//! Lines and columns count from 1, columns in Unicode code points.

use std::sync::atomic::{AtomicUsize, Ordering};

use relmodel_ide::{
    Analysis, Diagnostic, FileEdits, FileId, Fixable, PositionEncoding, Rope, Safety, Severity, TextRange, position_at,
    surviving,
};
use serde::Serialize;

use crate::arguments::Fixing;
use crate::progress::Progress;
use crate::projects::{Paths, Project};

/// All of a run.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    /// Sorted by path and place within each project.
    pub findings: Vec<Finding>,
    /// How much there is.
    pub summary: Summary,
    /// What is not known because of a fault of this program, in words.
    #[serde(skip)]
    pub lost: Vec<String>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// How bad it is.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: String,
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// The rule's page.
    pub url: String,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// The ways to fix it, best first, if they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Vec<Fix>>,
}

/// A way to fix a finding.
#[derive(Debug, Serialize)]
pub(crate) struct Fix {
    /// What it does.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safe: bool,
    /// The edits, file by file and in order.
    pub edits: Vec<Edit>,
}

/// A piece of text to put in the place of another.
#[derive(Debug, Serialize)]
pub(crate) struct Edit {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// What comes in its place.
    pub text: String,
}

/// Another place that has to do with a finding.
#[derive(Debug, Serialize)]
pub(crate) struct Related {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// What it has to do with it.
    pub message: String,
}

/// A range in a file.
#[derive(Debug, Serialize)]
pub(crate) struct Place {
    /// The file, as given on the command line.
    pub path: String,
    /// The range.
    pub range: Range,
    /// The file's text.
    #[serde(skip)]
    pub text: Rope,
    /// The range in bytes of the text.
    #[serde(skip)]
    pub bytes: TextRange,
}

/// A range by line and column.
#[derive(Debug, Serialize)]
pub(crate) struct Range {
    /// The first character.
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
}

/// A line and column.
#[derive(Debug, Serialize)]
pub(crate) struct Position {
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1, in code points.
    pub column: u32,
}

/// How much there is.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs)]
pub(crate) struct Summary {
    pub files: usize,
    pub classes: usize,
    pub relationships: usize,
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
    pub milliseconds: u128,
}

impl Report {
    /// Adds what is found in a project.
    pub(crate) fn add(&mut self, project: &Project, paths: &Paths, fixing: Fixing, progress: &Progress) {
        let analysis = &project.analysis;
        let total = project.files.len();
        let done = AtomicUsize::new(0);
        let found = analysis.diagnostics_of(&project.files, || {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.say(format!("checking {done} of {total} files"));
        });
        let counts = surviving(|| analysis.counts(&project.files)).unwrap_or_default();
        self.summary.files += project.file_count;
        self.summary.classes += counts.classes;
        self.summary.relationships += counts.relationships;
        for (&file, found) in project.files.iter().zip(found) {
            let shown = paths.shown(analysis.path(file));
            let failure = analysis.failure(file).map(str::to_owned);
            match found {
                Ok(diagnostics) => self.add_file(project, (file, diagnostics), paths, fixing),
                Err(lost) => self.lost.push(format!("{shown}: its findings are not known: {lost}")),
            }
            self.lost.extend(failure.map(|it| format!("{shown}: what it says is not known: {it}")));
        }
    }

    fn add_file(
        &mut self,
        project: &Project,
        (file, diagnostics): (FileId, Vec<Diagnostic>),
        paths: &Paths,
        fixing: Fixing,
    ) {
        let analysis = &project.analysis;
        let fixable = fixing.show_fixes.then(|| surviving(|| analysis.fixes(file, None)).unwrap_or_default());
        for diagnostic in diagnostics {
            self.count(diagnostic.severity);
            let own = fixable.as_ref().map(|it| it.iter().find(|it| it.diagnostic == diagnostic));
            let mut found = finding(analysis, file, diagnostic, paths);
            found.fixes = own.map(|it| fixes(analysis, it, paths));
            self.findings.push(found);
        }
    }

    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.summary.errors += 1,
            Severity::Warning => self.summary.warnings += 1,
            Severity::Hint => self.summary.hints += 1,
        }
    }
}

fn finding(analysis: &Analysis, file: FileId, diagnostic: Diagnostic, paths: &Paths) -> Finding {
    let related = diagnostic.related.into_iter();
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: diagnostic.message,
        place: place(analysis, file, diagnostic.range, paths),
        url: diagnostic.url,
        related: related
            .map(|it| Related { place: place(analysis, it.file, it.range, paths), message: it.message })
            .collect(),
        fixes: None,
    }
}

fn fixes(analysis: &Analysis, fixable: Option<&Fixable>, paths: &Paths) -> Vec<Fix> {
    let edits = |file: &FileEdits| -> Vec<Edit> {
        let edits = file.edits.iter();
        edits
            .map(|it| Edit { place: place(analysis, file.file, it.range, paths), text: it.replacement.clone() })
            .collect()
    };
    let fixes = fixable.iter().flat_map(|it| &it.fixes);
    fixes
        .map(|it| Fix {
            title: it.title.clone(),
            safe: it.safety == Safety::Safe,
            edits: it.files.iter().flat_map(edits).collect(),
        })
        .collect()
}

fn place(analysis: &Analysis, file: FileId, bytes: TextRange, paths: &Paths) -> Place {
    let text = analysis.text(file);
    let at = |offset| {
        let position = position_at(&text, offset, PositionEncoding::Utf32);
        Position { line: position.line + 1, column: position.column + 1 }
    };
    let range = Range { start: at(bytes.start), end: at(bytes.end) };
    Place { path: paths.shown(analysis.path(file)), range, text, bytes }
}

/// The word for a severity.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn severity<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity_name(*severity))
}
