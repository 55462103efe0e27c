//! What fixes of several rules share: how a class is written, how strings name classes and columns, and the code that makes
//! the other side of a relationship, a foreign key, or a column.

pub(crate) mod arguments;
pub(crate) mod keys;
pub(crate) mod method;
pub(crate) mod names;
pub(crate) mod other_side;
pub(crate) mod pair;
pub(crate) mod style;
