//! Statements that few files have and that may concern any class: told from facts alone, so that the questions of every
//! class about them depend on those few files, not on all.
//!
//! Owns which files these are. What the statements mean is for the queries that read them.

use relmodel_facts::FileFacts;

use crate::db::SourceFile;
use crate::imperative::mapping_calls;
use crate::late::sets_attributes;

/// Which rare statements a file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rare {
    /// It may set attributes of classes: `Parent.children = relationship(...)`.
    pub sets_attributes: bool,
    /// It makes classes by calling `type(...)` or in functions.
    pub makes_classes: bool,
    /// It calls something that may map a class: `registry.map_imperatively(Parent, table)`.
    pub maps_imperatively: bool,
}

/// The files of a workspace that have rare statements, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RareFiles {
    /// Those that may set attributes of classes.
    pub set_attributes: Vec<SourceFile>,
    /// Those that make classes by calling `type(...)` or in functions.
    pub make_classes: Vec<SourceFile>,
    /// Those that call something that may map a class.
    pub map_imperatively: Vec<SourceFile>,
}

impl Rare {
    /// What there is in the facts of a file.
    pub fn of(facts: &FileFacts) -> Self {
        let mut res = Self::default();
        for (_, item) in facts.items() {
            res.makes_classes |= !item.made_classes.is_empty() || item.classes.iter().any(|it| it.function.is_some());
            res.sets_attributes |= sets_attributes(item);
            res.maps_imperatively |= !mapping_calls(item).is_empty();
        }
        res
    }
}

impl RareFiles {
    /// Those among some files, given in the order of their paths.
    pub fn among(files: impl Iterator<Item = (SourceFile, Rare)>) -> Self {
        let mut res = Self::default();
        for (file, rare) in files {
            if rare.sets_attributes {
                res.set_attributes.push(file);
            }
            if rare.makes_classes {
                res.make_classes.push(file);
            }
            if rare.maps_imperatively {
                res.map_imperatively.push(file);
            }
        }
        res
    }
}
