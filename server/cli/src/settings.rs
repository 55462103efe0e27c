//! What the command line sets above the settings of the projects.

use std::path::Path;

use relmodel_workspace::{Options, Overrides, normalize};

use crate::arguments::SettingsArguments;
use crate::output::Output;

/// What the arguments set; complains about what cannot be used.
pub(crate) fn overrides(arguments: &SettingsArguments, output: &mut Output) -> Overrides {
    let (mut options, mut problems) = Options::selecting(&arguments.select, &arguments.ignore);
    let mut file = None;
    for it in &arguments.config {
        if Path::new(it).is_file() {
            file = Some(normalize(Path::new(it)));
        } else if it.contains('=') {
            let (own, found) = Options::from_argument(it);
            options = options.over(own);
            problems.extend(found);
        } else {
            output.complain(format_args!("--config {it}: there is no such file, and it is no setting"));
        }
    }
    for problem in problems {
        output.complain(format_args!("{}: {}", problem.path.display(), problem.message));
    }
    Overrides { file, options }
}
