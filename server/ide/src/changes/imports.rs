//! Importing a name.

use relmodel_syntax::{Field, Kind, Node, TextEdit};

use crate::changes::lists::{append, insert_before, insertion, range, remove_item, replacement};
use crate::changes::source::{Source, children};

/// Imports `name` from `module` at the top of a file.
pub(crate) fn import(source: &Source, module: &str, name: &str) -> Option<TextEdit> {
    let statements = head(source);
    match statements.iter().rev().find(|it| is_from(source, **it, module)) {
        Some(statement) => add_name(source, *statement, name),
        None => Some(new_import(source, &statements, module, &format!("from {module} import {name}"))),
    }
}

/// A new import: beside those of its package; else one of the standard library in front of the others, any other behind
/// them.
fn new_import(source: &Source, statements: &[Node<'_>], module: &str, code: &str) -> TextEdit {
    let module_of = |it: Node<'_>| Some(source.node_text(Field::ModuleName.of(it).filter(|_| is_import(it))?));
    let is_below = |it: &str| it.strip_prefix(module).is_some_and(|it| it.starts_with('.'));
    if let Some(below) = statements.iter().find(|it| module_of(**it).is_some_and(is_below)) {
        return insertion(source.line_start(below.start_byte()), format!("{code}{}", source.line_ending()));
    }
    let package = module.split('.').next().filter(|it| !it.is_empty());
    let is_near = |it: &str| it.split('.').next() == package;
    if let Some(near) = statements.iter().rfind(|it| module_of(**it).is_some_and(is_near)) {
        return insertion(source.line_end(near.end_byte()), format!("{}{code}", source.line_ending()));
    }
    let first = statements.iter().find(|it| is_import(**it));
    let Some(first) = first.filter(|_| is_standard(module)) else { return on_new_line(source, statements, code) };
    let future = statements.iter().rfind(|it| is_from(source, **it, "__future__"));
    let ending = source.line_ending();
    if let Some(future) = future {
        return insertion(source.line_end(future.end_byte()), format!("{ending}{code}"));
    }
    let imported = Field::ModuleName.of(*first).or_else(|| Field::Name.of(*first));
    let is_group = imported.is_some_and(|it| is_standard(source.node_text(it)));
    let gap = if is_group { "" } else { ending };
    insertion(source.line_start(first.start_byte()), format!("{code}{ending}{gap}"))
}

/// Whether a module is one of those of the standard library that model files import.
fn is_standard(module: &str) -> bool {
    let package = module.split('.').next().unwrap_or_default();
    matches!(
        package,
        "abc"
            | "collections"
            | "dataclasses"
            | "datetime"
            | "decimal"
            | "enum"
            | "functools"
            | "json"
            | "os"
            | "re"
            | "secrets"
            | "time"
            | "typing"
            | "uuid"
    )
}

fn is_import(statement: Node<'_>) -> bool {
    matches!(Kind::of(statement), Kind::ImportStatement | Kind::ImportFromStatement)
}

/// Imports `name` from `module` under `if TYPE_CHECKING:`. `flag` is what the file calls that, once it is imported.
pub(crate) fn import_for_types(source: &Source, module: &str, name: &str, flag: &str) -> Option<TextEdit> {
    let statements = head(source);
    let statement = format!("from {module} import {name}");
    let Some(block) = statements.iter().find(|it| is_for_types(source, **it)) else {
        let indent = if source.text.contains("\n\t") { "\t" } else { "    " };
        let ending = source.line_ending();
        let code = format!("{ending}if {flag}:{ending}{indent}{statement}");
        return Some(on_new_line(source, &statements, &code));
    };
    let inner = children(block.named_children(&mut block.walk()).find(|it| Kind::of(*it) == Kind::Block)?);
    if let Some(known) = inner.iter().rev().find(|it| is_from(source, **it, module)) {
        return add_name(source, *known, name);
    }
    let last = inner.last().filter(|it| source.is_first_on_line(it.start_byte()))?;
    let lead = format!("{}{}", source.line_ending(), source.indent(last.start_byte()));
    Some(insertion(source.line_end(last.end_byte()), format!("{lead}{statement}")))
}

/// Imports a name outside of the `if TYPE_CHECKING:` that it is imported under.
pub(crate) fn for_runtime(source: &Source, name: &str) -> Option<Vec<TextEdit>> {
    let statements = head(source);
    let found = statements.iter().filter(|it| is_for_types(source, **it)).find_map(|block| {
        let inner = children(block.named_children(&mut block.walk()).find(|it| Kind::of(*it) == Kind::Block)?);
        let holds = |it: &&Node<'_>| {
            let mut names = Field::Name.all_of(**it).into_iter();
            Kind::of(**it) == Kind::ImportFromStatement && names.any(|it| source.node_text(it) == name)
        };
        let statement = *inner.iter().find(holds)?;
        Some((*block, statement, inner.len()))
    });
    let (block, statement, n_statements) = found?;
    let names = Field::Name.all_of(statement);
    let module = source.node_text(Field::ModuleName.of(statement)?).to_owned();
    let mut edits = if names.len() > 1 {
        remove_item(source, &names, *names.iter().find(|it| source.node_text(**it) == name)?)?
    } else {
        let removed = if n_statements > 1 { statement } else { block };
        vec![without_lines(source, removed)?]
    };
    edits.push(import(source, &module, name)?);
    Some(edits)
}

/// Takes the lines of a statement away, and the blank ones above it. Comments would be lost with them.
fn without_lines(source: &Source, statement: Node<'_>) -> Option<TextEdit> {
    let (first, end) = (source.line_start(statement.start_byte()), source.next_line(statement.end_byte()));
    let start = source.text[..first].trim_end().len();
    // What is left ends with the line in front.
    let start = if start == 0 { 0 } else { source.next_line(start) };
    let is_indented = !source.indent(statement.start_byte()).is_empty();
    let lines = range(if is_indented { first } else { start.min(first) }, end);
    (!source.slice(lines).contains('#')).then(|| replacement(lines, String::new()))
}

/// Whether a statement is `if TYPE_CHECKING:`.
fn is_for_types(source: &Source, statement: Node<'_>) -> bool {
    let condition = Field::Condition.of(statement).map(|it| source.node_text(it));
    Kind::of(statement) == Kind::IfStatement && condition.is_some_and(|it| it.ends_with("TYPE_CHECKING"))
}

/// Imports the name that stands at an offset from another module.
pub(crate) fn move_name(source: &Source, offset: usize, module: &str) -> Option<Vec<TextEdit>> {
    let mut node = source.document.root().descendant_for_byte_range(offset, offset)?;
    while Kind::of(node) != Kind::ImportFromStatement {
        node = node.parent()?;
    }
    let names = Field::Name.all_of(node);
    let name = *names.iter().find(|it| it.byte_range().contains(&offset))?;
    let text = source.node_text(name);
    let statements = head(source);
    let target = statements.iter().rfind(|it| is_from(source, **it, module) && **it != node);
    let (start, end) = (source.line_start(node.start_byte()), source.line_end(node.end_byte()));
    let is_alone = source.text[start..end].trim() == source.node_text(node).trim();
    let mut edits = if names.len() > 1 {
        remove_item(source, &names, name)?
    } else if target.is_some() && is_alone {
        vec![replacement(range(start, source.next_line(node.end_byte())), String::new())]
    } else {
        let written = Field::ModuleName.of(node)?;
        return Some(vec![replacement(range(written.start_byte(), written.end_byte()), module.to_owned())]);
    };
    edits.push(match target {
        Some(target) => add_name(source, *target, text)?,
        None => new_import(source, &statements, module, &format!("from {module} import {text}")),
    });
    Some(edits)
}

/// The statements in front of the first class or function: what stands there is known to all that follows.
fn head(source: &Source) -> Vec<Node<'_>> {
    let is_definition = |it: &Node<'_>| {
        matches!(Kind::of(*it), Kind::ClassDefinition | Kind::FunctionDefinition | Kind::DecoratedDefinition)
    };
    children(source.document.root()).into_iter().take_while(|it| !is_definition(it)).collect()
}

/// Whether a statement is `from module import names`.
fn is_from(source: &Source, statement: Node<'_>, module: &str) -> bool {
    let is_star = || children(statement).iter().any(|it| Kind::of(*it) == Kind::WildcardImport);
    Kind::of(statement) == Kind::ImportFromStatement
        && Field::ModuleName.of(statement).is_some_and(|it| source.node_text(it) == module)
        && !is_star()
}

/// Adds a name to those that a statement imports: in its place, where they are sorted.
fn add_name(source: &Source, statement: Node<'_>, name: &str) -> Option<TextEdit> {
    let names = Field::Name.all_of(statement);
    let texts: Vec<&str> = names.iter().map(|it| source.node_text(*it)).collect();
    let next = texts.iter().position(|it| *it > name).filter(|_| texts.is_sorted());
    if let Some(next) = next {
        return Some(insert_before(source, names[next], name));
    }
    if source.node_text(statement).ends_with(')') {
        return append(source, statement, &names, name);
    }
    Some(insertion(names.last()?.end_byte(), format!(", {name}")))
}

/// Puts a line behind the imports that a file begins with; else in front of its first statement.
fn on_new_line(source: &Source, statements: &[Node<'_>], code: &str) -> TextEdit {
    let ending = source.line_ending();
    if let Some(last) = statements.iter().rev().find(|it| is_import(**it)) {
        return insertion(source.line_end(last.end_byte()), format!("{ending}{code}"));
    }
    let docstring = statements.first().filter(|it| it.named_child(0).is_some_and(|it| Kind::of(it) == Kind::String));
    match (docstring, statements.first()) {
        (Some(docstring), _) => insertion(source.line_end(docstring.end_byte()), format!("{ending}{ending}{code}")),
        (None, Some(first)) => {
            insertion(source.line_start(first.start_byte()), format!("{code}{ending}{ending}{ending}"))
        }
        // A file that begins with a class: above it and its comments.
        (None, None) => insertion(0, format!("{code}{ending}{ending}{ending}")),
    }
}
