//! The base protocol: messages as headers and content in a stream of bytes.
//!
//! Written here, because the decoder of the server library ends the session at the first malformed message. This one
//! reports it, finds the next message and goes on.

use std::ops::Range;

/// More header bytes than this without an end are no headers.
const MAX_HEADER: usize = 16 * 1024;
/// Longer content is not believed: reading on would swallow all that follows.
const MAX_CONTENT: usize = 512 * 1024 * 1024;

const LENGTH: &[u8] = b"content-length";

/// Cuts a stream of bytes into the contents of messages.
#[derive(Default)]
pub(crate) struct Framer {
    buffer: Vec<u8>,
    /// How far the buffer was looked at without finding the headers' end.
    seen: usize,
}

/// Bytes that are no message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) &'static str);

impl Framer {
    /// Adds bytes that were read.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The content of the next message that is complete.
    pub(crate) fn next(&mut self) -> Option<Result<Vec<u8>, Malformed>> {
        let Some(header) = self.header() else {
            let is_garbage = self.buffer.len() > MAX_HEADER;
            // The last bytes may be the beginning of true headers.
            let up_to = self.buffer.len().saturating_sub(LENGTH.len());
            return is_garbage.then(|| self.skip(1, "headers without an end", up_to));
        };
        let Some(length) = content_length(&self.buffer[..header.start]) else {
            return Some(self.skip(header.end, "no usable Content-Length", header.end));
        };
        if length > MAX_CONTENT {
            return Some(self.skip(header.end, "Content-Length is too large", header.end));
        }
        let end = header.end + length;
        if self.buffer.len() < end {
            return None;
        }
        let content = self.buffer[header.end..end].to_vec();
        self.drop_front(end);
        Some(Ok(content))
    }

    /// Where the headers end: from the end of their text to the start of the content. The content, which may be long and
    /// come in many pieces, is not searched.
    fn header(&mut self) -> Option<Range<usize>> {
        let from = self.seen.saturating_sub(3);
        let ends = [b"\r\n\r\n".as_slice(), b"\n\n"];
        let end_at = |at: usize| ends.iter().find(|it| self.buffer[at..].starts_with(it)).map(|it| at..at + it.len());
        let found = (from..self.buffer.len()).find_map(end_at);
        self.seen = found.as_ref().map_or(self.buffer.len(), |it| it.start);
        found
    }

    /// Drops bytes that are no message: up to what looks like headers from `from` on, else up to `otherwise`.
    fn skip(&mut self, from: usize, why: &'static str, otherwise: usize) -> Result<Vec<u8>, Malformed> {
        let next = find_ignoring_case(&self.buffer[from..], LENGTH).map_or(otherwise, |it| from + it);
        self.drop_front(next);
        Err(Malformed(why))
    }

    fn drop_front(&mut self, count: usize) {
        self.buffer.drain(..count);
        self.seen = 0;
    }
}

/// The number behind the last `Content-Length:` of the headers. The last, because garbage may stand before it.
fn content_length(header: &[u8]) -> Option<usize> {
    let at = (0..header.len()).rev().find(|it| starts_ignoring_case(&header[*it..], LENGTH))?;
    let rest = header[at + LENGTH.len()..].strip_prefix(b":")?;
    let line = rest.split(|it| matches!(it, b'\r' | b'\n')).next()?;
    std::str::from_utf8(line).ok()?.trim().parse().ok()
}

fn find_ignoring_case(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|it| it.eq_ignore_ascii_case(what))
}

fn starts_ignoring_case(bytes: &[u8], what: &[u8]) -> bool {
    bytes.get(..what.len()).is_some_and(|it| it.eq_ignore_ascii_case(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out of `stream`, fed in pieces of `step` bytes: contents, or `!` for something malformed.
    fn framed(stream: &[u8], step: usize) -> Vec<String> {
        let mut framer = Framer::default();
        let mut res = Vec::new();
        for piece in stream.chunks(step) {
            framer.push(piece);
            while let Some(it) = framer.next() {
                res.push(it.map_or("!".to_owned(), |it| String::from_utf8(it).unwrap()));
            }
        }
        res
    }

    fn check(stream: &str, expected: &[&str]) {
        assert_eq!(framed(stream.as_bytes(), stream.len()), expected, "{stream:?}");
    }

    #[test]
    fn messages_are_cut_by_their_length_however_they_arrive() {
        let stream =
            "Content-Length: 2\r\n\r\n{}content-length:4\r\nContent-Type: x\r\n\r\n[\r\n]Content-Length: 0\r\n\r\n";
        for step in [1, 2, 3, 7, stream.len()] {
            assert_eq!(framed(stream.as_bytes(), step), ["{}", "[\r\n]", ""], "{step}");
        }
    }

    #[test]
    fn after_bad_headers_the_next_message_is_found() {
        check("Content-Length: x\r\n\r\n{}Content-Length: 2\r\n\r\n[]", &["!", "[]"]);
        check("Nonsense\r\n\r\nContent-Length: 2\r\n\r\n[]", &["!", "[]"]);
        check("garbageContent-Length: 2\r\n\r\n[]", &["[]"]);
        check("Content-Length: -5\r\n\r\nContent-Length: 2\r\n\r\n[]", &["!", "[]"]);
        check("Content-Length: 99999999999\r\n\r\n{}Content-Length: 2\r\n\r\n[]", &["!", "[]"]);
    }

    #[test]
    fn endless_headers_are_given_up() {
        let stream = [vec![b'x'; MAX_HEADER + 1], b"Content-Length: 2\r\n\r\n[]".to_vec()].concat();
        assert_eq!(framed(&stream, 100), ["!", "[]"]);
    }
}
