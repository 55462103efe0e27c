//! The binary `relmodel`: a language server, and the same knowledge on the command line.

mod arguments;
mod check;
mod completions;
mod diagram;
mod explain;
mod fixing;
mod inspect;
mod man;
mod output;
mod progress;
mod projects;
mod report;
mod reporters;
mod settings;
mod watching;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::output::Output;

/// Facts are many small allocations made by all threads at once, and so are syntax trees. Allocators that are slow at this
/// are replaced; the others keep less memory for themselves. Large pages would cost more to clear than they save.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Server { .. } => match relmodel_lsp::run() {
            Ok(code) => code,
            Err(error) => {
                Output::standard().complain(format_args!("the server cannot be started: {error}"));
                Status::Unusable.into()
            }
        },
        Command::Check(arguments) => check::run(&arguments, &mut Output::standard()).into(),
        Command::Inspect { paths, format } => inspect::run(&paths, format, &mut Output::standard()).into(),
        Command::Diagram { paths, format, around, depth } => {
            let around = around.map(|name| relmodel_ide::Around { name, depth });
            diagram::run(&paths, format, around.as_ref(), &mut Output::standard()).into()
        }
        Command::Explain { code } => explain::run(&code, &mut Output::standard()).into(),
        Command::Completions { shell } => completions::run(shell, &mut Output::standard()).into(),
        Command::Man { folder } => man::run(&folder, &mut Output::standard()).into(),
    }
}

/// What a run came to, as its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// No errors: 0.
    Clean,
    /// Errors were found: 1.
    Errors,
    /// Something could not be used or read: 2. What could be done was done.
    Unusable,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Errors => 1,
            Status::Unusable => 2,
        })
    }
}
