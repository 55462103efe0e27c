//! `relmodel explain`: the page of a rule.

use relmodel_ide::rule_infos;

use crate::Status;
use crate::output::Output;

/// Names less alike than this are no misspellings of each other.
const ALIKE: f64 = 0.6;

pub(crate) fn run(code: &str, output: &mut Output) -> Status {
    if let Some(rule) = rule_infos().iter().find(|it| it.code == code) {
        let written = writeln!(output.result(), "{}", rule.page.trim_end());
        return output.finish(written, Status::Clean);
    }
    match nearest(code) {
        Some(nearest) => output.complain(format_args!("there is no rule `{code}`; did you mean `{nearest}`?")),
        None => output.complain(format_args!("there is no rule `{code}`")),
    }
    output.finish(Ok(()), Status::Unusable)
}

fn nearest(code: &str) -> Option<&'static str> {
    let likeness = |it: &str| strsim::normalized_damerau_levenshtein(it, code);
    let best = rule_infos().iter().map(|it| it.code).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= ALIKE).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_code_has_a_nearest_one_and_another_word_has_none() {
        assert_eq!(nearest("unresolved-nme"), Some("unresolved-name"));
        assert_eq!(nearest("xyzzy"), None);
    }
}
