//! Comments that say what is not to be reported: `# relmodel: ignore[code]`, `# relmodel: ignore-file[code]` and `# noqa: code`.

use std::ops::Range;

use relmodel_syntax::TextRange;

/// What such a comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub(crate) kind: DirectiveKind,
    /// From its `#` to its end, with the reason that may be given behind it.
    pub(crate) range: TextRange,
    /// The words that say it: without the `#` and the reason.
    pub(crate) words: TextRange,
    /// The codes it names; `None` if it means all.
    pub(crate) codes: Option<Vec<NamedCode>>,
}

/// Whose form a directive has, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DirectiveKind {
    /// `# relmodel: ignore`: the line.
    Line,
    /// `# relmodel: ignore-file`: the file.
    File,
    /// `# noqa`: the line, for other programs too.
    Noqa,
    /// `# relmodel:` and no word that is known.
    Unknown,
    /// A list of codes that does not end.
    Unclosed,
}

/// A code that a directive names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedCode {
    pub(crate) code: String,
    pub(crate) range: TextRange,
}

/// The directives in a comment that stands at `start`.
pub(crate) fn directives(comment: &str, start: u32) -> Vec<Directive> {
    let marks: Vec<usize> = comment.match_indices('#').map(|it| it.0).collect();
    let ends = marks.iter().skip(1).copied().chain([comment.len()]);
    let parts = marks.iter().zip(ends);
    parts.filter_map(|(&from, end)| Parser { comment, start, at: from + 1, from, end }.directive()).collect()
}

/// Reads one part of a comment: from a `#` to the next.
struct Parser<'a> {
    comment: &'a str,
    start: u32,
    at: usize,
    from: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn directive(mut self) -> Option<Directive> {
        self.skip_blanks();
        let words = self.at;
        if self.take("relmodel:") {
            self.skip_blanks();
            let kind = match self.word() {
                "ignore" => DirectiveKind::Line,
                "ignore-file" => DirectiveKind::File,
                _ => return Some(self.finish(DirectiveKind::Unknown, words, None)),
            };
            let end = self.at;
            self.skip_blanks();
            if !self.take("[") {
                self.at = end;
                return Some(self.finish(kind, words, None));
            }
            let Some(length) = self.rest().find(']') else {
                return Some(self.finish(DirectiveKind::Unclosed, words, None));
            };
            let list = self.at..self.at + length;
            self.at = list.end + 1;
            let codes = self.codes(list, |it| it == ',');
            return Some(self.finish(kind, words, Some(codes)));
        }
        let is_noqa = self.rest().get(..4).is_some_and(|it| it.eq_ignore_ascii_case("noqa"));
        let behind = self.rest().get(4..).and_then(|it| it.chars().next());
        if !is_noqa || behind.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '-') {
            return None;
        }
        self.at += 4;
        let end = self.at;
        self.skip_blanks();
        if !self.take(":") {
            self.at = end;
            return Some(self.finish(DirectiveKind::Noqa, words, None));
        }
        let codes = self.codes(self.at..self.end, |it| it == ',' || it.is_whitespace());
        self.at = self.from + self.comment[self.from..self.end].trim_end().len();
        Some(self.finish(DirectiveKind::Noqa, words, Some(codes)))
    }

    fn finish(&self, kind: DirectiveKind, words: usize, codes: Option<Vec<NamedCode>>) -> Directive {
        let end = self.from + self.comment[self.from..self.end].trim_end().len();
        Directive { kind, range: self.range(self.from..end), words: self.range(words..self.at.min(end)), codes }
    }

    fn rest(&self) -> &'a str {
        &self.comment[self.at..self.end]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, what: &str) -> bool {
        let is_there = self.rest().starts_with(what);
        self.at += if is_there { what.len() } else { 0 };
        is_there
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|it: char| !it.is_alphanumeric() && it != '-' && it != '_').unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn codes(&self, list: Range<usize>, is_between: impl Fn(char) -> bool) -> Vec<NamedCode> {
        let mut res = Vec::new();
        let mut at = list.start;
        for piece in self.comment[list].split(is_between) {
            let code = piece.trim();
            let from = at + piece.len() - piece.trim_start().len();
            if !code.is_empty() {
                res.push(NamedCode { code: code.to_owned(), range: self.range(from..from + code.len()) });
            }
            // What stands between pieces is one byte, or a blank that need not be.
            at += piece.len() + self.comment[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
        }
        res
    }

    fn range(&self, range: Range<usize>) -> TextRange {
        let offset = |it: usize| self.start + u32::try_from(it).unwrap_or(u32::MAX);
        TextRange::new(offset(range.start), offset(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directives in a comment, each as its kind, its words and its codes.
    fn check(comment: &str, expected: &[&str]) {
        let slice = |it: TextRange| &comment[it.start as usize..it.end as usize];
        let shown = directives(comment, 0).into_iter().map(|it| {
            let codes = it.codes.map(|codes| codes.iter().map(|it| slice(it.range)).collect::<Vec<_>>());
            format!("{:?} {:?} {:?} {codes:?}", it.kind, slice(it.range), slice(it.words))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{comment}");
    }

    #[test]
    fn own_comments_are_read() {
        check("# relmodel: ignore", &[r##"Line "# relmodel: ignore" "relmodel: ignore" None"##]);
        check(
            "#relmodel:ignore[a, b ]",
            &[r##"Line "#relmodel:ignore[a, b ]" "relmodel:ignore[a, b ]" Some(["a", "b"])"##],
        );
        check(
            "# relmodel: ignore-file[a] because ",
            &[r##"File "# relmodel: ignore-file[a] because" "relmodel: ignore-file[a]" Some(["a"])"##],
        );
        check("# relmodel: ignore []", &[r##"Line "# relmodel: ignore []" "relmodel: ignore []" Some([])"##]);
        check("# relmodel: ignroe[a]", &[r##"Unknown "# relmodel: ignroe[a]" "relmodel: ignroe" None"##]);
        check("# relmodel: ignore[a", &[r##"Unclosed "# relmodel: ignore[a" "relmodel: ignore[" None"##]);
        check("# relmodel is nice", &[]);
    }

    #[test]
    fn comments_for_several_programs_are_read() {
        check("# noqa", &[r##"Noqa "# noqa" "noqa" None"##]);
        check("# NoQA because", &[r##"Noqa "# NoQA because" "NoQA" None"##]);
        check("# noqa:E501,a b", &[r##"Noqa "# noqa:E501,a b" "noqa:E501,a b" Some(["E501", "a", "b"])"##]);
        check("# noqality", &[]);
        check("# flake8: noqa", &[]);
        check(
            "# type: ignore  # noqa: é # relmodel: ignore[a]",
            &[
                r##"Noqa "# noqa: é" "noqa: é" Some(["é"])"##,
                r##"Line "# relmodel: ignore[a]" "relmodel: ignore[a]" Some(["a"])"##,
            ],
        );
    }
}
