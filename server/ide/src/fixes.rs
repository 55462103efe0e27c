//! The ways to mend findings, as edits.

use relmodel_model::SourceFile;
use relmodel_rules::Safety;
use relmodel_syntax::{TextEdit, TextRange};

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::changes::render;
use crate::diagnostics::{Diagnostic, Reported};

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu says it.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The files it changes.
    pub files: Vec<FileEdits>,
}

/// The edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub file: FileId,
    /// Sorted and not overlapping, all given in the text as it is now.
    pub edits: Vec<TextEdit>,
}

/// A finding with the ways to mend it, best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixable {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// At least one.
    pub fixes: Vec<Fix>,
}

impl Fixable {
    /// The fix to apply without asking: the only one that is safe.
    pub fn preferred(&self) -> Option<&Fix> {
        let mut safe = self.fixes.iter().filter(|it| it.safety == Safety::Safe);
        safe.next().filter(|_| safe.next().is_none())
    }
}

impl Analysis {
    /// The findings of a file that touch a range, or all of them, that can be mended; sorted by range.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn fixes(&self, file: FileId, range: Option<TextRange>) -> Result<Vec<Fixable>, Cancelled> {
        guarded(|| {
            let (findings, comments) = self.reported(file);
            let findings = findings.into_iter().filter(|it| !it.finding.fixes.is_empty());
            let mut res: Vec<Fixable> = findings.filter_map(|it| self.fixable(file, it, range)).collect();
            res.extend(comments.into_iter().filter(|it| !it.fixes.is_empty() && touches(it.diagnostic.range, range)));
            res.sort_by(|a, b| (a.diagnostic.range, a.diagnostic.code).cmp(&(b.diagnostic.range, b.diagnostic.code)));
            res
        })
    }

    fn fixable(&self, file: FileId, reported: Reported<'_>, range: Option<TextRange>) -> Option<Fixable> {
        let diagnostic = self.diagnostic(file, reported)?;
        if !touches(diagnostic.range, range) {
            return None;
        }
        let fixes: Vec<Fix> = reported.finding.fixes.iter().filter_map(|it| self.fix(it)).collect();
        (!fixes.is_empty()).then_some(Fixable { diagnostic, fixes })
    }

    pub(crate) fn fix(&self, fix: &relmodel_rules::Fix) -> Option<Fix> {
        let edits = |(file, edits): (SourceFile, Vec<TextEdit>)| FileEdits { file: FileId(file), edits };
        let files: Vec<FileEdits> = render(self, &fix.changes)?.into_iter().map(edits).collect();
        let res = Fix { title: fix.title.clone(), safety: fix.safety, files };
        (!res.files.is_empty()).then_some(res)
    }
}

/// Whether something at `own` is asked about: a range that touches it, or everything.
pub(crate) fn touches(own: TextRange, range: Option<TextRange>) -> bool {
    range.is_none_or(|it| it.start <= own.end && own.start <= it.end)
}

/// As many of the candidates as have fixes that do not touch each other's edits, the first ones first.
pub fn chosen<T>(candidates: impl IntoIterator<Item = T>, fix: impl Fn(&T) -> &Fix) -> Vec<T> {
    let mut res: Vec<T> = Vec::new();
    for candidate in candidates {
        if !res.iter().any(|it| fix(it).meets(fix(&candidate))) {
            res.push(candidate);
        }
    }
    res
}

impl Fix {
    /// Whether it changes a place that another one changes too, or one right beside it.
    fn meets(&self, other: &Self) -> bool {
        let touches = |a: &TextEdit, b: &TextEdit| a.range.start <= b.range.end && b.range.start <= a.range.end;
        let meet = |a: &FileEdits, b: &FileEdits| {
            a.file == b.file && a.edits.iter().any(|it| b.edits.iter().any(|other| touches(it, other)))
        };
        self.files.iter().any(|it| other.files.iter().any(|other| meet(it, other)))
    }
}
