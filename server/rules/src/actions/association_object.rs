//! A class for an association table, so that a row of it is an object: what else the row says can be read and set.

use relmodel_facts::{Argument, Expr, ItemKind};
use relmodel_model::{
    AttributeKind, ClassId, Db, ItemId, Name, Place, Secondary, SourceFile, Table, TableId, TableSource, Value,
    base_places, class_attributes, class_info, class_names, evaluate, file_classes, lineage, mapped, native_dataclass,
    relationship, relationships_of, resolve_name, table, tables_named,
};

use crate::actions::new_pair::keys_to;
use crate::fix::{Change, Fix};
use crate::mend::names::{class_path, snake_case};
use crate::mend::style::{Form, Holds, Style};
use crate::walker::RelationshipWalker;

/// Writes a class behind the `Table(...)` that `secondary` refers to, with a relationship to either side. What goes from one
/// side to the other stays as it is; `overlaps` says that both write the same columns on purpose.
pub(super) fn map(it: RelationshipWalker<'_>) -> Option<Fix> {
    let db = it.db;
    let Secondary::Table(id) = it.data.secondary else { return None };
    let TableSource::Call(call) = id.source(db) else { return None };
    let data = table(db, id).as_ref().filter(|it| !it.is_open && !it.is_extended)?;
    let (parent, target) = (it.parent().id, it.data.target_class()?);
    let file = call.item.file(db);
    let variable = variable_of(db, call)?;
    let base = base_of(db, parent, call)?;
    let class = camel_case(data.key?.rsplit('.').next()?)?;
    let registry = mapped(db, parent).as_ref()?.registry;
    let is_free = resolve_name(db, file, Name::from(&class)) == Value::Missing
        && !class_names(db, registry).contains(&Name::from(&class))
        && tables_named(db, data.metadata, Name::from(&class)).is_empty();
    let near = near_classes(db, &[file, parent.file(db), target.file(db)]);
    let is_mapped = near.iter().any(|it| mapped(db, *it).as_ref().is_some_and(|it| it.table == Some(id)));
    let sides = [side(db, (id, data), parent)?, side(db, (id, data), target)?];
    if !is_free || is_mapped || parent == target || sides[0].name == sides[1].name {
        return None;
    }
    let mut changes = Vec::new();
    let mut body = vec![format!("__table__ = {variable}")];
    if !has_key(data) {
        body.push(key_of_rows(data, &variable, &sides)?);
    }
    let overlaps = overlaps(db, id, &near);
    for it in &sides {
        body.push(it.written(db, (parent, file), overlaps.as_deref(), &mut changes)?);
    }
    let code = format!("class {class}({base}):\n    {}", body.join("\n    "));
    changes.insert(0, Change::AddBehind { place: call, code });
    Some(Fix::risky(format!("Map the association table `{variable}` to a class `{class}`"), changes))
}

/// A class that an association table refers to.
struct Side {
    class: ClassId,
    /// What an attribute for it is called.
    name: String,
    /// The column that refers to it.
    column: Name,
}

impl Side {
    fn written(
        &self,
        db: &dyn Db,
        (model, file): (ClassId, SourceFile),
        overlaps: Option<&str>,
        imports: &mut Vec<Change>,
    ) -> Option<String> {
        let arguments: Vec<_> = overlaps.map(|it| ("overlaps", format!("\"{it}\""))).into_iter().collect();
        let style = Style::of(db, model);
        if style.form == Form::Annotated && model.file(db) == file {
            let written = style.relationship(Name::from(&self.name), self.class, Some(Holds::One), &arguments)?;
            imports.extend(written.imports);
            return Some(written.code);
        }
        let path = class_path(db, self.class, model)?;
        let overlaps = overlaps.map(|it| format!(", overlaps=\"{it}\"")).unwrap_or_default();
        Some(format!("{} = $relationship(\"{path}\"{overlaps})", self.name))
    }
}

/// A side that one foreign key of the table leads to, by a name that no column has.
fn side(db: &dyn Db, (id, data): (TableId, &Table), class: ClassId) -> Option<Side> {
    let own = mapped(db, class).as_ref()?.table?;
    let [key] = keys_to(db, id, own).try_into().ok()?;
    let name = snake_case(class.name(db).as_str());
    let is_free = !data.columns.iter().any(|it| it.key == name.as_str());
    // Which of the tables of a hierarchy is meant would have to be told.
    (is_free && lineage(db, class).len() == 1).then_some(Side { class, name, column: key.key })
}

/// Whether a table has a primary key.
fn has_key(data: &Table) -> bool {
    !data.primary_key.is_empty() || data.columns.iter().any(|it| it.primary_key == Some(true))
}

/// What tells the mapper of a table without primary key what a row is known by.
fn key_of_rows(data: &Table, variable: &str, sides: &[Side; 2]) -> Option<String> {
    let is_known = data.columns.iter().all(|it| it.primary_key.is_some());
    let is_of_side = |it: &Name| sides.iter().any(|side| side.column == *it);
    let keys = data.columns.iter().map(|it| it.key).filter(is_of_side);
    let columns: Vec<String> = keys.map(|it| format!("{variable}.c[\"{it}\"]")).collect();
    is_known.then(|| format!("__mapper_args__ = {{\"primary_key\": [{}]}}", columns.join(", ")))
}

/// The name that a table is assigned to at the top of its file.
fn variable_of(db: &dyn Db, call: Place) -> Option<Name> {
    let key = call.item.key(db);
    let is_plain = key.kind == ItemKind::Assign && call.class.is_none() && call.scope.is_none();
    let value = resolve_name(db, call.item.file(db), key.name);
    (is_plain && value == Value::Expr(call)).then_some(key.name)
}

/// The declarative base of a class, as it is called in its header, if that means the same in front of the table.
fn base_of(db: &dyn Db, class: ClassId, call: Place) -> Option<Name> {
    let file = call.item.file(db);
    let mut names = base_places(db, class).into_iter().filter_map(|place| match place.expr(db) {
        Expr::Name(name) => Some((name, evaluate(db, place))),
        _ => None,
    });
    let (name, value) = names.find(|it| is_bare_base(db, it.1))?;
    let home = match value {
        Value::Class(base) => base.item(db),
        Value::Expr(place) => place.item,
        _ => return None,
    };
    let position = |it: ItemId| file.facts(db).index_of(it.key(db));
    let is_before = home.file(db) != file || position(home) < position(call.item);
    let is_known = resolve_name(db, file, name) == value && native_dataclass(db, class) != Some(true);
    (is_before && is_known && !class_info(db, class).is_sqlmodel()).then_some(name)
}

/// Whether a value is a declarative base that gives its classes no columns.
fn is_bare_base(db: &dyn Db, value: Value) -> bool {
    match value {
        Value::Class(base) => {
            let mut own = class_attributes(db, base).iter();
            class_info(db, base).is_declarative_base
                && !own.any(|it| {
                    it.is_declared_attr || matches!(it.kind, AttributeKind::Column(_) | AttributeKind::Annotated)
                })
        }
        // `declarative_base(cls=…)` may give some.
        Value::Expr(place) => match place.expr(db) {
            Expr::Call { arguments, .. } => {
                let is_harmless = |it: &Argument| matches!(it, Argument::Keyword(it, _) if matches!(it.name.as_str(), "metadata" | "name"));
                arguments.iter().all(is_harmless)
            }
            _ => false,
        },
        _ => false,
    }
}

fn near_classes(db: &dyn Db, files: &[SourceFile]) -> Vec<ClassId> {
    let mut res: Vec<ClassId> = Vec::new();
    for class in files.iter().flat_map(|it| file_classes(db, *it)) {
        if !res.contains(class) {
            res.push(*class);
        }
    }
    res
}

/// The relationships over a table, by their names.
fn overlaps(db: &dyn Db, id: TableId, classes: &[ClassId]) -> Option<String> {
    let all = classes.iter().flat_map(|it| relationships_of(db, *it));
    let is_over = |it: &relmodel_model::RelationshipId| {
        relationship(db, *it)
            .as_ref()
            .is_some_and(|it| it.secondary == Secondary::Table(id) && it.viewonly != Some(true))
    };
    let mut names: Vec<Name> = all.filter(is_over).map(|it| it.key(db)).collect();
    names.sort_unstable_by_key(Name::as_str);
    names.dedup();
    let names: Vec<&str> = names.iter().map(Name::as_str).collect();
    (!names.is_empty()).then(|| names.join(","))
}

/// `user_groups` as `UserGroups`.
fn camel_case(name: &str) -> Option<String> {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let capital = |it: &str| {
        let mut chars = it.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let res: String = words.map(capital).collect();
    res.starts_with(char::is_alphabetic).then_some(res)
}
