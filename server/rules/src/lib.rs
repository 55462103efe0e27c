//! The diagnostic rules: one file each under `rules/`, each foreseeing one check of SQLAlchemy.
//!
//! A rule reads the model and gives findings. It knows no positions (a finding points into facts by an [`Anchor`]),
//! no other rule, and no editor. What the model cannot tell, a rule passes over in silence.

mod actions;
mod check;
mod finding;
mod fix;
mod mend;
mod page;
mod prelude;
mod registry;
mod suggest;
mod walker;

pub use actions::{NewPair, class_actions, new_pairs, relationship_actions};
pub use check::{file_findings, findings_from};
pub use finding::{Anchor, Finding, Severity};
pub use fix::{Change, Fix, Import, Position, Safety};
pub use mend::other_side::name_of_other_side;
pub use registry::{RuleInfo, rule_infos};
pub use suggest::closest;
pub use walker::{
    AttributeWalker, Call, ClassWalker, ColumnOwner, ColumnWalker, ForeignKeyWalker, ImportWalker, RelationshipWalker,
    TableWalker,
};
