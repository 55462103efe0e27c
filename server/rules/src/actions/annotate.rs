//! A class in the style of 1.4, rewritten with `Mapped[...]` and `mapped_column(...)`. The types stay in the calls, so that
//! the database keeps them.

use relmodel_facts::Expr;
use relmodel_model::{
    AttributeAt, ClassId, Column, Db, MemberKind, Name, Place, RelationshipId, SqlAlchemy, Value, Workspace,
    class_attributes, evaluate, mapped, member, sqlalchemy_name,
};

use crate::fix::{Change, Fix};
use crate::mend::arguments;
use crate::mend::style::{Form, Holds, Style};
use crate::walker::RelationshipWalker;

/// Rewrites all that a class declares without annotations; `None` where nothing is left to rewrite.
pub(super) fn annotate(db: &dyn Db, class: ClassId) -> Option<Fix> {
    let is_old = Workspace::get(db).sqlalchemy(db) == SqlAlchemy::V1_4;
    mapped(db, class).as_ref().filter(|_| !is_old)?;
    let mut changes = Vec::new();
    for attribute in class_attributes(db, class) {
        let AttributeAt::Target(target) = attribute.at else { continue };
        if attribute.annotation.is_some() || attribute.function.is_some() {
            continue;
        }
        let target = class.place(db, target);
        let Some((_, found)) = member(db, class, attribute.name).filter(|it| it.1.declared_in == class) else {
            continue;
        };
        match &found.kind {
            MemberKind::Column(column) => changes.extend(of_column(db, class, target, column).into_iter().flatten()),
            MemberKind::Relationship(..) => {
                changes.extend(of_relationship(db, class, attribute.name, target).into_iter().flatten());
            }
            _ => {}
        }
    }
    let title = format!("Use `Mapped` and `mapped_column` in `{}`", class.name(db));
    (!changes.is_empty()).then(|| Fix::safe(title, changes))
}

/// `name = Column(...)` as `name: Mapped[...] = mapped_column(...)`; without the annotation where the type is not known.
fn of_column(db: &dyn Db, class: ClassId, target: Place, column: &Column) -> Option<Vec<Change>> {
    let Expr::Call { function, .. } = column.place.expr(db) else { return None };
    let callee = column.place.with(function);
    let Value::Library(name) = evaluate(db, callee) else { return None };
    if sqlalchemy_name(name)? != "Column" || column.place.enclosing_class(db) != Some(class) {
        return None;
    }
    let mut res = vec![Change::ReplaceExpression { place: callee, code: "$mapped_column".to_owned() }];
    let Some(python) = column.type_.and_then(|it| python_type(it.as_str())) else { return Some(res) };
    let holds = if column.nullable? { Holds::OneOrNone } else { Holds::One };
    let mut imports = Vec::new();
    let annotation = annotated(db, class)?.annotation(python, holds, &mut imports);
    res.push(Change::Wrap { place: target, before: String::new(), after: format!(": $Mapped[{annotation}]") });
    res.extend(imports);
    Some(res)
}

/// `name = relationship("Child")` as `name: Mapped[list["Child"]] = relationship("Child")`.
fn of_relationship(db: &dyn Db, class: ClassId, name: Name, target: Place) -> Option<Vec<Change>> {
    let it = RelationshipWalker::new(db, RelationshipId::new(db, class, name, None))?;
    let is_plain = ["collection_class", "uselist", "lazy"].iter().all(|name| {
        // What these say goes into the annotation, or into another one.
        !it.declaration.has(db, name)
            || (*name == "lazy" && it.declaration.name_argument(db, "lazy").is_some_and(|it| it.name != "dynamic"))
    });
    if !is_plain || !arguments::is_its_own(it) || it.declaration.is_open {
        return None;
    }
    let other = it.data.target_class()?;
    let holds = if it.data.uselist? { Holds::Many } else { Holds::OneOrNone };
    let style = annotated(db, class)?;
    let mut imports = style.import_for_types(other)?;
    let annotation = style.annotation(&format!("\"{}\"", other.name(db)), holds, &mut imports);
    let mut res =
        vec![Change::Wrap { place: target, before: String::new(), after: format!(": $Mapped[{annotation}]") }];
    res.extend(imports);
    Some(res)
}

/// The style that the class will have.
fn annotated(db: &dyn Db, class: ClassId) -> Option<Style<'_>> {
    let style = Style::of(db, class);
    (style.form != Form::SqlModel).then(|| style.annotated())
}

/// The Python type that a type of SQLAlchemy's gives, of those that need no import.
fn python_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "Integer" | "BigInteger" | "SmallInteger" | "INTEGER" | "BIGINT" | "SMALLINT" => "int",
        "String" | "Text" | "Unicode" | "UnicodeText" | "VARCHAR" | "TEXT" | "CHAR" => "str",
        "Boolean" | "BOOLEAN" => "bool",
        "Float" | "FLOAT" | "Double" => "float",
        "LargeBinary" | "BLOB" | "BINARY" | "VARBINARY" => "bytes",
        _ => return None,
    })
}
