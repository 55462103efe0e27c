//! The call of SQLAlchemy's that the cursor stands in.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    ClassId, Db, Member, MemberKind, Name, Place, RelationshipId, TableId, TableSource, Value, class_info, evaluate,
    file_classes, file_tables, mapped, members, sqlalchemy_name, table,
};

use super::{literal, takers};

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
                return Some(in_kwargs(db, exprs, CallAt { call, function, parameter, value }));
            }
        }
        None
    })
}

/// `Relationship(sa_relationship_kwargs={"remote_side": "Hero.id"})` of `SQLModel`: the entry of the dictionary around the cursor is a
/// keyword of `relationship`.
fn in_kwargs(db: &dyn Db, exprs: &[Place], at: CallAt) -> CallAt {
    let Expr::Dict(entries) = at.value.expr(db) else { return at };
    let entry = entries.iter().find(|it| exprs.contains(&at.value.with(it.1)));
    let is_kwargs = at.parameter == Some("sa_relationship_kwargs");
    let Some(key) = entry.and_then(|it| it.0).and_then(|it| literal(db, at.value.with(it))).filter(|_| is_kwargs)
    else {
        return at;
    };
    let value = entry.map_or(at.value, |it| at.value.with(it.1));
    CallAt { function: Name::from("relationship"), parameter: Some(Name::from(&key).as_str()), value, ..at }
}

/// The relationship that a `relationship(...)` call makes; of a mixin's call, one that it makes.
pub(crate) fn relationship_of_call(db: &dyn Db, call: Place) -> Option<RelationshipId> {
    let class = call.enclosing_class(db);
    let in_class = |class: ClassId| {
        let is_it = |it: &&Member| matches!(&it.kind, MemberKind::Relationship(made) if made.0 == call);
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

/// The mapped class that `place` stands in. For a mixin, for what is set behind a class and for what stands in no class, the
/// first one that takes from it or stands in the same file: they mostly share their registry.
pub(crate) fn mapped_around(db: &dyn Db, place: Place) -> Option<ClassId> {
    let file = place.item.file(db);
    let is_mapped = |it: &ClassId| mapped(db, *it).is_some();
    let own = place.enclosing_class(db);
    own.filter(is_mapped)
        .or_else(|| takers(db, own?).into_iter().find(is_mapped))
        .or_else(|| file_classes(db, file).iter().copied().find(is_mapped))
}

/// The metadata of the tables that may be named at `place`.
pub(crate) fn metadata_at(db: &dyn Db, place: Place) -> Option<relmodel_model::MetadataId> {
    let file = place.item.file(db);
    let is_around = |it: &&TableId| matches!(it.source(db), TableSource::Call(call) if call.item == place.item);
    if place.enclosing_class(db).is_none()
        && let Some(id) = file_tables(db, file).iter().find(is_around)
    {
        return table(db, *id).as_ref().map(|it| it.metadata);
    }
    mapped(db, mapped_around(db, place)?).as_ref().map(|it| it.metadata)
}
