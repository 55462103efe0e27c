//! The other side of a relationship, as a fix writes it in the class that the relationship refers to.

use relmodel_facts::Expr;
use relmodel_model::{
    ClassId, ColumnRef, Db, Direction, Join, Joined, MemberKind, Name, Relationship, RelationshipId, Secondary,
    class_info, file_classes, mapped, member, relationship, relationship_named, relationships_of, string_value, table,
};
use rustc_hash::FxHashSet;

use crate::fix::{Change, Fix, Position};
use crate::mend::arguments::is_its_own;
use crate::mend::names::{attribute_of, columns, plural, snake_case};
use crate::mend::style::{Form, Holds, Style};
use crate::walker::RelationshipWalker;

/// Adds the attribute `name` to the target, so that the two sides populate each other.
pub(crate) fn add(it: RelationshipWalker<'_>, name: Name) -> Option<Fix> {
    add_with(it, name, Vec::new())
}

/// The same with more arguments.
pub(crate) fn add_with(it: RelationshipWalker<'_>, name: Name, more: Vec<(&'static str, String)>) -> Option<Fix> {
    let (parent, target) = (it.parent().id, it.data.target_class()?);
    let is_declarative = class_info(it.db, target).registry.is_some();
    let is_viewed = it.data.viewonly != Some(false);
    if !is_its_own(it)
        || !is_declarative
        || is_viewed
        || it.declaration.is_open
        || member(it.db, target, name).is_some()
    {
        return None;
    }
    let style = Style::of(it.db, target);
    let mut arguments = join_arguments(it, style.form)?;
    arguments.push(("back_populates", format!("\"{}\"", it.id.key(it.db))));
    arguments.extend(more);
    let written = style.relationship(name, parent, holds(it), &arguments)?;
    let mut changes = vec![Change::AddStatement { class: target, position: Position::Last, code: written.code }];
    changes.extend(written.imports);
    Some(Fix::safe(format!("Add `{name}` to `{}`", target.name(it.db)), changes))
}

/// Whether two relationships go by the same foreign keys, so that SQLAlchemy warns of them unless they populate each other.
/// Where that cannot be told, they may.
pub(crate) fn may_overlap(db: &dyn Db, a: RelationshipId, b: RelationshipId) -> bool {
    let pairs = |id| match relationship(db, id).as_ref().map(|it| &it.join) {
        Some(Joined::Join(join)) => {
            Some(join.pairs.iter().flat_map(|it| [it.local, it.remote]).collect::<FxHashSet<_>>())
        }
        _ => None,
    };
    match (pairs(a), pairs(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// A name for the other side of a relationship that its target does not have yet: as the parent, in the plural where there will
/// be several, or by the relationship's own name where a second one leads to the same class: `shipping_address_customers`.
/// `None` where both are taken, or where the second relationship goes by the same foreign keys.
pub fn name_of_other_side(db: &dyn Db, id: RelationshipId) -> Option<String> {
    let data = relationship(db, id).as_ref()?;
    let (parent, target) = (id.parent(db), data.target_class()?);
    let is_one = data.direction() == Some(Direction::OneToMany);
    let key = id.key(db);
    let tree = [("children", "parent"), ("parent", "children")].into_iter().find(|it| parent == target && key == it.0);
    let stem = snake_case(parent.name(db).as_str());
    let usual = match tree {
        Some((_, other)) => other.to_owned(),
        None if is_one => stem,
        None => plural(&stem),
    };
    let is_free = |it: &String| {
        let name = Name::from(it);
        member(db, target, name).is_none() && relationship_named(db, target, name).is_none()
    };
    let second = format!("{key}_{usual}");
    if is_free(&usual) {
        return Some(usual);
    }
    let between = |from: ClassId, to: ClassId| {
        let target = |it: &RelationshipId| relationship(db, *it).as_ref().and_then(Relationship::target_class);
        relationships_of(db, from).into_iter().filter(move |it| target(it) == Some(to))
    };
    let mut others = between(parent, target).chain(between(target, parent)).filter(|it| *it != id);
    (is_free(&second) && !others.any(|it| may_overlap(db, id, it))).then_some(second)
}

/// What the other side holds, seen from this one's join.
fn holds(it: RelationshipWalker<'_>) -> Option<Holds> {
    let Joined::Join(join) = &it.data.join else { return None };
    if join.direction != Direction::OneToMany {
        return Some(Holds::Many);
    }
    let may_be_null = join.pairs.iter().any(|pair| {
        let owner = attribute_of(it.db, it.data.target_class().as_slice(), pair.remote);
        let found = owner.and_then(|(class, name)| member(it.db, class, name));
        matches!(found.map(|it| &it.1.kind), Some(MemberKind::Column(it)) if it.nullable != Some(false))
    });
    Some(if may_be_null { Holds::OneOrNone } else { Holds::One })
}

/// The arguments by which the other side joins as this one does.
fn join_arguments(it: RelationshipWalker<'_>, form: Form) -> Option<Vec<(&'static str, String)>> {
    let mut res = Vec::new();
    if it.data.secondary != Secondary::None {
        res.push(secondary(it, form)?);
    }
    let given = |name: &str| it.declaration.has(it.db, name);
    let exchanged = if it.data.secondary == Secondary::None {
        [("primaryjoin", "primaryjoin"), ("secondaryjoin", "secondaryjoin")]
    } else {
        [("secondaryjoin", "primaryjoin"), ("primaryjoin", "secondaryjoin")]
    };
    for (from, to) in exchanged {
        if given(from) {
            let text = string_value(it.db, it.declaration.value(from)?)?;
            // What is remote to one side is not to the other.
            if text.contains("remote(") || text.contains('"') {
                return None;
            }
            res.push((to, format!("\"{text}\"")));
        }
    }
    let Joined::Join(join) = &it.data.join else {
        return (!given("foreign_keys") && !given("remote_side")).then_some(res);
    };
    if given("foreign_keys") {
        res.push(("foreign_keys", column_argument(it, form, &foreign(join)?)?));
    }
    if join.is_self_referential && join.direction == Direction::OneToMany {
        let local: Vec<ColumnRef> = join.pairs.iter().map(|it| it.local).collect();
        res.push(("remote_side", column_argument(it, form, &local)?));
    }
    Some(res)
}

/// The columns that hold the foreign keys of a join.
fn foreign(join: &Join) -> Option<Vec<ColumnRef>> {
    match join.direction {
        Direction::OneToMany => Some(join.pairs.iter().map(|it| it.remote).collect()),
        Direction::ManyToOne => Some(join.pairs.iter().map(|it| it.local).collect()),
        Direction::ManyToMany => None,
    }
}

fn column_argument(it: RelationshipWalker<'_>, form: Form, which: &[ColumnRef]) -> Option<String> {
    let (parent, target) = (it.parent().id, it.data.target_class()?);
    let text = columns(it.db, (target, None), &[parent, target], which)?;
    // Fields of `SQLModel` are no columns while the class is made.
    (form != Form::SqlModel || text.starts_with('"')).then_some(text)
}

/// The association table, as the class on the other side can name it.
fn secondary(it: RelationshipWalker<'_>, form: Form) -> Option<(&'static str, String)> {
    let target = it.data.target_class()?;
    let Secondary::Table(id) = it.data.secondary else { return None };
    if form == Form::SqlModel {
        let link = it.declaration.link_model?;
        let Expr::Name(name) = link.expr(it.db) else { return None };
        let relmodel_model::TableSource::Class(class) = id.source(it.db) else { return None };
        return stands_before(it, class, target).then(|| ("link_model", name.to_string()));
    }
    let place = it.declaration.value("secondary")?;
    if let Expr::Name(name) = place.expr(it.db)
        && let relmodel_model::TableSource::Call(call) = id.source(it.db)
        && call.item.file(it.db) == target.file(it.db)
        && place.item.file(it.db) == target.file(it.db)
        && call.item.nth(it.db) < target.item(it.db).nth(it.db)
    {
        return Some(("secondary", name.to_string()));
    }
    let table = table(it.db, id).as_ref()?;
    let is_seen = mapped(it.db, target).as_ref()?.metadata == table.metadata;
    let key = table.key.filter(|_| is_seen)?;
    Some(("secondary", format!("\"{key}\"")))
}

fn stands_before(it: RelationshipWalker<'_>, first: ClassId, second: ClassId) -> bool {
    let classes = file_classes(it.db, second.file(it.db));
    let place = |class: ClassId| classes.iter().position(|it| *it == class);
    place(first).is_some_and(|first| Some(first) < place(second))
}
