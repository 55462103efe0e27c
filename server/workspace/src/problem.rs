//! What went wrong with a file that is not Python's fault: unreadable files, broken settings.

use std::fmt;
use std::path::PathBuf;

/// Something that kept the workspace layer from doing all it was asked. The rest goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file it is about.
    pub path: PathBuf,
    /// The line it is on, 1-based, where there is one.
    pub line: Option<u32>,
    /// What is wrong and what it means for the user.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file.
    pub fn of_file(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), line: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}
