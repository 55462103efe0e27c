//! `relmodel check`: findings for people and programs.

use std::io::{self, Read as _};
use std::panic;
use std::time::Instant;

use crate::arguments::{CheckArguments, CheckFormat, Fixing, Reporting};
use crate::fixing::Fixed;
use crate::output::Output;
use crate::progress::Progress;
use crate::projects::{Paths, Project};
use crate::report::Report;
use crate::watching::Watcher;
use crate::{Status, reporters, settings};

pub(crate) fn run(arguments: &CheckArguments, output: &mut Output) -> Status {
    // A bug must not keep anybody from what is found elsewhere: what is lost to it is said file by file.
    panic::set_hook(Box::new(|it| eprintln_quietly(&format!("relmodel: internal error: {it}"))));
    let started = Instant::now();
    let CheckArguments { reporting, fixing, .. } = arguments;
    if let Some(file) = &reporting.output_file
        && let Err(error) = output.write_to(file)
    {
        output.complain(format_args!("{}: cannot be written: {error}", file.display()));
        return output.finish(Ok(()), Status::Unusable);
    }
    let overrides = settings::overrides(&arguments.settings, output);
    let paths = match &arguments.stdin_filename {
        Some(name) => Paths::unsaved(name),
        None => Paths::new(&arguments.paths, output),
    };
    let paths = paths.kept_up(arguments.watch || fixing.is_on() || arguments.stdin_filename.is_some());
    let progress = Progress::start();
    let mut projects = paths.load(&overrides, &progress, output);
    if arguments.stdin_filename.is_some() {
        read_unsaved(&mut projects, &paths, output);
    }
    let mut fixed = Fixed::default();
    if fixing.is_on() {
        for project in &mut projects {
            fixed.add(project, &paths, *fixing, output);
        }
    }
    if fixing.diff {
        progress.clear();
        return fixed.show(&paths, output);
    }
    fixed.write(&paths, output);
    let status = tell(&projects, &paths, (reporting, *fixing), (&progress, started), output);
    if arguments.watch {
        return watch(projects, &paths, arguments, output);
    }
    // The process is about to end; taking a project apart piece by piece would take longer than checking some files.
    std::mem::forget(projects);
    status
}

/// Reports what is found in projects.
fn tell(
    projects: &[Project],
    paths: &Paths,
    (reporting, fixing): (&Reporting, Fixing),
    (progress, started): (&Progress, Instant),
    output: &mut Output,
) -> Status {
    let mut report = Report::default();
    for project in projects {
        report.add(project, paths, fixing, progress);
    }
    report.summary.milliseconds = started.elapsed().as_millis();
    progress.clear();
    for lost in &report.lost {
        output.complain(lost);
    }
    let written = write(&report, reporting, output);
    let has_errors = report.summary.errors > 0 && !reporting.exit_zero;
    output.finish(written, if has_errors { Status::Errors } else { Status::Clean })
}

fn write(report: &Report, reporting: &Reporting, output: &mut Output) -> io::Result<()> {
    let style = output.style();
    if reporting.statistics {
        match reporting.format {
            CheckFormat::Human | CheckFormat::Concise => return reporters::statistics::write(report, output.result()),
            CheckFormat::Json => return reporters::statistics::write_json(report, output.result()),
            _ => output.complain("--statistics is for the formats human, concise and json; findings are printed"),
        }
    }
    match reporting.format {
        CheckFormat::Human => reporters::human::write(report, style, output.result()),
        CheckFormat::Concise => reporters::concise::write(report, output.result()),
        CheckFormat::Json => reporters::json::write(report, output.result()),
        CheckFormat::Github => reporters::github::write(report, output.result()),
        CheckFormat::Gitlab => reporters::gitlab::write(report, output.result()),
        CheckFormat::Sarif => reporters::sarif::write(report, output.result()),
        CheckFormat::Junit => reporters::junit::write(report, output.result()),
    }
}

/// Takes the text of the one file that is checked from standard input.
fn read_unsaved(projects: &mut [Project], paths: &Paths, output: &mut Output) {
    let mut content = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut content) {
        output.complain(format_args!("standard input cannot be read: {error}"));
    }
    let text = String::from_utf8_lossy(&content);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    for (project, key) in projects.iter_mut().zip(paths.keys()) {
        project.set_texts([(key, text)].into_iter(), 1);
    }
}

/// Reports again whenever files change, to the end of the process.
fn watch(mut projects: Vec<Project>, paths: &Paths, arguments: &CheckArguments, output: &mut Output) -> Status {
    let watcher = match Watcher::new(projects.iter().flat_map(|it| &it.roots)) {
        Ok(watcher) => watcher,
        Err(error) => {
            output.complain(format_args!("files cannot be watched: {error}"));
            return output.finish(Ok(()), Status::Unusable);
        }
    };
    output.note("watching for changes");
    while let Some(changed) = watcher.next() {
        let started = Instant::now();
        if let Some(file) = &arguments.reporting.output_file
            && let Err(error) = output.write_to(file)
        {
            output.complain(format_args!("{}: cannot be written: {error}", file.display()));
        }
        for project in &mut projects {
            project.disk_changed(&changed, paths, output);
        }
        let progress = Progress::start();
        tell(&projects, paths, (&arguments.reporting, arguments.fixing), (&progress, started), output);
    }
    output.finish(Ok(()), Status::Clean)
}

/// Says something of which nobody knows whether it can be said.
fn eprintln_quietly(message: &str) {
    use std::io::Write as _;
    let _ = writeln!(io::stderr(), "{message}");
}
