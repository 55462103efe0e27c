//! What one file says: its imports, classes, functions, assignments and the expressions in them.
//!
//! Facts are Python without positions, function bodies and everything else that no mapping can depend on. They
//! know nothing of other files and nothing of `SQLAlchemy`; what a call means is the model's to tell. Each
//! top-level statement is an [`Item`] of its own, so that an edit re-extracts only the statements it touches. The
//! [`SourceMap`] beside the facts says where each expression and name stands.

mod comments;
mod expr;
mod extract;
mod heads;
mod item;
mod loops;
mod lower;
mod lower_expr;
mod name;
mod source_map;
mod strings;
mod whole;
mod words;

pub use expr::{Argument, Arguments, Expr, ExprId, FormatPart, Keyword, NameId, Nth, Operation, Text};
pub use extract::{Extracted, extract, reextract};
pub use item::{
    Assign, Block, BlockKind, Class, FileFacts, Function, Import, ImportedName, Item, ItemKey, ItemKind, Parameter,
    ParameterKind, Stmt,
};
pub use name::Name;
pub use source_map::{Comment, ItemMap, SourceMap};
pub use strings::{expression_of, fault_in_expression};
pub use whole::extract_whole;
