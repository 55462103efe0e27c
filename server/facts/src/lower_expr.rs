//! Lowering of expressions: from syntax nodes to [`Expr`]s.

use std::borrow::Cow;
use std::sync::Arc;

use relmodel_syntax::{Field, Kind, Node, TextRange};
use thin_vec::ThinVec;

use crate::Name;
use crate::expr::{Argument, Expr, ExprId, Keyword, Operation};
use crate::lower::{Lowering, Strings};

/// The keyword arguments whose strings SQLAlchemy evaluates as Python (`orm/clsregistry.py`, `_resolver`).
const EVALUATED: &[&str] = &[
    "primaryjoin",
    "secondaryjoin",
    "secondary",
    "foreign_keys",
    "remote_side",
    "order_by",
    "_user_defined_foreign_keys",
];

impl Lowering<'_> {
    /// Lowers an expression; what nests too deep is left out.
    pub(crate) fn expression(&mut self, node: Node<'_>) -> ExprId {
        self.nested(|this| this.expression_here(node)).unwrap_or_else(|| {
            let range = self.place(TextRange::of(node));
            self.push(Expr::Other(ThinVec::new()), range)
        })
    }

    fn expression_here(&mut self, node: Node<'_>) -> ExprId {
        let expr = match Kind::of(node) {
            // An annotation, parentheses and `await` change nothing that a mapping depends on.
            Kind::Type | Kind::ParenthesizedExpression | Kind::Await => return self.inner(node),
            Kind::String | Kind::ConcatenatedString => return self.string(node),
            Kind::Identifier => Expr::Name(self.identifier(node)),
            Kind::Attribute => self.attribute(node),
            Kind::Call => return self.call(node),
            Kind::Subscript => self.subscript(node),
            Kind::Integer => Expr::Int(integer(&self.text_of(node))),
            Kind::True => Expr::True,
            Kind::False => Expr::False,
            Kind::None => Expr::None,
            Kind::Ellipsis => Expr::Ellipsis,
            Kind::List | Kind::ListPattern => Expr::List(self.elements(node)),
            Kind::Tuple | Kind::TuplePattern | Kind::ExpressionList | Kind::PatternList => {
                Expr::Tuple(self.elements(node))
            }
            // The colon behind the first key may still be to be typed.
            Kind::Set if is_unclosed(node) => self.dictionary(node),
            Kind::Set => Expr::Set(self.elements(node)),
            Kind::Dictionary => self.dictionary(node),
            Kind::ListSplat | Kind::DictionarySplat => Expr::Starred(self.inner(node)),
            Kind::Lambda => self.lambda(node),
            Kind::Operation => self.operation(node),
            // A comprehension binds names of its own.
            _ => Expr::Other(self.out_of_turn(|this| this.elements(node))),
        };
        let range = self.place(TextRange::of(node));
        let id = self.push(expr, range);
        self.in_turn(id);
        id
    }

    /// The one expression inside a node that only wraps it.
    fn inner(&mut self, node: Node<'_>) -> ExprId {
        let mut cursor = node.walk();
        let inner = node.named_children(&mut cursor).find(|it| is_expression(*it));
        if let Some(inner) = inner { self.expression(inner) } else { self.missing(node) }
    }

    fn missing(&mut self, node: Node<'_>) -> ExprId {
        let range = self.place(TextRange::of(node));
        self.push(Expr::Missing, range)
    }

    fn field(&mut self, node: Node<'_>, field: Field) -> ExprId {
        if let Some(child) = field.of(node) { self.expression(child) } else { self.missing(node) }
    }

    fn elements(&mut self, node: Node<'_>) -> ThinVec<ExprId> {
        let mut cursor = node.walk();
        let children: Vec<Node<'_>> = node.named_children(&mut cursor).filter(|it| is_expression(*it)).collect();
        children.into_iter().map(|it| self.expression(it)).collect()
    }

    fn attribute(&mut self, node: Node<'_>) -> Expr {
        let object = self.field(node, Field::Object);
        let name = Field::Attribute.of(node).filter(|it| !self.is_of_next_line(*it));
        Expr::Attribute { object, name: name.map(|it| self.identifier(it)).unwrap_or_default() }
    }

    /// Whether a name stands on another line than the dot before it, as what follows a half-typed `Parent.` does inside of
    /// brackets. Who breaks a line before a name on purpose ends it with a backslash, or puts the dot on the next one.
    fn is_of_next_line(&self, name: Node<'_>) -> bool {
        let before =
            name.prev_sibling().map_or_else(Cow::default, |dot| self.text_between(dot.end_byte(), name.start_byte()));
        before.contains('\n') && !before.contains('\\')
    }

    fn call(&mut self, node: Node<'_>) -> ExprId {
        let function = self.field(node, Field::Function);
        self.call_of(function, node, TextRange::of(node))
    }

    fn call_of(&mut self, function: ExprId, node: Node<'_>, range: TextRange) -> ExprId {
        let arguments = Field::Arguments.of(node).map(|it| self.arguments(it)).unwrap_or_default();
        let range = self.place(range);
        let id = self.push(Expr::Call { function, arguments: arguments.clone().into() }, range);
        if matches!(self.item.expr(function), Expr::Name(name) if name == "type") {
            self.made_class(id, &arguments, range);
        }
        id
    }

    /// Lowers an argument list, of a call or of a class.
    pub(crate) fn arguments(&mut self, node: Node<'_>) -> Vec<Argument> {
        if Kind::of(node) != Kind::ArgumentList {
            return vec![Argument::Positional(self.expression(node))];
        }
        let mut res = Vec::new();
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match Kind::of(child) {
                Kind::KeywordArgument if self.is_of_outer_call(child, node) => {
                    self.keyword_argument(child);
                    res.push(Argument::KeywordSplat(self.missing(child)));
                }
                Kind::KeywordArgument => {
                    if let Some((dot, name, value)) = self.dot_before_keyword(child) {
                        res.push(Argument::Positional(self.expression(dot)));
                        res.push(self.keyword_below(name, value, node));
                    } else if let Some((name, value)) = self.next_keyword(child) {
                        res.extend(self.keyword_before_its_value(child));
                        res.push(self.keyword_below(name, value, node));
                    } else if let Some((dot, name, value)) =
                        Field::Value.of(child).and_then(|it| self.dot_and_keyword(it))
                    {
                        let keyword = Field::Name.of(child).map(|it| self.named(it));
                        let half = self.expression(dot);
                        res.extend(keyword.map(|(name, at)| Argument::Keyword(Keyword { name, at }, half)));
                        res.push(self.keyword_below(name, value, node));
                    } else {
                        res.extend(self.keyword_argument(child));
                    }
                }
                Kind::ListSplat => res.push(Argument::Splat(self.inner(child))),
                Kind::DictionarySplat => res.push(Argument::KeywordSplat(self.inner(child))),
                // What is still to be typed may be anything, and so may a name that is `as` so far: no argument has that word.
                Kind::Unclosed | Kind::AsPattern => res.push(Argument::KeywordSplat(self.missing(child))),
                _ if is_expression(child) => {
                    if let Some(dot) = self.half_typed_dot(child) {
                        res.push(Argument::Positional(self.expression(dot)));
                        res.push(Argument::Positional(self.below_dot(child, dot)));
                    } else {
                        res.push(Argument::Positional(self.expression(child)));
                    }
                }
                _ => {}
            }
        }
        res
    }

    /// `Base.`, and on the next line the call `Column(...)` or `sa.Column(...)`, which the dot seems to be for.
    fn half_typed_dot<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let mut inner = Some(node).filter(|it| Kind::of(*it) == Kind::Call);
        while let Some(node) = inner {
            inner = match Kind::of(node) {
                Kind::Call => Field::Function.of(node),
                Kind::Attribute if Field::Attribute.of(node).is_some_and(|it| self.is_of_next_line(it)) => break,
                Kind::Attribute => Field::Object.of(node),
                _ => None,
            };
        }
        inner
    }

    /// What stands on the lines below a half-typed dot.
    fn below_dot(&mut self, node: Node<'_>, dot: Node<'_>) -> ExprId {
        let Some(name) = Field::Attribute.of(dot) else { return self.missing(dot) };
        let range = TextRange::new(TextRange::of(name).start, TextRange::of(node).end);
        match Kind::of(node) {
            Kind::Call => {
                let function = Field::Function.of(node).map(|it| self.below_dot(it, dot));
                let function = function.unwrap_or_else(|| self.missing(node));
                self.call_of(function, node, range)
            }
            Kind::Attribute if node != dot => {
                let object = Field::Object.of(node).map(|it| self.below_dot(it, dot));
                let object = object.unwrap_or_else(|| self.missing(node));
                let name = Field::Attribute.of(node).map(|it| self.identifier(it)).unwrap_or_default();
                let range = self.place(range);
                self.push(Expr::Attribute { object, name }, range)
            }
            _ => self.expression(name),
        }
    }

    /// `lines=relationship(`, and on the next line, no deeper than this one, `customer=relationship(Customer),`: the next keyword
    /// of the call around, which lacks its closing bracket as long as the inner one is not typed.
    fn is_of_outer_call(&self, keyword: Node<'_>, arguments: Node<'_>) -> bool {
        let (at, opened) = (keyword.start_position(), arguments.start_position());
        if at.row == opened.row {
            return false;
        }
        let line = self.text_between(arguments.start_byte() - opened.column, arguments.start_byte());
        let mut around = std::iter::successors(arguments.parent(), Node::parent);
        at.column <= line.len() - line.trim_start().len() && around.any(is_unclosed)
    }

    /// `secondary=`, and on the next line `backref="b"`: the value of the first is still to be typed, and what seems to be it is the
    /// next keyword with its value.
    fn next_keyword<'t>(&self, keyword: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
        let value = Field::Value.of(keyword).filter(|it| Kind::of(*it) == Kind::Operation)?;
        let (name, next) = (value.named_child(0)?, value.named_child(1)?);
        let is_below = name.start_position().row > keyword.start_position().row;
        let is_next = is_below && value.named_child_count() == 2 && Kind::of(name) == Kind::Identifier;
        (is_next && self.text_between(name.end_byte(), next.start_byte()).trim() == "=").then_some((name, next))
    }

    /// `Base.`, and on the next line `schema="s"`: the half-typed dot, which the grammar takes for a part of the keyword, and the keyword
    /// with its value.
    fn dot_before_keyword<'t>(&self, node: Node<'t>) -> Option<(Node<'t>, Node<'t>, Node<'t>)> {
        let dot = Field::Name.of(node).filter(|it| Kind::of(*it) == Kind::Attribute)?;
        let name = Field::Attribute.of(dot).filter(|it| self.is_of_next_line(*it))?;
        Some((dot, name, Field::Value.of(node)?))
    }

    /// `bind=Base.`, and on the next line `schema="s"`: likewise, in the value of a keyword.
    fn dot_and_keyword<'t>(&self, node: Node<'t>) -> Option<(Node<'t>, Node<'t>, Node<'t>)> {
        let is_pair = Kind::of(node) == Kind::Operation && node.named_child_count() == 2;
        let (dot, value) = (node.named_child(0).filter(|_| is_pair)?, node.named_child(1)?);
        let name = Field::Attribute.of(dot).filter(|it| self.is_of_next_line(*it))?;
        (self.text_between(name.end_byte(), value.start_byte()).trim() == "=").then_some((dot, name, value))
    }

    /// A keyword on a line below what is still being typed, in the arguments that it seems to stand in.
    fn keyword_below(&mut self, name: Node<'_>, value: Node<'_>, arguments: Node<'_>) -> Argument {
        let is_of_outer_call = self.is_of_outer_call(name, arguments);
        let (name, at) = self.named(name);
        let value = self.expression(value);
        if is_of_outer_call {
            return Argument::KeywordSplat(self.missing(arguments));
        }
        Argument::Keyword(Keyword { name, at }, value)
    }

    fn keyword_before_its_value(&mut self, node: Node<'_>) -> Option<Argument> {
        let name_node = Field::Name.of(node)?;
        let (name, at) = self.named(name_node);
        Some(Argument::Keyword(Keyword { name, at }, self.missing(name_node)))
    }

    fn keyword_argument(&mut self, node: Node<'_>) -> Option<Argument> {
        let (name, at) = self.named(Field::Name.of(node)?);
        let value = self.evaluated_if(EVALUATED.contains(&name.as_str()), node);
        Some(Argument::Keyword(Keyword { name, at }, value))
    }

    /// The value of a keyword or dictionary entry; its strings are code if SQLAlchemy evaluates them.
    fn evaluated_if(&mut self, is_evaluated: bool, node: Node<'_>) -> ExprId {
        let before = self.strings;
        if is_evaluated {
            self.strings = Strings::Code;
        }
        let value = self.field(node, Field::Value);
        self.strings = before;
        value
    }

    fn subscript(&mut self, node: Node<'_>) -> Expr {
        let value = self.field(node, Field::Value);
        let mut indices = Vec::new();
        for index in Field::Subscript.all_of(node) {
            // `X[a, b]` may be read as one tuple or as two subscripts; both mean the same.
            if Kind::of(index) == Kind::Tuple {
                indices.extend(self.elements(index));
            } else {
                indices.push(self.expression(index));
            }
        }
        Expr::Subscript { value, indices: indices.into() }
    }

    fn dictionary(&mut self, node: Node<'_>) -> Expr {
        let mut res = Vec::new();
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match Kind::of(child) {
                Kind::Pair => {
                    let key = self.field(child, Field::Key);
                    let is_evaluated =
                        matches!(self.item.expr(key), Expr::String(it) if EVALUATED.contains(&&*it.value));
                    let value = self.evaluated_if(is_evaluated, child);
                    res.push((Some(key), value));
                }
                Kind::DictionarySplat => res.push((None, self.inner(child))),
                // What is still to be typed may be anything.
                Kind::Unclosed => res.push((None, self.missing(child))),
                // A key whose colon is still to be typed: no pair yet, but something that a cursor stands in.
                _ if is_expression(child) => _ = self.expression(child),
                _ => {}
            }
        }
        Expr::Dict(res.into())
    }

    fn lambda(&mut self, node: Node<'_>) -> Expr {
        let mut parameters = Vec::new();
        if let Some(list) = Field::Parameters.of(node) {
            let mut cursor = list.walk();
            for parameter in list.named_children(&mut cursor) {
                let name = Field::Name.of(parameter).unwrap_or(parameter);
                let text = self.text_of(name);
                parameters.push(Name::from(text.trim_start_matches('*')));
            }
        }
        let body = self.out_of_turn(|this| this.field(node, Field::Body));
        Expr::Lambda { parameters: parameters.into(), body }
    }

    fn operation(&mut self, node: Node<'_>) -> Expr {
        let mut cursor = node.walk();
        let operands: Vec<Node<'_>> = node.named_children(&mut cursor).filter(|it| is_expression(*it)).collect();
        let operands = operands.into_iter().map(|it| self.operand(it)).collect();
        let mut operators = Vec::new();
        let mut cursor = node.walk();
        for child in node.children(&mut cursor).filter(|it| !it.is_named()) {
            operators.push(Name::from(&self.text_of(child)));
        }
        Expr::Operation(Arc::new(Operation { operands, operators: operators.into() }))
    }

    /// `primaryjoin=id ==`, and on the next line `viewonly=True`: what seems to be the other operand is the next keyword.
    fn operand(&mut self, node: Node<'_>) -> ExprId {
        let is_before_value = node.next_sibling().is_some_and(|it| self.text_of(it) == "=");
        let is_keyword = is_before_value && Kind::of(node) == Kind::Identifier;
        if is_keyword { self.missing(node) } else { self.expression(node) }
    }
}

/// Whether a bracket or string is still open where it ends.
pub(crate) fn is_unclosed(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).any(|it| Kind::of(it) == Kind::Unclosed)
}

fn is_expression(node: Node<'_>) -> bool {
    !node.is_extra()
        && !matches!(
            Kind::of(node),
            Kind::Comment | Kind::Unclosed | Kind::StringStart | Kind::StringEnd | Kind::StringContent
        )
}

/// The value of an integer literal.
fn integer(text: &str) -> Option<i32> {
    let digits = text.replace('_', "").to_ascii_lowercase();
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(rest) = digits.strip_prefix(prefix) {
            return i32::from_str_radix(rest, radix).ok();
        }
    }
    digits.parse().ok()
}
