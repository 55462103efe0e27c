//! `relmodel man`: the manual pages of all commands.

use std::path::Path;

use clap::CommandFactory;

use crate::Status;
use crate::arguments::Arguments;
use crate::output::Output;

pub(crate) fn run(folder: &Path, output: &mut Output) -> Status {
    let pages = || clap_mangen::generate_to(Arguments::command().disable_help_subcommand(true), folder);
    let written = std::fs::create_dir_all(folder).and_then(|()| pages());
    output.finish(written, Status::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_page_for_each_command() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("not/there/yet");
        assert_eq!(run(&folder, &mut Output::standard()), Status::Clean);
        for page in ["relmodel.1", "relmodel-check.1", "relmodel-server.1", "relmodel-completions.1"] {
            let text = std::fs::read_to_string(folder.join(page)).unwrap();
            assert!(text.contains(".SH NAME"), "{page}");
        }
    }
}
