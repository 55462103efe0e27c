//! "Did you mean": the name that was probably meant.

/// The candidate nearest to `name`, if one is near enough not to be silly: within a third of its length, counted
/// in edits, and at least one.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|it| *it != name)
        .map(|it| (distance(name, it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|it| it.1)
}

/// Edits between two names; swapped letters and another case count as one.
fn distance(a: &str, b: &str) -> usize {
    if a.to_lowercase() == b.to_lowercase() {
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
