//! Leaves when the client's process is gone, even if something else keeps the input open.

use std::thread;
use std::time::Duration;

/// How often the client's process is looked for.
const INTERVAL: Duration = Duration::from_secs(1);

/// Watches the process with this id from now on. A process that cannot be seen at all, as from inside a container, is
/// not watched.
pub(crate) fn watch(process: u32) {
    if !is_alive(process) {
        tracing::info!(process, "the client's process cannot be seen; it is not watched");
        return;
    }
    let watching = thread::Builder::new().name("parent".to_owned()).spawn(move || {
        while is_alive(process) {
            thread::sleep(INTERVAL);
        }
        tracing::warn!(process, "the client's process is gone");
        std::process::exit(1);
    });
    if let Err(error) = watching {
        tracing::warn!("the client's process is not watched: {error}");
    }
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let id = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    // Any error but "no such process" speaks of a process that is there.
    id.is_some_and(|it| rustix::process::test_kill_process(it) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of the input tells.
#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    false
}
