//! What the mapper of a class is told, and the classes around it.

use relmodel_model::{
    KeyAt, MapperArguments, Mapping, MemberKind, Name, RegistryId, arguments_of_mapper, backref_named, descendants,
    lineage, mapped, member, members, table,
};

use super::ClassWalker;
use crate::finding::Anchor;

impl<'a> ClassWalker<'a> {
    /// The arguments of its mapper, if all of them are known.
    pub(crate) fn mapper_arguments(self) -> Option<&'a MapperArguments> {
        Some(arguments_of_mapper(self.db, self.id)).filter(|it| !it.is_open)
    }

    /// The mapped class that it inherits from without another one in between.
    pub(crate) fn mapped_parent(self) -> Option<Self> {
        let parent = mapped(self.db, self.id).as_ref()?.inherits?;
        Some(Self { id: parent, ..self })
    }

    /// The mapped class at the base of its hierarchy (`Mapper.base_mapper`): itself, if it inherits from none.
    pub(crate) fn root(self) -> Self {
        let id = lineage(self.db, self.id).last().copied().unwrap_or(self.id);
        Self { id, ..self }
    }

    /// Whether its mapper surely has no property of this name when it is made.
    pub(crate) fn lacks_property(self, name: Name) -> bool {
        self.knows_properties() && member(self.db, self.id, name).is_none()
    }

    /// Whether it, a class that it inherits from or one below it surely has no attribute of this name, backrefs included.
    pub(crate) fn lacks_attribute(self, name: Name) -> bool {
        let has = |class| member(self.db, class, name).is_some() || backref_named(self.db, class, name).is_some();
        self.lacks_property(name) && !has(self.id) && !descendants(self.db, self.id).iter().any(|it| has(*it))
    }

    /// Whether all properties of its mapper are known: the columns of its tables too.
    pub(crate) fn knows_properties(self) -> bool {
        let knows_table = |class| {
            let Some(mapped) = mapped(self.db, class) else { return false };
            let has_table = mapped.table.and_then(|it| table(self.db, it).as_ref()).is_some_and(|it| !it.is_open);
            let is_told = has_table && !matches!(mapped.mapping, Mapping::Unknown | Mapping::Missing);
            is_told && !matches!(mapped.registry, RegistryId::Open(_)) && !arguments_of_mapper(self.db, class).is_open
        };
        !self.is_open() && lineage(self.db, self.id).into_iter().all(knows_table)
    }

    /// The names of its properties, its parents' included: for suggestions.
    pub(crate) fn property_names(self) -> impl Iterator<Item = &'static str> + 'a {
        let is_property = |kind: &MemberKind| !matches!(kind, MemberKind::Plain | MemberKind::Unknown);
        let all = lineage(self.db, self.id).into_iter().flat_map(move |it| members(self.db, it));
        all.filter(move |it| is_property(&it.kind)).map(|it| it.name.as_str())
    }
}

/// Where the name of a mapper's argument stands.
pub(crate) fn key_anchor(at: KeyAt) -> Anchor {
    match at {
        KeyAt::String(place) | KeyAt::Call(place) => Anchor::Expr(place),
        KeyAt::Keyword(call, keyword) => Anchor::Name(call.item, keyword.at),
    }
}
