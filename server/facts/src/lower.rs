//! Lowering of statements: from syntax nodes to [`Item`]s.

use std::borrow::Cow;

use relmodel_syntax::{Field, Kind, Node, TextRange};

use crate::Name;
use crate::expr::{Expr, ExprId, NameId};
use crate::item::{Assign, Block, BlockKind, Class, Function, Import, ImportedName, Item, Stmt};
use crate::source_map::ItemMap;

/// How deep statements and expressions may nest; what lies deeper is not read. Python itself refuses code that
/// nests more than a few hundred levels.
const MAX_DEPTH: u32 = 150;

/// What maps a class from within a function: its body is read where one of these stands in the statement.
const MAPPING_CALLS: &[&str] = &["map_imperatively(", "mapper("];

/// The text that nodes are read from.
pub(crate) enum Source<'a> {
    /// The text of the item.
    Item(&'a str),
    /// The value of a string that is read as code.
    String(&'a str, ExprId),
}

/// Whether strings are also read as Python.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strings {
    Plain,
    Code,
}

/// The state of lowering one item.
pub(crate) struct Lowering<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) range: TextRange,
    pub(crate) item: Item,
    pub(crate) map: ItemMap,
    pub(crate) strings: Strings,
    depth: u32,
    /// Whether the bodies of all functions are read.
    keeps_bodies: bool,
    /// The qualified name of the class whose body is being read.
    class: Option<Name>,
}

impl<'a> Lowering<'a> {
    /// A lowering of the item that has this text and stands in this range.
    pub(crate) fn new(text: &'a str, range: TextRange) -> Self {
        Self::over(Source::Item(text), range)
    }

    pub(crate) fn over(source: Source<'a>, range: TextRange) -> Self {
        Self {
            source,
            range,
            item: Item::default(),
            map: ItemMap { length: range.len(), ..ItemMap::default() },
            strings: Strings::Plain,
            depth: 0,
            keeps_bodies: false,
            class: None,
        }
    }

    pub(crate) fn item(mut self, node: Node<'_>) -> (Item, ItemMap) {
        let text = self.text_of(node);
        self.keeps_bodies = MAPPING_CALLS.iter().any(|it| text.contains(it));
        let mut statements = Vec::new();
        self.statement(node, &mut statements);
        self.item.statements = statements;
        self.item.made_classes = made_classes(&text);
        self.map.pieces.sort_by_key(|it| (it.string, it.value_start));
        self.item.exprs.shrink_to_fit();
        self.map.shrink_to_fit();
        (self.item, self.map)
    }

    /// Runs `read` one level deeper; `None` where the nesting is too deep.
    pub(crate) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let res = read(self);
        self.depth -= 1;
        Some(res)
    }

    pub(crate) fn text_of(&self, node: Node<'_>) -> Cow<'a, str> {
        self.text_between(node.start_byte(), node.end_byte())
    }

    pub(crate) fn text_between(&self, start: usize, end: usize) -> Cow<'a, str> {
        match self.source {
            Source::Item(text) => {
                let base = self.range.start as usize;
                let found = start.checked_sub(base).and_then(|start| text.get(start..end.checked_sub(base)?));
                Cow::Borrowed(found.unwrap_or_default())
            }
            Source::String(text, _) => Cow::Borrowed(text.get(start..end).unwrap_or_default()),
        }
    }

    /// The range of a node in the file, counted from the item's start.
    pub(crate) fn place(&self, range: TextRange) -> TextRange {
        match self.source {
            Source::Item(_) => range.relative_to(self.range.start),
            Source::String(_, string) => {
                self.map.in_string(string, range.start, range.end).unwrap_or_else(|| self.map.expr(string))
            }
        }
    }

    pub(crate) fn identifier(&self, node: Node<'_>) -> Name {
        Name::from(&self.text_of(node))
    }

    fn name_at(&mut self, node: Node<'_>) -> NameId {
        let range = self.place(TextRange::of(node));
        self.map.names.push(range);
        NameId(u32::try_from(self.map.names.len() - 1).unwrap_or(u32::MAX))
    }

    pub(crate) fn named(&mut self, node: Node<'_>) -> (Name, NameId) {
        (self.identifier(node), self.name_at(node))
    }

    fn statements(&mut self, node: Node<'_>) -> Vec<Stmt> {
        let mut res = Vec::new();
        self.statements_into(node, &mut res);
        res.shrink_to_fit();
        res
    }

    fn statements_into(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        self.nested(|this| {
            let mut cursor = node.walk();
            for child in node.named_children(&mut cursor) {
                this.statement(child, out);
            }
        });
    }

    fn statement(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        match Kind::of(node) {
            Kind::ExpressionStatement => self.expression_statement(node, out),
            Kind::Assignment => self.assignment(node, out),
            Kind::ImportStatement | Kind::ImportFromStatement => out.push(Stmt::Import(Box::new(self.import(node)))),
            Kind::ClassDefinition => self.class(node, &[], TextRange::of(node), out),
            Kind::FunctionDefinition => self.function(node, &[], out),
            Kind::DecoratedDefinition => self.decorated(node, out),
            Kind::IfStatement => self.compound(node, BlockKind::If, out),
            Kind::TryStatement => self.compound(node, BlockKind::Try, out),
            Kind::ForStatement | Kind::WhileStatement => self.compound(node, BlockKind::Loop, out),
            Kind::WithStatement => self.compound(node, BlockKind::With, out),
            Kind::MatchStatement => self.compound(node, BlockKind::Case, out),
            Kind::ReturnStatement => {
                let value = node.named_child(0).map(|it| self.expression(it));
                out.push(Stmt::Return(value));
            }
            _ if node.is_error() => self.statements_into(node, out),
            _ => {}
        }
    }

    fn expression_statement(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match Kind::of(child) {
                Kind::Assignment => self.assignment(child, out),
                // Other bare expressions, docstrings above all, change nothing.
                Kind::Call | Kind::Await => {
                    let call = self.expression(child);
                    out.push(Stmt::Expression(call));
                }
                _ => {}
            }
        }
    }

    fn assignment(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        let annotation = Field::Type.of(node).map(|it| self.annotation(it));
        let mut targets: Vec<ExprId> = Field::Left.of(node).map(|it| self.expression(it)).into_iter().collect();
        let mut value = Field::Right.of(node);
        while let Some(inner) = value.filter(|it| Kind::of(*it) == Kind::Assignment) {
            targets.extend(Field::Left.of(inner).map(|it| self.expression(it)));
            value = Field::Right.of(inner);
        }
        let value = value.map(|it| self.expression(it));
        for target in targets {
            out.push(Stmt::Assign(Assign { target, annotation, value }));
        }
    }

    pub(crate) fn annotation(&mut self, node: Node<'_>) -> ExprId {
        let before = std::mem::replace(&mut self.strings, Strings::Code);
        let res = self.expression(node);
        self.strings = before;
        res
    }

    fn import(&mut self, node: Node<'_>) -> Import {
        let mut res = Import {
            level: 0,
            module: None,
            from: Kind::of(node) == Kind::ImportFromStatement,
            names: Vec::new(),
            star: false,
        };
        if let Some(module) = Field::ModuleName.of(node) {
            let text: String = self.text_of(module).chars().filter(|it| !it.is_whitespace()).collect();
            let name = text.trim_start_matches('.');
            res.level = u32::try_from(text.len() - name.len()).unwrap_or(u32::MAX);
            res.module = (!name.is_empty()).then(|| Name::from(name));
        }
        let mut cursor = node.walk();
        res.star = node.named_children(&mut cursor).any(|it| Kind::of(it) == Kind::WildcardImport);
        for name in Field::Name.all_of(node) {
            let alias = Field::Alias.of(name).map(|it| self.identifier(it));
            let node = Field::Name.of(name).unwrap_or(name);
            let text: String = self.text_of(node).chars().filter(|it| !it.is_whitespace()).collect();
            res.names.push(ImportedName { name: Name::from(&text), at: self.name_at(node), alias });
        }
        res
    }

    fn decorated(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        let mut cursor = node.walk();
        let decorators: Vec<ExprId> = node
            .named_children(&mut cursor)
            .filter(|it| Kind::of(*it) == Kind::Decorator)
            .filter_map(|it| it.named_child(0))
            .map(|it| self.expression(it))
            .collect();
        let Some(definition) = Field::Definition.of(node) else { return };
        match Kind::of(definition) {
            Kind::ClassDefinition => self.class(definition, &decorators, TextRange::of(node), out),
            Kind::FunctionDefinition => self.function(definition, &decorators, out),
            _ => {}
        }
    }

    fn class(&mut self, node: Node<'_>, decorators: &[ExprId], range: TextRange, out: &mut Vec<Stmt>) {
        let Some(name) = Field::Name.of(node) else { return };
        let (name, at) = self.named(name);
        let arguments = Field::Superclasses.of(node).map(|it| self.arguments(it)).unwrap_or_default();
        let qualified_name = match self.class {
            Some(outer) => Name::from(&format!("{outer}.{name}")),
            None => name,
        };
        let index = self.item.classes.len();
        let decorators = decorators.to_vec();
        self.item.classes.push(Class { name, at, qualified_name, arguments, decorators, body: Vec::new() });
        self.map.classes.push(range.relative_to(self.range.start));
        let outer = self.class.replace(qualified_name);
        let body = Field::Body.of(node).map(|it| self.statements(it)).unwrap_or_default();
        self.class = outer;
        self.item.classes[index].body = body;
        out.push(Stmt::Class(u32::try_from(index).unwrap_or(u32::MAX)));
    }

    fn function(&mut self, node: Node<'_>, decorators: &[ExprId], out: &mut Vec<Stmt>) {
        let Some(name) = Field::Name.of(node) else { return };
        let (name, at) = self.named(name);
        let is_special = name.starts_with("__") && self.class.is_some();
        // A method that nothing decorates and Python does not call by itself maps nothing.
        let is_kept = self.keeps_bodies || is_special || (self.class.is_some() && !decorators.is_empty());
        let mut function = Function { name, at, decorators: decorators.to_vec(), returns: None, body: Vec::new() };
        if is_kept {
            function.returns = Field::ReturnType.of(node).map(|it| self.annotation(it));
            function.body = Field::Body.of(node).map(|it| self.statements(it)).unwrap_or_default();
        }
        self.item.functions.push(function);
        let index = self.item.functions.len() - 1;
        out.push(Stmt::Function(u32::try_from(index).unwrap_or(u32::MAX)));
    }

    /// A compound statement: each of its blocks becomes a statement of its own.
    fn compound(&mut self, node: Node<'_>, kind: BlockKind, out: &mut Vec<Stmt>) {
        let test = Field::Condition.of(node).or_else(|| Field::Right.of(node)).map(|it| self.expression(it));
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            let inner = match Kind::of(child) {
                Kind::Block => {
                    let body = self.statements(child);
                    out.push(Stmt::Block(Box::new(Block { kind, test, body })));
                    continue;
                }
                Kind::ElifClause => BlockKind::If,
                Kind::ElseClause if kind == BlockKind::If => BlockKind::Else,
                Kind::ElseClause | Kind::CaseClause => kind,
                Kind::ExceptClause => BlockKind::Except,
                Kind::FinallyClause => BlockKind::Finally,
                _ => continue,
            };
            self.nested(|this| this.compound(child, inner, out));
        }
    }

    pub(crate) fn push(&mut self, expr: Expr, range: TextRange) -> ExprId {
        let id = ExprId(u32::try_from(self.item.exprs.len()).unwrap_or(u32::MAX));
        self.item.exprs.push(expr);
        self.map.exprs.push(range);
        id
    }
}

/// The classes that a piece of Python makes by calls `type(name, bases, body)`. Told by the text alone, since the
/// bodies of functions are not read.
fn made_classes(text: &str) -> Vec<Option<Name>> {
    let mut res = Vec::new();
    for (start, _) in text.match_indices("type(") {
        let is_part = text[..start].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == '.');
        let arguments = &text[start + "type(".len()..];
        if !is_part && let Some(first) = first_of_several(arguments) {
            let quoted = first.trim().strip_prefix(['"', '\'']).and_then(|it| it.strip_suffix(['"', '\'']));
            let is_plain = |it: &&str| it.chars().all(|it| it.is_alphanumeric() || it == '_');
            res.push(quoted.filter(is_plain).map(Name::from));
        }
    }
    res
}

/// The first argument of a call, if another one follows it.
fn first_of_several(arguments: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, char) in arguments.char_indices() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => return Some(&arguments[..at]),
            _ => {}
        }
    }
    None
}
