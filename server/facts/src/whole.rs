//! Reading a file with nothing left out: what stands in its functions too, for those who look for uses of names.
//!
//! Such facts are made for one answer and dropped. They are not the facts that the model reads, and neither are their ids.

use relmodel_syntax::{Field, Kind, Node};

use crate::extract::{Extracted, extract_with};
use crate::item::{Assign, Stmt};
use crate::lower::Lowering;

/// Reads a document with all its functions and statements.
///
/// A parameter that is annotated, or has a default, is an assignment at the beginning of its function's body; what a loop
/// binds is one without a value before its block.
pub fn extract_whole(document: &relmodel_syntax::Document) -> Extracted {
    extract_with(document, true, |_| None)
}

impl Lowering<'_> {
    /// The expressions of a statement that no mapping can depend on.
    pub(crate) fn rest_of(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        if self.is_whole {
            let mut cursor = node.walk();
            for child in node.named_children(&mut cursor).filter(|it| !it.is_extra()) {
                match Kind::of(child) {
                    Kind::Block
                    | Kind::ElifClause
                    | Kind::ElseClause
                    | Kind::CaseClause
                    | Kind::ExceptClause
                    | Kind::FinallyClause => {}
                    _ => {
                        let expr = self.expression(child);
                        out.push(Stmt::Expression(expr));
                    }
                }
            }
        }
    }

    /// What the head of a compound statement binds, and what it holds beside its condition.
    pub(crate) fn head_of(&mut self, node: Node<'_>, out: &mut Vec<Stmt>) {
        if !self.is_whole {
            return;
        }
        match Kind::of(node) {
            Kind::ForStatement => {
                if let Some(target) = Field::Left.of(node) {
                    let target = self.expression(target);
                    out.push(Stmt::Assign(Assign { target, annotation: None, value: None }));
                }
            }
            Kind::WithStatement | Kind::ExceptClause | Kind::MatchStatement | Kind::CaseClause => {
                self.rest_of(node, out);
            }
            _ => {}
        }
    }

    /// The annotated parameters of a function, as the assignments that its body begins with.
    pub(crate) fn annotated_parameters(&mut self, node: Node<'_>) -> Vec<Stmt> {
        let mut res = Vec::new();
        let Some(list) = Field::Parameters.of(node).filter(|_| self.is_whole) else { return res };
        let mut cursor = list.walk();
        for parameter in list.named_children(&mut cursor) {
            let Some(annotation) = Field::Type.of(parameter) else { continue };
            let Some(name) = Field::Name.of(parameter).or_else(|| parameter.named_child(0)) else { continue };
            let target = self.expression(name);
            let annotation = Some(self.annotation(annotation));
            res.push(Stmt::Assign(Assign { target, annotation, value: None }));
        }
        res
    }
}
