//! The statements of a file that a mapping can depend on.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::expr::{Expr, ExprId, NameId};

/// All that a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    items: Vec<(ItemKey, Arc<Item>)>,
    index: FxHashMap<ItemKey, usize>,
}

impl FileFacts {
    /// Facts of these items, whose keys differ from each other.
    pub fn new(items: Vec<(ItemKey, Arc<Item>)>) -> Self {
        let index = items.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
        Self { items, index }
    }

    /// The top-level statements in source order. Shared with the facts before an edit where nothing changed.
    pub fn items(&self) -> &[(ItemKey, Arc<Item>)] {
        &self.items
    }

    /// The item of this key.
    pub fn item(&self, key: ItemKey) -> Option<&Arc<Item>> {
        self.index_of(key).map(|index| &self.items[index].1)
    }

    /// The place of an item among the items.
    pub fn index_of(&self, key: ItemKey) -> Option<usize> {
        self.index.get(&key).copied()
    }
}

/// What tells an item from the others of its file, whatever lines are inserted above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey {
    /// What kind of statement it is.
    pub kind: ItemKind,
    /// The class's, function's or first target's name; empty where there is none.
    pub name: Name,
    /// How many items of the same kind and name stand before it.
    pub nth: u32,
}

/// The kind of a top-level statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// `import …`, `from … import …`
    Import,
    /// `class …`
    Class,
    /// `def …`
    Function,
    /// `target = value`
    Assign,
    /// A bare expression.
    Expression,
    /// `if`, `try`, `with`, `for`, `while`
    Block,
    /// An expression that stands in no file: what a string means that is put together elsewhere. Its text is the name.
    Text,
}

/// One top-level statement with the expressions in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The statement; several when it is `a; b` or a compound statement with branches.
    pub statements: Vec<Stmt>,
    /// The classes in it, outer before inner, in source order.
    pub classes: Vec<Class>,
    /// The functions in it, likewise.
    pub functions: Vec<Function>,
    /// The expressions in it.
    pub exprs: Vec<Expr>,
    /// The names in a loop that is written out for each value it runs over, each with its value in that turn; sorted.
    pub in_turns: Vec<(ExprId, ExprId)>,
    /// The names that functions in it declare `global`, each with the function.
    pub globals: Vec<(Name, u32)>,
    /// The classes that it makes by calling `type(name, bases, body)`, in functions too: their names, or `None`
    /// where a name is no literal.
    pub made_classes: Vec<Option<Name>>,
}

impl Item {
    /// Gives back the room that was not needed: items are made once and kept.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.statements.shrink_to_fit();
        self.classes.shrink_to_fit();
        for class in &mut self.classes {
            class.arguments.shrink_to_fit();
        }
        self.functions.shrink_to_fit();
        for function in &mut self.functions {
            function.parameters.shrink_to_fit();
            function.body.shrink_to_fit();
        }
        self.exprs.shrink_to_fit();
        self.in_turns.shrink_to_fit();
    }

    /// What a name means in its turn of a loop, if that is known.
    pub fn in_turn(&self, name: ExprId) -> Option<ExprId> {
        let index = self.in_turns.binary_search_by_key(&name, |it| it.0).ok()?;
        Some(self.in_turns[index].1)
    }

    /// The function whose body an expression stands in, by its place in [`Item::functions`]; `None` where it stands in
    /// none, or in one inside another, which knows the names of both.
    pub fn only_function_around(&self, id: ExprId) -> Option<u32> {
        let mut around = (0..).zip(&self.functions).filter(|it| it.1.exprs.contains(&id.0.index()));
        let found = around.next();
        found.filter(|_| around.next().is_none()).map(|it| it.0)
    }

    /// The expression of this id. Ids come from the same item.
    pub fn expr(&self, id: ExprId) -> &Expr {
        self.exprs.get(id.0.index()).unwrap_or(&Expr::Missing)
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stmt {
    /// `import …` and `from … import …`
    Import(Box<Import>),
    /// A class, by its place in [`Item::classes`].
    Class(u32),
    /// A function, by its place in [`Item::functions`].
    Function(u32),
    /// An assignment or an annotation.
    Assign(Assign),
    /// A bare expression, such as a call.
    Expression(ExprId),
    /// `return value`
    Return(Option<ExprId>),
    /// A block of a compound statement.
    Block(Box<Block>),
}

/// A block of a compound statement; each branch is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which branch it is.
    pub kind: BlockKind,
    /// The condition, what is looped over, or the context manager.
    pub test: Option<ExprId>,
    /// What is in it.
    pub body: Vec<Stmt>,
}

impl Block {
    /// Whether it is that of `if TYPE_CHECKING:`, which no program runs.
    pub fn is_for_types(&self, item: &Item) -> bool {
        self.kind == BlockKind::If
            && self.test.is_some_and(|test| match item.expr(test) {
                Expr::Name(name) | Expr::Attribute { name, .. } => name == "TYPE_CHECKING",
                _ => false,
            })
    }
}

/// Which branch of a compound statement a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// `if` or `elif`
    If,
    /// `else` of an `if`
    Else,
    /// `try`, and the `else` that goes on with it
    Try,
    /// `except`
    Except,
    /// `finally`
    Finally,
    /// `for` and `while`: runs any number of times
    Loop,
    /// `with`: runs once
    With,
    /// A `case`
    Case,
}

/// An import statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// How many dots stand before the module's name.
    pub level: u32,
    /// The module after `from`; `None` for `import …` and `from . import …`.
    pub module: Option<Name>,
    /// Whether it is `from … import …`.
    pub from: bool,
    /// What is imported.
    pub names: Vec<ImportedName>,
    /// Whether it is `from … import *`.
    pub star: bool,
}

/// One name of an import statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedName {
    /// The imported name, dotted for `import a.b`.
    pub name: Name,
    /// Where it stands.
    pub at: NameId,
    /// The name behind `as`.
    pub alias: Option<Name>,
}

impl ImportedName {
    /// The name that the statement binds: the alias, else what stands before the first dot.
    pub fn bound(&self) -> Name {
        self.alias.unwrap_or_else(|| match self.name.split_once('.') {
            Some((head, _)) => head.into(),
            None => self.name,
        })
    }
}

/// `target = value`, `target: annotation = value` or `target: annotation`. A chain `a = b = value` gives one each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// What is assigned to.
    pub target: ExprId,
    /// The annotation.
    pub annotation: Option<ExprId>,
    /// The value; `None` for a bare annotation.
    pub value: Option<ExprId>,
}

/// A class statement, or a call `type(name, bases, body)` that makes a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: Name,
    /// Where the name stands.
    pub at: NameId,
    /// Its name with those of the classes around it: `Outer.Inner`.
    pub qualified_name: Name,
    /// The bases and class keywords.
    pub arguments: Vec<crate::Argument>,
    /// Its decorators.
    pub decorators: Vec<ExprId>,
    /// Its body.
    pub body: Vec<Stmt>,
    /// The function it stands in, by its place among the item's functions: it exists once that has run.
    pub function: Option<u32>,
    /// It stands in `if TYPE_CHECKING:`, which no program runs.
    pub is_for_types: bool,
    /// For a call `type(name, bases, body)`, the call and the name.
    pub made: Option<(ExprId, ExprId)>,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// The value that it has where none is given.
    pub default: Option<ExprId>,
    /// How it takes its value.
    pub kind: ParameterKind,
}

/// How a parameter takes its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position or keyword.
    Plain,
    /// By keyword alone: it stands behind a `*`.
    KeywordOnly,
    /// `*args`
    Arguments,
    /// `**kwargs`
    Keywords,
}

/// A function statement. The body is kept where a mapping may depend on it: decorated functions and `__…__`
/// methods of classes, and what has the words of a mapping in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Where the name stands.
    pub at: NameId,
    /// Its decorators.
    pub decorators: Vec<ExprId>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The class whose body it stands in, by its place among the item's classes.
    pub class: Option<u32>,
    /// The annotation of what it returns.
    pub returns: Option<ExprId>,
    /// Its body; empty where it is not kept.
    pub body: Vec<Stmt>,
    /// The expressions in its body, by their places in [`Item::exprs`].
    pub exprs: Range<usize>,
}
