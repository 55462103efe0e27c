//! The names that a mapped class declares, and those that its mapper is told of in strings.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    AttributeKind, ClassId, Db, KeyAt, MapperArguments, MemberKind, Name, Place, RelationshipId, Value,
    arguments_of_mapper, called, class_source, evaluate, late_attributes, mapped, mapper_property_keys, member,
    members, own_attribute, relationship, relationship_named,
};
use relmodel_rules::Anchor;

use super::member::{column_named, member_named};
use super::{Occurrence, Spelling, Symbol, literal, relationship as of_relationship};

/// The names that a mapped class declares and those in the strings that its mapper is told.
#[salsa::tracked(returns(ref))]
pub(crate) fn names_of_class(db: &dyn Db, class: ClassId) -> Vec<Occurrence> {
    let mut res = Names { db, class, found: Vec::new() };
    let is_made = class.read(db, |_, it| it.made.is_some()) == Some(true);
    res.found.push(Occurrence {
        symbol: Symbol::Class(class),
        spelling: Spelling::Own,
        at: Anchor::Class(class),
        is_literal: !is_made,
    });
    res.members();
    res.mapper(arguments_of_mapper(db, class));
    res.validators();
    res.found
}

/// What is found of one class.
struct Names<'a> {
    db: &'a dyn Db,
    class: ClassId,
    found: Vec<Occurrence>,
}

impl Names<'_> {
    fn add(&mut self, found: Option<(Symbol, Spelling)>, at: Anchor) {
        let found = found.map(|(symbol, spelling)| Occurrence { symbol, spelling, at, is_literal: true });
        self.found.extend(found);
    }

    /// An attribute that a string names.
    fn attribute(&mut self, class: ClassId, place: Place) {
        if let Some(name) = literal(self.db, place) {
            self.add(member_named(self.db, class, Name::from(&name)), Anchor::Expr(place));
        }
    }

    fn members(&mut self) {
        let (db, class) = (self.db, self.class);
        for found in members(db, class) {
            // A dataclass has a field of its own for what its table or its mapper's properties make.
            let field = || own_attribute(db, class, found.name).map(|it| it.at);
            if let Some(at) = found.at.or_else(field) {
                let declared_in = if found.at.is_some() { found.declared_in } else { class };
                self.add(member_named(db, class, found.name), Anchor::Attribute(declared_in, at));
            }
            match &found.kind {
                MemberKind::Relationship(..) => {
                    let id = RelationshipId::new(db, class, found.name, None);
                    of_relationship::names(db, id, &mut self.found);
                }
                MemberKind::Synonym(_) | MemberKind::Property | MemberKind::Plain => {
                    self.property(found.declared_in, found.name);
                }
                MemberKind::Column(_) | MemberKind::Unknown => {}
            }
        }
        for entry in mapper_property_keys(db, class) {
            let named = member_named(db, class, entry.name);
            match entry.at {
                KeyAt::String(place) => self.add(named, Anchor::Expr(place)),
                KeyAt::Keyword(call, keyword) => self.add(named, Anchor::Name(call.item, keyword.at)),
                KeyAt::Call(_) => {}
            }
        }
    }

    /// What `synonym("x")`, `composite(Point, "x", "y")` and `association_proxy("children", "name")` name.
    fn property(&mut self, declared_in: ClassId, name: Name) {
        let (db, class) = (self.db, self.class);
        let found = match own_attribute(db, declared_in, name) {
            Some(attribute) => match attribute.kind {
                AttributeKind::Synonym(call) => Some(call),
                _ => attribute.value_place(db, declared_in, class),
            },
            // It is set behind the class.
            None => late_attributes(db, class).iter().find(|it| it.is_certain && it.name == name).map(|it| it.value),
        };
        let Some(call) = found else { return };
        let Expr::Call { function, arguments } = call.expr(db) else { return };
        let values = arguments.iter().filter_map(|it| match it {
            Argument::Positional(value) => Some(call.with(*value)),
            Argument::Keyword(keyword, value)
                if matches!(keyword.name.as_str(), "name" | "target_collection" | "attr") =>
            {
                Some(call.with(*value))
            }
            _ => None,
        });
        let values: Vec<Place> = values.collect();
        let Some(name) = called(db, call, function) else { return };
        match (name.as_str(), values.as_slice()) {
            ("synonym", [first, ..]) => self.attribute(class, *first),
            // Its class comes first, unless the annotation says it.
            ("composite", values) => values.iter().for_each(|it| self.attribute(class, *it)),
            ("association_proxy", [collection, attribute]) => {
                self.attribute(class, *collection);
                let id = literal(db, *collection).and_then(|it| relationship_named(db, class, Name::from(&it)));
                if let Some(target) = id.and_then(|it| relationship(db, it).as_ref()?.target_class()) {
                    self.attribute(target, *attribute);
                }
            }
            _ => {}
        }
    }

    fn mapper(&mut self, arguments: &MapperArguments) {
        for entry in &arguments.entries {
            match entry.name.as_str() {
                "polymorphic_on" | "version_id_col" => self.mapper_column(entry.value),
                "include_properties" | "exclude_properties" | "primary_key" => {
                    let parts = entry.value.read(self.db, |_, it| match it {
                        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => parts.to_vec(),
                        _ => Vec::new(),
                    });
                    for part in parts {
                        self.mapper_column(entry.value.with(part));
                    }
                }
                _ => {}
            }
        }
    }

    /// A column that a string names, by its attribute or else by its key.
    fn mapper_column(&mut self, place: Place) {
        let Some(name) = literal(self.db, place) else { return };
        let named = member_named(self.db, self.class, Name::from(&name)).or_else(|| {
            let table = mapped(self.db, self.class).as_ref()?.table?;
            column_named(self.db, table, &name)
        });
        self.add(named, Anchor::Expr(place));
    }

    /// What `@validates("name")` names, in the class and in those that it takes methods from.
    fn validators(&mut self) {
        let db = self.db;
        for &base in &relmodel_model::class_info(db, self.class).mro {
            let is_own = base == self.class || mapped(db, base).is_none();
            let Some((item, _)) = class_source(db, base).filter(|_| is_own) else { continue };
            let index = base.index(db);
            for function in item.functions.iter().filter(|it| it.class == Some(index)) {
                for decorator in function.decorators.iter().map(|it| base.place(db, *it)) {
                    self.validator(decorator);
                }
            }
        }
    }

    fn validator(&mut self, decorator: Place) {
        let db = self.db;
        let Expr::Call { function, arguments } = decorator.expr(db) else { return };
        let is_it = matches!(evaluate(db, decorator.with(function)), Value::Library(name)
            if relmodel_model::sqlalchemy_name(name).is_some_and(|it| it == "validates"));
        if !is_it {
            return;
        }
        for argument in arguments.iter() {
            if let Argument::Positional(value) = argument {
                let place = decorator.with(*value);
                let is_member = literal(db, place).is_some_and(|it| member(db, self.class, Name::from(&it)).is_some());
                let is_backref = || {
                    literal(db, place).is_some_and(|it| relationship_named(db, self.class, Name::from(&it)).is_some())
                };
                if is_member || is_backref() {
                    self.attribute(self.class, place);
                }
            }
        }
    }
}
