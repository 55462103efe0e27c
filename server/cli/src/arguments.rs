//! What the command line accepts.

use clap::{Parser, Subcommand, ValueEnum};

/// Checks `SQLAlchemy` models without running them.
#[derive(Debug, Parser)]
#[command(name = "relmodel", version, about = "Checks SQLAlchemy models without running them", max_term_width = 100)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "these comments are the help text")]
pub(crate) enum Command {
    /// Serve an editor over standard input and output
    #[command(alias = "lsp")]
    Server {
        /// Accepted because some editors pass it; there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Report what SQLAlchemy would raise or warn of
    Check {
        /// Files and folders
        #[arg(value_name = "PATH", default_value = ".")]
        paths: Vec<String>,
        /// How to print findings
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
    },
    /// Print the mapped classes, tables and relationships that were resolved
    Inspect {
        /// Files and folders
        #[arg(value_name = "PATH", default_value = ".")]
        paths: Vec<String>,
        /// How to print them
        #[arg(long, value_enum, default_value_t)]
        format: InspectFormat,
    },
    /// Print the page of a rule
    Explain {
        /// The rule's code, such as `back-populates-missing`
        code: String,
    },
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: each finding with its lines of source
    #[default]
    Human,
    /// For programs: one object
    Json,
}

/// How the model is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For programs: one object
    #[default]
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_editors_pass_is_accepted() {
        for words in [["relmodel", "server", "--stdio"], ["relmodel", "lsp", "--stdio"]] {
            let parsed = Arguments::try_parse_from(words).unwrap();
            assert!(matches!(parsed.command, Command::Server { stdio: true }));
        }
    }
}
