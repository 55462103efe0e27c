//! A file as changes are rendered against it: its text, its tree, and how its author writes.

use relmodel_syntax::{Document, Kind, Node, Rope, TextRange};

/// A file's text and tree.
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) document: Document,
}

impl Source {
    pub(crate) fn new(text: &Rope) -> Option<Self> {
        Some(Self { text: text.to_string(), document: Document::parse(text.clone())? })
    }

    pub(crate) fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    pub(crate) fn node_text(&self, node: Node<'_>) -> &str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The outermost node that covers exactly this range.
    pub(crate) fn node_at(&self, range: TextRange) -> Option<Node<'_>> {
        let (start, end) = (range.start as usize, range.end as usize);
        let mut node = self.document.root().descendant_for_byte_range(start, end)?;
        while let Some(parent) = node.parent().filter(|it| it.byte_range() == (start..end)) {
            node = parent;
        }
        (node.byte_range() == (start..end)).then_some(node)
    }

    /// Where the line that holds `offset` begins.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind(['\n', '\r']).map_or(0, |it| it + 1)
    }

    /// Where the line that holds `offset` ends, its line ending left out.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        self.text[offset..].find(['\n', '\r']).map_or(self.text.len(), |it| offset + it)
    }

    /// Where the line behind the one that holds `offset` begins.
    pub(crate) fn next_line(&self, offset: usize) -> usize {
        let end = self.line_end(offset);
        let rest = &self.text[end..];
        end + if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) }
    }

    /// The blanks that the line of `offset` begins with.
    pub(crate) fn indent(&self, offset: usize) -> &str {
        let line = &self.text[self.line_start(offset)..offset];
        &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{c}']).len()]
    }

    /// Whether nothing but blanks stands before `offset` on its line.
    pub(crate) fn is_first_on_line(&self, offset: usize) -> bool {
        self.text[self.line_start(offset)..offset].trim().is_empty()
    }

    /// How the lines of the file end.
    pub(crate) fn line_ending(&self) -> &'static str {
        match self.text.find(['\n', '\r']) {
            Some(at) if self.text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if self.text[at..].starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// Code with the quotes that are usual around a node: in the nearest statement around it that has strings.
    pub(crate) fn with_quotes(&self, near: Node<'_>, code: &str) -> String {
        let mut node = Some(near);
        while let Some(it) = node {
            let (single, double) = self.quotes_in(it);
            if single + double > 0 {
                return if single > double { code.replace('"', "'") } else { code.to_owned() };
            }
            node = it.parent();
        }
        code.to_owned()
    }

    /// How many strings with single and with double quotes stand in a node; docstrings are no matter of taste.
    fn quotes_in(&self, node: Node<'_>) -> (usize, usize) {
        let mut counts = (0, 0);
        let mut cursor = node.walk();
        loop {
            let node = cursor.node();
            if Kind::of(node) == Kind::StringStart {
                let quote = self.node_text(node);
                if !quote.ends_with("'''") && !quote.ends_with("\"\"\"") {
                    counts.0 += usize::from(quote.ends_with('\''));
                    counts.1 += usize::from(quote.ends_with('"'));
                }
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return counts;
                }
            }
        }
    }
}

/// The children of a node that are no comments.
pub(crate) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|it| Kind::of(*it) != Kind::Comment).collect()
}
