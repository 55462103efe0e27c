//! The attributes that the bodies of classes bind, each as the mapped class has it.

use std::cell::OnceCell;
use std::rc::Rc;

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    Attribute, AttributeKind, ClassId, Framework, Member, Name, Place, Value, class_attributes, class_info, evaluate,
    is_imperative, kind_of_value, library_call, mapped, mapped_argument, member, members, own_attribute,
    sqlalchemy_name, string_value,
};

use super::annotation::Annotated;
use super::{Call, ClassWalker};
use crate::finding::Anchor;
use crate::fix::{Change, Fix};

/// An attribute of a mapped class: bound in its own body, or in that of a mixin or an abstract base.
#[derive(Clone, Copy)]
pub struct AttributeWalker<'a> {
    /// The mapped class.
    pub(crate) class: ClassWalker<'a>,
    /// The class whose body binds it.
    pub(crate) declared_in: ClassId,
    pub(crate) data: &'a Attribute,
    pub(super) known: Option<&'a Known>,
}

/// What many rules ask of one attribute, each worked out when it is asked for first.
#[derive(Default)]
pub(crate) struct Known {
    kind: OnceCell<AttributeKind>,
    is_certain: OnceCell<bool>,
    is_overridden: OnceCell<bool>,
    value: OnceCell<Option<Place>>,
    mapped_annotation: OnceCell<Option<Place>>,
    pub(super) annotated: OnceCell<Option<Annotated>>,
    call: OnceCell<Option<Rc<Call>>>,
}

impl Known {
    pub(super) fn get<'a, T: Clone + 'a>(
        known: Option<&'a Self>,
        cell: impl FnOnce(&'a Self) -> &'a OnceCell<T>,
        ask: impl FnOnce() -> T,
    ) -> T {
        match known.map(cell) {
            Some(cell) => cell.get_or_init(ask).clone(),
            None => ask(),
        }
    }
}

impl<'a> AttributeWalker<'a> {
    pub(crate) fn new(class: ClassWalker<'a>, declared_in: ClassId, data: &'a Attribute) -> Self {
        Self { class, declared_in, data, known: None }
    }

    /// The same attribute, which looks at what is known of it before it asks the model.
    pub(crate) fn knowing(self, known: &'a Known) -> Self {
        Self { known: Some(known), ..self }
    }

    pub(crate) fn name(self) -> Name {
        self.data.name
    }

    /// `Parent.children`, after the class whose body binds it.
    pub(crate) fn label(self) -> String {
        format!("{}.{}", self.declared_in.name(self.class.db), self.data.name)
    }

    pub(crate) fn anchor(self) -> Anchor {
        Anchor::Attribute(self.declared_in, self.data.at)
    }

    /// Its value; of a `declared_attr`, what it returns for the mapped class.
    pub(crate) fn value(self) -> Option<Place> {
        let find = || self.data.value_place(self.class.db, self.declared_in, self.class.id);
        Known::get(self.known, |it| &it.value, find)
    }

    /// What it is to the mapper of the mapped class.
    pub(crate) fn kind(self) -> AttributeKind {
        let kind = || self.data.kind_for(self.class.db, self.declared_in, self.class.id);
        Known::get(self.known, |it| &it.kind, kind)
    }

    /// Whether it is a column, a relationship or another property of the mapper.
    pub(crate) fn is_mapped_property(self) -> bool {
        matches!(
            self.kind(),
            AttributeKind::Column(_)
                | AttributeKind::Annotated
                | AttributeKind::Relationship(_)
                | AttributeKind::Synonym(_)
                | AttributeKind::Property
        )
    }

    /// Whether a class in front of the one that binds it binds the name too, or a mapped parent has it, so that this
    /// binding does not count.
    pub(crate) fn is_overridden(self) -> bool {
        Known::get(self.known, |it| &it.is_overridden, || self.find_overriding())
    }

    fn find_overriding(self) -> bool {
        let db = self.class.db;
        let mut before = self.class.bodies().take_while(|it| *it != self.declared_in);
        let binds = |it: ClassId| own_attribute(db, it, self.data.name).is_some();
        let parent = mapped(db, self.class.id).as_ref().and_then(|it| it.inherits);
        let is_inherited = || parent.is_some_and(|it| member(db, it, self.data.name).is_some());
        before.any(binds) || (!self.is_own() && is_inherited())
    }

    /// What a comma makes a tuple of: a column or another property of the mapper, in words.
    pub(crate) fn in_tuple(self) -> Option<&'static str> {
        let value = self.value()?;
        let Expr::Tuple(elements) = value.expr(self.class.db) else { return None };
        let [element] = *elements else { return None };
        match kind_of_value(self.class.db, value.with(element)) {
            AttributeKind::Column(_) => Some("column"),
            AttributeKind::Relationship(_) => Some("relationship"),
            AttributeKind::Synonym(_) | AttributeKind::Property => Some("mapped property"),
            _ => None,
        }
    }

    /// Takes the comma away that makes a tuple of it.
    pub(crate) fn without_comma(self) -> Option<Fix> {
        let whole = self.value().filter(|it| it.scope.is_none())?;
        let Expr::Tuple(elements) = whole.expr(self.class.db) else { return None };
        let [element] = *elements else { return None };
        Some(Fix::safe("Remove the comma", vec![Change::Unwrap { whole, part: whole.with(element) }]))
    }

    /// Whether SQLAlchemy scans the class and surely meets this binding there.
    pub(crate) fn is_certain(self) -> bool {
        let is_certain = || self.class.is_declarative() && !self.data.is_conditional;
        Known::get(self.known, |it| &it.is_certain, is_certain)
    }

    /// Whether the mapped class itself binds it.
    pub(crate) fn is_own(self) -> bool {
        self.declared_in == self.class.id
    }

    /// Whether a class in front of the one that binds it binds the name too, so that this binding never counts.
    pub(crate) fn is_shadowed(self) -> bool {
        let mut before = self.class.bodies().take_while(|it| *it != self.declared_in);
        before.any(|it| class_attributes(self.class.db, it).iter().any(|it| it.name == self.data.name))
    }

    /// Whether the mapped parent has an attribute of the name, which then counts.
    pub(crate) fn is_inherited(self) -> bool {
        let parent = self.class.mapped_parent();
        parent.is_some_and(|it| member(self.class.db, it.id, self.data.name).is_some())
    }

    /// What it is in the mapped class, if it counts there.
    pub(crate) fn member(self) -> Option<&'a Member> {
        let is_this = |it: &&Member| it.declared_in == self.declared_in && it.at == Some(self.data.at);
        members(self.class.db, self.class.id).iter().find(is_this)
    }

    /// What stands inside its `Mapped[...]`.
    pub(crate) fn mapped_annotation(self) -> Option<Place> {
        let find = || mapped_argument(self.class.db, self.annotation()?);
        Known::get(self.known, |it| &it.mapped_annotation, find)
    }

    /// The call that its value is, `None` for anything else.
    pub(crate) fn call(self) -> Option<Rc<Call>> {
        let value = || self.value().filter(|_| !self.data.is_declared_attr);
        let find = || Call::reached(self.class.db, value()?).map(Rc::new);
        Known::get(self.known, |it| &it.call, find)
    }

    /// The names of attributes that it validates, where each is written.
    pub(crate) fn validated(self) -> Vec<(Place, String)> {
        let db = self.class.db;
        // Of several such decorators the outermost counts.
        let calls = self.decorators().into_iter().filter_map(|it| library_call(db, it));
        let Some((call, _)) = calls.into_iter().find(|it| it.1 == "validates") else { return Vec::new() };
        let Expr::Call { arguments, .. } = call.expr(db) else { return Vec::new() };
        let name = |argument: &Argument| match argument {
            Argument::Positional(value) => {
                let place = call.with(*value);
                Some((place, string_value(db, place)?))
            }
            _ => None,
        };
        arguments.iter().filter_map(name).collect()
    }

    /// The decorators of the function that declares it.
    pub(crate) fn decorators(self) -> Vec<Place> {
        let function = self.data.function;
        let decorators = self.declared_in.read(self.class.db, |item, _| {
            function.and_then(|it| item.functions.get(it as usize)).map(|it| it.decorators.clone())
        });
        let decorators = decorators.flatten().unwrap_or_default();
        decorators.into_iter().map(|it| self.declared_in.place(self.class.db, it)).collect()
    }

    /// Whether it is a `@declared_attr.cascading`.
    pub(crate) fn is_cascading(self) -> bool {
        self.data.is_declared_attr && self.cascading().is_some()
    }

    /// The decorator `declared_attr.cascading`.
    fn cascading(self) -> Option<Place> {
        self.decorators().into_iter().find(|it| match evaluate(self.class.db, *it) {
            Value::Library(name) => sqlalchemy_name(name).is_some_and(|it| it == "cascading"),
            _ => false,
        })
    }

    /// Makes a plain `@declared_attr` of it.
    pub(crate) fn without_cascading(self) -> Option<Fix> {
        let change = Change::ReplaceExpression { place: self.cascading()?, code: "$declared_attr".to_owned() };
        Some(Fix::safe("Use `@declared_attr`", vec![change]))
    }
}

impl<'a> ClassWalker<'a> {
    /// Whether it is mapped by scanning its attributes: not imperatively, and not by a package that does so otherwise.
    pub(crate) fn is_declarative(self) -> bool {
        class_info(self.db, self.id).framework != Framework::SqlModel && !is_imperative(self.db, self.id)
    }

    /// The classes whose bodies make up its mapper: itself, then mixins and abstract bases in the order of the method
    /// resolution; not those that a mapped parent has taken in already.
    pub(crate) fn bodies(self) -> impl Iterator<Item = ClassId> + 'a {
        let parent = mapped(self.db, self.id).as_ref().and_then(|it| it.inherits);
        let inherited: &[ClassId] = parent.map_or(&[], |it| &class_info(self.db, it).mro);
        class_info(self.db, self.id).mro.iter().copied().filter(|it| !inherited.contains(it))
    }

    /// The attributes that those bodies bind.
    pub(crate) fn attributes(self) -> impl Iterator<Item = AttributeWalker<'a>> {
        self.bodies().flat_map(move |declared_in| {
            let attributes = class_attributes(self.db, declared_in).iter();
            attributes.map(move |data| AttributeWalker::new(self, declared_in, data))
        })
    }
}
