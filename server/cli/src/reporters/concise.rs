//! One line for each finding.

use std::io::{self, Write};

use super::human::summary;
use crate::report::{Report, severity_name};

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let (path, start) = (&finding.place.path, &finding.place.range.start);
        let severity = severity_name(finding.severity);
        let (line, column) = (start.line, start.column);
        writeln!(out, "{path}:{line}:{column}: {severity}[{}]: {}", finding.code, finding.message)?;
    }
    writeln!(out, "{}", summary(&report.summary))
}
