//! From places in facts to ranges in text, and back from an offset to what stands there.

use relmodel_facts::{Expr, ExprId, ItemMap, NameId};
use relmodel_model::{AttributeAt, ClassId, ItemId, Place, SourceFile};
use relmodel_rules::Anchor;
use relmodel_syntax::TextRange;

use crate::analysis::Analysis;

/// A range in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileRange {
    pub(crate) file: SourceFile,
    pub(crate) range: TextRange,
}

impl Analysis {
    fn item_map(&self, item: ItemId) -> Option<(SourceFile, u32, &ItemMap)> {
        let file = item.file(&self.db);
        let extracted = &self.files.get(&file)?.extracted;
        let index = extracted.facts.index_of(item.key(&self.db))?;
        let (start, map) = extracted.map.items.get(index)?;
        Some((file, *start, map))
    }

    /// The statement at `offset`, or the last one before it.
    pub(crate) fn item_at(&self, file: SourceFile, offset: u32) -> Option<ItemId> {
        let extracted = &self.files.get(&file)?.extracted;
        let index = extracted.map.items.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (key, _) = extracted.facts.items().get(index)?;
        Some(ItemId::new(&self.db, file, *key))
    }

    /// Where a statement stands.
    pub(crate) fn item_range(&self, item: ItemId) -> Option<TextRange> {
        let (_, start, map) = self.item_map(item)?;
        Some(TextRange::new(start, start + map.length))
    }

    /// Where an anchor stands.
    pub(crate) fn range_of(&self, anchor: Anchor) -> Option<FileRange> {
        match anchor {
            Anchor::Expr(place) => self.content_range(place),
            Anchor::Member(place) => self.member_range(place),
            Anchor::InString(place, start, end) => {
                let (file, base, map) = self.item_map(place.item)?;
                // Which part of an f-string a part of its value comes from is not kept.
                let is_plain = matches!(place.get(&self.db), Expr::String(_));
                match map.in_string(place.expr, start, end).filter(|_| is_plain) {
                    Some(range) => Some(FileRange { file, range: range.shifted(base) }),
                    None => self.expr_range(place),
                }
            }
            Anchor::Name(item, name) => self.name_range(item, name),
            Anchor::Class(class) => {
                let at = class.read(&self.db, |_, it| it.at)?;
                self.name_range(class.item(&self.db), at)
            }
            Anchor::Attribute(class, at) => match at {
                AttributeAt::Target(target) => self.expr_range(class.place(&self.db, target)),
                AttributeAt::Name(name) => self.name_range(class.item(&self.db), name),
            },
        }
    }

    /// The range of what stands behind the last dot of an expression.
    fn member_range(&self, place: Place) -> Option<FileRange> {
        let Expr::Attribute { name, .. } = place.expr(&self.db) else { return self.content_range(place) };
        let mut res = self.expr_range(place)?;
        let length = u32::try_from(name.len()).unwrap_or_default();
        res.range.start = res.range.end.saturating_sub(length).max(res.range.start);
        Some(res)
    }

    /// The whole range of an expression, quotes included.
    pub(crate) fn expr_range(&self, place: Place) -> Option<FileRange> {
        let (file, base, map) = self.item_map(place.item)?;
        Some(FileRange { file, range: map.expr(place.expr).shifted(base) })
    }

    /// The range of an expression; of a string, what stands between the quotes.
    pub(crate) fn content_range(&self, place: Place) -> Option<FileRange> {
        let (file, base, map) = self.item_map(place.item)?;
        let range = map.string_content(place.expr).unwrap_or_else(|| map.expr(place.expr));
        Some(FileRange { file, range: range.shifted(base) })
    }

    fn name_range(&self, item: ItemId, name: NameId) -> Option<FileRange> {
        let (file, base, map) = self.item_map(item)?;
        Some(FileRange { file, range: map.name(name).shifted(base) })
    }

    /// The whole statement of a class.
    pub(crate) fn class_range(&self, class: ClassId) -> Option<FileRange> {
        let (file, base, map) = self.item_map(class.item(&self.db))?;
        let range = map.classes.get(class.index(&self.db) as usize)?;
        Some(FileRange { file, range: range.shifted(base) })
    }

    /// The expressions that a cursor at `offset` touches, innermost first.
    pub(crate) fn exprs_at(&self, file: SourceFile, offset: u32) -> Vec<Place> {
        let Some(state) = self.files.get(&file) else { return Vec::new() };
        let items = &state.extracted.map.items;
        let index = items.partition_point(|(start, _)| *start <= offset);
        let Some(index) = index.checked_sub(1) else { return Vec::new() };
        let (Some((start, map)), Some((key, item))) = (items.get(index), state.extracted.facts.items().get(index))
        else {
            return Vec::new();
        };
        let local = offset - start;
        let id = ItemId::new(&self.db, file, *key);
        let class = innermost_class(map, local).map(Into::into);
        let mut res: Vec<(u32, Place)> = Vec::new();
        for (index, range) in map.exprs.iter().enumerate() {
            let expr = ExprId::new(index);
            if range.touches(local) && *item.expr(expr) != Expr::Missing {
                res.push((range.len(), Place { item: id, class, scope: None, expr }));
            }
        }
        res.sort_by_key(|it| it.0);
        res.into_iter().map(|it| it.1).collect()
    }

    /// The class whose statement an offset lies in, the innermost of several.
    pub(crate) fn class_at(&self, file: SourceFile, offset: u32) -> Option<ClassId> {
        let within = |it: &ClassId| {
            let range = self.class_range(*it).filter(|it| it.range.touches(offset))?.range;
            Some((range.len(), *it))
        };
        let classes = relmodel_model::file_classes(&self.db, file).iter().filter_map(within);
        classes.min_by_key(|it| it.0).map(|it| it.1)
    }
}

/// The class whose statement encloses an offset most closely.
fn innermost_class(map: &ItemMap, offset: u32) -> Option<u32> {
    let enclosing = map.classes.iter().enumerate().filter(|(_, it)| it.touches(offset));
    enclosing.min_by_key(|(_, it)| it.len()).and_then(|(index, _)| u32::try_from(index).ok())
}
