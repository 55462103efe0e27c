//! Making the foreign key that a join lacks: of a column that is there already, else of a new one.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    AttributeKind, ClassId, Column, Db, MetadataId, Name, Place, TableId, TableSource, class_attributes, home_of,
    mapped, member, own_attribute,
};

use crate::finding::Anchor;
use crate::fix::{Change, Fix, Position};
use crate::mend::names::snake_case;
use crate::mend::style::{Form, Style, Types};
use crate::walker::TableWalker;

/// A foreign key that is to be made.
#[derive(Clone, Copy)]
pub(crate) struct NewKey<'a> {
    db: &'a dyn Db,
    /// The table that holds it.
    holder: TableWalker<'a>,
    /// The class whose table it refers to.
    referred: ClassId,
    target: TableWalker<'a>,
    /// The primary key that it refers to.
    column: &'a Column,
}

impl<'a> NewKey<'a> {
    /// The key from a table to the one of a class, where strings can say it: both are in one metadata, and the primary key is
    /// one column.
    pub(crate) fn new(db: &'a dyn Db, holder: TableId, referred: ClassId) -> Option<Self> {
        let holder = TableWalker::new(db, holder)?;
        let target = TableWalker::new(db, mapped(db, referred).as_ref()?.table?)?;
        let is_known = target.data.key.is_some() && holder.data.metadata != MetadataId::Unknown;
        let mut keys = target.data.columns.iter().filter(|it| it.primary_key != Some(false));
        let column = keys.next().filter(|it| it.primary_key == Some(true))?;
        let is_single = keys.next().is_none();
        (is_known && is_single && holder.data.metadata == target.data.metadata).then_some(Self {
            db,
            holder,
            referred,
            target,
            column,
        })
    }

    /// `team.id`, as a foreign key names it.
    fn spec(self) -> String {
        format!("{}.{}", self.target.label(), self.column.key)
    }

    /// The names that its column may have, best first: made of what the relationship on its side is called, of the class, or
    /// of the table.
    fn names(self, relationship: Option<Name>) -> Vec<String> {
        let stems = relationship
            .map(|it| it.to_string())
            .into_iter()
            .chain([snake_case(self.referred.name(self.db).as_str()), self.target.label().replace('.', "_")]);
        stems.map(|it| format!("{it}_{}", self.column.attribute)).collect()
    }

    /// Makes a foreign key of a column that is named like one.
    pub(crate) fn of_known_column(self, relationship: Option<Name>) -> Option<Fix> {
        let names = self.names(relationship);
        let held: Vec<Name> = self.holder.data.foreign_keys().map(|it| it.0).collect();
        let is_free = |it: &Column| !it.is_open && !held.contains(&it.key) && names.contains(&it.key.to_string());
        let column = self.holder.data.columns.iter().find(|it| is_free(it))?;
        let is_alike = match (&column.type_, &self.column.type_) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        let title = format!("Make `{}.{}` a foreign key to `{}`", self.holder.label(), column.key, self.spec());
        is_alike.then_some(())?;
        Some(Fix::risky(title, vec![self.on_column(column)?]))
    }

    fn on_column(self, column: &Column) -> Option<Change> {
        let place = column.place;
        if let Some(value) = self.holder.class().and_then(|it| plain_value(self.db, it, column)) {
            // `team_id: Optional[int] = None` of `SQLModel`.
            let code = format!("$Field(default=None, foreign_key=\"{}\")", self.spec());
            return (value.expr(self.db) == Expr::None).then_some(Change::ReplaceExpression { place: value, code });
        }
        let key = format!("$ForeignKey(\"{}\")", self.spec());
        let form = self.holder.class().map(|it| Style::of(self.db, it).form);
        let is_call = matches!(place.expr(self.db), Expr::Call { .. });
        if place.scope.is_some() {
            return None;
        }
        Some(match (form, is_call) {
            (Some(Form::SqlModel), true) => {
                Change::SetArgument { call: place, name: "foreign_key", value: format!("\"{}\"", self.spec()) }
            }
            (Some(Form::SqlModel), false) => {
                let code = format!("$Field(default=None, foreign_key=\"{}\")", self.spec());
                Change::AddValue { annotation: place, code }
            }
            (_, true) => Change::AddPositional { call: place, value: key },
            (_, false) => Change::AddValue { annotation: place, code: format!("$mapped_column({key})") },
        })
    }

    /// Adds a column with the foreign key.
    pub(crate) fn of_new_column(self, relationship: Option<Name>, is_optional: bool) -> Option<Fix> {
        let name = self.names(relationship).into_iter().next()?;
        if self.holder.data.column(&name).is_some() || self.holder.data.is_open {
            return None;
        }
        let title = format!("Add `{}.{name}`, a foreign key to `{}`", self.holder.label(), self.spec());
        let types = Types { is_optional, ..types_of(self.db, self.column) };
        let key = format!("$ForeignKey(\"{}\")", self.spec());
        let changes = match self.holder.id.source(self.db) {
            TableSource::Call(call) => {
                let columns = &self.holder.data.columns;
                let is_key = !columns.is_empty() && columns.iter().all(|it| it.primary_key == Some(true));
                let before = types.sql.map(|it| format!("${it}, ")).unwrap_or_default();
                let rest = if is_key { ", primary_key=True" } else { "" };
                vec![Change::AddPositional { call, value: format!("$Column(\"{name}\", {before}{key}{rest})") }]
            }
            TableSource::Class(class) if member(self.db, class, Name::from(&name)).is_some() => return None,
            TableSource::Class(class) => {
                let style = Style::of(self.db, class);
                let argument =
                    if style.form == Form::SqlModel { format!("foreign_key=\"{}\"", self.spec()) } else { key };
                let written = style.column(&name, types, &[argument])?;
                let position = behind_columns(self.db, class);
                let mut changes = written.imports;
                changes.push(Change::AddStatement { class, position, code: written.code });
                changes
            }
        };
        Some(Fix::risky(title, changes))
    }
}

/// Behind the last column that the body of a class declares.
pub(crate) fn behind_columns(db: &dyn Db, class: ClassId) -> Position {
    let is_column = |it: &&relmodel_model::Attribute| {
        matches!(it.kind, AttributeKind::Column(_) | AttributeKind::Annotated | AttributeKind::Field(_))
    };
    let last = class_attributes(db, class).iter().rfind(is_column);
    last.map_or(Position::Last, |it| Position::Behind(Anchor::Attribute(class, it.at)))
}

/// The value of a column that its annotation declares: a default.
pub(crate) fn plain_value(db: &dyn Db, class: ClassId, column: &Column) -> Option<Place> {
    let attribute = own_attribute(db, class, column.attribute)?;
    let value = class.place(db, attribute.value?);
    (value.expr != column.place.expr && !matches!(value.expr(db), Expr::Call { .. })).then_some(value)
}

/// The type of a column that refers to this one. A type with arguments is left to SQLAlchemy, which takes it over.
fn types_of(db: &dyn Db, column: &Column) -> Types {
    let Some(name) = column.type_.as_deref() else { return Types::default() };
    let python = match name {
        "Integer" | "BigInteger" | "SmallInteger" | "INTEGER" | "BIGINT" | "SMALLINT" => Some("int"),
        "String" | "Text" | "Unicode" | "VARCHAR" | "TEXT" => Some("str"),
        _ => None,
    };
    let is_written_plainly = |arguments: &[Argument]| {
        arguments.iter().any(|it| match column.place.with(it.value()).expr(db) {
            Expr::Name(it) | Expr::Attribute { name: it, .. } => it == name,
            _ => false,
        })
    };
    let is_plain = match column.place.expr(db) {
        Expr::Call { arguments, .. } => is_written_plainly(&arguments),
        _ => false,
    };
    let sql = is_plain.then(|| Name::from(name).as_str()).filter(|it| home_of(it).is_some());
    Types { python, sql, is_optional: false }
}
