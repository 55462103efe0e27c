//! Code lenses: the other side of a relationship, and who refers to a class.

use relmodel_model::{
    ClassId, Db, RelationshipId, file_classes, mapped, referring_relationships, relationships_of, reverse,
};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::definition::Target;
use crate::names::Symbol;
use crate::render::relationship_label;

/// A line of words above a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLens {
    /// The name, in bytes.
    pub range: TextRange,
    /// The words.
    pub title: String,
    /// What they lead to.
    pub targets: Vec<Target>,
}

impl Analysis {
    /// The lenses of a file, in order.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn code_lenses(&self, file: FileId) -> Result<Vec<CodeLens>, Cancelled> {
        guarded(|| {
            let db: &dyn Db = &self.db;
            let mut res = Vec::new();
            for &class in file_classes(db, file.0).iter().filter(|it| mapped(db, **it).is_some()) {
                res.extend(self.class_lens(class));
                let own = relationships_of(db, class).into_iter().filter(|it| it.backref_of(db).is_none());
                res.extend(own.filter_map(|it| self.other_side(file, it)));
            }
            res.sort_by_key(|it| it.range);
            res
        })
    }

    /// How many relationships refer to a class.
    fn class_lens(&self, class: ClassId) -> Option<CodeLens> {
        let range = self.range_of(Anchor::Class(class))?.range;
        let found = referring_relationships(&self.db, class);
        let title = match found.len() {
            0 => return None,
            1 => "1 relationship refers to it".to_owned(),
            count => format!("{count} relationships refer to it"),
        };
        let mut targets: Vec<Target> = Vec::new();
        for target in found.into_iter().filter_map(|it| self.target_of(&Symbol::Relationship(it))) {
            // What a mixin declares once is a relationship of each class that maps it.
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        Some(CodeLens { range, title, targets })
    }

    fn other_side(&self, file: FileId, id: RelationshipId) -> Option<CodeLens> {
        let db: &dyn Db = &self.db;
        let own = self.target_of(&Symbol::Relationship(id)).filter(|it| it.file == file)?;
        let others = reverse(db, id);
        let labels: Vec<String> = others.iter().map(|it| relationship_label(db, *it)).collect();
        let targets: Vec<Target> = others.iter().filter_map(|it| self.target_of(&Symbol::Relationship(*it))).collect();
        let title = format!("other side: {}", labels.join(", "));
        (!targets.is_empty()).then_some(CodeLens { range: own.focus, title, targets })
    }
}
