//! `relmodel check`: findings for people and programs.

use std::time::Instant;

use crate::Status;
use crate::arguments::CheckFormat;
use crate::output::Output;
use crate::projects::Paths;
use crate::report::Report;
use crate::reporters;

pub(crate) fn run(paths: &[String], format: CheckFormat, output: &mut Output) -> Status {
    let started = Instant::now();
    let paths = Paths::new(paths, output);
    let mut report = Report::default();
    for project in paths.load(output) {
        if report.add(&project, &paths).is_err() {
            output.complain("a project was changed while it was checked");
        }
        // The process is about to end; taking a project apart piece by piece would take longer than checking some files.
        std::mem::forget(project);
    }
    report.summary.milliseconds = started.elapsed().as_millis();

    let style = output.style();
    let written = match format {
        CheckFormat::Human => reporters::human::write(&report, style, output.result()),
        CheckFormat::Json => reporters::json::write(&report, output.result()),
    };
    output.finish(written, if report.summary.errors > 0 { Status::Errors } else { Status::Clean })
}
