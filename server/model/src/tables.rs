//! Tables, the metadata they belong to, and where foreign keys lead.

use std::sync::Arc;

use relmodel_facts::{Argument, Expr, ExprId, Name};

use crate::attribute::own_attribute;
use crate::class::{body_value, class_info, keyword_of_call};
use crate::column::{Column, ForeignKey, ForeignKeyTarget, Spec, column_of_call, spec_of};
use crate::constant::string_value;
use crate::db::{ClassId, Db, MetadataId, Place, SourceFile, TableId, TableSource};
use crate::default_schema::{Schema, schema_told};
use crate::index::{has_unknown_tables, single_table_classes, tables_seen};
use crate::library::sqlalchemy_name;
use crate::mapper_arguments::{dict_entry, entries};
use crate::mappers::{Mapping, mapped};
use crate::member::{MemberKind, member, members};
use crate::metadata::{has_unknown_schema, metadata_of_table_call, metadata_schema};
use crate::value::{Value, as_call, called, evaluate};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its key in the metadata, `schema.name` or `name`; the name alone if the metadata's own schema is told by a run
    /// only; `None` if it cannot be told.
    pub key: Option<Name>,
    /// Where its name stands.
    pub name_place: Option<Place>,
    /// The metadata it belongs to.
    pub metadata: MetadataId,
    /// Its columns; those of a mapped class are its members'.
    pub columns: Vec<Arc<Column>>,
    /// The foreign keys of its `ForeignKeyConstraint`s, by the key of the column that holds each.
    pub constraints: Vec<(Name, ForeignKey)>,
    /// The keys of the columns that a `PrimaryKeyConstraint` names.
    pub primary_key: Vec<Name>,
    /// Whether it may have columns or constraints that cannot be seen.
    pub is_open: bool,
    /// Whether it may have columns from elsewhere: the database, or a table that exists already.
    pub is_extended: bool,
    /// Whether it says that the table may exist already (`extend_existing`, `keep_existing`).
    pub is_redefinable: bool,
}

impl Table {
    /// The column of this key, else of this name.
    pub fn column(&self, key: &str) -> Option<&Column> {
        let by_key = self.columns.iter().find(|it| it.key == key);
        by_key.or_else(|| self.columns.iter().find(|it| it.name == key)).map(Arc::as_ref)
    }

    /// All foreign keys with the column that holds each, in the order of the columns, then of the constraints.
    pub fn foreign_keys(&self) -> impl Iterator<Item = (Name, &ForeignKey)> {
        let of_columns = self.columns.iter().flat_map(|it| it.foreign_keys.iter().map(|key| (it.key, key)));
        of_columns.chain(self.constraints.iter().map(|(column, key)| (*column, key)))
    }
}

/// What is known of a table; `None` when an edit has removed it.
#[salsa::tracked(returns(ref))]
pub fn table(db: &dyn Db, id: TableId) -> Option<Table> {
    match id.source(db) {
        TableSource::Class(class) => table_of_class(db, class),
        TableSource::Call(call) => table_of_call(db, call),
    }
}

/// What a table is found under: its metadata, and its key there if that can be told. Needs none of its columns.
#[salsa::tracked(returns(copy))]
pub(crate) fn table_home(db: &dyn Db, id: TableId) -> Option<(MetadataId, Option<Name>)> {
    match id.source(db) {
        TableSource::Class(class) => {
            let mapped = mapped(db, class).as_ref()?;
            let Mapping::Tablename(name, _) = &mapped.mapping else { return None };
            Some((mapped.metadata, schema_key(&schema_of_class(db, class, mapped.metadata), name)))
        }
        TableSource::Call(call) => {
            let metadata = metadata_of_table_call(db, call).0;
            let name = string_value(db, table_name_of_call(db, call)?);
            Some((metadata, name.and_then(|it| schema_key(&schema_of_call(db, call, metadata), &it))))
        }
    }
}

fn table_of_class(db: &dyn Db, class: ClassId) -> Option<Table> {
    let mapped = mapped(db, class).as_ref()?;
    let Mapping::Tablename(_, place) = &mapped.mapping else { return None };
    let mut res = Table {
        key: table_home(db, TableId::of_class(db, class)).and_then(|it| it.1),
        name_place: *place,
        metadata: mapped.metadata,
        columns: Vec::new(),
        constraints: Vec::new(),
        primary_key: Vec::new(),
        is_open: class_info(db, class).is_open,
        is_extended: false,
        is_redefinable: false,
    };
    match table_args_of_class(db, class) {
        TableArgs::None => {}
        TableArgs::Value(place) => read_table_args(db, place, &mut res),
        TableArgs::Unknown => (res.is_open, res.is_extended) = (true, true),
    }
    for member in members(db, class) {
        match &member.kind {
            MemberKind::Column(column) => res.columns.push(Arc::clone(column)),
            MemberKind::Unknown if !member.name.starts_with("__") => res.is_open = true,
            _ => {}
        }
    }
    res.mark_primary_key();
    Some(res)
}

/// The columns that classes add to the table which they share with the class they inherit from, each with its class.
#[salsa::tracked(returns(ref))]
pub fn columns_of_single_tables(db: &dyn Db, id: TableId) -> Vec<(ClassId, Arc<Column>)> {
    let mut res: Vec<(ClassId, Arc<Column>)> = Vec::new();
    let classes = single_table_classes(db, id);
    if classes.is_empty() {
        return res;
    }
    let own = table(db, id).as_ref().map_or(&[][..], |it| &it.columns);
    for class in classes {
        for member in members(db, class) {
            if let MemberKind::Column(column) = &member.kind
                && !own.iter().chain(res.iter().map(|it| &it.1)).any(|it| it.key == column.key)
            {
                res.push((class, Arc::clone(column)));
            }
        }
    }
    res
}

/// All columns that classes add to the table which they share with the class they inherit from, those of one name too.
pub fn columns_added_to(db: &dyn Db, id: TableId) -> Vec<(ClassId, Arc<Column>)> {
    let mut res = Vec::new();
    for class in single_table_classes(db, id) {
        res.extend(members(db, class).iter().filter_map(|member| match &member.kind {
            MemberKind::Column(column) => Some((class, Arc::clone(column))),
            _ => None,
        }));
    }
    res
}

/// The name in the database of the column of this key.
pub fn column_name(db: &dyn Db, id: TableId, key: Name) -> Name {
    let of_table = || table(db, id).as_ref()?.column(key.as_str());
    let of_classes = || columns_of_single_tables(db, id).iter().map(|it| &*it.1).find(|it| it.key == key);
    of_table().or_else(of_classes).map_or(key, |it| it.name)
}

fn schema_key(schema: &Schema, name: &str) -> Option<Name> {
    match schema.as_ref()? {
        Some(schema) => Some(Name::from(&format!("{schema}.{name}"))),
        None => Some(Name::from(name)),
    }
}

/// The `__table_args__` that count for a class.
enum TableArgs {
    None,
    Value(Place),
    /// Cannot be told.
    Unknown,
}

fn table_args_of_class(db: &dyn Db, class: ClassId) -> TableArgs {
    let name = Name::from("__table_args__");
    let found = class_info(db, class).mro.iter().find_map(|&it| Some((it, own_attribute(db, it, name)?)));
    let Some((base, attribute)) = found else { return TableArgs::None };
    attribute.value_place(db, base, class).map_or(TableArgs::Unknown, TableArgs::Value)
}

fn schema_of_class(db: &dyn Db, class: ClassId, metadata: MetadataId) -> Schema {
    match table_args_of_class(db, class) {
        TableArgs::None => Some(metadata_schema(db, metadata)),
        TableArgs::Value(place) => schema_of_args(db, place, metadata),
        TableArgs::Unknown => None,
    }
}

fn schema_of_args(db: &dyn Db, place: Place, metadata: MetadataId) -> Schema {
    match place.expr(db) {
        Expr::Tuple(elements) => {
            let options = elements.iter().find_map(|it| dict_of(db, place.with(*it)));
            options.map_or_else(|| Some(metadata_schema(db, metadata)), |it| schema_of_args(db, it, metadata))
        }
        Expr::Dict(pairs) => match dict_entry(db, place, "schema") {
            _ if pairs.iter().any(|(key, _)| key.is_none()) => None,
            Some(value) => schema_told(db, value, metadata),
            None => Some(metadata_schema(db, metadata)),
        },
        Expr::None => Some(metadata_schema(db, metadata)),
        Expr::Call { .. } => match entries(db, place) {
            Some(entries) => entries
                .iter()
                .find(|it| it.0 == "schema")
                .map_or_else(|| Some(metadata_schema(db, metadata)), |it| schema_told(db, it.1, metadata)),
            None => None,
        },
        Expr::Name(_) | Expr::Attribute { .. } => match (dict_of(db, place), evaluate(db, place)) {
            (Some(dict), _) => schema_of_args(db, dict, metadata),
            (None, Value::Expr(value)) if value != place => schema_of_args(db, value, metadata),
            _ => None,
        },
        _ => None,
    }
}

fn read_table_args(db: &dyn Db, place: Place, table: &mut Table) {
    match place.expr(db) {
        Expr::Tuple(elements) => {
            for element in &elements {
                let element = place.with(*element);
                match dict_of(db, element) {
                    Some(dict) => read_options(db, dict, table),
                    None => read_item(db, element, table),
                }
            }
        }
        Expr::None => {}
        _ if dict_of(db, place).is_some() => {
            if let Some(dict) = dict_of(db, place) {
                read_options(db, dict, table);
            }
        }
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Expr(value) if value != place => read_table_args(db, value, table),
            _ => (table.is_open, table.is_extended) = (true, true),
        },
        _ => (table.is_open, table.is_extended) = (true, true),
    }
}

/// The dict literal or `dict(...)` call that an expression is or is bound to.
pub(crate) fn dict_of(db: &dyn Db, place: Place) -> Option<Place> {
    let value = match evaluate(db, place) {
        Value::Expr(value) => value,
        Value::Attribute(class, name) => class.place(db, body_value(db, class, name)?),
        _ => return None,
    };
    match value.expr(db) {
        Expr::Dict(_) => Some(value),
        Expr::Call { function, .. } => {
            let function = value.with(function);
            let is_dict = matches!(function.expr(db), Expr::Name(name) if name == "dict");
            (is_dict && evaluate(db, function) == Value::Missing).then_some(value)
        }
        _ => None,
    }
}

fn read_options(db: &dyn Db, dict: Place, table: &mut Table) {
    let flags = ["extend_existing", "keep_existing"];
    table.is_redefinable |= flags.iter().any(|it| dict_entry(db, dict, it).is_some());
    table.is_extended |= dict_entry(db, dict, "autoload_with").is_some() || dict_entry(db, dict, "autoload").is_some();
    table.is_open |= table.is_extended;
    table.is_extended |= table.is_redefinable;
}

/// Reads an item of a `Table(...)` or of `__table_args__` that is no option.
fn read_item(db: &dyn Db, place: Place, table: &mut Table) {
    let Some((call, function)) = as_call(db, place) else {
        table.is_open |= !is_no_item(db, place);
        return;
    };
    match called(db, call, function).as_ref().map(Name::as_str) {
        Some("Column") => {
            let column = column_of_call(db, Name::default(), call, None);
            table.is_open |= column.key.is_empty();
            table.columns.push(Arc::new(Column { attribute: column.key, ..column }));
        }
        Some("ForeignKeyConstraint") => read_constraint(db, call, table),
        Some("PrimaryKeyConstraint") => read_primary_key(db, call, table),
        Some(_) => {}
        None => table.is_open = true,
    }
}

/// Whether an expression surely adds nothing to a table: a name that nothing has, which is the beginning of one while it is
/// typed, and a function or class of SQLAlchemy's that is not called yet.
fn is_no_item(db: &dyn Db, place: Place) -> bool {
    match evaluate(db, place) {
        Value::Missing | Value::Module(_) | Value::Class(_) => true,
        Value::Library(name) => sqlalchemy_name(name).is_some(),
        _ => false,
    }
}

/// The positional arguments of a call.
pub(crate) fn positional(db: &dyn Db, call: Place) -> Vec<ExprId> {
    call.read(db, |_, expr| match expr {
        Expr::Call { arguments, .. } => arguments
            .iter()
            .filter_map(|it| match it {
                Argument::Positional(value) => Some(*value),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    })
}

fn elements(db: &dyn Db, place: Place) -> Option<Vec<Place>> {
    match place.expr(db) {
        Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => {
            Some(elements.iter().map(|it| place.with(*it)).collect())
        }
        _ => None,
    }
}

/// `ForeignKeyConstraint(["a", "b"], ["t.a", "t.b"])`
fn read_constraint(db: &dyn Db, call: Place, table: &mut Table) {
    let positional = positional(db, call);
    let columns = positional.first().copied().or_else(|| keyword_of_call(db, call, "columns"));
    let targets = positional.get(1).copied().or_else(|| keyword_of_call(db, call, "refcolumns"));
    let read = |value: Option<ExprId>| value.and_then(|it| elements(db, call.with(it)));
    let (Some(columns), Some(targets)) = (read(columns), read(targets)) else {
        table.is_open = true;
        return;
    };
    for (column, target) in columns.into_iter().zip(targets) {
        let Some(name) = column_in_constraint(db, column) else {
            table.is_open = true;
            continue;
        };
        let key = ForeignKey { place: target, spec: spec_of(db, target), constraint: call };
        table.constraints.push((name, key));
    }
}

fn read_primary_key(db: &dyn Db, call: Place, table: &mut Table) {
    let columns = positional(db, call);
    let names = columns.iter().filter_map(|it| column_in_constraint(db, call.with(*it)));
    table.primary_key.extend(names);
    table.is_open |= table.primary_key.len() != columns.len();
}

/// A column as a constraint names it: by a string, or by the variable it is bound to in the class body.
fn column_in_constraint(db: &dyn Db, place: Place) -> Option<Name> {
    string_value(db, place).map(|it| Name::from(&it)).or_else(|| match place.expr(db) {
        Expr::Name(name) => Some(name),
        _ => None,
    })
}

impl Table {
    /// Marks the columns of the primary key, once all columns are known.
    fn mark_primary_key(&mut self) {
        self.columns.shrink_to_fit();
        for column in self.columns.iter_mut().filter(|it| self.primary_key.contains(&it.key)) {
            let column = Arc::make_mut(column);
            (column.primary_key, column.nullable) = (Some(true), Some(false));
        }
    }
}

fn table_name_of_call(db: &dyn Db, call: Place) -> Option<Place> {
    let name = positional(db, call).first().copied().or_else(|| keyword_of_call(db, call, "name"))?;
    Some(call.with(name))
}

fn schema_of_call(db: &dyn Db, call: Place, metadata: MetadataId) -> Schema {
    if is_spread(db, call) {
        return None;
    }
    match keyword_of_call(db, call, "schema") {
        Some(value) => schema_told(db, call.with(value), metadata),
        None => Some(metadata_schema(db, metadata)),
    }
}

/// Whether a call has arguments that are not seen.
fn is_spread(db: &dyn Db, call: Place) -> bool {
    call.read(db, |_, expr| match expr {
        Expr::Call { arguments, .. } => {
            arguments.iter().any(|it| matches!(it, Argument::Splat(_) | Argument::KeywordSplat(_)))
        }
        _ => false,
    })
}

fn table_of_call(db: &dyn Db, call: Place) -> Option<Table> {
    let Expr::Call { arguments, .. } = call.expr(db) else { return None };
    let (metadata, n_before_items) = metadata_of_table_call(db, call);
    let mut res = Table {
        key: table_home(db, TableId::of_call(db, call)).and_then(|it| it.1),
        name_place: Some(table_name_of_call(db, call)?),
        metadata,
        columns: Vec::new(),
        constraints: Vec::new(),
        primary_key: Vec::new(),
        is_open: is_spread(db, call),
        is_extended: false,
        is_redefinable: false,
    };
    let given = positional(db, call);
    // A call without items asks for the table that there is.
    let asks = given.iter().skip(n_before_items).all(|it| is_no_item(db, call.with(*it)));
    (res.is_redefinable, res.is_open) = (asks, res.is_open || asks);
    for value in given.iter().skip(n_before_items) {
        read_item(db, call.with(*value), &mut res);
    }
    for argument in arguments.iter() {
        let Argument::Keyword(keyword, _) = argument else { continue };
        match keyword.name.as_str() {
            "autoload" | "autoload_with" => (res.is_open, res.is_extended) = (true, true),
            "extend_existing" | "keep_existing" | "must_exist" => {
                res.is_redefinable = true;
                res.is_open = true;
            }
            _ => {}
        }
    }
    res.mark_primary_key();
    Some(res)
}

/// Where a foreign key leads that stands in a table of `metadata`, in a column of key `column`
/// (`ForeignKey._resolve_column`).
pub fn table_of_foreign_key(db: &dyn Db, metadata: MetadataId, column: Name, key: &ForeignKey) -> ForeignKeyTarget {
    match &key.spec {
        Spec::Text(text) => target_of_text(db, metadata, (column, key.place.item.file(db)), text),
        Spec::Attribute(class, name) => match member(db, *class, *name) {
            Some((owner, found)) => match (&found.kind, mapped(db, owner).as_ref().and_then(|it| it.table)) {
                (MemberKind::Column(column), Some(table)) => ForeignKeyTarget::Column(table, column.key),
                _ => ForeignKeyTarget::Unknown,
            },
            None => ForeignKeyTarget::Unknown,
        },
        Spec::Column(table, name) => ForeignKeyTarget::Column(*table, *name),
        Spec::Unknown => ForeignKeyTarget::Unknown,
    }
}

fn target_of_text(
    db: &dyn Db,
    metadata: MetadataId,
    (column, file): (Name, SourceFile),
    text: &str,
) -> ForeignKeyTarget {
    let (path, name) = text.rsplit_once('.').unwrap_or((text, column.as_str()));
    let mut key = path.to_owned();
    if !path.contains('.')
        && let Some(schema) = metadata_schema(db, metadata)
    {
        key = format!("{schema}.{path}");
    }
    let tables = tables_seen(db, metadata, Name::from(&key), file);
    let Some(&id) = tables.first() else {
        let may_name_schema = path.contains('.') && has_unknown_schema(db, metadata);
        let is_open = may_name_schema || has_unknown_tables(db, metadata);
        return if is_open { ForeignKeyTarget::Unknown } else { ForeignKeyTarget::NoTable { table: key } };
    };
    let found = tables.iter().filter_map(|it| table(db, *it).as_ref());
    for (table, &id) in found.zip(tables.iter()) {
        if let Some(column) = table.column(name) {
            return ForeignKeyTarget::Column(id, column.key);
        }
        if table.is_open {
            return ForeignKeyTarget::Unknown;
        }
    }
    // A table of another metadata may be meant.
    if metadata == MetadataId::Unknown {
        return ForeignKeyTarget::Unknown;
    }
    let is_meant = |it: &&Column| it.key == name || it.name == name;
    if let Some(column) = columns_of_single_tables(db, id).iter().map(|it| &*it.1).find(is_meant) {
        return ForeignKeyTarget::Column(id, column.key);
    }
    ForeignKeyTarget::NoColumn { table: id, column: name.to_owned() }
}
