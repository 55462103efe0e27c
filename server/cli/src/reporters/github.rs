//! Workflow commands, which GitHub shows as annotations of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use relmodel_ide::Severity;

use crate::report::Report;

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let (start, end) = (&finding.place.range.start, &finding.place.range.end);
        let path = property(&finding.place.path);
        write!(out, "::{command} title=relmodel ({}),file={path},line={}", finding.code, start.line)?;
        // Columns are for a single line.
        if start.line == end.line {
            write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
        } else {
            write!(out, ",endLine={}", end.line)?;
        }
        let place = format!("{}:{}:{}", finding.place.path, start.line, start.column);
        writeln!(out, "::{}", data(&format!("{place}: {}", finding.message)))?;
    }
    Ok(())
}

/// A text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(data("50%\r\nof a: b, c"), "50%25%0D%0Aof a: b, c");
        assert_eq!(property("a,b:c%.py"), "a%2Cb%3Ac%25.py");
    }
}
