//! The way to keep a finding from being reported, offered for each: a comment on its line.

use relmodel_rules::Safety;
use relmodel_syntax::{Document, Kind, Rope, TextEdit, TextRange};

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::directives::DirectiveKind;
use crate::fixes::{FileEdits, Fix, Fixable, touches};
use crate::ignores::{directives_on, line_of};

impl Analysis {
    /// The findings of a file that touch a range, each with the comment that keeps it from being reported.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn ignore_comments(&self, file: FileId, range: TextRange) -> Result<Vec<Fixable>, Cancelled> {
        guarded(|| {
            let mut res = Vec::new();
            for reported in self.reported(file).0 {
                let lines = self.lines_of(file, reported.finding.at);
                let Some(diagnostic) = self.diagnostic(file, reported) else { continue };
                if !touches(diagnostic.range, Some(range)) {
                    continue;
                }
                let Some(edit) = self.comment(file, &lines, diagnostic.code) else { continue };
                let title = format!("Ignore `{}` on this line", diagnostic.code);
                let files = vec![FileEdits { file, edits: vec![edit] }];
                res.push(Fixable { diagnostic, fixes: vec![Fix { title, safety: Safety::Unsafe, files }] });
            }
            res.sort_by(|a, b| (a.diagnostic.range, a.diagnostic.code).cmp(&(b.diagnostic.range, b.diagnostic.code)));
            res
        })
    }

    /// The edit that makes a comment on one of these lines name a code: the first on which a comment can stand.
    fn comment(&self, file: FileId, lines: &[usize], code: &str) -> Option<TextEdit> {
        let state = self.files.get(&file.0)?;
        let document = Document::parse(state.text.clone())?;
        lines.iter().find_map(|&line| {
            let own = directives_on(&state.text, &state.extracted.map.comments, line);
            let mut own = own.into_iter().filter(|it| it.kind == DirectiveKind::Line);
            let last = own.find_map(|it| it.codes.and_then(|it| it.last().cloned()));
            match last {
                Some(last) => {
                    let range = TextRange::new(last.range.end, last.range.end);
                    Some(TextEdit { range, replacement: format!(", {code}") })
                }
                None => new_comment(&document, line, code),
            }
        })
    }
}

/// A comment at the end of a line, unless the line's end is inside a string or behind a backslash.
fn new_comment(document: &Document, line: usize, code: &str) -> Option<TextEdit> {
    let text: &Rope = document.text();
    let start = text.line_to_byte(line);
    let whole = text.get_line(line)?.to_string();
    let code_end = start + whole.trim_end().len();
    let range = TextRange::new(u32::try_from(code_end).ok()?, u32::try_from(code_end).ok()?);
    let edit = TextEdit { range, replacement: format!("  # relmodel: ignore[{code}]") };
    let mut after = document.clone();
    after.edit(std::slice::from_ref(&edit));
    let hash = code_end + edit.replacement.find('#')?;
    let node = after.root().descendant_for_byte_range(hash, hash + 1)?;
    let is_sound = document.root().has_error() || !after.root().has_error();
    (Kind::of(node) == Kind::Comment && line_of(text, range.start) == line && is_sound).then_some(edit)
}
