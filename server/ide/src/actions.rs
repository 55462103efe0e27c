//! Actions that rewrite what is right: the menu beside the fixes of findings.

use relmodel_model::{ClassId, Db, file_classes, mapped, relationships_of};
use relmodel_rules::{Anchor, class_actions, relationship_actions};
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::fixes::Fix;
use crate::names::Symbol;

impl Analysis {
    /// What can be done with the relationships and the class name that a range touches.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn actions(&self, file: FileId, range: TextRange) -> Result<Vec<Fix>, Cancelled> {
        guarded(|| {
            let classes = file_classes(&self.db, file.0).iter();
            classes
                .filter(|it| mapped(&self.db, **it).is_some())
                .flat_map(|it| self.actions_of(file, *it, range))
                .collect()
        })
    }

    fn actions_of(&self, file: FileId, class: ClassId, range: TextRange) -> Vec<Fix> {
        let db: &dyn Db = &self.db;
        let meets = |it: TextRange| it.start <= range.end && range.start <= it.end;
        let Some(all) = self.class_range(class).filter(|it| meets(it.range)) else { return Vec::new() };
        let is_name = self.range_of(Anchor::Class(class)).is_some_and(|it| meets(it.range));
        let mut res = if is_name && all.file == file.0 { class_actions(db, class) } else { Vec::new() };
        for id in relationships_of(db, class).into_iter().filter(|it| it.backref_of(db).is_none()) {
            let target = self.target_of(&Symbol::Relationship(id)).filter(|it| it.file == file && meets(it.full));
            res.extend(target.into_iter().flat_map(|_| relationship_actions(db, id)));
        }
        res.iter().filter_map(|it| self.fix(it)).collect()
    }
}
