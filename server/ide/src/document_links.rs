//! Links from the codes in comments that keep findings back to the pages of the rules.

use relmodel_rules::rule_infos;
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, FileId};
use crate::diagnostics::page_url;
use crate::directives::directives;

/// A text that leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// The text, in bytes.
    pub range: TextRange,
    /// The page.
    pub url: String,
}

impl Analysis {
    /// The links of a file, in order.
    #[must_use]
    pub fn document_links(&self, file: FileId) -> Vec<DocumentLink> {
        let Some(state) = self.files.get(&file.0) else { return Vec::new() };
        let mut res = Vec::new();
        for comment in &state.extracted.map.comments {
            let range = comment.range;
            let Some(text) = state.text.get_byte_slice(range.start as usize..range.end as usize) else { continue };
            for code in directives(&text.to_string(), range.start).into_iter().filter_map(|it| it.codes).flatten() {
                if rule_infos().iter().any(|it| it.code == code.code) {
                    res.push(DocumentLink { range: code.range, url: page_url(&code.code) });
                }
            }
        }
        res
    }
}
