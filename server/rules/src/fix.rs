//! How a finding may be mended, in terms of the model: no positions, no text around. The layer above turns changes into
//! edits that keep indentation, quotes, commas, comments and line endings.

use relmodel_model::{AttributeAt, ClassId, Name, Place, SourceFile};

use crate::finding::Anchor;

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu says it: ``Change to `Child` ``.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// What it changes, in this file or others. All of them or none.
    pub changes: Vec<Change>,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// There is no other way to mean it, and the database stays as it is.
    Safe,
    /// It chooses among several meanings, or changes the database's tables.
    Unsafe,
}

/// One change of a fix.
///
/// In code, `$Column` stands for a name of SQLAlchemy's: it becomes what the file calls it (`Column`, `sa.Column`,
/// `db.Column`) and is imported where it has no name yet. Strings in code have double quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts a word in the place of another. If something else stands there, the fix does not apply.
    Replace {
        /// Where it stands.
        at: Anchor,
        /// What stands there.
        old: String,
        /// What comes in its place.
        new: String,
    },
    /// Puts code in the place of an expression.
    ReplaceExpression {
        /// The expression.
        place: Place,
        /// The code.
        code: String,
    },
    /// Puts code around an expression.
    Wrap {
        /// The expression.
        place: Place,
        /// What comes in front of it.
        before: String,
        /// What comes behind it.
        after: String,
    },
    /// Puts a part of an expression in the place of the whole.
    Unwrap {
        /// The expression.
        whole: Place,
        /// What is left of it.
        part: Place,
    },
    /// Makes a `@declared_attr` method of what the body of a class assigns to a name.
    IntoMethod {
        /// The class.
        class: ClassId,
        /// The name.
        at: AttributeAt,
    },
    /// Gives a keyword argument of a call this value, whether it is there or not.
    SetArgument {
        /// The call.
        call: Place,
        /// The keyword.
        name: &'static str,
        /// The value, as code.
        value: String,
    },
    /// Puts another argument in the place of a keyword argument of a call.
    ReplaceArgument {
        /// The call.
        call: Place,
        /// The keyword.
        name: Name,
        /// The new argument, as code.
        code: String,
    },
    /// Takes a keyword argument of a call away.
    RemoveArgument {
        /// The call.
        call: Place,
        /// The keyword.
        name: Name,
    },
    /// Adds a positional argument behind those that a call has.
    AddPositional {
        /// The call.
        call: Place,
        /// The value, as code.
        value: String,
    },
    /// Gives a name that has an annotation alone a value.
    AddValue {
        /// The annotation.
        annotation: Place,
        /// The value, as code.
        code: String,
    },
    /// Adds a statement to the body of a class.
    AddStatement {
        /// The class.
        class: ClassId,
        /// Where in its body.
        position: Position,
        /// The statement, as code.
        code: String,
    },
    /// Adds a statement in front of a class.
    AddBefore {
        /// The class; one at the top of its file.
        class: ClassId,
        /// The statement, as code.
        code: String,
    },
    /// Adds a statement behind the one that holds an expression.
    AddBehind {
        /// The expression; in a statement at the top of its file.
        place: Place,
        /// The statement, as code.
        code: String,
    },
    /// Imports a name from another module than the one it is imported from.
    MoveImport {
        /// Where the name stands in the import.
        at: Anchor,
        /// The module to import it from.
        module: &'static str,
    },
    /// Imports a name that is imported under `if TYPE_CHECKING:` outside of it.
    ImportForRuntime {
        /// The file.
        file: SourceFile,
        /// The name.
        name: Name,
    },
    /// Imports a name, unless the file has it already.
    Import {
        /// The file that shall know the name.
        file: SourceFile,
        /// The module that it is imported from.
        module: Name,
        /// The name.
        name: Name,
        /// When it is needed.
        when: Import,
    },
}

/// Where in the body of a class a statement is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// In front of all but the docstring.
    First,
    /// Behind the last assignment.
    Last,
    /// Behind the statement that this anchor is in.
    Behind(Anchor),
}

/// When an import is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// When the module runs.
    Always,
    /// For annotations alone: it stands under `if TYPE_CHECKING:`.
    ForTypes,
}

impl Change {
    /// Takes a keyword argument of a call away.
    pub(crate) fn without(call: Place, name: &str) -> Self {
        Self::RemoveArgument { call, name: Name::from(name) }
    }
}

impl Fix {
    /// A fix that may be applied without asking.
    pub fn safe(title: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, changes }
    }

    /// A fix that someone has to choose.
    pub fn risky(title: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, changes }
    }

    /// The same for someone to choose.
    #[must_use]
    pub fn as_risky(self) -> Self {
        Self { safety: Safety::Unsafe, ..self }
    }
}
