//! Which of very many names are proposed: an editor shows a few, and a workspace may have ten thousand.
//!
//! Owns the choice among names. What they mean is not looked at.

use relmodel_model::Name;
use rustc_hash::FxHashSet;

/// No more than so many proposals are made at once. Whoever gets so many should ask again when more has been typed.
pub const MAX_PROPOSALS: usize = 200;

/// All of `names` if they are few; else those that fit what is typed: first the ones that are near, then those that begin
/// with it, then those that have its letters in this order.
pub(crate) fn narrowed(names: &[Name], typed: &str, near: impl IntoIterator<Item = Name>) -> Vec<Name> {
    if names.len() <= MAX_PROPOSALS {
        return names.to_vec();
    }
    let begins =
        |it: &Name| it.as_bytes().get(..typed.len()).is_some_and(|it| it.eq_ignore_ascii_case(typed.as_bytes()));
    let near = near.into_iter().filter(|it| has_letters_of(it, typed));
    let first = names.iter().copied().filter(begins);
    let others = names.iter().copied().filter(|it| !begins(it) && has_letters_of(it, typed));
    let mut seen = FxHashSet::default();
    near.chain(first).chain(others).filter(|it| seen.insert(*it)).take(MAX_PROPOSALS).collect()
}

/// Whether a name has the letters of what is typed, in their order and whatever their case.
pub(crate) fn has_letters_of(name: &str, typed: &str) -> bool {
    let mut rest = name.bytes();
    typed.bytes().all(|wanted| rest.any(|it| it.eq_ignore_ascii_case(&wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_all_proposed() {
        let names = [Name::from("Parent"), Name::from("Child")];
        assert_eq!(narrowed(&names, "x", []), names);
    }

    #[test]
    fn of_many_names_those_that_fit_are_proposed() {
        let mut names: Vec<Name> = (0..1000).map(|it| Name::from(&format!("Other{it}"))).collect();
        names.extend(["MyParent", "Parent"].map(Name::from));
        let near = [Name::from("Piranha"), Name::from("Child")];
        assert_eq!(narrowed(&names, "pan", near), ["Piranha", "MyParent", "Parent"].map(Name::from));
        assert_eq!(narrowed(&names, "par", []), ["Parent", "MyParent"].map(Name::from));
        assert_eq!(narrowed(&names, "", []).len(), MAX_PROPOSALS);
    }
}
