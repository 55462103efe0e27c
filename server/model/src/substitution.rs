//! `re.sub(pattern, replacement, text)`, which many bases make table names of their classes' names with.

use fancy_regex::{Captures, Regex, RegexBuilder};
use relmodel_facts::{Expr, Name};

use crate::arguments::{Given, arguments_of, callee};
use crate::db::{Db, Place, Workspace};
use crate::value::{Value, evaluate};

/// What a call that substitutes is made of.
pub(crate) struct Substitution {
    pub(crate) pattern: Place,
    pub(crate) replacement: Place,
    pub(crate) text: Place,
}

/// A call of `re.sub(...)`, or of `sub` of a pattern that `re.compile(...)` made. Flags and counts are not understood.
pub(crate) fn substitution(db: &dyn Db, call: Place) -> Option<Substitution> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    if callee(db, call, function) == Value::Library(Name::from("re.sub")) {
        let [pattern, replacement, text] = positional(db, call)?.try_into().ok()?;
        return Some(Substitution { pattern, replacement, text });
    }
    let Expr::Attribute { object, name } = call.with(function).expr(db) else { return None };
    let Value::Expr(compiled) = evaluate(db, call.with(object)) else { return None };
    let Expr::Call { function, .. } = compiled.expr(db) else { return None };
    if name != "sub" || callee(db, compiled, function) != Value::Library(Name::from("re.compile")) {
        return None;
    }
    let [pattern] = positional(db, compiled)?.try_into().ok()?;
    let [replacement, text] = positional(db, call)?.try_into().ok()?;
    Some(Substitution { pattern, replacement, text })
}

/// The arguments of a call that has no others than positional ones.
fn positional(db: &dyn Db, call: Place) -> Option<Vec<Place>> {
    let place = |it| if let Given::Positional(place) = it { Some(place) } else { None };
    arguments_of(db, call).into_iter().map(place).collect()
}

/// What Python makes of the text; nothing where the two engines may differ.
pub(crate) fn substitute(db: &dyn Db, pattern: &str, replacement: &str, text: &str) -> Option<String> {
    let regex = &compiled(db, Workspace::get(db), Name::from(pattern)).as_ref()?.0;
    let template = template(replacement)?;
    let mut res = String::new();
    let mut end = 0;
    let mut was_empty = None;
    for captures in regex.captures_iter(text) {
        let captures = captures.ok()?;
        let whole = captures.get(0)?;
        // Python finds an empty match right behind another match, and this engine does not.
        let is_empty = whole.range().is_empty();
        if was_empty.replace(is_empty).is_some_and(|it| it != is_empty) {
            return None;
        }
        res.push_str(text.get(end..whole.start())?);
        expand(&template, &captures, &mut res);
        end = whole.end();
    }
    res.push_str(text.get(end..)?);
    Some(res)
}

/// A piece of what comes in a match's place.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

/// `\1_\2`, `\g<1>_\g<2>`. Other escapes are not understood.
fn template(replacement: &str) -> Option<Vec<Piece>> {
    let mut res = Vec::new();
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('\\') {
        res.push(Piece::Text(before.to_owned()));
        let digit = |it: &str| it.chars().next().filter(char::is_ascii_digit).and_then(|it| it.to_digit(10));
        let (group, after) = match after.strip_prefix("g<") {
            Some(named) => named.split_once('>').and_then(|(group, after)| Some((group.parse().ok()?, after)))?,
            // Two digits may be one group or an octal number.
            None if after.get(1..).and_then(digit).is_none() => (digit(after)? as usize, after.get(1..)?),
            None => return None,
        };
        res.push(Piece::Group(group));
        rest = after;
    }
    res.push(Piece::Text(rest.to_owned()));
    Some(res)
}

fn expand(template: &[Piece], captures: &Captures<'_>, out: &mut String) {
    for piece in template {
        let text = match piece {
            Piece::Text(text) => text,
            Piece::Group(group) => captures.get(*group).map_or("", |it| it.as_str()),
        };
        out.push_str(text);
    }
}

/// How often a match may begin anew. Names of classes need a few dozen.
const MAX_BACKTRACKS: usize = 10_000;

#[derive(Debug)]
struct Pattern(Regex);

/// A pattern is compiled once: every class of a base has its name from the same one.
#[salsa::tracked(returns(ref), no_eq)]
fn compiled(_db: &dyn Db, _workspace: Workspace, pattern: Name) -> Option<Pattern> {
    RegexBuilder::new(pattern.as_str()).backtrack_limit(MAX_BACKTRACKS).build().ok().map(Pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let text = |it: &str| Piece::Text(it.to_owned());
        assert_eq!(template("_"), Some(vec![text("_")]));
        let groups = vec![text(""), Piece::Group(1), text("_"), Piece::Group(2), text("")];
        assert_eq!(template(r"\1_\2").as_ref(), Some(&groups));
        assert_eq!(template(r"\g<1>_\g<2>"), Some(groups));
        assert_eq!(template(r"\10"), None);
        assert_eq!(template(r"\n"), None);
        assert_eq!(template(r"\g<name>"), None);
    }
}
