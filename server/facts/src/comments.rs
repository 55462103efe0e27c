//! Which comments may be meant for a checker: `# relmodel: …` and `# noqa`. What they say is told by a layer above.

use relmodel_syntax::{Kind, Node, TextRange};

/// Whether a text has a comment in it that may be meant for a checker, or something in a string that looks like one.
pub(crate) fn may_direct(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches([' ', '\t']).as_bytes();
        rest.starts_with(b"relmodel:") || rest.get(..4).is_some_and(|it| it.eq_ignore_ascii_case(b"noqa"))
    })
}

/// The comments in a node that may be meant for a checker, in order. `text` is the node's own, and so are the ranges.
pub(crate) fn comments_in(node: Node<'_>, text: &str) -> Vec<TextRange> {
    let mut res = Vec::new();
    if !may_direct(text) {
        return res;
    }
    let start = node.start_byte();
    let mut cursor = node.walk();
    loop {
        let it = cursor.node();
        if Kind::of(it) == Kind::Comment {
            let range = it.start_byte() - start..it.end_byte() - start;
            if text.get(range.clone()).is_some_and(may_direct) {
                res.push(TextRange::new(offset(range.start), offset(range.end)));
            }
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return res;
            }
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
