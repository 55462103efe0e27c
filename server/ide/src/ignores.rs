//! What comments keep from being reported, and what is to be said of the comments themselves.

use relmodel_rules::{Anchor, Finding, Safety, Severity, closest, file_findings, rule_infos};
use relmodel_syntax::{Rope, TextEdit, TextRange};

use crate::analysis::{Analysis, FileId};
use crate::diagnostics::{Diagnostic, page_url};
use crate::directives::{Directive, DirectiveKind, NamedCode, directives};
use crate::fixes::{FileEdits, Fix, Fixable};

/// The code of what is said of a comment that keeps nothing from being reported.
pub(crate) const UNUSED: &str = "unused-ignore";
/// The code of what is said of a comment that cannot be understood.
pub(crate) const INVALID: &str = "invalid-ignore";

/// The comments of a file that say what is not to be reported, and what came of them.
#[derive(Default)]
pub(crate) struct Ignores {
    entries: Vec<Entry>,
}

struct Entry {
    directive: Directive,
    line: usize,
    comment: TextRange,
    /// Whether it stands where a whole file can be spoken of.
    is_at_top: bool,
    /// For each of its codes whether it kept anything from being reported.
    used: Vec<bool>,
    is_used: bool,
}

impl Ignores {
    /// Whether a finding with this code on these lines is kept from being reported.
    fn take(&mut self, code: &str, lines: &[usize]) -> bool {
        let mut res = false;
        for entry in &mut self.entries {
            let holds = match entry.directive.kind {
                DirectiveKind::Line | DirectiveKind::Noqa => lines.contains(&entry.line),
                DirectiveKind::File => entry.is_at_top,
                DirectiveKind::Unknown | DirectiveKind::Unclosed => false,
            };
            if holds && entry.take(code) {
                res = true;
            }
        }
        res
    }
}

impl Entry {
    fn take(&mut self, code: &str) -> bool {
        let Some(codes) = &self.directive.codes else {
            self.is_used = true;
            return true;
        };
        let Some(at) = codes.iter().position(|it| it.code == code) else { return false };
        self.used[at] = true;
        true
    }
}

impl Analysis {
    /// What is found in a file and not kept from being reported by a comment, and the hints about those comments.
    pub(crate) fn heard(&self, file: FileId) -> (Vec<&Finding>, Vec<Fixable>) {
        let findings = file_findings(&self.db, file.0).iter();
        let Some(state) = self.files.get(&file.0).filter(|it| !it.extracted.map.comments.is_empty()) else {
            return (findings.collect(), Vec::new());
        };
        let mut ignores = Ignores { entries: entries(&state.text, &state.extracted.map.comments) };
        let left: Vec<_> = findings.filter(|it| !ignores.take(it.code, &self.lines_of(file, it.at))).collect();
        let mut hints: Vec<_> = ignores.entries.iter().flat_map(|it| it.hints(file, &state.text)).collect();
        hints.retain(|it| {
            let line = line_of(&state.text, it.diagnostic.range.start);
            !ignores.entries.iter().any(|entry| entry.line == line && entry.names(it.diagnostic.code))
        });
        (left, hints)
    }

    /// The lines on which a comment speaks of a finding here: those of its squiggle, and where that stands in a string,
    /// the first and the last line of the string.
    pub(crate) fn lines_of(&self, file: FileId, at: Anchor) -> Vec<usize> {
        let text = self.text(file);
        let mut res = Vec::new();
        if let Some(found) = self.range_of(at).filter(|it| it.file == file.0) {
            res.extend(line_of(&text, found.range.start)..=line_of(&text, found.range.end));
        }
        if let Anchor::Expr(place) | Anchor::InString(place, ..) = at
            && let Some(whole) = self.expr_range(place).filter(|it| it.file == file.0)
        {
            res.extend([line_of(&text, whole.range.end), line_of(&text, whole.range.start)]);
        }
        res
    }
}

/// The line of an offset.
pub(crate) fn line_of(text: &Rope, offset: u32) -> usize {
    text.byte_to_line((offset as usize).min(text.len_bytes()))
}

/// The directives in the comments of a text.
fn entries(text: &Rope, comments: &[relmodel_facts::Comment]) -> Vec<Entry> {
    let mut res = Vec::new();
    for comment in comments {
        let range = comment.range;
        let Some(slice) = text.get_byte_slice(range.start as usize..range.end as usize) else { continue };
        for directive in directives(&slice.to_string(), range.start) {
            res.push(Entry {
                line: line_of(text, range.start),
                comment: range,
                is_at_top: comment.is_at_top,
                used: vec![false; directive.codes.as_ref().map_or(0, Vec::len)],
                is_used: false,
                directive,
            });
        }
    }
    res
}

/// The directives on a line of a text, for those who add to them.
pub(crate) fn directives_on(text: &Rope, comments: &[relmodel_facts::Comment], line: usize) -> Vec<Directive> {
    entries(text, comments).into_iter().filter(|it| it.line == line).map(|it| it.directive).collect()
}

impl Entry {
    /// Whether it names this code itself.
    fn names(&self, code: &str) -> bool {
        self.directive.codes.iter().flatten().any(|it| it.code == code)
    }

    fn hints(&self, file: FileId, text: &Rope) -> Vec<Fixable> {
        let mut res = Vec::new();
        let hint = |code, range, message| Diagnostic {
            code,
            severity: Severity::Hint,
            message,
            range,
            url: page_url(code),
            related: Vec::new(),
        };
        let words = self.directive.words;
        match self.directive.kind {
            DirectiveKind::Unknown => {
                let message = "relmodel knows `ignore` and `ignore-file`, each with a list of codes: `ignore[code]`";
                return vec![Fixable { diagnostic: hint(INVALID, words, message.to_owned()), fixes: Vec::new() }];
            }
            DirectiveKind::Unclosed => {
                let message = "the list of codes is not closed by `]`";
                return vec![Fixable { diagnostic: hint(INVALID, words, message.to_owned()), fixes: Vec::new() }];
            }
            DirectiveKind::File if !self.is_at_top => {
                let message = "`ignore-file` holds for the file only above its first statement";
                return vec![Fixable { diagnostic: hint(INVALID, words, message.to_owned()), fixes: Vec::new() }];
            }
            DirectiveKind::Line | DirectiveKind::File | DirectiveKind::Noqa => {}
        }
        let unused: Vec<usize> = self.unused();
        let here = if self.directive.kind == DirectiveKind::File { "in this file" } else { "on this line" };
        if self.is_needless(&unused) {
            let message = match self.directive.codes.as_deref() {
                Some([only]) => format!("`{}` is not found {here}; there is nothing to ignore", only.code),
                _ => format!("nothing of this is found {here}; there is nothing to ignore"),
            };
            let fix = fix("Remove the comment".to_owned(), file, self.removal(text), String::new());
            res.push(Fixable { diagnostic: hint(UNUSED, words, message), fixes: vec![fix] });
            return res;
        }
        for (at, named) in self.directive.codes.iter().flatten().enumerate() {
            if unused.contains(&at) {
                let message = format!("`{}` is not found {here}; there is nothing to ignore", named.code);
                let fix = fix(format!("Remove `{}`", named.code), file, self.removal_of(at), String::new());
                res.push(Fixable { diagnostic: hint(UNUSED, named.range, message), fixes: vec![fix] });
            } else if let Some((message, nearest)) = self.fault(named) {
                let fixes = nearest.map(|it| fix(format!("Change to `{it}`"), file, named.range, it.to_owned()));
                let diagnostic = hint(INVALID, named.range, message);
                res.push(Fixable { diagnostic, fixes: fixes.into_iter().collect() });
            }
        }
        res
    }

    /// Which of its codes are those of rules and keep nothing from being reported.
    fn unused(&self) -> Vec<usize> {
        let codes = self.directive.codes.iter().flatten().enumerate();
        let is_unused = |(at, it): &(usize, &NamedCode)| {
            is_code(&it.code) && !self.used[*at] && it.code != UNUSED && it.code != INVALID
        };
        codes.filter(is_unused).map(|it| it.0).collect()
    }

    /// Whether nothing would change without the whole of it. Of `# noqa` alone other programs may know why it is there.
    fn is_needless(&self, unused: &[usize]) -> bool {
        match &self.directive.codes {
            None => self.directive.kind != DirectiveKind::Noqa && !self.is_used,
            Some(codes) if codes.is_empty() => self.directive.kind != DirectiveKind::Noqa,
            Some(codes) => unused.len() == codes.len(),
        }
    }

    /// What is wrong with a code, and the nearest one. In comments for several programs only what is near a code of ours
    /// is taken for one.
    fn fault(&self, named: &NamedCode) -> Option<(String, Option<&'static str>)> {
        if is_code(&named.code) {
            return None;
        }
        let nearest = closest(&named.code, rule_infos().iter().map(|it| it.code));
        if self.directive.kind == DirectiveKind::Noqa && nearest.is_none() {
            return None;
        }
        let message = match nearest {
            Some(nearest) => format!("there is no rule `{}`; did you mean `{nearest}`?", named.code),
            None => format!("there is no rule `{}`", named.code),
        };
        Some((message, nearest))
    }

    /// What to take away with the whole directive: blanks before it, and its line if nothing else is on it.
    fn removal(&self, text: &Rope) -> TextRange {
        let TextRange { start, end } = self.directive.range;
        let line_start = text.line_to_byte(self.line);
        let before = text.byte_slice(line_start..start as usize).to_string();
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        let start = start - u32::try_from(blanks).unwrap_or_default();
        let is_alone = start as usize == line_start && end == self.comment.end;
        if is_alone {
            let next = text.line_to_byte((self.line + 1).min(text.len_lines()));
            return TextRange::new(start, u32::try_from(next).unwrap_or(end));
        }
        if start as usize == line_start || end == self.comment.end {
            return TextRange::new(start, end);
        }
        // Something of the comment goes on behind it, and takes its place.
        let rest = text.byte_slice(end as usize..self.comment.end as usize).to_string();
        let gap = rest.len() - rest.trim_start().len();
        TextRange::new(self.directive.range.start, end + u32::try_from(gap).unwrap_or_default())
    }

    /// What to take away with one of several codes.
    fn removal_of(&self, at: usize) -> TextRange {
        let codes = self.directive.codes.as_deref().unwrap_or_default();
        let own = codes[at].range;
        match (at.checked_sub(1).and_then(|it| codes.get(it)), codes.get(at + 1)) {
            (Some(before), _) => TextRange::new(before.range.end, own.end),
            (None, Some(next)) => TextRange::new(own.start, next.range.start),
            (None, None) => own,
        }
    }
}

fn is_code(code: &str) -> bool {
    rule_infos().iter().any(|it| it.code == code)
}

fn fix(title: String, file: FileId, range: TextRange, replacement: String) -> Fix {
    let edits = vec![TextEdit { range, replacement }];
    Fix { title, safety: Safety::Safe, files: vec![FileEdits { file, edits }] }
}
