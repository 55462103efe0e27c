//! Inlay hints: what a relationship comes to, behind its call; and at a class, what backrefs elsewhere give it.

use relmodel_model::{
    ClassId, Db, Direction, Joined, RelationshipId, backrefs_on, column_label, declaration, file_classes, mapped,
    relationship, relationships_of, reverse,
};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::definition::Target;
use crate::names::Symbol;
use crate::render::{cardinality, relationship_label};

/// A few words shown between the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown, in bytes.
    pub offset: u32,
    /// Its parts, from left to right.
    pub parts: Vec<HintPart>,
}

/// A part of a hint, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintPart {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub target: Option<Target>,
}

impl Analysis {
    /// The hints in a range of a file, in order.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn inlay_hints(&self, file: FileId, range: TextRange) -> Result<Vec<InlayHint>, Cancelled> {
        guarded(|| {
            let db: &dyn Db = &self.db;
            let mut res = Vec::new();
            for &class in file_classes(db, file.0).iter().filter(|it| mapped(db, **it).is_some()) {
                let meets = |it: TextRange| it.start <= range.end && range.start <= it.end;
                if self.class_range(class).is_some_and(|it| meets(it.range)) {
                    res.extend(self.backrefs_hint(file, class));
                    let own = relationships_of(db, class).into_iter().filter(|it| it.backref_of(db).is_none());
                    res.extend(own.filter_map(|it| self.relationship_hint(file, it)));
                }
            }
            res.retain(|it| range.start <= it.offset && it.offset <= range.end);
            res.sort_by_key(|it| it.offset);
            res
        })
    }

    /// `1:M by child.parent_id, reverse Child.parent`
    fn relationship_hint(&self, file: FileId, id: RelationshipId) -> Option<InlayHint> {
        let db: &dyn Db = &self.db;
        let call = declaration(db, id).as_ref()?.call;
        let offset = self.expr_range(call).filter(|it| it.file == file.0)?.range.end;
        let Joined::Join(join) = &relationship(db, id).as_ref()?.join else { return None };
        let mut parts = vec![bare(cardinality(db, id)?)];
        let key = |it: &relmodel_model::Pair| if join.direction == Direction::ManyToOne { it.local } else { it.remote };
        let mut keys: Vec<_> = join.pairs.iter().map(key).collect();
        keys.dedup();
        for (index, column) in keys.into_iter().enumerate() {
            parts.push(bare(if index == 0 { " by " } else { ", " }));
            parts.push(self.part(column_label(db, column), &Symbol::Column(column.table, column.key)));
        }
        for other in reverse(db, id) {
            parts.push(bare(", reverse "));
            parts.push(self.part(relationship_label(db, *other), &Symbol::Relationship(*other)));
        }
        Some(InlayHint { offset, parts })
    }

    /// `parent (backref of Parent.children)`, behind the line of the class's name.
    fn backrefs_hint(&self, file: FileId, class: ClassId) -> Option<InlayHint> {
        let db: &dyn Db = &self.db;
        let made = backrefs_on(db, class);
        let name = self.range_of(Anchor::Class(class)).filter(|it| it.file == file.0)?.range;
        let mut parts = Vec::new();
        for it in made {
            parts.push(bare(if parts.is_empty() { "has " } else { ", " }));
            parts.push(self.part(it.id.key(db).to_string(), &Symbol::Relationship(it.id)));
            let source = relationship_label(db, it.source);
            parts.push(bare(" (backref of "));
            parts.push(self.part(source, &Symbol::Relationship(it.source)));
            parts.push(bare(")"));
        }
        (!parts.is_empty()).then(|| InlayHint { offset: self.line_end(file, name.end), parts })
    }

    fn part(&self, text: String, symbol: &Symbol) -> HintPart {
        HintPart { text, target: self.target_of(symbol) }
    }

    /// Behind the last character of the line of an offset that is no line break.
    fn line_end(&self, file: FileId, offset: u32) -> u32 {
        let text = self.text(file);
        let line = text.line(text.byte_to_line(offset as usize)).to_string();
        let start = text.line_to_byte(text.byte_to_line(offset as usize));
        let length = line.trim_end_matches(['\n', '\r']).len();
        u32::try_from(start + length).unwrap_or(offset)
    }
}

fn bare(text: &str) -> HintPart {
    HintPart { text: text.to_owned(), target: None }
}
