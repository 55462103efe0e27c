//! Loops that are written out: `for name in ("user", "group"): Table(f"{name}_map", …)`.
//!
//! The body of such a loop is read once for each value, so that what it makes is there as often as Python makes it. Names
//! stay as they are written; beside them stands what each of them means in its turn of the loop.

use relmodel_syntax::{Field, Kind, Node, TextRange};
use rustc_hash::FxHashMap;

use crate::Name;
use crate::expr::{Expr, ExprId};
use crate::item::{Assign, Item, Stmt};
use crate::lower::Lowering;

/// How many bytes of text the turns of a loop may have together.
const MAX_TEXT: usize = 50_000;

/// What names mean in the turn of a loop that is being read.
#[derive(Default)]
pub(crate) struct Turn {
    is_running: bool,
    names: FxHashMap<Name, ExprId>,
    /// Whether what is being read has other names: a lambda, which runs later, or a comprehension.
    is_left: bool,
}

impl Lowering<'_> {
    /// Lowers the body of a loop once for each value that it runs over. `None` if it is no `for` at the top level over
    /// literals, if other statements than assignments and expressions stand in it, or if nothing in it is of a mapping.
    pub(crate) fn written_out(
        &mut self,
        node: Node<'_>,
        (bound, values): (&[ExprId], Option<ExprId>),
        body: Node<'_>,
    ) -> Option<Vec<Stmt>> {
        let is_at_top = Kind::of(node) == Kind::ForStatement && TextRange::of(node) == self.range;
        if !is_at_top || self.is_whole || !self.has_words || !self.runs_through(body) {
            return None;
        }
        let targets = targets(&self.item, bound)?;
        let turns = turns(&self.item, values?, targets.len())?;
        if turns.len() * (body.end_byte() - body.start_byte()) > MAX_TEXT {
            return None;
        }
        let mut res = Vec::new();
        for values in turns {
            self.turn.is_running = true;
            for (&target, value) in targets.iter().zip(values) {
                self.bound_in_turn(target, value);
                res.push(Stmt::Assign(Assign { target, annotation: None, value: Some(value) }));
            }
            self.statements_into(body, &mut res);
        }
        self.turn = Turn::default();
        Some(res)
    }

    /// Whether a body is run from its first statement to its last, and binds names by plain assignments alone.
    fn runs_through(&self, body: Node<'_>) -> bool {
        let mut cursor = body.walk();
        let mut statements = body.named_children(&mut cursor);
        let is_plain = |it: Node<'_>| match Kind::of(it) {
            Kind::ExpressionStatement => {
                let mut cursor = it.walk();
                let mut parts = it.named_children(&mut cursor);
                parts.all(|it| Kind::of(it) != Kind::AugmentedAssignment && binds_one(it))
            }
            Kind::Comment | Kind::PassStatement => true,
            _ => it.is_error(),
        };
        statements.all(is_plain) && !self.text_of(body).contains(":=")
    }

    /// Reads what is not run, or not with these names, in the turn of the loop.
    pub(crate) fn out_of_turn<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let is_left = std::mem::replace(&mut self.turn.is_left, true);
        let res = read(self);
        self.turn.is_left = is_left;
        res
    }

    /// Notes what a name that was read means in this turn.
    pub(crate) fn in_turn(&mut self, name: ExprId) {
        if let Expr::Name(text) = self.item.expr(name)
            && let Some(value) = self.turn.names.get(text).filter(|_| !self.turn.is_left)
        {
            self.item.in_turns.push((name, *value));
        }
    }

    /// Notes what a statement of this turn binds.
    pub(crate) fn bound_in_turn(&mut self, target: ExprId, value: ExprId) {
        if let Expr::Name(name) = self.item.expr(target)
            && self.turn.is_running
        {
            self.turn.names.insert(*name, value);
        }
    }
}

/// Whether an assignment, if it is one, has no other targets than names, attributes and subscripts.
fn binds_one(part: Node<'_>) -> bool {
    if Kind::of(part) != Kind::Assignment {
        return true;
    }
    let is_one = |it: Node<'_>| matches!(Kind::of(it), Kind::Identifier | Kind::Attribute | Kind::Subscript);
    Field::Left.of(part).is_some_and(is_one) && Field::Right.of(part).is_none_or(binds_one)
}

/// The names that a loop binds: `name`, or those of `name, other`.
fn targets(item: &Item, bound: &[ExprId]) -> Option<Vec<ExprId>> {
    let is_name = |it: &ExprId| matches!(item.expr(*it), Expr::Name(_));
    let &[target] = bound else { return None };
    match item.expr(target) {
        Expr::Name(_) => Some(vec![target]),
        // One name with a comma behind it takes tuples of one.
        Expr::Tuple(parts) => (parts.len() > 1 && parts.iter().all(is_name)).then(|| parts.to_vec()),
        _ => None,
    }
}

/// The values of each turn of a loop over literals, or over tuples of them for several names.
fn turns(item: &Item, values: ExprId, n_names: usize) -> Option<Vec<Vec<ExprId>>> {
    let (Expr::Tuple(turns) | Expr::List(turns)) = item.expr(values) else { return None };
    let is_literal =
        |it: &ExprId| matches!(item.expr(*it), Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::None);
    let of_turn = |it: &ExprId| {
        let values = match item.expr(*it) {
            Expr::Tuple(parts) | Expr::List(parts) if n_names > 1 => parts.to_vec(),
            _ => vec![*it],
        };
        (values.len() == n_names && values.iter().all(is_literal)).then_some(values)
    };
    let res: Option<Vec<_>> = turns.iter().map(of_turn).collect();
    res.filter(|it| !it.is_empty())
}
