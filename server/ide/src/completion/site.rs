//! What the cursor stands in: a call of SQLAlchemy's, the parameter whose value is typed, and the word that a proposal
//! replaces. All of it may be half typed.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{Db, Name, Place, SqlAlchemy, Value, Workspace, evaluate, sqlalchemy_name};
use relmodel_syntax::{Rope, TextRange};

use crate::analysis::{Analysis, FileId};
use crate::names::CallAt;

/// Where something is to be completed.
pub(super) struct Site<'a> {
    pub(super) db: &'a dyn Db,
    pub(super) at: CallAt,
    /// The string or expression that the cursor stands in; the call, where nothing of it stands yet.
    pub(super) place: Place,
    pub(super) replace: TextRange,
    /// What of it stands before the cursor.
    pub(super) typed: String,
    /// What of the string stands before the word.
    pub(super) before: String,
    /// What goes around a proposal: quotes, where none stand yet.
    pub(super) quote: &'static str,
}

impl Site<'_> {
    pub(super) fn version(&self) -> SqlAlchemy {
        Workspace::get(self.db).sqlalchemy(self.db)
    }

    pub(super) fn is_relationship(&self) -> bool {
        matches!(self.at.function.as_str(), "relationship" | "relation" | "Relationship")
    }
}

/// Whether a byte belongs to a word, for the value of a parameter: a list of cascade options has `-` in its words, and a
/// foreign key is one word with its dots.
fn is_word(byte: u8, parameter: Option<&str>) -> bool {
    match byte {
        b'-' => parameter == Some("cascade"),
        b'.' => matches!(parameter, Some("column" | "refcolumns" | "secondary" | "foreign_key")),
        _ => byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80,
    }
}

impl Analysis {
    /// The part of a string around the cursor that a proposal replaces.
    pub(super) fn word_around(
        &self,
        file: FileId,
        content: TextRange,
        offset: u32,
        parameter: Option<&str>,
    ) -> TextRange {
        let text = self.text(file);
        let byte = |at: u32| text.get_byte(at as usize);
        let mut start = offset;
        while start > content.start && byte(start - 1).is_some_and(|it| is_word(it, parameter)) {
            start -= 1;
        }
        let mut end = offset;
        while end < content.end && byte(end).is_some_and(|it| is_word(it, parameter)) {
            end += 1;
        }
        TextRange::new(start, end)
    }

    /// What stands between two offsets.
    pub(super) fn slice(&self, file: FileId, start: u32, end: u32) -> String {
        let text = self.text(file);
        let found = text.get_byte_slice(start as usize..end.max(start) as usize);
        found.map(|it| it.to_string()).unwrap_or_default()
    }

    /// `parameter=` right in front of the cursor, in the innermost call of SQLAlchemy's: a value without its quotes yet.
    pub(super) fn unquoted_value(&self, file: FileId, exprs: &[Place], offset: u32) -> Option<(CallAt, TextRange)> {
        let db: &dyn Db = &self.db;
        let text = self.text(file);
        let start = word_start(&text, offset);
        let equals = last_byte(&text, start).filter(|it| it.1 == b'=')?.0;
        let end = spaces_back(&text, equals);
        let begin = word_start(&text, end);
        let parameter = Name::from(&self.slice(file, begin, end));
        let (call, function) = exprs.iter().find_map(|call| Some((*call, library_function(db, *call)?)))?;
        let at = CallAt { call, function, parameter: Some(parameter.as_str()), value: call };
        (begin < end).then_some((at, TextRange::new(start, offset)))
    }

    /// Whether an argument may begin at the word that the cursor stands in: behind a bracket or a comma.
    pub(super) fn begins_argument(&self, file: FileId, offset: u32) -> Option<TextRange> {
        let text = self.text(file);
        let start = word_start(&text, offset);
        let (_, byte) = last_byte(&text, start)?;
        matches!(byte, b'(' | b',').then_some(TextRange::new(start, offset))
    }

    /// Whether the word that the cursor stands in may be a name in a string: behind a quote or a dot.
    pub(super) fn begins_name_in_string(&self, file: FileId, offset: u32) -> bool {
        let text = self.text(file);
        let start = word_start(&text, offset);
        let before = start.checked_sub(1).and_then(|it| text.get_byte(it as usize));
        matches!(before, Some(b'"' | b'\'' | b'.'))
    }

    /// Whether an entry of a dictionary may begin at the word that the cursor stands in: behind a brace or a comma.
    pub(super) fn begins_entry(&self, file: FileId, offset: u32) -> Option<TextRange> {
        let text = self.text(file);
        let start = word_start(&text, offset);
        let (_, byte) = last_byte(&text, start)?;
        matches!(byte, b'{' | b',').then_some(TextRange::new(start, offset))
    }

    /// Behind the last byte before an offset that is no white space.
    pub(super) fn last_byte(&self, file: FileId, offset: u32) -> u32 {
        spaces_back(&self.text(file), offset)
    }

    /// Whether the cursor is behind the opening bracket of a call.
    pub(super) fn is_inside_call(&self, file: FileId, call: Place, offset: u32) -> bool {
        let db: &dyn Db = &self.db;
        let Expr::Call { function, .. } = call.expr(db) else { return false };
        let (Some(all), Some(function)) = (self.expr_range(call), self.expr_range(call.with(function))) else {
            return false;
        };
        let is_closed = self.text(file).get_byte(all.range.end.saturating_sub(1) as usize) == Some(b')');
        offset > function.range.end && (offset < all.range.end || !is_closed)
    }
}

/// What of SQLAlchemy's a call calls.
pub(super) fn library_function(db: &dyn Db, call: Place) -> Option<Name> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    let Value::Library(name) = evaluate(db, call.with(function)) else { return None };
    sqlalchemy_name(name)
}

/// The keywords that a call has already, but for the one at the cursor.
pub(super) fn given_keywords(db: &dyn Db, call: Place) -> Vec<&'static str> {
    let Expr::Call { arguments, .. } = call.expr(db) else { return Vec::new() };
    let keyword = |it: &Argument| match it {
        Argument::Keyword(keyword, _) => Some(keyword.name.as_str()),
        _ => None,
    };
    arguments.iter().filter_map(keyword).collect()
}

/// Which of the positional arguments of a call the cursor stands in.
pub(super) fn position_in(db: &dyn Db, call: Place, exprs: &[Place]) -> Option<usize> {
    let Expr::Call { arguments, .. } = call.expr(db) else { return None };
    let positional = arguments.iter().filter(|it| matches!(it, Argument::Positional(_)));
    positional.map(|it| call.with(it.value())).position(|it| exprs.contains(&it))
}

fn word_start(text: &Rope, offset: u32) -> u32 {
    let mut res = offset;
    while res > 0 && text.get_byte(res as usize - 1).is_some_and(|it| is_word(it, None)) {
        res -= 1;
    }
    res
}

fn spaces_back(text: &Rope, offset: u32) -> u32 {
    let mut res = offset;
    while res > 0 && text.get_byte(res as usize - 1).is_some_and(|it| it.is_ascii_whitespace()) {
        res -= 1;
    }
    res
}

/// The last byte before an offset that is no white space, and where it stands.
fn last_byte(text: &Rope, offset: u32) -> Option<(u32, u8)> {
    let at = spaces_back(text, offset).checked_sub(1)?;
    Some((at, text.get_byte(at as usize)?))
}
