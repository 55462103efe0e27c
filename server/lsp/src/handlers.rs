//! One file per feature. A handler converts and asks; it does not compute.

pub(crate) mod code_action;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod diagram;
pub(crate) mod document_link;
pub(crate) mod document_text;
pub(crate) mod file_rename;
pub(crate) mod hover;
pub(crate) mod inlay_hint;
pub(crate) mod lifecycle;
pub(crate) mod outline;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod semantic_tokens;
pub(crate) mod status;
pub(crate) mod text_sync;
pub(crate) mod type_hierarchy;
pub(crate) mod workspace;
