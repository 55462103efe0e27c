//! GitLab's code quality report.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::HashMap;
use std::io::{self, Write};

use relmodel_ide::Severity;
use serde::Serialize;

use crate::report::{Finding, Report};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut seen = HashMap::new();
    let issues: Vec<_> = report.findings.iter().map(|it| issue(it, &mut seen)).collect();
    super::json::write(&issues, out)
}

fn issue<'a>(finding: &'a Finding, seen: &mut HashMap<u64, u64>) -> Issue<'a> {
    // GitLab takes findings of two branches for one by it, so it must not change when lines above do.
    let print = fingerprint(finding);
    let nth = seen.entry(print).or_default();
    let fingerprint = format!("{:016x}", fold(print, &nth.to_le_bytes()));
    *nth += 1;
    let range = &finding.place.range;
    Issue {
        description: &finding.message,
        check_name: finding.code,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Hint => "info",
        },
        location: Location {
            path: finding.place.path.trim_start_matches("./"),
            lines: Lines { begin: range.start.line, end: range.end.line },
        },
    }
}

/// A number for a finding, the same wherever it stands in its file.
pub(super) fn fingerprint(finding: &Finding) -> u64 {
    let parts = [finding.code, &finding.place.path, &finding.message];
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| fold(fold(hash, part.as_bytes()), &[0]))
}

/// FNV-1a, which is the same on every machine and in every version.
fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
