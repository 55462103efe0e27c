//! `JUnit`'s XML, as continuous integration reads it: a suite for each file, a case for each finding. Errors are failed cases;
//! warnings and hints are skipped ones, which are shown and fail nothing.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};
use relmodel_ide::Severity;

use crate::report::{Finding, Report, severity_name};

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document::new("relmodel");
    for findings in report.findings.chunk_by(|a, b| a.place.path == b.place.path) {
        let Some(first) = findings.first() else { continue };
        let mut suite = TestSuite::new(first.place.path.as_str());
        suite.add_test_cases(findings.iter().map(case));
        document.add_test_suite(suite);
    }
    if report.findings.is_empty() {
        // Some readers take a document without a single case for a failure.
        let mut suite = TestSuite::new("relmodel");
        suite.add_test_case(TestCase::new("no findings", TestCaseStatus::success()));
        document.add_test_suite(suite);
    }
    document.serialize(&mut *out).map_err(io::Error::other)?;
    writeln!(out)
}

fn case(finding: &Finding) -> TestCase {
    let start = &finding.place.range.start;
    let place = format!("{}:{}:{}", finding.place.path, start.line, start.column);
    let mut status = match finding.severity {
        Severity::Error => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Severity::Warning | Severity::Hint => TestCaseStatus::skipped(),
    };
    status.set_message(finding.message.as_str());
    status.set_type(severity_name(finding.severity));
    status.set_description(format!("{place}: {}\n{}", finding.message, finding.url));
    let mut res = TestCase::new(format!("{} ({}:{})", finding.code, start.line, start.column), status);
    res.set_classname(finding.place.path.as_str());
    res
}
