//! Which files can hold models, tables, bases or names that such files share: decided on bytes, before any parsing.
//!
//! A file that is passed over here can still come in later: because a kept file imports from it, or because it is
//! opened.

use std::path::Path;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// A file that declares, shares or extends anything mapped has at least one of these in it.
const SIGNS: &[&str] = &[
    "sqlalchemy",
    "sqlmodel",
    "relationship(",
    "Relationship(",
    "Column(",
    "mapped_column",
    "Mapped[",
    "__tablename__",
    "__table__",
    "__table_args__",
    "__mapper_args__",
    "__abstract__",
    "declarative",
    "declared_attr",
    "ForeignKey",
    "Table(",
    ".mapped",
];

/// How many bytes of a class's header are looked at for its bases.
const MAX_HEADER: usize = 300;

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(SIGNS).ok());

/// Whether a file with this content is worth parsing.
pub(crate) fn may_matter(path: &Path, content: &[u8]) -> bool {
    // Python itself refuses a file with a null byte in it.
    if content.contains(&0) {
        return false;
    }
    has_sign(content) || has_telling_class(content) || (is_package_file(path) && has_import(content))
}

/// Whether a file with this content has anything in it that mappings are written with.
pub(crate) fn has_sign(content: &[u8]) -> bool {
    MATCHER.as_ref().is_none_or(|it| it.is_match(content))
}

/// Whether a class here extends something that is called as bases mostly are. Such a class may be mapped without a
/// single column of its own.
fn has_telling_class(content: &[u8]) -> bool {
    let mut rest = content;
    while let Some(at) = find(rest, b"class ") {
        rest = &rest[at + b"class ".len()..];
        let header = &rest[..rest.len().min(MAX_HEADER)];
        let header = header.split(|it| *it == b':').next().unwrap_or_default();
        let mut names = header.split(|it| !it.is_ascii_alphanumeric() && *it != b'_').skip(1);
        if names.any(|it| it.ends_with(b"Base") || (it.ends_with(b"Model") && it != b"BaseModel")) {
            return true;
        }
    }
    false
}

/// A package's own file often does nothing but pass names on, under any name.
fn is_package_file(path: &Path) -> bool {
    path.file_name().is_some_and(|it| it == "__init__.py")
}

fn has_import(content: &[u8]) -> bool {
    find(content, b"import").is_some()
}

fn find(content: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(content, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(path: &str, content: &str) -> bool {
        may_matter(Path::new(path), content.as_bytes())
    }

    #[test]
    fn files_that_declare_or_share_mapped_things_are_kept() {
        for content in [
            "from sqlalchemy import Column\n",
            "import sqlmodel\n",
            "class Child(Base): pass\n",
            "class Child(db.Model): pass\n",
            "class Child(Timestamps, Model): pass\n",
            "class Child(Timestamps, Base): pass\n",
            "class Child(\n    Timestamps,\n    AppBase,\n): ...\n",
            "child = Table('child', metadata)\n",
            "class Timestamps:\n    created = sa.Column()\n",
        ] {
            assert!(kept("a.py", content), "{content}");
        }
    }

    #[test]
    fn files_without_a_sign_are_passed_over() {
        assert!(!kept("a.py", "import os\n\ndef main():\n    print(os.name)\n"));
        assert!(!kept("a.py", "class Settings(BaseModel):\n    name: str\n\nModel = Base\n"));
        assert!(!kept("a.py", ""));
        assert!(!kept("a.py", "import sqlalchemy\n\0"));
    }

    #[test]
    fn a_package_file_that_passes_names_on_is_kept() {
        assert!(kept("pkg/__init__.py", "from .child import Child\n"));
        assert!(!kept("pkg/__init__.py", "__version__ = '1'\n"));
    }
}
