//! The findings of a file, with ranges.

use rayon::prelude::*;
use relmodel_rules::{Finding, Severity, file_findings};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};

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

impl Analysis {
    /// The findings that stand in a file, sorted by range.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn diagnostics(&self, file: FileId) -> Result<Vec<Diagnostic>, Cancelled> {
        guarded(|| {
            let findings = self.reported(file).into_iter();
            let mut res: Vec<Diagnostic> = findings.filter_map(|it| self.diagnostic(file, it)).collect();
            res.sort_by(|a, b| (a.range, a.code).cmp(&(b.range, b.code)));
            res
        })
    }

    /// The findings of several files, worked out side by side, in the order of the files.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn diagnostics_of(&self, files: &[FileId]) -> Result<Vec<Vec<Diagnostic>>, Cancelled> {
        files.par_iter().map_with(self.clone(), |analysis, file| analysis.diagnostics(*file)).collect()
    }

    /// The findings in a file that settings do not turn off, with their severities as set.
    pub(crate) fn reported(&self, file: FileId) -> Vec<Reported<'_>> {
        let policy = self.policy_of(self.path(file));
        let findings = file_findings(&self.db, file.0).iter();
        findings
            .filter_map(|it| Some(Reported { finding: it, severity: policy.severity(it.code, it.severity)? }))
            .collect()
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
            url: format!("{PAGES}/{}.md", finding.code),
            related: related.collect(),
        })
    }
}
