//! One file per feature. A handler converts and asks; it does not compute.

pub(crate) mod code_action;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod diagram;
pub(crate) mod document_text;
pub(crate) mod hover;
pub(crate) mod lifecycle;
pub(crate) mod text_sync;
pub(crate) mod workspace;
