//! Facts as text: one line per statement, expressions nearly as Python writes them.
#![allow(missing_docs)]

use std::fmt::Write as _;

use relmodel_facts::{Argument, Expr, ExprId, FileFacts, Item, Stmt};

pub(crate) fn facts(facts: &FileFacts) -> String {
    let mut res = String::new();
    for (_, item) in facts.items() {
        statements(item, &item.statements, 0, &mut res);
    }
    res
}

fn list<T>(items: &[T], render: impl Fn(&T) -> String) -> String {
    items.iter().map(render).collect::<Vec<_>>().join(", ")
}

fn statements(item: &Item, body: &[Stmt], depth: usize, out: &mut String) {
    for statement in body {
        out.push_str(&"  ".repeat(depth));
        match statement {
            Stmt::Import(it) => {
                let module = it.module.map_or("", |it| it.as_str());
                let names = list(&it.names, |name| format!("{} as {}", name.name, name.bound()));
                let star = if it.star { "*" } else { "" };
                let _ = writeln!(out, "import {}{module}: {names}{star}", ".".repeat(it.level as usize));
            }
            Stmt::Class(index) => {
                let class = &item.classes[*index as usize];
                let decorators = list(&class.decorators, |it| expr(item, *it));
                let arguments = list(&class.arguments, |it| argument(item, it));
                let _ = writeln!(out, "class {}({arguments}) [{decorators}]", class.qualified_name);
                statements(item, &class.body, depth + 1, out);
            }
            Stmt::Function(index) => {
                let function = &item.functions[*index as usize];
                let _ = writeln!(out, "def {} [{}]", function.name, list(&function.decorators, |it| expr(item, *it)));
                statements(item, &function.body, depth + 1, out);
            }
            Stmt::Assign(it) => {
                let annotation = it.annotation.map_or_else(String::new, |it| format!(": {}", expr(item, it)));
                let value = it.value.map_or_else(String::new, |it| format!(" = {}", expr(item, it)));
                let _ = writeln!(out, "{}{annotation}{value}", expr(item, it.target));
            }
            Stmt::Expression(it) => {
                let _ = writeln!(out, "{}", expr(item, *it));
            }
            Stmt::Return(it) => {
                let _ = writeln!(out, "return {}", it.map_or_else(String::new, |it| expr(item, it)));
            }
            Stmt::Block(block) => {
                let _ = writeln!(out, "{:?}", block.kind);
                statements(item, &block.body, depth + 1, out);
            }
        }
    }
}

fn argument(item: &Item, it: &Argument) -> String {
    match it {
        Argument::Positional(value) => expr(item, *value),
        Argument::Keyword(keyword, value) => format!("{}={}", keyword.name, expr(item, *value)),
        Argument::Splat(value) => format!("*{}", expr(item, *value)),
        Argument::KeywordSplat(value) => format!("**{}", expr(item, *value)),
    }
}

fn expr(item: &Item, id: ExprId) -> String {
    let all = |ids: &[ExprId]| list(ids, |it| expr(item, *it));
    match item.expr(id) {
        Expr::Name(name) => name.to_string(),
        Expr::Attribute { object, name } => format!("{}.{name}", expr(item, *object)),
        Expr::Call { function, arguments } => {
            format!("{}({})", expr(item, *function), list(arguments, |it| argument(item, it)))
        }
        Expr::Subscript { value, indices } => format!("{}[{}]", expr(item, *value), all(indices)),
        Expr::String(text) => {
            let code = text.code.map_or_else(String::new, |it| format!("<{}>", expr(item, it)));
            format!("{:?}{code}", text.value)
        }
        Expr::OpenString(text) => format!("{:?}…", text.value),
        Expr::FormatString(parts) => format!("f-string of {} parts", parts.len()),
        Expr::Int(value) => value.map_or_else(|| "?".to_owned(), |it| it.to_string()),
        Expr::True => "True".to_owned(),
        Expr::False => "False".to_owned(),
        Expr::None => "None".to_owned(),
        Expr::Ellipsis => "...".to_owned(),
        Expr::List(elements) => format!("[{}]", all(elements)),
        Expr::Tuple(elements) => format!("({},)", all(elements)),
        Expr::Set(elements) => format!("{{{}}}", all(elements)),
        Expr::Dict(pairs) => {
            let pair = |(key, value): &(Option<ExprId>, ExprId)| match key {
                Some(key) => format!("{}: {}", expr(item, *key), expr(item, *value)),
                None => format!("**{}", expr(item, *value)),
            };
            format!("{{{}}}", list(pairs, pair))
        }
        Expr::Starred(value) => format!("*{}", expr(item, *value)),
        Expr::Lambda { parameters, body } => {
            format!("lambda {}: {}", list(parameters, ToString::to_string), expr(item, *body))
        }
        Expr::Operation(it) => {
            format!("<{} by {}>", all(&it.operands), list(&it.operators, ToString::to_string))
        }
        Expr::Other(inner) => format!("other({})", all(inner)),
        Expr::Missing => "?".to_owned(),
    }
}
