//! How the author of a class writes: what a fix adds to it is written alike.

use relmodel_facts::Expr;
use relmodel_model::{
    AttributeKind, ClassId, Db, Framework, Name, Place, RegistryId, SqlAlchemy, Value, Workspace, class_attributes,
    class_info, file_classes, native_dataclass, resolve_name,
};

use crate::fix::{Change, Import};
use crate::mend::names::class_path;

/// How a class is written.
#[derive(Clone, Copy)]
pub(crate) struct Style<'a> {
    db: &'a dyn Db,
    class: ClassId,
    pub(crate) form: Form,
    is_dataclass: bool,
}

/// How attributes are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `id = Column(Integer, primary_key=True)`
    Plain,
    /// `id: Mapped[int] = mapped_column(primary_key=True)`
    Annotated,
    /// `id: int = Field(primary_key=True)`
    SqlModel,
}

/// A statement, and what has to be imported for it.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) code: String,
    pub(crate) imports: Vec<Change>,
}

/// What a relationship holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A list.
    Many,
    /// One object.
    One,
    /// One object or none.
    OneOrNone,
}

impl<'a> Style<'a> {
    /// How a class is written: told by its own attributes, else by those it inherits, else by its neighbours'.
    pub(crate) fn of(db: &'a dyn Db, class: ClassId) -> Self {
        let info = class_info(db, class);
        let is_annotated = || {
            let own = info.mro.iter().chain(file_classes(db, class.file(db))).find_map(|it| is_annotated(db, *it));
            own.unwrap_or(matches!(info.registry, Some(RegistryId::Class(_))))
        };
        let form = match info.framework {
            Framework::SqlModel => Form::SqlModel,
            _ if Workspace::get(db).sqlalchemy(db) == SqlAlchemy::V1_4 => Form::Plain,
            _ if is_annotated() => Form::Annotated,
            _ => Form::Plain,
        };
        Self { db, class, form, is_dataclass: native_dataclass(db, class) == Some(true) }
    }

    /// `name = relationship("Target", …)`, with these arguments behind the target.
    pub(crate) fn relationship(
        self,
        name: Name,
        target: ClassId,
        holds: Option<Holds>,
        arguments: &[(&str, String)],
    ) -> Option<Written> {
        let path = class_path(self.db, target, self.class)?;
        let class = target.name(self.db);
        let mut given: Vec<String> = arguments.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if self.form == Form::Plain {
            given.insert(0, format!("\"{path}\""));
            return Some(Written {
                code: format!("{name} = $relationship({})", given.join(", ")),
                imports: Vec::new(),
            });
        }
        let mut imports = self.import_for_types(target)?;
        let annotation = self.annotation(&format!("\"{class}\""), holds?, &mut imports);
        if self.form == Form::SqlModel {
            let arguments = sqlmodel_arguments(arguments);
            // `SQLModel` takes the target from the annotation alone.
            let code = format!("{name}: {annotation} = $Relationship({arguments})");
            return (path == class.as_str()).then_some(Written { code, imports });
        }
        if path != class.as_str() {
            given.insert(0, format!("\"{path}\""));
        }
        if self.is_dataclass {
            given.push("init=False".to_owned());
        }
        let code = format!("{name}: $Mapped[{annotation}] = $relationship({})", given.join(", "));
        Some(Written { code, imports })
    }

    /// The same with annotations.
    pub(crate) fn annotated(self) -> Self {
        Self { form: Form::Annotated, ..self }
    }

    /// The content of an annotation.
    pub(crate) fn annotation(self, inner: &str, holds: Holds, imports: &mut Vec<Change>) -> String {
        let has = |name: &str| resolve_name(self.db, self.class.file(self.db), Name::from(name));
        let is_of_typing = |name: &str| has(name) == Value::Library(Name::from(&format!("typing.{name}")));
        match holds {
            Holds::One => inner.to_owned(),
            Holds::Many if is_of_typing("List") => format!("List[{inner}]"),
            Holds::Many => format!("list[{inner}]"),
            Holds::OneOrNone if self.writes_unions() => match inner.strip_suffix('"') {
                Some(text) => format!("{text} | None\""),
                None => format!("{inner} | None"),
            },
            Holds::OneOrNone => {
                if !is_of_typing("Optional") {
                    imports.push(self.import("typing", "Optional", Import::Always));
                }
                format!("Optional[{inner}]")
            }
        }
    }

    /// Whether annotations of the class or its neighbours say `… | None`.
    fn writes_unions(self) -> bool {
        let classes = file_classes(self.db, self.class.file(self.db)).iter();
        let annotations = classes.flat_map(|class| {
            class_attributes(self.db, *class).iter().filter_map(|it| Some(class.place(self.db, it.annotation?)))
        });
        annotations.into_iter().any(|it| is_union(self.db, it))
    }

    /// `name = Column(Integer, …)`: a column of a Python type and of a type of SQLAlchemy's, where they are known.
    pub(crate) fn column(self, name: &str, types: Types, arguments: &[String]) -> Option<Written> {
        let mut imports = Vec::new();
        let mut given = arguments.to_vec();
        let python = types.python.map(|it| {
            if types.is_optional { self.annotation(it, Holds::OneOrNone, &mut imports) } else { it.to_owned() }
        });
        let code = match (self.form, python) {
            (Form::Plain, _) => {
                given.splice(0..0, types.sql.map(|it| format!("${it}")));
                format!("{name} = $Column({})", given.join(", "))
            }
            (Form::Annotated, Some(python)) => {
                if self.is_dataclass {
                    given.push("init=False".to_owned());
                }
                format!("{name}: $Mapped[{python}] = $mapped_column({})", given.join(", "))
            }
            (Form::Annotated, None) if self.is_dataclass => return None,
            (Form::Annotated, None) => format!("{name} = $mapped_column({})", given.join(", ")),
            (Form::SqlModel, _) => {
                let python = self.annotation(types.python?, Holds::OneOrNone, &mut imports);
                given.insert(0, "default=None".to_owned());
                format!("{name}: {python} = $Field({})", given.join(", "))
            }
        };
        Some(Written { code, imports })
    }

    /// The class of another file, for annotations.
    pub(crate) fn import_for_types(self, class: ClassId) -> Option<Vec<Change>> {
        if class.file(self.db) == self.class.file(self.db) {
            return Some(Vec::new());
        }
        let is_nested = class.read(self.db, |_, it| it.qualified_name != it.name && !it.qualified_name.is_empty())?;
        let module = class.file(self.db).module(self.db);
        (!is_nested).then(|| vec![self.import(module.as_str(), class.name(self.db).as_str(), Import::ForTypes)])
    }

    fn import(self, module: &str, name: &str, when: Import) -> Change {
        Change::Import { file: self.class.file(self.db), module: Name::from(module), name: Name::from(name), when }
    }
}

/// The type of a column, in Python and in SQLAlchemy, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Types {
    pub(crate) python: Option<&'static str>,
    pub(crate) sql: Option<&'static str>,
    pub(crate) is_optional: bool,
}

/// Whether a class declares what it has by annotations; `None` where it declares nothing.
fn is_annotated(db: &dyn Db, class: ClassId) -> Option<bool> {
    let declared = class_attributes(db, class).iter().filter(|it| {
        matches!(it.kind, AttributeKind::Column(_) | AttributeKind::Annotated | AttributeKind::Relationship(_))
    });
    let flags: Vec<bool> = declared.map(|it| it.annotation.is_some() && it.function.is_none()).collect();
    if flags.is_empty() { None } else { Some(flags.contains(&true)) }
}

/// Whether an annotation or what stands in it has the form `a | b`.
fn is_union(db: &dyn Db, annotation: Place) -> bool {
    match annotation.expr(db) {
        Expr::Operation(operation) => operation.operators.iter().any(|it| it == "|"),
        Expr::Subscript { indices, .. } => indices.iter().any(|it| is_union(db, annotation.with(*it))),
        Expr::String(text) => text.code.is_some_and(|it| is_union(db, annotation.with(it))),
        _ => false,
    }
}

/// `Relationship(...)` knows a few arguments itself and hands the others on.
fn sqlmodel_arguments(arguments: &[(&str, String)]) -> String {
    let is_own = |name: &str| matches!(name, "back_populates" | "link_model");
    let (own, others): (Vec<_>, Vec<_>) = arguments.iter().partition(|it| is_own(it.0));
    let mut res: Vec<String> = own.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if !others.is_empty() {
        let entries: Vec<String> = others.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        res.push(format!("sa_relationship_kwargs={{{}}}", entries.join(", ")));
    }
    res.join(", ")
}
