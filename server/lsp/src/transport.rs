//! The session's loop: reads messages, calls the service in order of arrival, writes what comes back.
//!
//! It stands in for the server library's own loop for four reasons: that one ends at the first malformed message,
//! lets four slow requests block every other message, does not survive a handler's panic, and gives no say in when a
//! handler starts. Here every handler runs up to its first wait before the next message is read, so what it does
//! until then happens in the order in which the client spoke.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

use crate::framing::Framer;

/// How long the last answers may take to be written when the session ends.
const FLUSH: Duration = Duration::from_secs(2);

/// What a client may send.
enum Message {
    Request(Request),
    Response(Response),
    /// Something else; the answer to it, if one is due.
    Malformed(Option<Response>),
}

/// Serves until the client says `exit` or the input ends.
pub(crate) async fn serve<S: LanguageServer>(
    mut input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    mut service: LspService<S>,
    socket: ClientSocket,
) {
    let (outbox, queue) = unbounded_channel();
    let writing = tokio::spawn(write_all(output, queue));
    let (mut requests, mut responses) = socket.split();
    let own_requests = {
        let outbox = outbox.clone();
        tokio::spawn(async move {
            while let Some(request) = requests.next().await {
                send(&outbox, &request);
            }
        })
    };

    let mut framer = Framer::default();
    let mut buffer = vec![0; 64 * 1024];
    'session: loop {
        while let Some(frame) = framer.next() {
            let message = frame.map_or_else(
                |malformed| {
                    tracing::warn!("malformed message: {}", malformed.0);
                    Message::Malformed(Some(Response::from_error(Id::Null, Error::parse_error())))
                },
                |content| classify(&content),
            );
            match message {
                Message::Request(request) => {
                    let is_exit = request.method() == "exit";
                    start(&mut service, request, &outbox).await;
                    if is_exit {
                        break 'session;
                    }
                }
                Message::Response(response) => {
                    let _ = futures::SinkExt::send(&mut responses, response).await;
                }
                Message::Malformed(answer) => answer.iter().for_each(|it| send(&outbox, it)),
            }
        }
        match input.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(count) => framer.push(&buffer[..count]),
        }
    }

    own_requests.abort();
    drop(outbox);
    let _ = tokio::time::timeout(FLUSH, writing).await;
}

/// Runs a handler up to its first wait, and the rest of it beside everything else.
async fn start<S: LanguageServer>(service: &mut LspService<S>, request: Request, outbox: &UnboundedSender<Vec<u8>>) {
    let (id, method) = (request.id().cloned(), request.method().to_owned());
    let failed = move |panic: Box<dyn Any + Send>| {
        tracing::error!(method, "the handler panicked: {}", text_of(panic.as_ref()));
        id.map(|id| Response::from_error(id, Error::new(ErrorCode::InternalError)))
    };
    if futures::future::poll_fn(|context| service.poll_ready(context)).await.is_err() {
        return;
    }
    let handler = AssertUnwindSafe(service.call(request)).catch_unwind();
    let mut answer = Box::pin(async move {
        match handler.await {
            Ok(answer) => answer.ok().flatten(),
            Err(panic) => failed(panic),
        }
    });
    match futures::poll!(&mut answer) {
        std::task::Poll::Ready(answer) => answer.iter().for_each(|it| send(outbox, it)),
        std::task::Poll::Pending => {
            let outbox = outbox.clone();
            tokio::spawn(async move { answer.await.iter().for_each(|it| send(&outbox, it)) });
        }
    }
}

/// What a handler's panic said.
pub(crate) fn text_of(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?")
}

fn classify(content: &[u8]) -> Message {
    if content.is_empty() {
        return Message::Malformed(None);
    }
    let Ok(value) = serde_json::from_slice::<Value>(content) else {
        tracing::warn!("a message is not JSON");
        return Message::Malformed(Some(Response::from_error(Id::Null, Error::parse_error())));
    };
    let id = value.get("id").cloned().and_then(|it| serde_json::from_value(it).ok());
    let is_response = value.get("method").is_none() && (value.get("result").is_some() || value.get("error").is_some());
    let parsed = if is_response {
        serde_json::from_value(value).map(Message::Response).map_err(|_| None)
    } else if value.get("method").is_some_and(Value::is_string) {
        serde_json::from_value(value).map(Message::Request).map_err(|_| Some(id))
    } else {
        Err(Some(id))
    };
    parsed.unwrap_or_else(|due| {
        tracing::warn!("a message is no request, notification or response");
        let answer = due.map(|id| Response::from_error(id.unwrap_or(Id::Null), Error::invalid_request()));
        Message::Malformed(answer)
    })
}

fn send(outbox: &UnboundedSender<Vec<u8>>, message: &impl serde::Serialize) {
    match serde_json::to_vec(message) {
        Ok(content) => {
            let _ = outbox.send(content);
        }
        Err(error) => tracing::error!("a message cannot be written as JSON: {error}"),
    }
}

/// Writes messages until there can come no more, or the client does not listen any more.
async fn write_all(mut output: impl AsyncWrite + Unpin, mut queue: UnboundedReceiver<Vec<u8>>) {
    while let Some(content) = queue.recv().await {
        let mut message = format!("Content-Length: {}\r\n\r\n", content.len()).into_bytes();
        message.extend_from_slice(&content);
        let is_written = output.write_all(&message).await.is_ok();
        // Several messages that wait are written before one flush.
        if !is_written || (queue.is_empty() && output.flush().await.is_err()) {
            tracing::info!("the client does not listen any more");
            return;
        }
    }
}
