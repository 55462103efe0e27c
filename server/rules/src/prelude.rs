//! What every rule file uses.

pub(crate) use relmodel_model::{
    ForeignKeyTarget, Inheritance, JoinFailure, Mapping, MemberKind, Name, Secondary, Spec, SqlAlchemy, Target,
};

pub(crate) use crate::finding::{Anchor, Finding};
pub(crate) use crate::fix::Fix;
pub(crate) use crate::registry::{On, Rule};
pub(crate) use crate::suggest::{Suggestion, did_you_mean};
pub(crate) use crate::walker::{
    AttributeWalker, ClassWalker, ColumnWalker, ForeignKeyWalker, ImportWalker, RelationshipWalker, SideWalker,
    TableWalker,
};
