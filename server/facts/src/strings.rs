//! Strings: their values, the way back from a value to its source, and the code that some of them hold.

use std::sync::Arc;

use relmodel_syntax::{Kind, Node, TextRange, parse_fragment};
use thin_vec::ThinVec;

use crate::expr::{Expr, ExprId, FormatPart, Text};
use crate::item::Item;
use crate::lower::{Lowering, Source, Strings};
use crate::lower_expr::is_unclosed;
use crate::source_map::StringPiece;

/// What a string literal's prefix makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Plain,
    Format,
    Bytes,
}

/// Reads a text as an expression that stands in no file; its root is the last one in the item.
pub fn expression_of(text: &str) -> Option<(Item, ExprId)> {
    let tree = parse_fragment(text)?;
    let statement = tree.root_node().named_child(0).filter(|it| Kind::of(*it) == Kind::ExpressionStatement)?;
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut lowering = Lowering::over(Source::String(text, ExprId::new(0)), TextRange::new(0, end));
    let root = lowering.expression(statement.named_child(0)?);
    Some((lowering.item, root))
}

/// Which bytes of a text make it no expression: the first that cannot be read, or a statement's own `=`. What only Python's
/// compiler refuses is not found.
pub fn fault_in_expression(text: &str) -> Option<(u32, u32)> {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let tree = parse_fragment(text)?;
    let root = tree.root_node();
    if root.has_error() {
        return Some(first_error(root).map_or((0, end), |it| (it.start, it.end.min(end))));
    }
    let mut cursor = root.walk();
    let mut statements = root.named_children(&mut cursor).filter(|it| Kind::of(*it) != Kind::Comment);
    match (statements.next(), statements.next()) {
        (Some(only), None) if Kind::of(only) == Kind::ExpressionStatement => {
            let inner = only.named_child(0).filter(|it| Kind::of(*it) == Kind::Assignment)?;
            Some(operator_of(inner, text).map_or((0, end), |it| (it.start, it.end)))
        }
        (Some(only), None) => Some(operator_of(only, text).map_or((0, end), |it| (it.start, it.end))),
        (_, Some(second)) => Some((TextRange::of(second).start, end)),
        (None, None) => Some((0, end)),
    }
}

/// The first place that the parser could not make sense of.
fn first_error(node: Node<'_>) -> Option<TextRange> {
    if node.is_error() || node.is_missing() {
        let range = TextRange::of(node);
        return Some(TextRange::new(range.start, range.end.max(range.start + 1)));
    }
    let mut cursor = node.walk();
    let faulty = node.children(&mut cursor).find(|it| it.has_error() || it.is_missing())?;
    first_error(faulty)
}

/// The `=` of an assignment.
fn operator_of(node: Node<'_>, text: &str) -> Option<TextRange> {
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|it| text.get(it.byte_range()) == Some("=")).map(TextRange::of)
}

/// A string literal, or several adjacent ones, as they are read piece by piece.
#[derive(Default)]
struct Reading {
    value: String,
    parts: Vec<FormatPart>,
    pieces: Vec<(u32, TextRange)>,
    is_format: bool,
    is_bytes: bool,
    is_unclosed: bool,
}

impl Lowering<'_> {
    /// Lowers a `string` or `concatenated_string`.
    pub(crate) fn string(&mut self, node: Node<'_>) -> ExprId {
        let mut reading = Reading::default();
        if Kind::of(node) == Kind::ConcatenatedString {
            let mut cursor = node.walk();
            for child in node.named_children(&mut cursor) {
                if Kind::of(child) == Kind::String {
                    self.read_string(child, &mut reading);
                }
            }
        } else {
            self.read_string(node, &mut reading);
        }
        let range = self.place(TextRange::of(node));
        if reading.is_bytes {
            return self.push(Expr::Other(ThinVec::new()), range);
        }
        let id = self.push(Expr::Missing, range);
        if reading.is_unclosed {
            self.map.unclosed.push(id);
        }
        let pieces = reading.pieces.iter();
        self.map.pieces.extend(pieces.map(|&(value_start, range)| StringPiece { string: id, value_start, range }));
        let expr = if reading.is_format {
            reading.flush();
            if reading.is_unclosed {
                reading.parts.push(FormatPart::Unknown);
            }
            Expr::FormatString(reading.parts.into())
        } else {
            let code = self.code(&reading.value, id);
            let text = Arc::new(Text { value: reading.value.into(), code });
            if reading.is_unclosed { Expr::OpenString(text) } else { Expr::String(text) }
        };
        self.item.exprs[id.0.index()] = expr;
        id
    }

    /// Reads the value of a string as an expression, where strings are code.
    fn code(&mut self, value: &str, string: ExprId) -> Option<ExprId> {
        let is_nested = matches!(self.source, Source::String(..));
        if self.strings == Strings::Plain || is_nested || value.trim().is_empty() || value.len() > 10_000 {
            return None;
        }
        let tree = parse_fragment(value)?;
        let statement = tree.root_node().named_child(0).filter(|it| Kind::of(*it) == Kind::ExpressionStatement)?;
        let expression = statement.named_child(0)?;
        let mut inner = Lowering::new_in_string(self, value, string);
        let res = inner.expression(expression);
        let Lowering { item, map, .. } = inner;
        self.item = item;
        self.map = map;
        Some(res)
    }

    /// A lowering over a string's value that goes on filling the same item.
    fn new_in_string<'b>(outer: &mut Self, value: &'b str, string: ExprId) -> Lowering<'b> {
        let mut res = Lowering::over(Source::String(value, string), outer.range);
        res.item = std::mem::take(&mut outer.item);
        res.map = std::mem::take(&mut outer.map);
        // The pieces of this string are the last ones, but an earlier string may enclose it.
        res.map.pieces.sort_by_key(|it| (it.string, it.value_start));
        res
    }

    fn read_string(&mut self, node: Node<'_>, reading: &mut Reading) {
        let mut prefix = Prefix::Plain;
        let mut is_raw = false;
        let mut content_start = node.end_byte();
        let mut n_contents = 0;
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match Kind::of(child) {
                Kind::StringStart => {
                    let start = self.text_of(child).to_ascii_lowercase();
                    is_raw = start.contains('r');
                    prefix = prefix_of(&start);
                    content_start = child.end_byte();
                }
                Kind::StringContent => {
                    n_contents += 1;
                    self.read_content(child, is_raw, reading);
                }
                Kind::Interpolation => {
                    n_contents += 1;
                    reading.is_unclosed |= is_unclosed(child);
                    let part = self.interpolation(child);
                    reading.flush();
                    reading.parts.push(part);
                }
                Kind::Unclosed => reading.is_unclosed = true,
                _ => {}
            }
        }
        reading.is_format |= prefix == Prefix::Format;
        reading.is_bytes |= prefix == Prefix::Bytes;
        if n_contents == 0 {
            reading.start_piece(self.place(point(content_start)));
        }
    }

    /// A replacement field. The format `s` and the conversion `!s` leave a string as it is.
    fn interpolation(&mut self, node: Node<'_>) -> FormatPart {
        let mut cursor = node.walk();
        let is_plain = node.named_children(&mut cursor).skip(1).all(|it| matches!(&*self.text_of(it), ":s" | "!s"));
        match node.named_child(0) {
            Some(value) if is_plain || self.is_whole => FormatPart::Value(self.expression(value)),
            _ => FormatPart::Unknown,
        }
    }

    /// Splits a content at its escape sequences; each run between them is a piece.
    fn read_content(&mut self, node: Node<'_>, is_raw: bool, reading: &mut Reading) {
        let mut at = node.start_byte();
        let mut cursor = node.walk();
        for escape in node.named_children(&mut cursor).filter(|it| Kind::of(*it) == Kind::EscapeSequence) {
            self.read_run(at, escape.start_byte(), reading);
            let text = self.text_of(escape);
            if is_raw {
                reading.value.push_str(&text);
            } else {
                reading.value.push_str(&unescape(&text));
            }
            at = escape.end_byte();
        }
        if at < node.end_byte() || at == node.start_byte() {
            self.read_run(at, node.end_byte(), reading);
        }
    }

    fn read_run(&mut self, start: usize, end: usize, reading: &mut Reading) {
        let range = TextRange { start: point(start).start, end: point(end).start };
        reading.start_piece(self.place(range));
        reading.value.push_str(&self.text_between(start, end));
    }
}

impl Reading {
    fn start_piece(&mut self, range: TextRange) {
        let value_start = u32::try_from(self.value.len()).unwrap_or(u32::MAX);
        self.pieces.push((value_start, range));
    }

    /// Moves the text read so far into the parts of an f-string.
    fn flush(&mut self) {
        if !self.value.is_empty() {
            self.parts.push(FormatPart::Text(std::mem::take(&mut self.value).into()));
        }
    }
}

fn point(offset: usize) -> TextRange {
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    TextRange::new(offset, offset)
}

fn prefix_of(start: &str) -> Prefix {
    if start.contains('b') {
        Prefix::Bytes
    } else if start.contains('f') || start.contains('t') {
        Prefix::Format
    } else {
        Prefix::Plain
    }
}

/// The value of an escape sequence, as Python's lexical analysis defines it; `\N{…}` is left as written.
fn unescape(text: &str) -> String {
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let mut chars = text.chars();
    chars.next();
    let rest = chars.as_str();
    let char = match rest.chars().next() {
        Some('\n' | '\r') => return String::new(),
        Some('n') => Some('\n'),
        Some('t') => Some('\t'),
        Some('r') => Some('\r'),
        Some('a') => Some('\u{7}'),
        Some('b') => Some('\u{8}'),
        Some('f') => Some('\u{c}'),
        Some('v') => Some('\u{b}'),
        Some(quote @ ('\\' | '\'' | '"')) => Some(quote),
        Some('x' | 'u' | 'U') => code(&rest[1..], 16),
        Some('0'..='7') => code(rest, 8),
        _ => None,
    };
    char.map_or_else(|| text.to_owned(), String::from)
}
