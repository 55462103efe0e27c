//! `relmodel inspect`: what the model resolved.

use relmodel_ide::Inspection;
use relmodel_workspace::Overrides;

use crate::Status;
use crate::arguments::InspectFormat;
use crate::output::Output;
use crate::progress::Progress;
use crate::projects::Paths;
use crate::reporters;

pub(crate) fn run(paths: &[String], format: InspectFormat, output: &mut Output) -> Status {
    let paths = Paths::new(paths, output);
    let mut all = Inspection::default();
    for project in paths.load(&Overrides::default(), &Progress::start(), output) {
        match project.analysis.inspect(&project.files) {
            Ok(inspection) => add(&mut all, inspection, &paths),
            Err(_) => output.complain("a project was changed while it was inspected"),
        }
    }
    let written = match format {
        InspectFormat::Json => reporters::json::write(&all, output.result()),
    };
    output.finish(written, Status::Clean)
}

/// Adds one project's to all, with paths as given on the command line.
fn add(all: &mut Inspection, mut inspection: Inspection, paths: &Paths) {
    let own = inspection.classes.iter_mut().map(|it| &mut it.path);
    let own = own.chain(inspection.tables.iter_mut().map(|it| &mut it.path));
    let own = own.chain(inspection.relationships.iter_mut().map(|it| &mut it.path));
    for path in own.chain(inspection.unknown.iter_mut().map(|it| &mut it.path)) {
        *path = paths.shown(path);
    }
    all.classes.append(&mut inspection.classes);
    all.tables.append(&mut inspection.tables);
    all.relationships.append(&mut inspection.relationships);
    all.unknown.append(&mut inspection.unknown);
}
