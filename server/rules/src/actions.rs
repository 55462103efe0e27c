//! What may be written or rewritten where nothing is wrong: the actions of an editor's menu. One file each; they are put
//! together from the same parts as fixes.

mod new_pair;

pub use new_pair::{NewPair, new_pairs};
