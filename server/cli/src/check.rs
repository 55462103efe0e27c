//! `relmodel check`: findings for people and programs.

use std::time::Instant;

use crate::Status;
use crate::arguments::{CheckFormat, Fixing, SettingsArguments};
use crate::fixing::Fixed;
use crate::output::Output;
use crate::projects::Paths;
use crate::report::Report;
use crate::{reporters, settings};

pub(crate) fn run(
    paths: &[String],
    format: CheckFormat,
    settings: &SettingsArguments,
    fixing: Fixing,
    output: &mut Output,
) -> Status {
    let started = Instant::now();
    let overrides = settings::overrides(settings, output);
    let paths = Paths::new(paths, output);
    let mut report = Report::default();
    let mut fixed = Fixed::default();
    for mut project in paths.load(&overrides, output) {
        let done = if fixing.is_on() { fixed.add(&mut project, &paths, fixing) } else { Ok(()) };
        if done.and_then(|()| report.add(&project, &paths, fixing)).is_err() {
            output.complain("a project was changed while it was checked");
        }
        // The process is about to end; taking a project apart piece by piece would take longer than checking some files.
        std::mem::forget(project);
    }
    report.summary.milliseconds = started.elapsed().as_millis();
    if fixing.diff {
        return fixed.show(&paths, output);
    }
    fixed.write(&paths, output);

    let style = output.style();
    let written = match format {
        CheckFormat::Human => reporters::human::write(&report, style, output.result()),
        CheckFormat::Json => reporters::json::write(&report, output.result()),
    };
    output.finish(written, if report.summary.errors > 0 { Status::Errors } else { Status::Clean })
}
