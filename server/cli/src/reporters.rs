//! How findings are printed: one file per format.

pub(crate) mod human;
pub(crate) mod json;
