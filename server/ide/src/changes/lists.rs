//! Adding to and taking from what stands between brackets, one item after the other: arguments, imported names.
//!
//! An item that has a line of its own gets one for the new item too; a comma at the end stays, and so do comments.

use relmodel_syntax::{Field, Kind, Node, TextEdit, TextRange};

use crate::changes::source::{Source, children};

/// Sets a keyword argument of a call.
pub(crate) fn set_argument(source: &Source, call: Node<'_>, name: &str, value: &str) -> Option<TextEdit> {
    let container = arguments(call)?;
    if let Some(argument) = keyword(source, container, name) {
        let value_node = Field::Value.of(argument)?;
        return Some(replacement(TextRange::of(value_node), source.with_quotes(call, value)));
    }
    let code = source.with_quotes(call, &format!("{name}={value}"));
    append(source, container, &children(container), &code)
}

/// Adds a positional argument behind those that are there.
pub(crate) fn add_positional(source: &Source, call: Node<'_>, value: &str) -> Option<TextEdit> {
    let container = arguments(call)?;
    let items = children(container);
    let code = source.with_quotes(call, value);
    let is_named = |it: &Node<'_>| matches!(Kind::of(*it), Kind::KeywordArgument | Kind::DictionarySplat);
    match items.iter().position(is_named) {
        Some(index) => Some(insert_before(source, items[index], &code)),
        None => append(source, container, &items, &code),
    }
}

/// Puts an argument in the place of a keyword argument.
pub(crate) fn replace_argument(source: &Source, call: Node<'_>, name: &str, code: &str) -> Option<TextEdit> {
    let argument = keyword(source, arguments(call)?, name)?;
    Some(replacement(TextRange::of(argument), source.with_quotes(call, code)))
}

/// Takes a keyword argument away, with the comma that belongs to it.
pub(crate) fn remove_argument(source: &Source, call: Node<'_>, name: &str) -> Option<Vec<TextEdit>> {
    let container = arguments(call)?;
    remove_item(source, &children(container), keyword(source, container, name)?)
}

/// Takes one of the items between brackets away, with the comma that belongs to it.
pub(crate) fn remove_item(source: &Source, items: &[Node<'_>], item: Node<'_>) -> Option<Vec<TextEdit>> {
    let index = items.iter().position(|it| *it == item)?;
    let removed = |start, end| replacement(range(start, end), String::new());
    let (start, end) = (item.start_byte(), item.end_byte());
    let Some(comma) = comma_behind(item) else {
        // The comma in front goes instead, and what stands between the two stays.
        let before = index.checked_sub(1).map(|it| items[it]);
        let Some(comma) = before.and_then(comma_behind) else { return Some(vec![removed(start, end)]) };
        let between = &source.text[comma.end_byte()..start];
        if between.trim().is_empty() {
            return Some(vec![removed(comma.start_byte(), end)]);
        }
        return Some(vec![removed(comma.start_byte(), comma.end_byte()), removed(start, end)]);
    };
    let line_end = source.line_end(comma.end_byte());
    let is_alone = source.text[comma.end_byte()..line_end].trim().is_empty() && source.is_first_on_line(start);
    if is_alone {
        return Some(vec![removed(source.line_start(start), source.next_line(line_end))]);
    }
    let blanks = source.text[comma.end_byte()..].len() - source.text[comma.end_byte()..].trim_start_matches(' ').len();
    Some(vec![removed(start, comma.end_byte() + blanks)])
}

/// Adds an item behind the last one between brackets.
pub(crate) fn append(source: &Source, container: Node<'_>, items: &[Node<'_>], code: &str) -> Option<TextEdit> {
    let close = closing(source, container)?;
    let Some(&last) = items.last() else {
        // Nothing but comments may stand there; behind them is the place.
        return Some(insertion(close.start_byte(), code.to_owned()));
    };
    let comma = comma_behind(last);
    let has_own_line = source.is_first_on_line(last.start_byte());
    let end = comma.map_or(last.end_byte(), |it| it.end_byte());
    if !has_own_line {
        let (lead, trail) = if comma.is_some() { (" ", ",") } else { (", ", "") };
        return Some(insertion(end, format!("{lead}{code}{trail}")));
    }
    let lead = format!("{}{}", source.line_ending(), source.indent(last.start_byte()));
    if comma.is_some() {
        // A comment behind the last item is the item's.
        let end = source.line_end(end).min(close.start_byte().max(end));
        return Some(insertion(end, format!("{lead}{code},")));
    }
    let rest = &source.text[last.end_byte()..close.start_byte()];
    if rest.trim().is_empty() {
        return Some(insertion(end, format!(",{lead}{code}")));
    }
    // Between the item and its comment stands the comma, behind the comment the new item: one edit holds both.
    let comment_end = source.line_end(end);
    let comment = &source.text[end..comment_end];
    Some(replacement(range(end, comment_end), format!(",{comment}{lead}{code}")))
}

/// Adds an item in front of another.
pub(crate) fn insert_before(source: &Source, item: Node<'_>, code: &str) -> TextEdit {
    let start = item.start_byte();
    let gap = if source.is_first_on_line(start) {
        format!("{}{}", source.line_ending(), source.indent(start))
    } else {
        " ".to_owned()
    };
    insertion(start, format!("{code},{gap}"))
}

/// The bracket that closes a list; `None` where it has not been typed yet.
fn closing<'tree>(source: &Source, container: Node<'tree>) -> Option<Node<'tree>> {
    let last = container.child(container.child_count().checked_sub(1)?)?;
    matches!(source.node_text(last), ")" | "]" | "}").then_some(last)
}

fn comma_behind(node: Node<'_>) -> Option<Node<'_>> {
    let mut next = node.next_sibling();
    while let Some(it) = next.filter(|it| Kind::of(*it) == Kind::Comment) {
        next = it.next_sibling();
    }
    next.filter(|it| it.kind() == ",")
}

fn arguments(call: Node<'_>) -> Option<Node<'_>> {
    Field::Arguments.of(call).filter(|it| Kind::of(*it) == Kind::ArgumentList)
}

fn keyword<'tree>(source: &Source, container: Node<'tree>, name: &str) -> Option<Node<'tree>> {
    let is_it = |it: &Node<'_>| {
        Kind::of(*it) == Kind::KeywordArgument && Field::Name.of(*it).is_some_and(|it| source.node_text(it) == name)
    };
    children(container).into_iter().find(is_it)
}

/// Puts a text at an offset.
pub(crate) fn insertion(offset: usize, text: String) -> TextEdit {
    replacement(range(offset, offset), text)
}

pub(crate) fn replacement(range: TextRange, text: String) -> TextEdit {
    TextEdit { range, replacement: text }
}

pub(crate) fn range(start: usize, end: usize) -> TextRange {
    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    TextRange::new(offset(start), offset(end))
}
