//! Lowering of statements: from syntax nodes to [`Item`]s.

use std::borrow::Cow;

use relmodel_syntax::{Field, Kind, Node, TextRange};
use thin_vec::thin_vec;

use crate::Name;
use crate::comments::comments_in;
use crate::expr::{Argument, Expr, ExprId, NameId, Nth};
use crate::item::{
    Assign, Block, BlockKind, Class, Function, Import, ImportedName, Item, Parameter, ParameterKind, Stmt,
};
use crate::loops::Turn;
use crate::source_map::ItemMap;
use crate::words::{SHORT, has_words, made_classes};

/// How deep statements and expressions may nest; what lies deeper is not read. Python itself refuses code that
/// nests more than a few hundred levels.
pub(crate) const MAX_DEPTH: u32 = 150;

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
    /// The class and the function whose body is being read, by their places in the item.
    class: Option<u32>,
    function: Option<u32>,
    /// Whether functions without a decorator can have anything of a mapping in them.
    pub(crate) has_words: bool,
    /// What names mean in the turn of a loop that is being read: see `loops.rs`.
    pub(crate) turn: Turn,
    /// Whether nothing is left out: see `whole.rs`.
    pub(crate) is_whole: bool,
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
            class: None,
            function: None,
            has_words: false,
            turn: Turn::default(),
            is_whole: false,
        }
    }

    pub(crate) fn item(mut self, node: Node<'_>) -> (Item, ItemMap) {
        let mut statements = Vec::new();
        let text = self.text_of(node);
        self.has_words = has_words(&text);
        self.statement(node, &mut statements);
        self.map.comments = comments_in(node, &text);
        self.item.statements = statements;
        self.item.made_classes = made_classes(&text);
        self.map.pieces.sort_by_key(|it| (it.string, it.value_start));
        self.item.shrink_to_fit();
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
        self.name_in(range)
    }

    fn name_in(&mut self, range: TextRange) -> NameId {
        self.map.names.push(range);
        NameId(Nth::new(self.map.names.len() - 1))
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

    pub(crate) fn statements_into(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
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
            Kind::TypeAliasStatement => self.type_alias(node, out),
            Kind::ImportStatement | Kind::ImportFromStatement => out.push(Stmt::Import(Box::new(self.import(node)))),
            Kind::ClassDefinition => self.class(node, &[], TextRange::of(node), out),
            Kind::FunctionDefinition => self.function(node, &[], out),
            Kind::DecoratedDefinition => self.decorated(node, out),
            Kind::IfStatement => self.compound(node, BlockKind::If, out),
            Kind::TryStatement => self.compound(node, BlockKind::Try, out),
            Kind::ForStatement | Kind::WhileStatement => self.compound(node, BlockKind::Loop, out),
            Kind::WithStatement => self.compound(node, BlockKind::With, out),
            Kind::MatchStatement | Kind::CaseClause => self.compound(node, BlockKind::Case, out),
            Kind::ReturnStatement => {
                let value = node.named_child(0).map(|it| self.expression(it));
                out.push(Stmt::Return(value));
            }
            Kind::GlobalStatement => {
                if let Some(function) = self.function {
                    let mut cursor = node.walk();
                    let names: Vec<_> = node.named_children(&mut cursor).map(|it| self.identifier(it)).collect();
                    self.item.globals.extend(names.into_iter().map(|it| (it, function)));
                }
            }
            _ if node.is_error() => self.statements_into(node, out),
            _ => self.rest_of(node, out),
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
                _ if self.is_whole && !child.is_extra() => {
                    let expr = self.expression(child);
                    out.push(Stmt::Expression(expr));
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
            let left = Field::Left.of(inner);
            // A call is no target: the `=` is that of a keyword, whose bracket something half-typed has closed.
            if left.is_some_and(|it| Kind::of(it) == Kind::Call) {
                value = left;
                break;
            }
            targets.extend(left.map(|it| self.expression(it)));
            value = Field::Right.of(inner);
        }
        let value = value.map(|it| self.expression(it));
        for target in targets {
            if let Some(value) = value {
                self.bound_in_turn(target, value);
            }
            out.push(Stmt::Assign(Assign { target, annotation, value }));
        }
    }

    /// `type name = value` binds a name, to an object of its own.
    fn type_alias(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        let Some(target) = Field::Left.of(node).map(|it| self.expression(it)) else { return };
        let inner: Vec<ExprId> = Field::Right.of(node).map(|it| self.annotation(it)).into_iter().collect();
        let range = self.place(TextRange::of(node));
        let value = self.push(Expr::Other(inner.into()), range);
        out.push(Stmt::Assign(Assign { target, annotation: None, value: Some(value) }));
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
        let Some(name) = Field::Name.of(node).filter(|_| is_begun(node)) else { return };
        let (name, at) = self.named(name);
        let arguments = Field::Superclasses.of(node).map(|it| self.arguments(it)).unwrap_or_default();
        let qualified_name = self.qualified(name);
        let index = self.item.classes.len();
        let decorators = decorators.to_vec();
        let function = self.function;
        let body = Vec::new();
        let is_for_types = false;
        let class = Class { name, at, qualified_name, arguments, decorators, body, function, is_for_types, made: None };
        self.item.classes.push(class);
        self.map.classes.push(range.relative_to(self.range.start));
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let outer = (self.class.replace(number), self.function.take());
        let body = Field::Body.of(node).map(|it| self.statements(it)).unwrap_or_default();
        (self.class, self.function) = outer;
        self.item.classes[index].body = body;
        out.push(Stmt::Class(number));
    }

    /// The `__qualname__` of a class called `name` that stands here.
    fn qualified(&self, name: Name) -> Name {
        match (self.function, self.class) {
            (Some(function), _) => match self.item.functions.get(function as usize) {
                Some(it) => {
                    let outer = it.class.and_then(|it| self.item.classes.get(it as usize));
                    let outer = outer.map(|it| format!("{}.", it.qualified_name)).unwrap_or_default();
                    Name::from(&format!("{outer}{}.<locals>.{name}", it.name))
                }
                None => name,
            },
            (None, Some(class)) => match self.item.classes.get(class as usize) {
                Some(outer) => Name::from(&format!("{}.{name}", outer.qualified_name)),
                None => name,
            },
            (None, None) => name,
        }
    }

    /// Notes the class that a call `type(name, bases, body)` makes. What is not written out in it leaves it open.
    pub(crate) fn made_class(&mut self, call: ExprId, arguments: &[Argument], range: TextRange) {
        let [Argument::Positional(name), Argument::Positional(bases), Argument::Positional(content)] = *arguments
        else {
            return;
        };
        let mut class = Class {
            name: match self.item.expr(name) {
                Expr::String(text) => Name::from(&text.value),
                _ => Name::default(),
            },
            at: self.name_in(self.map.expr(name)),
            qualified_name: Name::default(),
            arguments: Vec::new(),
            decorators: Vec::new(),
            body: Vec::new(),
            function: self.function,
            is_for_types: false,
            made: Some((call, name)),
        };
        class.qualified_name = class.name;
        match self.item.expr(bases).clone() {
            Expr::Tuple(elements) => class.arguments.extend(elements.iter().map(|it| match self.item.expr(*it) {
                Expr::Starred(value) => Argument::Splat(*value),
                _ => Argument::Positional(*it),
            })),
            _ => class.arguments.push(Argument::Splat(bases)),
        }
        let pairs =
            if let Expr::Dict(pairs) = self.item.expr(content).clone() { pairs } else { thin_vec![(None, content)] };
        for (key, value) in pairs {
            let name = key.and_then(|key| match self.item.expr(key) {
                Expr::String(text) => Some((Name::from(&text.value), self.map.expr(key))),
                _ => None,
            });
            match name {
                Some((name, range)) => {
                    let target = self.push(Expr::Name(name), range);
                    class.body.push(Stmt::Assign(Assign { target, annotation: None, value: Some(value) }));
                }
                None => class.arguments.push(Argument::KeywordSplat(value)),
            }
        }
        self.item.classes.push(class);
        self.map.classes.push(range);
    }

    fn function(&mut self, node: Node<'_>, decorators: &[ExprId], out: &mut Vec<Stmt>) {
        let Some(name) = Field::Name.of(node).filter(|_| is_begun(node)) else { return };
        let (name, at) = self.named(name);
        let is_method = self.class.is_some() && self.function.is_none();
        let class = self.class.filter(|_| is_method);
        let decorators = decorators.to_vec();
        let index = self.item.functions.len();
        let parameters = Vec::new();
        let (returns, body, exprs) = (None, Vec::new(), 0..0);
        self.item.functions.push(Function { name, at, decorators, parameters, class, returns, body, exprs });
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        if self.is_kept(node, index) {
            let parameters = Field::Parameters.of(node).map(|it| self.parameters(it)).unwrap_or_default();
            let returns = Field::ReturnType.of(node).map(|it| self.annotation(it));
            let outer = self.function.replace(number);
            let first = self.n_exprs();
            let mut body = self.annotated_parameters(node);
            body.extend(Field::Body.of(node).map(|it| self.statements(it)).unwrap_or_default());
            self.function = outer;
            let exprs = first..self.n_exprs();
            let function = &mut self.item.functions[index];
            (function.parameters, function.returns, function.body, function.exprs) = (parameters, returns, body, exprs);
        }
        out.push(Stmt::Function(number));
    }

    /// Whether what is being read stands in the body of a class, not of a function.
    pub(crate) fn is_in_class_body(&self) -> bool {
        self.class.is_some() && self.function.is_none()
    }

    fn n_exprs(&self) -> usize {
        self.item.exprs.len()
    }

    /// Whether a mapping may depend on what a function does. A method that nothing decorates and Python does not call
    /// by itself maps nothing, unless a class body calls it.
    fn is_kept(&self, node: Node<'_>, index: usize) -> bool {
        let function = &self.item.functions[index];
        let is_special = function.name.starts_with("__") || !function.decorators.is_empty();
        // A short one may put a name together.
        let is_short = function.class.is_none() && node.end_byte() - node.start_byte() <= SHORT;
        self.is_whole
            || (function.class.is_some() && is_special)
            || (self.has_words && has_words(&self.text_of(node)))
            || (is_short && self.function.is_none() && self.text_of(node).contains("return"))
    }

    fn parameters(&mut self, node: Node<'_>) -> Vec<Parameter> {
        let mut res = Vec::new();
        let mut is_keyword_only = false;
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            let text = self.text_of(child);
            let stars = text.len() - text.trim_start_matches('*').len();
            let name = Field::Name.of(child).unwrap_or(child);
            let name = self.text_of(name);
            let name = name.split([':', '=']).next().unwrap_or_default().trim_matches([' ', '*', '/']);
            let kind = match stars {
                0 if is_keyword_only => ParameterKind::KeywordOnly,
                0 => ParameterKind::Plain,
                1 => ParameterKind::Arguments,
                _ => ParameterKind::Keywords,
            };
            is_keyword_only |= stars > 0;
            if !name.is_empty() {
                let default = Field::Value.of(child).map(|it| self.expression(it));
                res.push(Parameter { name: Name::from(name), default, kind });
            }
        }
        res
    }

    /// A compound statement: each of its blocks becomes a statement of its own.
    fn compound(&mut self, node: Node<'_>, kind: BlockKind, out: &mut Vec<Stmt>) {
        self.head_of(node, out);
        let bound = self.bound_by_head(node);
        let test = Field::Condition.of(node).or_else(|| Field::Right.of(node)).map(|it| self.expression(it));
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            let inner = match Kind::of(child) {
                Kind::Block => {
                    if let Some(turns) = self.written_out(node, (&bound, test), child) {
                        out.extend(turns);
                        continue;
                    }
                    let first = self.item.classes.len();
                    let unknown = |it: &ExprId| Stmt::Assign(Assign { target: *it, annotation: None, value: None });
                    let mut body: Vec<Stmt> = bound.iter().map(unknown).collect();
                    self.statements_into(child, &mut body);
                    body.shrink_to_fit();
                    let block = Block { kind, test, body };
                    if block.is_for_types(&self.item) {
                        self.item.classes[first..].iter_mut().for_each(|it| it.is_for_types = true);
                    }
                    out.push(Stmt::Block(Box::new(block)));
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
        let id = ExprId::new(self.item.exprs.len());
        self.item.exprs.push(expr);
        self.map.exprs.push(range);
        id
    }
}

/// Whether a class or function has a body, or the colon that one follows: before that its header is still being typed.
fn is_begun(definition: Node<'_>) -> bool {
    let mut cursor = definition.walk();
    Field::Body.of(definition).is_some() || definition.children(&mut cursor).any(|it| it.kind() == ":")
}
