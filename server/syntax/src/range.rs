//! A range of bytes in a file.

/// A half-open range of byte offsets, 0-based, into a file's UTF-8 text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The bytes a syntax node covers.
    pub fn of(node: tree_sitter::Node<'_>) -> Self {
        Self::new(to_u32(node.start_byte()), to_u32(node.end_byte()))
    }

    /// How many bytes it covers.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether a cursor at `offset` touches it; a cursor right behind the last byte does.
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The same range `by` bytes further on.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The same range counted from `base`, which must not lie behind its start.
    #[must_use]
    pub const fn relative_to(self, base: u32) -> Self {
        Self::new(self.start.saturating_sub(base), self.end.saturating_sub(base))
    }
}

/// Byte offsets are 32 bits wide: a source file of 4 GiB is not read as source.
pub(crate) fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
