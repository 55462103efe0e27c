//! Go to definition.

use relmodel_model::{
    ClassId, Db, KeyAt, Name, TableId, TableSource, descendants, late_attributes, mapper_property_keys, relationship,
    reverse, table,
};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::anchor::FileRange;
use crate::names::Symbol;

/// Where the name under the cursor is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name under the cursor, in bytes.
    pub origin: TextRange,
    /// Its definitions.
    pub targets: Vec<Target>,
}

/// A definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file it lies in.
    pub file: FileId,
    /// All of it, in bytes; encloses `focus`.
    pub full: TextRange,
    /// The name it defines, in bytes.
    pub focus: TextRange,
}

impl Analysis {
    /// Where the name at `offset` is defined; `None` if it means nothing to SQLAlchemy.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn definition(&self, file: FileId, offset: u32) -> Result<Option<Definition>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset)?;
            let targets: Vec<Target> = self.target_of(&named.symbol).into_iter().collect();
            (!targets.is_empty()).then_some(Definition { origin: named.range, targets })
        })
    }

    /// The class that the relationship at `offset` refers to, or that the name there is.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn type_definition(&self, file: FileId, offset: u32) -> Result<Option<Definition>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset)?;
            let class = match named.symbol {
                Symbol::Class(class) => class,
                Symbol::Relationship(id) => relationship(&self.db, id).as_ref()?.target_class()?,
                _ => return None,
            };
            Some(Definition { origin: named.range, targets: vec![self.class_target(class)?] })
        })
    }

    /// What carries out what stands at `offset`: of a class the mapped classes that inherit from it, of a relationship its
    /// other side.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn implementation(&self, file: FileId, offset: u32) -> Result<Option<Definition>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset)?;
            let symbols: Vec<Symbol> = match named.symbol {
                Symbol::Class(class) => descendants(&self.db, class).iter().copied().map(Symbol::Class).collect(),
                Symbol::Relationship(id) => reverse(&self.db, id).iter().copied().map(Symbol::Relationship).collect(),
                _ => Vec::new(),
            };
            let mut targets: Vec<Target> = symbols.iter().filter_map(|it| self.target_of(it)).collect();
            targets.sort_by_key(|it| (self.path(it.file), it.focus.start));
            (!targets.is_empty()).then_some(Definition { origin: named.range, targets })
        })
    }

    pub(crate) fn target_of(&self, symbol: &Symbol) -> Option<Target> {
        let db: &dyn Db = &self.db;
        match *symbol {
            Symbol::Class(class) => self.class_target(class),
            Symbol::Relationship(id) => match id.backref_of(db) {
                None => self.attribute_target(id.parent(db), id.key(db)),
                Some((class, key)) => {
                    let source = relmodel_model::RelationshipId::new(db, class, key, None);
                    let declaration = relmodel_model::declaration(db, source).as_ref()?;
                    let (name, _) = declaration.backref(db)?;
                    let focus = self.content_range(name.place)?;
                    Some(target(self.expr_range(declaration.call)?, focus))
                }
            },
            Symbol::Attribute(class, name) => self.attribute_target(class, name),
            Symbol::Table(id) => {
                let focus = match (table(db, id).as_ref()?.name_place, id.source(db)) {
                    // A name that a base makes for each of its classes says nothing of this one: the table is where the class is.
                    (place, TableSource::Class(class))
                        if place.is_none_or(|it| it.enclosing_class(db) != Some(class)) =>
                    {
                        return self.class_target(class);
                    }
                    (Some(place), _) => self.content_range(place)?,
                    (None, _) => return None,
                };
                let full = match id.source(db) {
                    TableSource::Class(class) => self.class_range(class).filter(|it| it.file == focus.file),
                    TableSource::Call(call) => self.expr_range(call),
                };
                Some(target(full.unwrap_or(focus), focus))
            }
            Symbol::Column(id, key) => self.column_target(id, key),
        }
    }

    fn class_target(&self, class: ClassId) -> Option<Target> {
        let focus = self.range_of(Anchor::Class(class))?;
        Some(target(self.class_range(class)?, focus))
    }

    fn attribute_target(&self, class: ClassId, name: Name) -> Option<Target> {
        let (owner, found) = relmodel_model::member(&self.db, class, name)?;
        let focus = match found.at {
            Some(at) => self.range_of(Anchor::Attribute(found.declared_in, at))?,
            None => self.property_key(owner, name).or_else(|| self.set_behind(owner, name))?,
        };
        let value = match &found.kind {
            relmodel_model::MemberKind::Relationship(written) => self.expr_range(written.0),
            relmodel_model::MemberKind::Column(column) => self.expr_range(column.place),
            _ => None,
        };
        let full = match value {
            Some(value) if value.file == focus.file && value.range.end >= focus.range.end => FileRange {
                file: focus.file,
                range: TextRange::new(focus.range.start.min(value.range.start), value.range.end),
            },
            _ => focus,
        };
        Some(target(full, focus))
    }

    /// The key of an attribute among the properties that a mapper is given.
    fn property_key(&self, class: ClassId, name: Name) -> Option<FileRange> {
        let entry = mapper_property_keys(&self.db, class).into_iter().rev().find(|it| it.name == name)?;
        match entry.at {
            KeyAt::String(place) => self.content_range(place),
            KeyAt::Keyword(call, keyword) => self.range_of(Anchor::Name(call.item, keyword.at)),
            KeyAt::Call(_) => None,
        }
    }

    /// Where an attribute is set behind the body of its class.
    fn set_behind(&self, class: ClassId, name: Name) -> Option<FileRange> {
        let found = late_attributes(&self.db, class).iter().find(|it| it.name == name)?;
        self.range_of(Anchor::Member(found.at))
    }

    fn column_target(&self, id: TableId, key: Name) -> Option<Target> {
        let db: &dyn Db = &self.db;
        let column = table(db, id).as_ref()?.column(key.as_str())?;
        if let TableSource::Class(class) = id.source(db)
            && let Some(res) = self.attribute_target(class, column.attribute)
        {
            return Some(res);
        }
        let full = self.expr_range(column.place)?;
        Some(target(full, full))
    }
}

fn target(full: FileRange, focus: FileRange) -> Target {
    Target { file: FileId(focus.file), full: full.range, focus: focus.range }
}
