//! What an editor asks: one file per feature, over the model. Plain data in, plain data out; no protocol types,
//! no disk, no async.
//!
//! [`AnalysisHost`] is the one place where anything changes: the workspace layer applies a [`Change`] to it.
//! [`Analysis`] is a snapshot of it for readers, and answers from the state it was taken in.

mod actions;
mod analysis;
mod anchor;
mod changes;
mod code_lens;
mod completion;
mod definition;
mod diagnostics;
mod diagram;
mod directives;
mod document_links;
mod file_rename;
mod fixes;
mod hover;
mod ignores;
mod ignoring;
mod inlay_hints;
mod inspect;
mod names;
mod narrow;
mod outline;
mod policy;
mod references;
mod rename;
mod render;
mod surviving;
mod tokens;
mod type_hierarchy;

pub use analysis::{Analysis, AnalysisHost, Cancelled, Change, FileChange, FileChangeKind, FileId};
pub use code_lens::CodeLens;
pub use completion::{CompletionItem, CompletionKind};
pub use definition::{Definition, Target};
pub use diagnostics::{Diagnostic, Related};
pub use diagram::{Around, Cardinality, Diagram, DiagramFormat, Entity, EntityColumn, Link, LinkKind};
pub use document_links::DocumentLink;
pub use file_rename::FileMove;
pub use fixes::{FileEdits, Fix, Fixable, chosen};
pub use hover::{Card, Hover};
pub use inlay_hints::{HintPart, InlayHint};
pub use inspect::{
    Counts, InspectedClass, InspectedColumn, InspectedRelationship, InspectedTable, InspectedUnknown, Inspection,
};
pub use narrow::MAX_PROPOSALS;
pub use outline::{OutlineItem, OutlineKind, WorkspaceSymbol};
pub use policy::{Feature, FileMatch, Policy, Silenced};
pub use references::{Home, OutsideFile, Reference};
pub use relmodel_model::SqlAlchemy;
pub use relmodel_rules::{RuleInfo, Safety, Severity, closest, rule_infos};
pub use relmodel_syntax::{
    Changes, Document, Position, PositionEncoding, Rope, TextEdit, TextRange, offset_at, position_at,
};
pub use rename::{Purpose, Refusal, Renamable, Rename, RenameEdit};
pub use surviving::{Lost, surviving};
pub use tokens::{Token, TokenKind};
pub use type_hierarchy::HierarchyItem;
