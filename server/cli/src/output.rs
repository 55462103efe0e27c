//! Where a run writes to: its result, and complaints about what could not be used.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::Status;

/// Whether the result may be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Plain text.
    Plain,
    /// With colours, for a terminal.
    Coloured,
}

/// The two streams of a run.
pub(crate) struct Output {
    result: Box<dyn Write>,
    complaints: Box<dyn Write>,
    style: Style,
    complained: bool,
}

impl Output {
    /// The process's own streams. Colours only on a terminal that wants them.
    pub(crate) fn standard() -> Self {
        let stdout = io::stdout();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty())
            || std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        let style = if stdout.is_terminal() && !unwanted { Style::Coloured } else { Style::Plain };
        Self {
            result: Box::new(io::BufWriter::new(stdout)),
            complaints: Box::new(io::stderr()),
            style,
            complained: false,
        }
    }

    /// Lets the result go to a file, which begins empty.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn write_to(&mut self, file: &Path) -> io::Result<()> {
        self.result = Box::new(io::BufWriter::new(File::create(file)?));
        self.style = Style::Plain;
        Ok(())
    }

    /// Whether the result may be coloured.
    pub(crate) fn style(&self) -> Style {
        self.style
    }

    /// Where the result goes.
    pub(crate) fn result(&mut self) -> &mut dyn Write {
        &mut self.result
    }

    /// Says what could not be used. The run goes on, but its status will tell.
    pub(crate) fn complain(&mut self, message: impl Display) {
        self.complained = true;
        // There is nowhere left to say that this could not be said.
        let _ = writeln!(self.complaints, "relmodel: {message}");
    }

    /// Says something beside the result that is no complaint.
    pub(crate) fn note(&mut self, message: impl Display) {
        let _ = writeln!(self.complaints, "{message}");
    }

    /// Finishes the result. The status is what it would be, unless something could not be used or written.
    pub(crate) fn finish(&mut self, written: io::Result<()>, status: Status) -> Status {
        match written.and_then(|()| self.result.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => self.complain(format_args!("the result cannot be written: {error}")),
            Ok(()) => {}
        }
        if self.complained { Status::Unusable } else { status }
    }
}
