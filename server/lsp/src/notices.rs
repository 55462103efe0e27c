//! What the server tells the user of its own accord: progress while indexing, and files it cannot use.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use relmodel_workspace::Problem;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::ls_types::{MessageType, ProgressToken};
use tower_lsp::{Bounded, Client, NotCancellable, OngoingProgress};

/// How long a client may take to allow progress to be shown.
const PATIENCE: Duration = Duration::from_secs(5);
/// More problems than this go to the log only: one message each would bury the editor.
const MAX_MESSAGES: usize = 5;

/// Something to tell.
pub(crate) enum Notice {
    /// A folder of this name is being loaded.
    IndexingBegins(String),
    /// How far it has come, and in percent.
    IndexingGoesOn(String, u32),
    /// It is loaded.
    IndexingEnds,
    /// A file cannot be used.
    Problem(Problem),
    /// For the log.
    Log(String),
}

/// Where notices are sent to. Sending never waits.
#[derive(Clone)]
pub(crate) struct Notices {
    progress: UnboundedSender<Notice>,
    messages: UnboundedSender<Notice>,
    shows_progress: Arc<AtomicBool>,
}

impl Notices {
    /// Starts telling `client`.
    pub(crate) fn start(client: &Client) -> Self {
        let (progress, progress_queue) = unbounded_channel();
        let (messages, message_queue) = unbounded_channel();
        // Two tasks, so that a client that does not answer about progress still hears of problems.
        tokio::spawn(tell_progress(client.clone(), progress_queue));
        tokio::spawn(tell_messages(client.clone(), message_queue));
        Self { progress, messages, shows_progress: Arc::default() }
    }

    /// From now on progress is shown.
    pub(crate) fn show_progress(&self) {
        self.shows_progress.store(true, Ordering::Relaxed);
    }

    /// Tells something.
    pub(crate) fn send(&self, notice: Notice) {
        let queue = match notice {
            Notice::Problem(_) | Notice::Log(_) => &self.messages,
            _ if self.shows_progress.load(Ordering::Relaxed) => &self.progress,
            _ => return,
        };
        let _ = queue.send(notice);
    }
}

async fn tell_messages(client: Client, mut queue: UnboundedReceiver<Notice>) {
    let mut shown = 0;
    while let Some(notice) = queue.recv().await {
        match notice {
            Notice::Problem(problem) if shown < MAX_MESSAGES => {
                shown += 1;
                client.show_message(MessageType::WARNING, format!("relmodel: {problem}")).await;
            }
            Notice::Problem(problem) => client.log_message(MessageType::WARNING, problem).await,
            Notice::Log(message) => client.log_message(MessageType::ERROR, message).await,
            Notice::IndexingBegins(_) | Notice::IndexingGoesOn(..) | Notice::IndexingEnds => {}
        }
    }
}

async fn tell_progress(client: Client, mut queue: UnboundedReceiver<Notice>) {
    let mut ongoing: Option<OngoingProgress<Bounded, NotCancellable>> = None;
    let mut count = 0;
    while let Some(notice) = queue.recv().await {
        match notice {
            Notice::IndexingBegins(name) => {
                count += 1;
                ongoing = begin(&client, ProgressToken::String(format!("relmodel/indexing/{count}")), name).await;
            }
            Notice::IndexingGoesOn(message, percent) => {
                if let Some(progress) = &ongoing {
                    progress.report_with_message(message, percent).await;
                }
            }
            Notice::IndexingEnds => {
                if let Some(progress) = ongoing.take() {
                    progress.finish().await;
                }
            }
            Notice::Problem(_) | Notice::Log(_) => {}
        }
    }
}

async fn begin(
    client: &Client,
    token: ProgressToken,
    name: String,
) -> Option<OngoingProgress<Bounded, NotCancellable>> {
    let created = tokio::time::timeout(PATIENCE, client.create_work_done_progress(token.clone())).await;
    if !matches!(created, Ok(Ok(()))) {
        return None;
    }
    Some(client.progress(token, "relmodel: indexing").with_message(name).with_percentage(0).begin().await)
}
