//! Interned names: copied and compared as pointers.
//!
//! A workspace has some ten thousand different ones, and most of them are asked for by many threads at once while it loads.
//! They are never given back.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashSet};

/// How many sets share the names, so that threads seldom wait for each other; a power of two.
const N_SETS: usize = 64;

/// An interned identifier: cheap to copy, compare and hash.
#[derive(Clone, Copy)]
pub struct Name(&'static Text);

/// The text of a name behind a thin pointer.
struct Text {
    content: Box<str>,
    /// Told by the text alone, so that maps keep their names in the same order in every run.
    hash: u64,
    /// [`Name::last_part`], once somebody has asked for it.
    last_part: OnceLock<Name>,
}

/// A name in its set, found by its text.
#[derive(PartialEq, Eq)]
struct Entry(Name);

impl Borrow<str> for Entry {
    fn borrow(&self) -> &str {
        self.0.as_str()
    }
}

impl Hash for Entry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

static SETS: LazyLock<Vec<Mutex<FxHashSet<Entry>>>> = LazyLock::new(|| (0..N_SETS).map(|_| Mutex::default()).collect());

static EMPTY: LazyLock<Name> = LazyLock::new(|| Name::from(""));

impl Name {
    /// Its text.
    #[inline]
    pub fn as_str(&self) -> &'static str {
        &self.0.content
    }

    /// What stands behind the last dot of a dotted name; all of one without dots.
    #[must_use]
    pub fn last_part(self) -> Self {
        *self.0.last_part.get_or_init(|| match self.0.content.rsplit_once('.') {
            Some((_, last)) => Self::from(last),
            None => self,
        })
    }

    fn interned(text: &str) -> Self {
        let hash = FxBuildHasher.hash_one(text);
        // A set tells its names apart by the lower and the uppermost bits.
        let nth = usize::try_from(hash >> 32).unwrap_or_default() % N_SETS;
        let mut set = SETS[nth].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = set.get(text) {
            return entry.0;
        }
        let new = Self(Box::leak(Box::new(Text { content: text.into(), hash, last_part: OnceLock::new() })));
        set.insert(Entry(new));
        new
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Name {
    fn from(text: &T) -> Self {
        Self::interned(text.as_ref())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::interned(&text)
    }
}

impl Default for Name {
    fn default() -> Self {
        *EMPTY
    }
}

impl Deref for Name {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Name {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Name {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Name> for str {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Name> for &str {
    fn eq(&self, other: &Name) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    /// By text.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Name {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_name_and_others_are_not() {
        let names: Vec<Name> = (0..1000).map(|it| Name::from(&format!("name_{it}"))).collect();
        for (nth, name) in names.iter().enumerate() {
            assert_eq!(*name, Name::from(&format!("name_{nth}")));
            assert_eq!(*name, *format!("name_{nth}"));
            assert_ne!(*name, names[(nth + 1) % names.len()]);
        }
        assert_eq!(Name::default(), Name::from(""));
        assert!(Name::from("a") < Name::from("b"));
        assert_eq!(Name::from("a.b.c").last_part(), "c");
        assert_eq!(Name::from("c").last_part(), "c");
    }
}
