//! Adding a statement to the body of a class.

use relmodel_syntax::{Field, Kind, Node, TextEdit};

use crate::changes::lists::{insertion, range, replacement};
use crate::changes::source::{Source, children};

/// Where a statement comes in.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    /// In front of all but the docstring.
    First,
    /// Behind the last assignment.
    Last,
    /// Behind the statement that holds this offset.
    Behind(u32),
}

/// Adds a statement to the class whose statement, decorators included, `node` is.
pub(crate) fn add(source: &Source, node: Node<'_>, slot: Slot, code: &str) -> Option<TextEdit> {
    let class = Field::Definition.of(node).unwrap_or(node);
    if Kind::of(class) != Kind::ClassDefinition {
        return None;
    }
    let body = Field::Body.of(class)?;
    let statements = children(body);
    let first = *statements.first()?;
    let code = source.with_quotes(class, code);
    if !source.is_first_on_line(first.start_byte()) {
        return on_one_line(source, &statements, &code);
    }
    let indent = source.indent(first.start_byte());
    let lead = format!("{}{indent}", source.line_ending());
    let code = code.replace('\n', &lead);
    if let [only] = statements.as_slice()
        && is_placeholder(source, *only)
    {
        return Some(replacement(range(only.start_byte(), only.end_byte()), code));
    }
    let behind = match slot {
        Slot::First => None,
        Slot::Last => statements.iter().rev().find(|it| is_assignment(**it)),
        Slot::Behind(offset) => statements.iter().find(|it| it.byte_range().contains(&(offset as usize))),
    };
    if let Some(statement) = behind {
        return Some(insertion(source.line_end(statement.end_byte()), format!("{lead}{code}")));
    }
    Some(in_front(source, class, &statements, &format!("{lead}{code}")))
}

/// Adds a statement in front of one at the top of a file, and the comments right above it.
pub(crate) fn add_before(source: &Source, node: Node<'_>, code: &str) -> Option<TextEdit> {
    let mut at = node.start_byte();
    if !source.is_first_on_line(at) || !source.indent(at).is_empty() {
        return None;
    }
    let ending = source.line_ending();
    while let Some(before) = source.text[..at].strip_suffix('\n') {
        let above = before.rfind('\n').map_or(0, |it| it + 1);
        if !before[above..].starts_with('#') {
            break;
        }
        at = above;
    }
    let code = source.with_quotes(node, code).replace('\n', ending);
    Some(insertion(at, format!("{code}{ending}{ending}{ending}")))
}

/// Adds a statement behind the one at the top of a file that holds a node.
pub(crate) fn add_behind(source: &Source, node: Node<'_>, code: &str) -> Option<TextEdit> {
    let mut statement = node;
    while let Some(parent) = statement.parent().filter(|it| it.parent().is_some()) {
        statement = parent;
    }
    if !source.is_first_on_line(statement.start_byte()) || !source.indent(statement.start_byte()).is_empty() {
        return None;
    }
    let ending = source.line_ending();
    let code = source.with_quotes(node, code).replace('\n', ending);
    let at = source.line_end(statement.end_byte());
    // What stands right below keeps its distance.
    let below = source.text[at..].trim_start_matches([' ', '\t']);
    let n_blank = below.len() - below.trim_start_matches(['\r', '\n']).len();
    let is_close = !below.trim().is_empty() && n_blank < 3 * ending.len();
    let gap = if is_close { ending.repeat(3 - n_blank / ending.len()) } else { String::new() };
    Some(insertion(at, format!("{ending}{ending}{ending}{code}{gap}")))
}

/// In front of all statements and the comments above them; behind the docstring and the blank line below it.
fn in_front(source: &Source, class: Node<'_>, statements: &[Node<'_>], code: &str) -> TextEdit {
    let docstring = statements.first().filter(|it| is_docstring(**it));
    let mut at = match docstring {
        Some(docstring) => source.line_end(docstring.end_byte()),
        None => source.line_end(header_end(class)),
    };
    let next = statements.get(usize::from(docstring.is_some()));
    let ending = source.line_ending();
    if docstring.is_some() {
        let below = at + ending.len();
        let is_blank =
            source.text.get(below..).is_some_and(|it| it[..it.find(['\n', '\r']).unwrap_or(0)].trim().is_empty());
        if next.is_some() && is_blank && below < source.text.len() {
            at = source.line_end(below);
        }
    }
    // A method keeps its distance.
    let is_method = next.is_some_and(|it| !is_assignment(*it));
    insertion(at, if is_method { format!("{code}{ending}") } else { code.to_owned() })
}

/// `class Parent(Base): pass`
fn on_one_line(source: &Source, statements: &[Node<'_>], code: &str) -> Option<TextEdit> {
    if let [only] = statements
        && is_placeholder(source, *only)
    {
        return Some(replacement(range(only.start_byte(), only.end_byte()), code.to_owned()));
    }
    let last = statements.last()?;
    Some(insertion(last.end_byte(), format!("; {code}")))
}

/// The end of the line that opens the body of a class, as far as it is known: its name or its bases.
fn header_end(class: Node<'_>) -> usize {
    let bases = Field::Superclasses.of(class).map(|it| it.end_byte());
    bases.or_else(|| Field::Name.of(class).map(|it| it.end_byte())).unwrap_or_else(|| class.start_byte())
}

fn is_placeholder(source: &Source, statement: Node<'_>) -> bool {
    matches!(source.node_text(statement).trim(), "pass" | "...")
}

fn is_docstring(statement: Node<'_>) -> bool {
    let value = statement.named_child(0);
    value.is_some_and(|it| matches!(Kind::of(it), Kind::String | Kind::ConcatenatedString))
}

fn is_assignment(statement: Node<'_>) -> bool {
    let is_one = |it: Node<'_>| Kind::of(it) == Kind::Assignment;
    is_one(statement) || children(statement).first().is_some_and(|it| is_one(*it))
}

/// Makes a method of the assignment to the name at an offset: `parent = …` becomes `def parent(cls): return …`, with this
/// decorator.
pub(crate) fn make_method(source: &Source, offset: usize, decorator: &str) -> Option<Vec<TextEdit>> {
    let mut node = source.document.root().descendant_for_byte_range(offset, offset)?;
    while Kind::of(node) != Kind::Assignment {
        node = node.parent()?;
    }
    let (start, value) = (node.start_byte(), Field::Right.of(node)?);
    // The lines of a string stay where they are.
    let has_long_string = ["\"\"\"", "'''"].iter().any(|it| source.node_text(value).contains(it));
    if !source.is_first_on_line(start) || Kind::of(value) == Kind::Assignment || has_long_string {
        return None;
    }
    let name = source.node_text(Field::Left.of(node)?);
    let returned = Field::Type.of(node).map_or_else(String::new, |it| format!(" -> {}", source.node_text(it)));
    let (indent, ending) = (source.indent(start), source.line_ending());
    let unit = if indent.starts_with('\t') { "\t" } else { "    " };
    let code = format!("@{decorator}{ending}{indent}def {name}(cls){returned}:{ending}{indent}{unit}return ");
    let mut edits = vec![replacement(range(start, value.start_byte()), code)];
    edits.extend(indented(source, value, unit));
    let line_start = source.line_start(start);
    // A method stands apart from what is above and below it.
    let before = source.text[..line_start].trim_end_matches(['\r', '\n']).len();
    let above = source.text[source.line_start(before)..before].trim();
    let is_apart = source.text[before..line_start].matches('\n').count() > 1;
    if !is_apart && !above.ends_with(':') && !above.starts_with('#') {
        edits.push(insertion(line_start, ending.to_owned()));
    }
    let end = source.line_end(node.end_byte());
    let next = source.next_line(end);
    let below = &source.text[next..source.line_end(next)];
    if !below.trim().is_empty() && below.starts_with(indent) {
        edits.push(insertion(end, ending.to_owned()));
    }
    Some(edits)
}

/// Puts the lines of a node behind the first one further in.
fn indented(source: &Source, node: Node<'_>, unit: &str) -> Vec<TextEdit> {
    let mut res = Vec::new();
    let mut line = source.next_line(node.start_byte());
    while line < node.end_byte() {
        if !source.text[line..source.line_end(line)].trim().is_empty() {
            res.push(insertion(line, unit.to_owned()));
        }
        line = source.next_line(line);
    }
    res
}
