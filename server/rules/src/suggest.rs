//! "Did you mean": the name that was probably meant.

/// The candidate nearest to `name`, if one is near enough not to be silly: within a third of its length, counted
/// in edits, and at least one.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    let letters = Letters::of(name);
    candidates
        .into_iter()
        .filter(|it| letters.may_be_within(limit, Letters::of(it)) && *it != name)
        .map(|it| (distance(name, it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|it| it.1)
}

/// Which letters a name has, whatever their case: tells most names apart without counting edits. There may be ten
/// thousand to compare with at every keystroke.
#[derive(Clone, Copy)]
struct Letters {
    set: u64,
    length: usize,
    is_ascii: bool,
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

/// `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    closest(name, candidates).map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
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
