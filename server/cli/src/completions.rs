//! `relmodel completions`: what a shell needs to complete the commands.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::Status;
use crate::arguments::Arguments;
use crate::output::Output;

pub(crate) fn run(shell: Shell, output: &mut Output) -> Status {
    // The library ends the program where it cannot write, as it does for a pipe that was closed; a buffer always can.
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "relmodel", &mut script);
    let written = output.result().write_all(&script);
    output.finish(written, Status::Clean)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_learns_every_command() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            generate(*shell, &mut Arguments::command(), "relmodel", &mut script);
            let script = String::from_utf8(script).unwrap();
            for command in Arguments::command().get_subcommands().filter(|it| !it.is_hide_set()) {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }
}
