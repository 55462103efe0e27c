//! Reads a tree in the terms of `dump.py`, so that it can be compared with what CPython's `ast` says of the same file.
//!
//! It owns how each kind of node is told. It must not know which files are compared, nor what to do about differences.

use tree_sitter::{Node, Tree};

/// What the tree says: the sorted lines. `braces` says whether what stands in the braces of f-strings is told.
pub(crate) fn lines_of(tree: &Tree, text: &[u8], braces: bool) -> Vec<String> {
    let mut reader = Reader { text, starts: line_starts(text), braces, lines: Vec::new() };
    reader.walk(tree.root_node());
    reader.lines.sort_unstable();
    reader.lines
}

/// The first node that valid code must not have: an error, a missing token, or a sign of the half-typed law.
pub(crate) fn fault(tree: &Tree) -> Option<Node<'_>> {
    let root = tree.root_node();
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() || matches!(node.kind(), "unclosed" | "unopened") {
            return Some(node);
        }
        if cursor.goto_first_child() || cursor.goto_next_sibling() {
            continue;
        }
        while cursor.goto_parent() {
            if cursor.goto_next_sibling() {
                break;
            }
        }
        if cursor.node() == root {
            return None;
        }
    }
}

/// Where lines begin, as CPython counts them: after `\n`, `\r\n` and `\r`.
fn line_starts(text: &[u8]) -> Vec<usize> {
    let mut starts = vec![0];
    for (index, byte) in text.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && text.get(index + 1) != Some(&b'\n')) {
            starts.push(index + 1);
        }
    }
    starts
}

struct Reader<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
    braces: bool,
    lines: Vec<String>,
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|it| !it.is_extra()).collect()
}

/// The expression itself, without the parentheses around it and the node `type`, which `ast` does not show.
fn inside(node: Node<'_>) -> Node<'_> {
    match children(node).first() {
        Some(child) if matches!(node.kind(), "parenthesized_expression" | "type") => inside(*child),
        _ => node,
    }
}

fn of_kind<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    children(node).into_iter().find(|it| it.kind() == kind)
}

fn body(node: Node<'_>, field: &str) -> usize {
    node.child_by_field_name(field).map_or(0, |it| children(it).len())
}

fn types(node: Node<'_>) -> usize {
    body(node, "type_parameters")
}

impl Reader<'_> {
    fn place(&self, byte: usize) -> String {
        let row = self.starts.partition_point(|it| *it <= byte) - 1;
        format!("{row}:{}", byte - self.starts[row])
    }

    fn start(&self, node: Node<'_>) -> String {
        self.place(node.start_byte())
    }

    /// The range of the node as it stands, with its parentheses.
    fn whole(&self, node: Node<'_>) -> String {
        format!("{}-{}", self.place(node.start_byte()), self.place(node.end_byte()))
    }

    fn span(&self, node: Option<Node<'_>>) -> String {
        node.map_or_else(|| "-".to_owned(), |it| self.whole(inside(it)))
    }

    fn field(&self, node: Node<'_>, name: &str) -> String {
        self.span(node.child_by_field_name(name))
    }

    fn spans(&self, nodes: &[Node<'_>]) -> String {
        nodes.iter().map(|it| self.whole(inside(*it))).collect::<Vec<_>>().join(" ")
    }

    fn spelling(&self, node: Node<'_>) -> String {
        let name = &self.text[node.byte_range()];
        if name.is_ascii() { String::from_utf8_lossy(name).into_owned() } else { "?".to_owned() }
    }

    /// A name as both sides can spell it: CPython normalises what is not ASCII. Names with dots lose what stands around
    /// the dots.
    fn name(&self, node: Option<Node<'_>>) -> String {
        let Some(node) = node else { return "-".to_owned() };
        if node.kind() != "dotted_name" {
            return self.spelling(node);
        }
        let parts: Vec<_> = children(node).into_iter().map(|it| self.spelling(it)).collect();
        if parts.iter().any(|it| it == "?") { "?".to_owned() } else { parts.join(".") }
    }

    fn walk(&mut self, node: Node<'_>) {
        if !node.is_named() {
            return;
        }
        if let Some(line) = self.describe(node) {
            self.lines.push(line);
        }
        match node.kind() {
            "case_pattern" => return,
            "string" if !self.braces => return,
            "parameters" | "lambda_parameters" => self.parameters(node),
            _ => {}
        }
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            self.walk(child);
        }
    }

    fn describe(&self, node: Node<'_>) -> Option<String> {
        self.definition(node)
            .or_else(|| self.simple(node))
            .or_else(|| self.compound(node))
            .or_else(|| self.expression(node))
    }

    fn definition(&self, node: Node<'_>) -> Option<String> {
        let name = || self.name(node.child_by_field_name("name"));
        Some(match node.kind() {
            "module" => format!("module {}", children(node).len()),
            "class_definition" => {
                let bases = node.child_by_field_name("superclasses").map_or_else(String::new, |it| self.arguments(it));
                format!("class {} {} {} {} {bases}", self.start(node), name(), types(node), body(node, "body"))
            }
            "function_definition" => {
                let returns = self.field(node, "return_type");
                format!("def {} {} {} {} {returns}", self.start(node), name(), types(node), body(node, "body"))
            }
            "lambda" => format!("lambda {} {}", self.whole(node), self.field(node, "body")),
            "decorator" => format!("decorator {}", self.span(children(node).first().copied())),
            _ => return None,
        })
    }

    fn parameters(&mut self, list: Node<'_>) {
        for node in children(list) {
            if node.kind().ends_with("_separator") {
                continue;
            }
            let mut name = node;
            while name.kind() != "identifier" {
                name = children(name)[0];
            }
            let (annotation, default) = (self.field(node, "type"), self.field(node, "value"));
            let line = format!("parameter {} {} {annotation} {default}", self.start(name), self.spelling(name));
            self.lines.push(line);
        }
    }

    fn simple(&self, node: Node<'_>) -> Option<String> {
        let kind = node.kind();
        let whole = || self.whole(node);
        Some(match kind {
            "import_statement" => format!("import {} {}", whole(), self.aliases(node)),
            "import_from_statement" => {
                format!("import_from {} {} {}", whole(), self.module_name(node), self.aliases(node))
            }
            "assignment" if node.parent().is_some_and(|it| it.kind() == "assignment") => return None,
            "assignment" => self.assignment(node),
            "augmented_assignment" => {
                format!("{kind} {} {} {}", whole(), self.field(node, "left"), self.field(node, "right"))
            }
            "type_alias_statement" => {
                let name = self.name(node.child_by_field_name("left"));
                format!("{kind} {} {name} {} {}", whole(), types(node), self.field(node, "right"))
            }
            "return_statement" => format!("{kind} {} {}", whole(), self.span(children(node).first().copied())),
            "raise_statement" => {
                let cause = node.child_by_field_name("cause");
                let raised = children(node).into_iter().find(|it| Some(*it) != cause);
                format!("{kind} {} {} {}", whole(), self.span(raised), self.span(cause))
            }
            "delete_statement" | "assert_statement" => format!("{kind} {}", whole()),
            "pass_statement" | "break_statement" | "continue_statement" | "global_statement" | "nonlocal_statement" => {
                format!("{kind} {}", self.start(node))
            }
            _ => return None,
        })
    }

    fn module_name(&self, node: Node<'_>) -> String {
        let Some(module) = node.child_by_field_name("module_name") else { return String::new() };
        if module.kind() != "relative_import" {
            return self.name(Some(module));
        }
        let prefix = of_kind(module, "import_prefix").map_or(0..0, |it| it.byte_range());
        let dots: Vec<u8> = self.text[prefix].iter().copied().filter(|it| *it == b'.').collect();
        let name = of_kind(module, "dotted_name").map_or_else(String::new, |it| self.name(Some(it)));
        format!("{}{name}", ".".repeat(dots.len()))
    }

    fn aliases(&self, node: Node<'_>) -> String {
        let mut cursor = node.walk();
        let mut names: Vec<_> = node
            .children_by_field_name("name", &mut cursor)
            .map(|it| {
                let name = it.child_by_field_name("name").unwrap_or(it);
                format!("{}={}", self.name(Some(name)), self.name(it.child_by_field_name("alias")))
            })
            .collect();
        names.extend(of_kind(node, "wildcard_import").map(|_| "*=-".to_owned()));
        names.join(" ")
    }

    fn assignment(&self, node: Node<'_>) -> String {
        if let Some(annotation) = node.child_by_field_name("type") {
            let (left, right) = (self.field(node, "left"), self.field(node, "right"));
            return format!("assignment {} {left} : {} = {right}", self.whole(node), self.span(Some(annotation)));
        }
        let mut targets = Vec::new();
        let mut right = Some(node);
        while let Some(next) = right.filter(|it| it.kind() == "assignment") {
            targets.extend(next.child_by_field_name("left"));
            right = next.child_by_field_name("right");
        }
        format!("assignment {} {} = {}", self.whole(node), self.spans(&targets), self.span(right))
    }

    fn compound(&self, node: Node<'_>) -> Option<String> {
        let kind = node.kind();
        let start = || self.start(node);
        Some(match kind {
            "if_statement" | "elif_clause" => {
                format!("if {} {} {}", start(), self.field(node, "condition"), body(node, "consequence"))
            }
            "while_statement" => {
                format!("{kind} {} {} {}", start(), self.field(node, "condition"), body(node, "body"))
            }
            "for_statement" => {
                let (left, right) = (self.field(node, "left"), self.field(node, "right"));
                format!("{kind} {} {left} {right} {}", start(), body(node, "body"))
            }
            "with_statement" => format!("{kind} {} {}", start(), body(node, "body")),
            "try_statement" => {
                let handlers = children(node).iter().filter(|it| it.kind() == "except_clause").count();
                format!("{kind} {} {} {handlers}", start(), body(node, "body"))
            }
            "except_clause" => {
                format!("except {} {} {}", start(), self.name(node.child_by_field_name("alias")), body(node, "body"))
            }
            "match_statement" => {
                format!("{kind} {} {} {}", start(), self.field(node, "subject"), body(node, "body"))
            }
            _ => return None,
        })
    }

    fn expression(&self, node: Node<'_>) -> Option<String> {
        let kind = node.kind();
        let whole = || self.whole(node);
        Some(match kind {
            "call" => {
                let arguments = node.child_by_field_name("arguments");
                let arguments = arguments.map_or_else(String::new, |it| self.arguments(it));
                format!("call {} {} {arguments}", whole(), self.field(node, "function"))
            }
            "attribute" => {
                let name = self.name(node.child_by_field_name("attribute"));
                format!("{kind} {} {} {name}", whole(), self.field(node, "object"))
            }
            "subscript" => format!("{kind} {} {}", whole(), self.field(node, "value")),
            "conditional_expression" | "set" => format!("{kind} {} {}", whole(), self.spans(&children(node))),
            "named_expression" => {
                let name = self.name(node.child_by_field_name("name"));
                format!("{kind} {} {name} {}", whole(), self.field(node, "value"))
            }
            "for_in_clause" => self.for_in_clause(node),
            "dictionary" => format!("{kind} {} {}", whole(), children(node).len()),
            "list" | "list_pattern" => format!("list {} {}", whole(), self.spans(&children(node))),
            "integer" | "float" => format!("number {}", whole()),
            "true" | "false" | "none" | "ellipsis" => format!("constant {}", whole()),
            "string" if node.parent().is_some_and(|it| it.kind() == "concatenated_string") => return None,
            "string" | "concatenated_string" => format!("string {}", whole()),
            "list_comprehension"
            | "set_comprehension"
            | "dictionary_comprehension"
            | "generator_expression"
            | "await"
            | "yield" => format!("{kind} {}", whole()),
            _ => return None,
        })
    }

    fn for_in_clause(&self, node: Node<'_>) -> String {
        let mut conditions = 0;
        let mut next = node.next_named_sibling();
        while let Some(sibling) = next.filter(|it| it.kind() == "if_clause" || it.is_extra()) {
            conditions += usize::from(!sibling.is_extra());
            next = sibling.next_named_sibling();
        }
        format!("for_in_clause {} {} {conditions}", self.field(node, "left"), self.field(node, "right"))
    }

    fn arguments(&self, list: Node<'_>) -> String {
        if list.kind() == "generator_expression" {
            return self.whole(list);
        }
        let (keywords, positional): (Vec<_>, Vec<_>) =
            children(list).into_iter().partition(|it| matches!(it.kind(), "keyword_argument" | "dictionary_splat"));
        let mut parts: Vec<_> = positional.into_iter().map(|it| self.span(Some(it))).collect();
        parts.extend(keywords.into_iter().map(|it| match it.kind() {
            "keyword_argument" => {
                format!("{}={}", self.name(it.child_by_field_name("name")), self.field(it, "value"))
            }
            _ => format!("**={}", self.span(children(it).first().copied())),
        }));
        parts.join(" ")
    }
}
