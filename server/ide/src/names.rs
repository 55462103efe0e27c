//! What a name under the cursor means to SQLAlchemy: the one place that definition, hover and completion ask.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    ClassId, Db, ForeignKeyTarget, Member, MemberKind, Name, Place, RelationshipId, Secondary, SourceFile, TableId,
    Target, Value, class_info, evaluate, file_classes, mapped, member, members, relationship, relationship_named,
    sqlalchemy_name, table, table_of_foreign_key,
};
use relmodel_syntax::TextRange;

use crate::analysis::Analysis;

/// Something that has a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    Class(ClassId),
    Relationship(RelationshipId),
    /// An attribute of a mapped class that is no relationship, by the class that maps it.
    Attribute(ClassId, Name),
    Table(TableId),
    /// A column of a table, by its key.
    Column(TableId, Name),
}

/// A symbol and the range of the name that means it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) symbol: Symbol,
    pub(crate) range: TextRange,
}

/// A call of something of SQLAlchemy's that the cursor stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallAt {
    pub(crate) call: Place,
    /// What is called: `relationship`, `ForeignKey`.
    pub(crate) function: Name,
    /// The parameter whose value the cursor is in.
    pub(crate) parameter: Option<&'static str>,
    /// That value.
    pub(crate) value: Place,
}

/// The names of parameters that are given by position.
fn positional_names(function: &str) -> &'static [&'static str] {
    match function {
        "relationship" | "relation" => &["argument", "secondary"],
        "backref" => &["name"],
        "ForeignKey" => &["column"],
        "ForeignKeyConstraint" => &["columns", "refcolumns"],
        _ => &[],
    }
}

/// The innermost call of SQLAlchemy's around the cursor, and the argument it is in.
pub(crate) fn call_at(db: &dyn Db, exprs: &[Place]) -> Option<CallAt> {
    exprs.iter().find_map(|&call| {
        let Expr::Call { function, arguments } = call.expr(db) else { return None };
        let Value::Library(name) = evaluate(db, call.with(function)) else { return None };
        let function = sqlalchemy_name(name)?;
        let mut names = positional_names(function.as_str()).iter();
        for argument in arguments.iter() {
            let parameter = match argument {
                Argument::Positional(_) => names.next().copied(),
                Argument::Keyword(keyword, _) => Some(keyword.name.as_str()),
                Argument::Splat(_) | Argument::KeywordSplat(_) => None,
            };
            let value = call.with(argument.value());
            if exprs.contains(&value) {
                return Some(CallAt { call, function, parameter, value });
            }
        }
        None
    })
}

/// The relationship that a `relationship(...)` call makes; of a mixin's call, one that it makes.
pub(crate) fn relationship_of_call(db: &dyn Db, call: Place) -> Option<RelationshipId> {
    let class = call.enclosing_class(db);
    let in_class = |class: ClassId| {
        let is_it = |it: &&Member| matches!(it.kind, MemberKind::Relationship(made, _) if made == call);
        members(db, class).iter().find(is_it).map(|it| RelationshipId::new(db, class, it.name, None))
    };
    if let Some(class) = class
        && mapped(db, class).is_some()
    {
        return in_class(class);
    }
    let files = &relmodel_model::Workspace::try_get(db)?.files(db).files;
    let maps = |it: &ClassId| class.is_none_or(|class| class_info(db, *it).mro.contains(&class));
    files.iter().flat_map(|file| file_classes(db, *file)).copied().filter(maps).find_map(in_class)
}

impl Analysis {
    /// What the name at `offset` means.
    pub(crate) fn named_at(&self, file: SourceFile, offset: u32) -> Option<Named> {
        let db: &dyn Db = &self.db;
        let exprs = self.exprs_at(file, offset);
        if let Some(at) = call_at(db, &exprs)
            && let Some(named) = self.named_in_call(&at, &exprs, offset)
        {
            return Some(named);
        }
        if let Some(&place) = exprs.first()
            && let Some(named) = self.named_in_code(place)
        {
            return Some(named);
        }
        let class = self.class_name_at(file, offset)?;
        let range = self.range_of(relmodel_rules::Anchor::Class(class))?.range;
        Some(Named { symbol: Symbol::Class(class), range })
    }

    fn named_in_call(&self, at: &CallAt, exprs: &[Place], offset: u32) -> Option<Named> {
        let db: &dyn Db = &self.db;
        let range = self.content_range(at.value)?.range;
        let whole = |symbol: Option<Symbol>| symbol.map(|symbol| Named { symbol, range });
        match (at.function.as_str(), at.parameter?) {
            ("relationship" | "relation", "argument") => {
                let id = relationship_of_call(db, at.call)?;
                whole(relationship(db, id).as_ref()?.target_class().map(Symbol::Class))
            }
            ("relationship" | "relation", "back_populates") => {
                let id = relationship_of_call(db, at.call)?;
                let target = relationship(db, id).as_ref()?.target_class()?;
                let name = Name::from(&relmodel_model::string_value(db, at.value)?);
                whole(symbol_of_member(db, target, name))
            }
            ("relationship" | "relation", "backref") => whole(Some(self.made_by(at.call)?)),
            ("backref", "name") => {
                let call =
                    exprs.iter().copied().filter(|it| *it != at.call).find(|it| {
                        matches!(it.expr(db), Expr::Call { .. }) && relationship_of_call(db, *it).is_some()
                    })?;
                whole(Some(self.made_by(call)?))
            }
            ("relationship" | "relation", "secondary") => {
                let id = relationship_of_call(db, at.call)?;
                match relationship(db, id).as_ref()?.secondary {
                    Secondary::Table(table) => whole(Some(Symbol::Table(table))),
                    _ => None,
                }
            }
            ("ForeignKey", "column") => self.named_in_key(at, offset),
            _ => None,
        }
    }

    /// The relationship that the `backref` of a relationship call makes.
    fn made_by(&self, call: Place) -> Option<Symbol> {
        let db: &dyn Db = &self.db;
        let id = relationship_of_call(db, call)?;
        let source = (id.parent(db), id.key(db));
        let made = relmodel_model::reverse(db, id).iter().find(|it| it.backref_of(db) == Some(source))?;
        Some(Symbol::Relationship(*made))
    }

    /// `ForeignKey("table.column")`: the table or the column, as the cursor stands before or behind the last dot.
    fn named_in_key(&self, at: &CallAt, offset: u32) -> Option<Named> {
        let db: &dyn Db = &self.db;
        let (owner, column, key) = foreign_key_at(db, at.call)?;
        let target = table_of_foreign_key(db, table(db, owner).as_ref()?.metadata, column, key);
        let Some(text) = relmodel_model::string_value(db, at.value) else {
            let ForeignKeyTarget::Column(table, column) = target else { return None };
            let range = self.expr_range(at.value)?.range;
            return Some(Named { symbol: Symbol::Column(table, column), range });
        };
        let inner = self.offset_in_string(at.value, offset)?;
        let dot = text.rfind('.').unwrap_or(text.len());
        let is_table = inner as usize <= dot;
        let as_u32 = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let (start, end) = if is_table { (0, as_u32(dot)) } else { (as_u32(dot + 1), as_u32(text.len())) };
        let range = self.range_of(relmodel_rules::Anchor::InString(at.value, start, end))?.range;
        let symbol = match target {
            ForeignKeyTarget::Column(table, _) if is_table => Symbol::Table(table),
            ForeignKeyTarget::Column(table, column) => Symbol::Column(table, column),
            ForeignKeyTarget::NoColumn { table, .. } if is_table => Symbol::Table(table),
            _ => return None,
        };
        Some(Named { symbol, range })
    }

    /// A name in code or in a quoted annotation that means a mapped class or one of its relationships.
    fn named_in_code(&self, place: Place) -> Option<Named> {
        let db: &dyn Db = &self.db;
        let range = self.content_range(place)?.range;
        let symbol = match place.expr(db) {
            Expr::Name(name) => match own_member(db, place, name) {
                Some(symbol) => symbol,
                None => self.class_in_code(place)?,
            },
            Expr::Attribute { .. } => match evaluate(db, place) {
                Value::Class(class) if mapped(db, class).is_some() => Symbol::Class(class),
                Value::Attribute(class, name) => symbol_of_member(db, class, name)?,
                _ => return None,
            },
            Expr::String(_) => self.class_in_code(place)?,
            _ => return None,
        };
        let range = match place.expr(db) {
            // Of `Parent.children` the cursor means the last part.
            Expr::Attribute { name, .. } => TextRange::new(range.end.saturating_sub(length(name)), range.end),
            _ => range,
        };
        Some(Named { symbol, range })
    }

    /// A class by name; in an annotation also one that only the registry knows.
    fn class_in_code(&self, place: Place) -> Option<Symbol> {
        let db: &dyn Db = &self.db;
        if let Value::Class(class) = evaluate(db, place) {
            return mapped(db, class).is_some().then_some(Symbol::Class(class));
        }
        let class = place.enclosing_class(db)?;
        let found = members(db, class).iter().find_map(|it| {
            let MemberKind::Relationship(_, Some(_)) = it.kind else { return None };
            let id = RelationshipId::new(db, class, it.name, None);
            let declaration = relmodel_model::declaration(db, id).as_ref()?;
            let named = relmodel_model::annotated_class(db, declaration.annotation?)?;
            let is_it = named.item == place.item && self.expr_range(named)?.range == self.content_range(place)?.range;
            is_it.then_some(id)
        })?;
        match &relationship(db, found).as_ref()?.target {
            Target::Class(class) => Some(Symbol::Class(*class)),
            _ => None,
        }
    }
}

fn length(name: Name) -> u32 {
    u32::try_from(name.len()).unwrap_or(u32::MAX)
}

/// The attribute whose defining name the place is.
fn own_member(db: &dyn Db, place: Place, name: Name) -> Option<Symbol> {
    let class = place.enclosing_class(db)?;
    let found = relmodel_model::own_attribute(db, class, name)?;
    let relmodel_model::AttributeAt::Target(target) = found.at else { return None };
    if target != place.expr || mapped(db, class).is_none() {
        return None;
    }
    symbol_of_member(db, class, name)
}

/// What an attribute of a mapped class is.
pub(crate) fn symbol_of_member(db: &dyn Db, class: ClassId, name: Name) -> Option<Symbol> {
    if let Some(id) = relationship_named(db, class, name) {
        return Some(Symbol::Relationship(id));
    }
    let (owner, found) = member(db, class, name)?;
    match &found.kind {
        MemberKind::Column(column) => match mapped(db, owner).as_ref()?.table {
            Some(table) => Some(Symbol::Column(table, column.key)),
            None => Some(Symbol::Attribute(owner, name)),
        },
        MemberKind::Synonym(_) | MemberKind::Property => Some(Symbol::Attribute(owner, name)),
        _ => None,
    }
}

/// The foreign key that a `ForeignKey(...)` call makes, with its table and column.
pub(crate) fn foreign_key_at(db: &dyn Db, call: Place) -> Option<(TableId, Name, &relmodel_model::ForeignKey)> {
    let file = call.item.file(db);
    let is_it = |it: &relmodel_model::ForeignKey| it.constraint.item == call.item && it.constraint.expr == call.expr;
    relmodel_model::file_tables(db, file).iter().find_map(|&id| {
        let found = table(db, id).as_ref()?.foreign_keys().find(|(_, key)| is_it(key))?;
        Some((id, found.0, found.1))
    })
}

/// The table of this key, for a class or call that stands at `place`.
pub(crate) fn metadata_at(db: &dyn Db, place: Place) -> Option<relmodel_model::MetadataId> {
    if let Some(class) = place.enclosing_class(db)
        && let Some(mapped) = mapped(db, class)
    {
        return Some(mapped.metadata);
    }
    let file = place.item.file(db);
    let id = relmodel_model::file_tables(db, file).iter().find(|it| match it.source(db) {
        relmodel_model::TableSource::Call(call) => call.item == place.item,
        relmodel_model::TableSource::Class(_) => false,
    })?;
    table(db, *id).as_ref().map(|it| it.metadata)
}
