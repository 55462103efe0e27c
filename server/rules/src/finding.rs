//! What a rule concludes.

use relmodel_facts::NameId;
use relmodel_model::{AttributeAt, ClassId, Db, ItemId, Place, SourceFile};

use crate::fix::Fix;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// SQLAlchemy raises.
    Error,
    /// SQLAlchemy warns, or the code runs and is surely not what was meant.
    Warning,
    /// A matter of style.
    Hint,
}

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code of the rule; filled in when the rule has run.
    pub code: &'static str,
    /// How much it matters: as much as its rule says, or less.
    pub severity: Severity,
    /// What is wrong and what to do, in one line.
    pub message: String,
    /// The token to change.
    pub at: Anchor,
    /// Other places that have to do with it, and what each of them is.
    pub related: Vec<(Anchor, String)>,
    /// The ways to mend it, best first.
    pub fixes: Vec<Fix>,
}

/// A place in the source that needs no positions to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// An expression; of a string, what stands between the quotes.
    Expr(Place),
    /// Of `object.name`, the name; of another expression, all of it.
    Member(Place),
    /// Bytes `start..end` of a string's value.
    InString(Place, u32, u32),
    /// A name that is no expression, such as a keyword.
    Name(ItemId, NameId),
    /// The name of a class, where it is defined.
    Class(ClassId),
    /// The name of an attribute, in the body of a class.
    Attribute(ClassId, AttributeAt),
}

impl Finding {
    /// An error with this message.
    pub fn new(at: Anchor, message: String) -> Self {
        Self { code: "", severity: Severity::Error, message, at, related: Vec::new(), fixes: Vec::new() }
    }

    /// The same as a warning, in a version of SQLAlchemy that warns of what others raise for.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The same with a related place.
    #[must_use]
    pub fn with_related(mut self, at: Anchor, message: impl Into<String>) -> Self {
        self.related.push((at, message.into()));
        self
    }

    /// The same with a way to mend it, if there is one.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into());
        self
    }

    /// The same with several ways to mend it.
    #[must_use]
    pub fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }
}

impl Anchor {
    /// The same place, whichever run of a function it was evaluated in.
    #[must_use]
    pub fn as_written(self) -> Self {
        let written = |place| Place { scope: None, ..place };
        match self {
            Self::Expr(place) => Self::Expr(written(place)),
            Self::Member(place) => Self::Member(written(place)),
            Self::InString(place, start, end) => Self::InString(written(place), start, end),
            Self::Name(..) | Self::Class(_) | Self::Attribute(..) => self,
        }
    }

    /// The file it lies in.
    pub fn file(self, db: &dyn Db) -> SourceFile {
        match self {
            Self::Expr(place) | Self::Member(place) | Self::InString(place, ..) => place.item.file(db),
            Self::Name(item, _) => item.file(db),
            Self::Class(class) | Self::Attribute(class, _) => class.file(db),
        }
    }
}
