//! Expressions without positions, in an arena per item.

use std::ops::Deref;
use std::sync::Arc;

use nonmax::NonMaxU32;
use thin_vec::ThinVec;
use triomphe::ThinArc;

use crate::Name;

/// The place of something among its kind in an item, counted from 0. An `Option` of it takes no more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nth(NonMaxU32);

impl Nth {
    /// A place that no item is long enough for.
    pub const NOWHERE: Self = Self(NonMaxU32::MAX);

    /// The place of this index.
    pub fn new(index: usize) -> Self {
        u32::try_from(index).map_or(Self::NOWHERE, Self::from)
    }

    /// Its index.
    pub fn index(self) -> usize {
        self.0.get() as usize
    }
}

impl From<u32> for Nth {
    fn from(index: u32) -> Self {
        NonMaxU32::new(index).map_or(Self::NOWHERE, Self)
    }
}

impl From<Nth> for u32 {
    fn from(nth: Nth) -> Self {
        nth.0.get()
    }
}

/// An expression within its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub Nth);

impl ExprId {
    /// The expression at an index of [`crate::Item::exprs`].
    pub fn new(index: usize) -> Self {
        Self(Nth::new(index))
    }
}

/// A name that is no expression (a class's name, a keyword, an import) within its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub Nth);

/// An expression. Parts that a half-typed line lacks are [`Expr::Missing`].
///
/// A workspace has millions of them, most of them names: what is large is kept behind one word, and what is copied often
/// is shared, so that one takes 16 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// `name`
    Name(Name),
    /// `object.name`; the name is empty where it has not been typed yet.
    Attribute {
        /// What stands before the dot.
        object: ExprId,
        /// What stands behind it.
        name: Name,
    },
    /// `function(arguments)`
    Call {
        /// What is called.
        function: ExprId,
        /// Its arguments in source order.
        arguments: Arguments,
    },
    /// `value[index, …]`
    Subscript {
        /// What stands before the bracket.
        value: ExprId,
        /// What stands inside it, split at the top-level commas.
        indices: ThinVec<ExprId>,
    },
    /// A string or several adjacent ones.
    String(Arc<Text>),
    /// A string that is not closed yet, with what has been typed of it.
    OpenString(Arc<Text>),
    /// An f-string whose parts are known.
    FormatString(ThinVec<FormatPart>),
    /// A whole number; `None` if it does not fit into 32 bits.
    Int(Option<i32>),
    /// `True`
    True,
    /// `False`
    False,
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `[a, b]`
    List(ThinVec<ExprId>),
    /// `(a, b)` or `a, b`
    Tuple(ThinVec<ExprId>),
    /// `{a, b}`
    Set(ThinVec<ExprId>),
    /// `{key: value, **more}`; a splat has no key.
    Dict(ThinVec<(Option<ExprId>, ExprId)>),
    /// `*value`
    Starred(ExprId),
    /// `lambda parameters: body`
    Lambda {
        /// Its parameters' names.
        parameters: ThinVec<Name>,
        /// What it returns.
        body: ExprId,
    },
    /// A chain of operators, as flat as it is written: `a == b and not c`.
    Operation(Arc<Operation>),
    /// `body if test else orelse`, `[x for x in y]` and whatever else is only a value of unknown content; the
    /// expressions inside are kept so that names in them are found.
    Other(ThinVec<ExprId>),
    /// What a half-typed line has not said yet.
    Missing,
}

const _: () = assert!(size_of::<Expr>() <= 16, "an expression has grown");

/// The arguments of a call in source order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arguments(ThinArc<(), Argument>);

impl Deref for Arguments {
    type Target = [Argument];

    fn deref(&self) -> &[Argument] {
        &self.0.slice
    }
}

impl From<Vec<Argument>> for Arguments {
    fn from(arguments: Vec<Argument>) -> Self {
        Self(ThinArc::from_header_and_iter((), arguments.into_iter()))
    }
}

/// A chain of operators and what they stand between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The operands in source order.
    pub operands: Box<[ExprId]>,
    /// The operators in source order, as written.
    pub operators: Box<[Name]>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `value`
    Positional(ExprId),
    /// `name=value`
    Keyword(Keyword, ExprId),
    /// `*value`
    Splat(ExprId),
    /// `**value`
    KeywordSplat(ExprId),
}

/// The name of a keyword argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The name.
    pub name: Name,
    /// Where it stands.
    pub at: NameId,
}

/// The value of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The value that Python gives it, escapes replaced and adjacent pieces joined.
    pub value: Box<str>,
    /// What it says when read as Python, for strings where Python or SQLAlchemy does so: annotations and the
    /// arguments that `relationship()` evaluates.
    pub code: Option<ExprId>,
}

/// A piece of an f-string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatPart {
    /// Literal text.
    Text(Box<str>),
    /// `{value}` without conversion or format.
    Value(ExprId),
    /// A text that cannot be told: that of a replacement field, or what an open string still lacks.
    Unknown,
}

impl Argument {
    /// The expression it passes.
    pub fn value(&self) -> ExprId {
        match *self {
            Self::Positional(value) | Self::Keyword(_, value) | Self::Splat(value) | Self::KeywordSplat(value) => value,
        }
    }
}
