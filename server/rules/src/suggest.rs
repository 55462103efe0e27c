//! "Did you mean": the name that was probably meant.

use std::fmt;

use relmodel_model::{Db, MetadataId, Name, RegistryId, class_names, table_keys};

use crate::finding::Anchor;
use crate::fix::{Change, Fix};

/// The candidate nearest to `name`, if one is near enough not to be silly: within a third of its length, counted
/// in edits, and at least one.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_by_letters(name, candidates.into_iter().map(|it| (Letters::of(it), it)))
}

fn closest_by_letters<'a>(name: &str, candidates: impl Iterator<Item = (Letters, &'a str)>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    let letters = Letters::of(name);
    candidates
        .filter(|it| letters.may_be_within(limit, it.0) && it.1 != name)
        .map(|it| (distance(name, it.1), it.1))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|it| it.1)
}

/// Which letters a name has, whatever their case: tells most names apart without counting edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letters {
    set: u64,
    length: usize,
    is_ascii: bool,
}

/// Names that something is compared with at every keystroke, ten thousand of them perhaps: their letters lie side by side,
/// and few texts are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidates(Vec<(Letters, &'static str)>);

impl Candidates {
    fn of(names: &[Name]) -> Self {
        Self(names.iter().map(Name::as_str).map(|it| (Letters::of(it), it)).collect())
    }

    /// Those that are longer than a name and have all its letters, as those do that end with it.
    pub(crate) fn longer_than(&self, name: &str) -> impl Iterator<Item = &'static str> + '_ {
        let letters = Letters::of(name);
        let is_longer = move |it: &&(Letters, _)| it.0.length > letters.length && letters.set & !it.0.set == 0;
        self.0.iter().filter(is_longer).map(|it| it.1)
    }

    /// The candidate that was probably meant.
    pub(crate) fn meant_by(&self, name: &str) -> Suggestion {
        let meant = closest_by_letters(name, self.0.iter().copied());
        Suggestion { written: name.to_owned(), meant: meant.map(str::to_owned) }
    }
}

/// The names of the classes in a registry.
pub(crate) fn class_candidates(db: &dyn Db, registry: RegistryId) -> &Candidates {
    candidates(db, Some(registry), None)
}

/// The keys of the tables in a metadata.
pub(crate) fn table_candidates(db: &dyn Db, metadata: MetadataId) -> &Candidates {
    candidates(db, None, Some(metadata))
}

/// The names of the classes in a registry, if one is given, and likewise the keys of the tables in a metadata.
#[salsa::tracked(returns(ref))]
pub(crate) fn candidates(db: &dyn Db, registry: Option<RegistryId>, metadata: Option<MetadataId>) -> Candidates {
    let classes = registry.map_or(&[][..], |it| class_names(db, it));
    let tables = metadata.map_or(&[][..], |it| table_keys(db, it));
    Candidates::of(&[classes, tables].concat())
}

impl Letters {
    fn of(name: &str) -> Self {
        let set = name.bytes().fold(0, |set, it| set | 1 << (it.to_ascii_lowercase() & 63));
        Self { set, length: name.len(), is_ascii: name.is_ascii() }
    }

    /// Every letter that only one of two names has takes an edit of its own.
    fn may_be_within(self, limit: usize, other: Self) -> bool {
        let missing = |a: u64, b: u64| (a & !b).count_ones() as usize;
        let fits = self.length.abs_diff(other.length) <= limit
            && missing(self.set, other.set).max(missing(other.set, self.set)) <= limit;
        fits || !self.is_ascii || !other.is_ascii
    }
}

/// Edits between two names; swapped letters and another case count as one.
fn distance(a: &str, b: &str) -> usize {
    if a.eq_ignore_ascii_case(b) || a.to_lowercase() == b.to_lowercase() {
        return 1;
    }
    // A plural is the most common slip of all.
    if a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a) {
        return 1;
    }
    strsim::damerau_levenshtein(a, b)
}

/// The name that was probably meant instead of another, if there is one: as words for a message (`Display`), and as a
/// fix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suggestion {
    written: String,
    meant: Option<String>,
}

impl Suggestion {
    /// That this name was meant.
    pub(crate) fn of(written: &str, meant: &str) -> Self {
        Self { written: written.to_owned(), meant: Some(meant.to_owned()) }
    }

    /// The name that was probably meant.
    pub(crate) fn name(&self) -> Option<&str> {
        self.meant.as_deref()
    }

    /// Whether no name comes to mind.
    pub(crate) fn is_empty(&self) -> bool {
        self.meant.is_none()
    }

    /// This suggestion, or where there is none, that another name was meant.
    pub(crate) fn or(self, other: Option<&str>) -> Self {
        match other {
            Some(other) if self.is_empty() => Self { meant: Some(other.to_owned()), ..self },
            _ => self,
        }
    }

    /// Puts the name that was meant in the place of the one written.
    pub(crate) fn fix(&self, at: Anchor) -> Option<Fix> {
        let new = self.meant.clone()?;
        let title = format!("Change to `{new}`");
        Some(Fix::safe(title, vec![Change::Replace { at, old: self.written.clone(), new }]))
    }
}

/// `; did you mean …?`, or nothing.
impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.meant {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
}

/// The candidate that was probably meant.
pub(crate) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Suggestion {
    Suggestion { written: name.to_owned(), meant: closest(name, candidates).map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        assert_eq!(closest("parnt", ["child", "parent"]), Some("parent"));
        assert_eq!(closest("Chlid", ["Parent", "Child"]), Some("Child"));
        assert_eq!(closest("ALL", ["all", "merge"]), Some("all"));
        assert_eq!(closest("teams", ["team"]), Some("team"));
        assert_eq!(closest("owner", ["parent", "child"]), None);
        assert_eq!(closest("id", ["no", "pk"]), None);
    }
}
