//! Logging to standard error; standard output belongs to the protocol.

use std::io;
use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// The environment variable that sets what is logged: a level (`debug`), or levels by module
/// (`relmodel_lsp=trace,warn`).
const VARIABLE: &str = "RELMODEL_LOG";

/// Starts logging. A second call does nothing.
pub(crate) fn start() {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).with_env_var(VARIABLE);
    let mut filter = filter.from_env_lossy();
    // salsa warns of queries that a cancelled one had begun; they are asked again.
    if let Ok(quiet) = "salsa=error".parse() {
        filter = filter.add_directive(quiet);
    }
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if subscriber.with_ansi(false).try_init().is_ok() {
        panic::set_hook(Box::new(|panic| tracing::error!("panic: {panic}")));
    }
}
