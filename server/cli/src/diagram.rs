//! `relmodel diagram`: the mapped classes and tables with what links them.

use relmodel_ide::{Around, Diagram};
use relmodel_workspace::Overrides;

use crate::Status;
use crate::arguments::DiagramFormat;
use crate::output::Output;
use crate::progress::Progress;
use crate::projects::Paths;

pub(crate) fn run(paths: &[String], format: DiagramFormat, around: Option<&Around>, output: &mut Output) -> Status {
    let paths = Paths::new(paths, output);
    let mut all = Diagram::default();
    for project in paths.load(&Overrides::default(), &Progress::start(), output) {
        match project.analysis.diagram(&project.files) {
            Ok(diagram) => all.add(diagram),
            Err(_) => output.complain("a project was changed while its diagram was drawn"),
        }
    }
    if let Some(around) = around {
        let Some(near) = all.around(around) else {
            output.complain(format_args!("there is no mapped class or table `{}`", around.name));
            return output.finish(Ok(()), Status::Unusable);
        };
        all = near;
    }
    let written = output.result().write_all(all.render(format.into()).as_bytes());
    output.finish(written, Status::Clean)
}
