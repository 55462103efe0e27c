//! What the heads of compound statements bind: `for name in …`, `with … as name`, `except … as name`, `case name`.
//!
//! What these names mean is not told by the text; that there are such names is.

use relmodel_syntax::{Field, Kind, Node, TextRange};

use crate::expr::{Expr, ExprId};
use crate::lower::{Lowering, MAX_DEPTH};

impl Lowering<'_> {
    /// Lowers the targets that the head of a compound statement binds, outside of class bodies: there they would be
    /// attributes.
    pub(crate) fn bound_by_head(&mut self, node: Node<'_>) -> Vec<ExprId> {
        if self.is_whole || self.is_in_class_body() {
            return Vec::new();
        }
        let mut targets = Vec::new();
        match Kind::of(node) {
            Kind::ForStatement => targets.extend(Field::Left.of(node)),
            Kind::ExceptClause => targets.extend(Field::Alias.of(node)),
            _ => {
                let mut cursor = node.walk();
                let is_clause =
                    |it: &Node<'_>| matches!(Kind::of(*it), Kind::ElifClause | Kind::ElseClause | Kind::Block);
                node.named_children(&mut cursor)
                    .filter(|it| !is_clause(it))
                    .for_each(|it| collect_targets(it, false, MAX_DEPTH, &mut targets));
            }
        }
        targets.into_iter().map(|it| self.target(it)).collect()
    }

    fn target(&mut self, node: Node<'_>) -> ExprId {
        if Kind::of(node) != Kind::AsPatternTarget {
            return self.expression(node);
        }
        if let Some(inner) = node.named_child(0) {
            return self.expression(inner);
        }
        // In a `case` it is the name itself.
        let range = self.place(TextRange::of(node));
        self.push(Expr::Name(self.identifier(node)), range)
    }
}

/// The targets behind `as` and in front of `:=`; in a pattern every name may be one.
fn collect_targets<'tree>(node: Node<'tree>, is_pattern: bool, depth: u32, out: &mut Vec<Node<'tree>>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match Kind::of(node) {
        Kind::AsPatternTarget => out.push(node),
        Kind::Identifier if is_pattern => out.push(node),
        kind => {
            if kind == Kind::NamedExpression {
                out.extend(Field::Name.of(node));
            }
            let is_pattern = is_pattern || kind == Kind::CasePattern;
            let mut cursor = node.walk();
            node.named_children(&mut cursor).for_each(|it| collect_targets(it, is_pattern, depth, out));
        }
    }
}
