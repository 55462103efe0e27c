//! The names in the arguments of a relationship and in its annotation.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, Db, Declaration, Name, Place, RelationshipId, Secondary, StringName, Target, annotated_class, declaration,
    made_by, names_in_string, relationship, relationship_named, relationships_of, string_value,
};
use relmodel_rules::Anchor;

use super::member::{column_named, member_named};
use super::{Occurrence, Spelling, Symbol, length, literal};

/// Adds the names that stand in a relationship's arguments.
pub(super) fn names(db: &dyn Db, id: RelationshipId, out: &mut Vec<Occurrence>) {
    let Some(own) = declaration(db, id) else { return };
    let target = relationship(db, id).as_ref().map(|it| &it.target);
    let class = match target {
        Some(Target::Class(class)) => Some(*class),
        _ => None,
    };
    let mut names = Names { db, id, parent: id.parent(db), target: class, out };
    names.arguments(own);
    if let Some((name, inner)) = own.backref(db) {
        if let Some(made) = made_by(db, id) {
            names.whole(name.place, Symbol::Relationship(made), made.key(db));
        }
        if let (Some(inner), Some(target)) = (inner, class) {
            let parent = names.parent;
            Names { db, id, parent: target, target: Some(parent), out }.arguments(&inner);
        }
    }
}

struct Names<'a, 'b> {
    db: &'a dyn Db,
    id: RelationshipId,
    parent: ClassId,
    target: Option<ClassId>,
    out: &'b mut Vec<Occurrence>,
}

impl Names<'_, '_> {
    fn push(&mut self, (symbol, spelling): (Symbol, Spelling), at: Anchor, is_literal: bool) {
        self.out.push(Occurrence { symbol, spelling, at, is_literal });
    }

    /// A string that is a name as a whole. One that is put together says it all the same, at its place.
    fn whole(&mut self, place: Place, symbol: Symbol, name: Name) {
        let is_literal = literal(self.db, place).is_some_and(|it| it == name.as_str());
        let spelling = Spelling::Own;
        // An attribute itself is no string, and is told by the code that it is.
        if is_literal || string_value(self.db, place).is_some() {
            self.push((symbol, spelling), Anchor::Expr(place), is_literal);
        }
    }

    fn arguments(&mut self, declaration: &Declaration) {
        for argument in &declaration.arguments {
            let value = argument.value;
            match argument.name.as_str() {
                "argument" => self.target_string(value),
                "back_populates" => {
                    let name = string_value(self.db, value).map(|it| Name::from(&it));
                    if let (Some(target), Some(name)) = (self.target, name)
                        && let Some(id) = relationship_named(self.db, target, name)
                    {
                        self.whole(value, Symbol::Relationship(id), name);
                    }
                }
                "secondary" => self.secondary(value),
                "primaryjoin" | "secondaryjoin" | "foreign_keys" | "remote_side" | "order_by" => self.code(value),
                "overlaps" => self.overlaps(value),
                _ => {}
            }
        }
        if let (Some(annotation), Some(target)) = (declaration.annotation, self.target)
            && let Some(place) = annotated_class(self.db, annotation)
        {
            self.push((Symbol::Class(target), Spelling::Own), Anchor::Member(place), true);
        }
    }

    /// `"Child"`, `"shop.models.Child"`: the last part is the class.
    fn target_string(&mut self, place: Place) {
        let Some(target) = self.target else { return };
        let Some(text) = literal(self.db, place) else {
            if string_value(self.db, place).is_some() {
                self.push((Symbol::Class(target), Spelling::Own), Anchor::Expr(place), false);
            }
            return;
        };
        let start = text.rfind('.').map_or(0, |it| it + 1);
        let start = length(&text[..start]);
        let at = Anchor::InString(place, start, length(text.trim_end()));
        self.push((Symbol::Class(target), Spelling::Own), at, true);
    }

    fn secondary(&mut self, place: Place) {
        let Some(Secondary::Table(table)) = relationship(self.db, self.id).as_ref().map(|it| it.secondary.clone())
        else {
            return;
        };
        let inner = place.read(self.db, |_, it| match it {
            Expr::Lambda { body, .. } => *body,
            _ => place.expr,
        });
        let place = place.with(inner);
        match literal(self.db, place) {
            Some(text) => {
                let start = text.rfind('.').map_or(0, |it| it + 1);
                let at = Anchor::InString(place, length(&text[..start]), length(&text));
                self.push((Symbol::Table(table), Spelling::Own), at, true);
            }
            None if string_value(self.db, place).is_some() => {
                self.push((Symbol::Table(table), Spelling::Own), Anchor::Expr(place), false);
            }
            None => {}
        }
    }

    /// A string that is evaluated.
    fn code(&mut self, argument: Place) {
        let db = self.db;
        for (place, name) in names_in_string(db, self.parent, argument) {
            let named = match name {
                StringName::Class(class) => Some((Symbol::Class(class), Spelling::Own)),
                StringName::Attribute(class, name) => member_named(db, class, name),
                StringName::Table(table) => Some((Symbol::Table(table), Spelling::Own)),
                StringName::Column(table, key) => column_named(db, table, key.as_str()),
            };
            if let Some(named) = named {
                self.push(named, Anchor::Member(place), place != argument);
            }
        }
    }

    /// `overlaps="parent,children"`: relationships of the two classes, or of those that they refer to.
    fn overlaps(&mut self, place: Place) {
        let Some(text) = literal(self.db, place) else { return };
        let mut start = 0;
        for part in text.split(',') {
            let name = part.trim();
            let from = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            if let Some(id) = self.overlapped(Name::from(name)) {
                let start = u32::try_from(from).unwrap_or(u32::MAX);
                let at = Anchor::InString(place, start, start + length(name));
                self.push((Symbol::Relationship(id), Spelling::Own), at, true);
            }
        }
    }

    fn overlapped(&self, name: Name) -> Option<RelationshipId> {
        let db = self.db;
        let near: Vec<ClassId> = [Some(self.parent), self.target].into_iter().flatten().collect();
        let referred = near.iter().flat_map(|it| relationships_of(db, *it));
        let further = referred.filter_map(|it| relationship(db, it).as_ref()?.target_class());
        near.iter().copied().chain(further).find_map(|it| relationship_named(db, it, name)).filter(|it| *it != self.id)
    }
}
