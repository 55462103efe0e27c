//! Which files of projects change while `check --watch` runs.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long nothing must change before what changed is looked at: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// Files that are settings.
const SETTINGS: &[&str] = &["pyproject.toml", "relmodel.toml"];

/// Folders in which much happens that concerns nobody.
const PASSED_OVER: &[&str] = &[".git", "__pycache__", "node_modules"];

/// Follows the changes below some folders.
pub(crate) struct Watcher {
    /// Kept, because it ends with it.
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Watcher {
    /// Begins to follow.
    ///
    /// # Errors
    /// If the system does not tell of changes there.
    pub(crate) fn new<'a>(folders: impl IntoIterator<Item = &'a PathBuf>) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender)?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { _watcher: watcher, events })
    }

    /// Waits for changes that matter; `None` if there will be none.
    pub(crate) fn next(&self) -> Option<Vec<PathBuf>> {
        let mut res = Vec::new();
        loop {
            let event = if res.is_empty() {
                self.events.recv().ok()?
            } else {
                match self.events.recv_timeout(QUIET) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => return Some(res),
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            };
            let Ok(event) = event else { continue };
            if !event.kind.is_access() {
                res.extend(event.paths.into_iter().filter(|it| matters(it)));
            }
        }
    }
}

/// Whether a path may be a source, settings, or a folder of such.
fn matters(path: &Path) -> bool {
    if path.iter().any(|it| PASSED_OVER.iter().any(|name| it == *name)) {
        return false;
    }
    match path.extension() {
        Some(extension) => extension == "py" || SETTINGS.iter().any(|it| path.ends_with(it)),
        None => !path.is_file(),
    }
}
