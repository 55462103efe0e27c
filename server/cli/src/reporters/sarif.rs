//! SARIF 2.1.0, the form in which code scanning takes findings.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use relmodel_ide::{RuleInfo, Severity, rule_infos};
use serde_json::{Value, json};

use super::gitlab::fingerprint;
use crate::report::{Finding, Fix, Place, Range, Report};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a path of a URI may not hold as it is.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let used: Vec<&RuleInfo> =
        rule_infos().iter().filter(|it| report.findings.iter().any(|found| found.code == it.code)).collect();
    let driver = json!({
        "name": "relmodel",
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "version": version,
        "semanticVersion": version,
        "rules": used.iter().map(|it| rule(it, report)).collect::<Vec<_>>(),
    });
    let results: Vec<_> = report.findings.iter().map(|it| result(it, &used)).collect();
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    super::json::write(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }), out)
}

fn rule(info: &RuleInfo, report: &Report) -> Value {
    let url = report.findings.iter().find(|it| it.code == info.code).map(|it| it.url.as_str());
    json!({
        "id": info.code,
        "shortDescription": { "text": info.summary },
        "help": { "text": info.summary, "markdown": info.page },
        "helpUri": url,
        "defaultConfiguration": { "level": level(info.severity) },
    })
}

fn result(finding: &Finding, rules: &[&RuleInfo]) -> Value {
    let mut res = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": location(&finding.place) }],
        "partialFingerprints": { "relmodel/v1": format!("{:016x}", fingerprint(finding)) },
    });
    res["ruleIndex"] = json!(rules.iter().position(|it| it.code == finding.code));
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(
            |(id, it)| json!({ "id": id, "physicalLocation": location(&it.place), "message": { "text": it.message } }),
        );
        res["relatedLocations"] = related.collect();
    }
    if let Some(fixes) = finding.fixes.as_ref().filter(|it| !it.is_empty()) {
        res["fixes"] = fixes.iter().map(fix).collect();
    }
    res
}

fn fix(fix: &Fix) -> Value {
    let changes = fix.edits.chunk_by(|a, b| a.place.path == b.place.path).map(|edits| {
        let replacements = edits
            .iter()
            .map(|it| json!({ "deletedRegion": region(&it.place.range), "insertedContent": { "text": it.text } }));
        let uri = edits.first().map(|it| uri(&it.place.path));
        json!({ "artifactLocation": { "uri": uri }, "replacements": replacements.collect::<Vec<_>>() })
    });
    json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

fn location(place: &Place) -> Value {
    json!({ "artifactLocation": { "uri": uri(&place.path) }, "region": region(&place.range) })
}

fn region(range: &Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
    })
}

/// A path as a URI: what is absolute names its scheme, and the rest is relative to where the program ran.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path.trim_start_matches("./"), RESERVED);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [_, b':', ..] => format!("file:///{encoded}"),
        _ => encoded.to_string(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("./a b/ü#.py"), "a%20b/%C3%BC%23.py");
        assert_eq!(uri("/w/a.py"), "file:///w/a.py");
        assert_eq!(uri("C:/w/a.py"), "file:///C:/w/a.py");
    }
}
