//! Going on after a fault of this program: what one file's text brings down is lost for that file alone.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::analysis::Cancelled;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A change came in meanwhile, each time it was tried.
    Cancelled,
    /// The analysis panicked.
    Panicked(String),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => write!(f, "it was changed meanwhile"),
            Self::Panicked(message) => write!(f, "internal error: {message}"),
        }
    }
}

/// An answer, also where the analysis panics.
///
/// # Errors
/// [`Lost`] tells why there is no answer.
pub fn surviving<T>(answer: impl Fn() -> Result<T, Cancelled>) -> Result<T, Lost> {
    // Whoever waits for what another thread panics on is told that it was cancelled. Asked again it panics itself.
    for _ in 0..2 {
        match catch_unwind(AssertUnwindSafe(&answer)) {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(Cancelled)) => {}
            Err(panic) => return Err(Lost::Panicked(text_of(panic.as_ref()))),
        }
    }
    Err(Lost::Cancelled)
}

/// What a panic says.
pub(crate) fn text_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("?").to_owned()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_panic_is_told_and_a_cancelled_answer_asked_for_again() {
        let asked = Cell::new(0);
        let second = || {
            asked.set(asked.get() + 1);
            if asked.get() == 1 { Err(Cancelled) } else { Ok(asked.get()) }
        };
        assert_eq!(surviving(second), Ok(2));
        assert_eq!(surviving(|| Err::<(), _>(Cancelled)), Err(Lost::Cancelled));
        let broken = || -> Result<(), Cancelled> { panic!("no {}", "luck") };
        assert_eq!(surviving(broken), Err(Lost::Panicked("no luck".to_owned())));
    }
}
