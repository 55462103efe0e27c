//! The findings of a file, with ranges.

use rayon::prelude::*;
use relmodel_rules::{Finding, Severity, findings_from};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::fixes::Fixable;
use crate::surviving::{Lost, surviving};

/// A finding, as an editor shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: String,
    /// The token to change, in bytes.
    pub range: TextRange,
    /// Where the rule's page can be read.
    pub url: String,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

/// A place that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file it lies in.
    pub file: FileId,
    /// Its range, in bytes.
    pub range: TextRange,
    /// What it is.
    pub message: String,
}

/// A finding with the severity that it is reported with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reported<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) severity: Severity,
}

/// Where the pages of the rules are published.
const PAGES: &str = "https://github.com/relmodel/relmodel/blob/main/docs/rules";

/// Where the page of a rule is published.
pub(crate) fn page_url(code: &str) -> String {
    format!("{PAGES}/{code}.md")
}

impl Analysis {
    /// The findings that stand in a file, sorted by range.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn diagnostics(&self, file: FileId) -> Result<Vec<Diagnostic>, Cancelled> {
        guarded(|| {
            self.prepare();
            let (findings, comments) = self.reported(file);
            let mut res: Vec<Diagnostic> = findings.into_iter().filter_map(|it| self.diagnostic(file, it)).collect();
            res.extend(comments.into_iter().map(|it| it.diagnostic));
            res.sort_by(|a, b| (a.range, a.code).cmp(&(b.range, b.code)));
            res
        })
    }

    /// The findings of several files, worked out side by side, in the order of the files. What cannot be told of one says
    /// nothing of the others. Calls `on_done` after each.
    pub fn diagnostics_of(&self, files: &[FileId], on_done: impl Fn() + Sync) -> Vec<Result<Vec<Diagnostic>, Lost>> {
        // What is lost here is lost again, and told, below.
        let check = |analysis: &mut Self, file: &FileId| {
            let _ = surviving(|| guarded(|| findings_from(&analysis.db, file.0).len()));
            on_done();
        };
        let tell = |analysis: &mut Self, file: &FileId| surviving(|| analysis.diagnostics(*file));
        // The threads below must find this done: one that waited for it could not help to do it. If it is lost to a file,
        // so are the findings of that file.
        let _ = surviving(|| guarded(|| self.prepare()));
        // A mixin's file needs what is found in all that use it: one thread would go through them, and the others meet it and
        // wait at each.
        files.par_iter().for_each_with(self.clone(), check);
        files.par_iter().map_with(self.clone(), tell).collect()
    }

    /// The findings in a file that neither comments nor settings keep from being reported, with their severities as set,
    /// and what is to be said of those comments.
    pub(crate) fn reported(&self, file: FileId) -> (Vec<Reported<'_>>, Vec<Fixable>) {
        let policy = self.policy_of(self.path(file));
        let (findings, mut comments) = self.heard(file);
        comments.retain_mut(|it| {
            let severity = policy.severity(it.diagnostic.code, it.diagnostic.severity);
            it.diagnostic.severity = severity.unwrap_or(it.diagnostic.severity);
            severity.is_some()
        });
        let findings = findings.into_iter();
        let findings = findings
            .filter_map(|it| Some(Reported { finding: it, severity: policy.severity(it.code, it.severity)? }))
            .collect();
        (findings, comments)
    }

    pub(crate) fn diagnostic(&self, file: FileId, reported: Reported<'_>) -> Option<Diagnostic> {
        let Reported { finding, severity } = reported;
        let at = self.range_of(finding.at).filter(|it| it.file == file.0)?;
        let related = finding.related.iter().filter_map(|(anchor, message)| {
            let at = self.range_of(*anchor)?;
            Some(Related { file: FileId(at.file), range: at.range, message: message.clone() })
        });
        Some(Diagnostic {
            code: finding.code,
            severity,
            message: finding.message.clone(),
            range: at.range,
            url: page_url(finding.code),
            related: related.collect(),
        })
    }
}
