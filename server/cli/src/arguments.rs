//! What the command line accepts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    Check(CheckArguments),
    /// Print the mapped classes, tables and relationships that were resolved
    Inspect {
        /// Files and folders
        #[arg(value_name = "PATH", default_value = ".")]
        paths: Vec<String>,
        /// How to print them
        #[arg(long, value_enum, default_value_t)]
        format: InspectFormat,
    },
    /// Draw the mapped classes and tables with what links them
    Diagram {
        /// Files and folders
        #[arg(value_name = "PATH", default_value = ".")]
        paths: Vec<String>,
        /// How to draw
        #[arg(long, value_enum, default_value_t)]
        format: DiagramFormat,
        /// Only what is near the class or table of this name
        #[arg(long, value_name = "NAME")]
        around: Option<String>,
        /// How many links away
        #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
        depth: usize,
    },
    /// Print the page of a rule
    Explain {
        /// The rule's code, such as `back-populates-missing`
        code: String,
    },
    /// Print what a shell needs to complete these commands
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of all commands into a folder, for packages
    #[command(hide = true)]
    Man {
        /// The folder, which is there
        folder: PathBuf,
    },
}

/// What is checked, and how it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct CheckArguments {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".", conflicts_with = "stdin_filename")]
    pub paths: Vec<String>,
    /// What stands above the project's settings
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// How findings are told
    #[command(flatten)]
    pub reporting: Reporting,
    /// How to fix what can be fixed
    #[command(flatten)]
    pub fixing: Fixing,
    /// Check this file alone, with its text from standard input; all other files are those on disk
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "watch"])]
    pub stdin_filename: Option<String>,
    /// Check again whenever files change
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub watch: bool,
}

/// How findings are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct Reporting {
    /// How to print findings
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Count the findings of each rule instead of printing them (human, concise and json)
    #[arg(long)]
    pub statistics: bool,
    /// End with status 0 also where errors were found
    #[arg(long)]
    pub exit_zero: bool,
}

/// What stands above the settings of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct SettingsArguments {
    /// Report these rules only: codes, beginnings such as `fk-*`, or `all`
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not report these rules
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// A file of settings instead of the project's, or one setting in TOML: 'sqlalchemy = \"1.4\"'
    #[arg(long, value_name = "FILE|SETTING")]
    pub config: Vec<String>,
}

/// What is done about findings that can be fixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Fixing {
    /// Fix what there is only one way to mean, and report what is left
    #[arg(long)]
    pub fix: bool,
    /// Also choose where there are several ways, and change tables; implies --fix
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long)]
    pub diff: bool,
    /// Say of each finding how it can be fixed (JSON only)
    #[arg(long)]
    pub show_fixes: bool,
}

impl Fixing {
    /// Whether anything is to be fixed.
    pub(crate) fn is_on(self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: each finding with its lines of source
    #[default]
    Human,
    /// One line for each finding
    Concise,
    /// For programs: one object
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// `JUnit`'s XML
    Junit,
}

/// How the model is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// For programs: one object
    #[default]
    Json,
}

/// How a diagram is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagramFormat {
    /// An `erDiagram`, which code hosts draw in Markdown
    #[default]
    Mermaid,
    /// For Graphviz
    Dot,
    /// A drawing
    Svg,
}

impl From<DiagramFormat> for relmodel_ide::DiagramFormat {
    fn from(format: DiagramFormat) -> Self {
        match format {
            DiagramFormat::Mermaid => Self::Mermaid,
            DiagramFormat::Dot => Self::Dot,
            DiagramFormat::Svg => Self::Svg,
        }
    }
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
