//! A whole relationship, where a statement of a mapped class begins: both sides where they are in one file.

use relmodel_model::{ClassId, Db, class_attributes};
use relmodel_rules::{Anchor, NewPair, new_pairs};
use relmodel_syntax::{TextEdit, TextRange};

use super::{CompletionItem, CompletionKind, Documented};
use crate::analysis::{Analysis, FileId};
use crate::changes::render_in;

impl Analysis {
    /// The relationships that could be written at the cursor.
    pub(super) fn relationship_snippets(&self, file: FileId, offset: u32) -> Vec<CompletionItem> {
        let db: &dyn Db = &self.db;
        let line = self.line_before(file, offset);
        let typed = line.trim_start();
        if typed.is_empty() || !"relationship".starts_with(&typed.to_lowercase()) {
            return Vec::new();
        }
        let replace = TextRange::new(offset - length(typed), offset);
        let indent = length(&line) - length(typed);
        let Some(class) = self.class_at(file.0, offset).filter(|it| self.indent_of(file, *it) == Some(indent)) else {
            return Vec::new();
        };
        let pairs = new_pairs(db, class);
        pairs.iter().enumerate().filter_map(|(rank, it)| self.snippet(file, replace, rank, it)).collect()
    }

    fn snippet(&self, file: FileId, replace: TextRange, rank: usize, pair: &NewPair) -> Option<CompletionItem> {
        let db: &dyn Db = &self.db;
        let target = pair.target.name(db);
        let (code, mut more) = render_in(self, file.0, &pair.code, &pair.imports)?;
        let is_near = pair.target.file(db) == file.0;
        if is_near {
            more.extend(crate::changes::render(self, &pair.other)?.into_iter().flat_map(|it| it.1));
        }
        let meets = |it: &TextEdit| it.range.touches(replace.start) || it.range.touches(replace.end);
        if more.iter().any(meets) {
            return None;
        }
        // The name may be another; what is written elsewhere says it, so there it may not.
        let insert = if is_near { code.clone() } else { with_places(&code, pair) };
        Some(CompletionItem {
            detail: Some(if is_near { "both sides" } else { "this side" }.to_owned()),
            documented: Some(Documented::Text(format!("```python\n{code}\n```\n"))),
            insert,
            is_snippet: !is_near,
            more,
            sort: u32::try_from(rank).unwrap_or(u32::MAX),
            ..CompletionItem::new(&format!("relationship to {target}"), CompletionKind::Snippet, replace)
        })
    }

    /// What stands on the line before an offset.
    fn line_before(&self, file: FileId, offset: u32) -> String {
        let text = self.text(file);
        let before = (0..offset).rev().take_while(|it| text.get_byte(*it as usize).is_some_and(|it| it != b'\n'));
        self.slice(file, before.last().unwrap_or(offset), offset)
    }

    /// How far the attributes of a class are indented.
    fn indent_of(&self, file: FileId, class: ClassId) -> Option<u32> {
        let at = class_attributes(&self.db, class).first().map(|it| Anchor::Attribute(class, it.at))?;
        let start = self.range_of(at).filter(|it| it.file == file.0)?.range.start;
        Some(length(&self.line_before(file, start)))
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// Code whose attribute's name and `back_populates` are to be filled in.
fn with_places(code: &str, pair: &NewPair) -> String {
    let code = code.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let code = code.replacen(&pair.name, &format!("${{1:{}}}", pair.name), 1);
    let other = format!("back_populates=\"{}\"", pair.other_name);
    code.replacen(&other, &format!("back_populates=\"${{2:{}}}\"", pair.other_name), 1)
}
