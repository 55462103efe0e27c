//! The strings of loader options, which 1.4 takes for the entity of the query: `query(Parent).options(joinedload("children"))`.

use relmodel_model::{SqlAlchemy, Workspace};

use super::{CompletionItem, CompletionKind, members};
use crate::analysis::{Analysis, FileId};

impl Analysis {
    /// The relationships or columns of the class that a loader option is for, in functions too.
    pub(super) fn in_loader_option(&self, file: FileId, offset: u32) -> Option<Vec<CompletionItem>> {
        if Workspace::get(&self.db).sqlalchemy(&self.db) != SqlAlchemy::V1_4
            || !self.begins_name_in_string(file, offset)
        {
            return None;
        }
        let item = self.item_at(file.0, offset)?;
        let loaded = self.code_of_item(file.0, item).loaded.into_iter().find(|it| it.range.touches(offset))?;
        let kind = if loaded.of_columns { CompletionKind::Column } else { CompletionKind::Relationship };
        let all = members::attributes(&self.db, loaded.class, loaded.range).into_iter();
        Some(all.filter(|it| it.kind == kind).collect())
    }
}
