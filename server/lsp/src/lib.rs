//! The language server: the only crate that knows the protocol and async.
//!
//! A message's way: `transport` reads it and calls the service in order of arrival; handlers convert and either put
//! an event into the queue of the one `writer` thread, or take a snapshot from that same queue and compute an answer
//! on a pool thread. What a snapshot says is never older than the events that came before the request.

mod answered;
mod configuration;
mod convert;
mod documents;
mod early;
mod findings;
mod framing;
mod handlers;
mod logging;
mod negotiation;
mod notices;
mod ordering;
mod parent;
mod places;
mod publish;
mod read;
mod server;
mod session;
mod transport;
mod watching;
mod writer;

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use tower_lsp::LspService;

use crate::server::Server;

/// Threads that run handlers' code between their waits. Answers are computed on a pool of their own.
const WORKERS: usize = 2;
/// Threads that compute answers. A snapshot that waits for one of them keeps the writer waiting, so there are more
/// than processors.
const READERS: usize = 16;

/// Serves one client over standard input and output until it says `exit`, closes the input, or dies.
///
/// # Errors
/// If threads cannot be started.
pub fn run() -> io::Result<ExitCode> {
    logging::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(READERS)
        .enable_time()
        .build()?;
    let was_shut_down = runtime.block_on(async {
        let (service, socket) = LspService::build(Server::new)
            .custom_method(handlers::document_text::METHOD, Server::document_text)
            .custom_method(handlers::diagram::METHOD, Server::diagram)
            .custom_method(handlers::status::METHOD, Server::status)
            .finish();
        let session = service.inner().session();
        transport::serve(tokio::io::stdin(), tokio::io::stdout(), service, socket).await;
        session.was_shut_down()
    });
    // A thread that still reads standard input would keep the process alive.
    runtime.shutdown_timeout(Duration::from_millis(100));
    Ok(if was_shut_down { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
