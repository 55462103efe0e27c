//! Line and column of a byte offset, in the three encodings of the LSP specification (`positionEncoding`).

use ropey::Rope;

use crate::range::to_u32;

/// What a column counts. Lines and columns are 0-based everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A place in a text: 0-based line, 0-based column in some [`PositionEncoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; lines end at `\n`, `\r\n` or `\r`.
    pub line: u32,
    /// Column within the line.
    pub column: u32,
}

/// The position of a byte offset. An offset behind the text gives the text's end; one inside a
/// character gives that character.
pub fn position_at(text: &Rope, offset: u32, encoding: PositionEncoding) -> Position {
    let char = text.byte_to_char((offset as usize).min(text.len_bytes()));
    let line = text.char_to_line(char);
    let line_start = text.line_to_char(line);
    let column = match encoding {
        PositionEncoding::Utf8 => text.char_to_byte(char) - text.char_to_byte(line_start),
        PositionEncoding::Utf16 => text.char_to_utf16_cu(char) - text.char_to_utf16_cu(line_start),
        PositionEncoding::Utf32 => char - line_start,
    };
    Position { line: to_u32(line), column: to_u32(column) }
}

/// The byte offset of a position. As the protocol asks, a column behind the line's end means that end, and a
/// line behind the text means the text's end.
pub fn offset_at(text: &Rope, position: Position, encoding: PositionEncoding) -> u32 {
    let line = position.line as usize;
    if line >= text.len_lines() {
        return to_u32(text.len_bytes());
    }
    let line_start = text.line_to_char(line);
    let line_end = line_start + content_chars(text, line);
    let column = position.column as usize;
    let char = match encoding {
        PositionEncoding::Utf8 => {
            let byte = (text.char_to_byte(line_start) + column).min(text.char_to_byte(line_end));
            text.byte_to_char(byte)
        }
        PositionEncoding::Utf16 => {
            let unit = (text.char_to_utf16_cu(line_start) + column).min(text.char_to_utf16_cu(line_end));
            text.utf16_cu_to_char(unit)
        }
        PositionEncoding::Utf32 => (line_start + column).min(line_end),
    };
    to_u32(text.char_to_byte(char))
}

/// The characters of a line without its line ending.
fn content_chars(text: &Rope, line: usize) -> usize {
    let slice = text.line(line);
    let mut length = slice.len_chars();
    while length > 0 && matches!(slice.char(length - 1), '\n' | '\r') {
        length -= 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_encoding_says() {
        let text = Rope::from_str("x = 1\ny = '😀é' # z\n");
        let offset = to_u32("x = 1\ny = '😀é'".len());
        for (encoding, column) in
            [(PositionEncoding::Utf8, 12), (PositionEncoding::Utf16, 9), (PositionEncoding::Utf32, 8)]
        {
            let position = Position { line: 1, column };
            assert_eq!(position_at(&text, offset, encoding), position);
            assert_eq!(offset_at(&text, position, encoding), offset);
        }
    }

    #[test]
    fn positions_outside_the_text_are_clamped() {
        let text = Rope::from_str("ab\r\ncd");
        assert_eq!(offset_at(&text, Position { line: 0, column: 99 }, PositionEncoding::Utf16), 2);
        assert_eq!(offset_at(&text, Position { line: 9, column: 0 }, PositionEncoding::Utf16), 6);
        assert_eq!(position_at(&text, 99, PositionEncoding::Utf16), Position { line: 1, column: 2 });
    }

    #[test]
    fn every_line_ending_of_the_protocol_ends_a_line() {
        let text = Rope::from_str("a\rb\r\nc\nd\u{2028}e");
        assert_eq!(text.len_lines(), 4);
    }
}
