//! How many findings there are of each rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::human::summary;
use crate::report::{Report, Summary, severity_name};

#[derive(Serialize)]
struct Statistics<'a> {
    statistics: Vec<OfRule>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct OfRule {
    code: &'static str,
    severity: &'static str,
    count: usize,
}

/// The rules, those with most findings first.
fn counts(report: &Report) -> Vec<OfRule> {
    let mut counts = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((finding.code, severity_name(finding.severity))).or_default() += 1;
    }
    let mut res: Vec<_> =
        counts.into_iter().map(|((code, severity), count)| OfRule { code, severity, count }).collect();
    res.sort_by_key(|it| std::cmp::Reverse(it.count));
    res
}

pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for OfRule { code, severity, count } in counts(report) {
        writeln!(out, "{count:>6}  {severity:<7}  {code}")?;
    }
    writeln!(out, "{}", summary(&report.summary))
}

pub(crate) fn write_json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    super::json::write(&Statistics { statistics: counts(report), summary: &report.summary }, out)
}
