//! Classes that a file makes by calling `type(name, bases, body)`, as far as other files may know them by their names.

use relmodel_facts::{Argument, Class, Expr, Item, Name};

use crate::attribute::class_attributes;
use crate::changed::metaclass;
use crate::class::{base_places, class_info, class_source, is_known_base};
use crate::db::{ClassId, Db, ItemId, RegistryId, ScopeId, SourceFile};
use crate::function::{binds, possible_values};
use crate::reach::knows_base;
use crate::value::{Value, evaluate};

/// What a call may add to a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Made {
    /// The registry of the class, or `None` if its bases do not tell.
    pub(crate) registry: Option<RegistryId>,
    /// Its name, or `None` if only a run tells.
    pub(crate) name: Option<Name>,
}

/// The classes that a file makes which may be mapped. Those that a `declared_attr` makes for each mapped class are
/// known from these.
#[salsa::tracked(returns(ref))]
pub(crate) fn made_in_file(db: &dyn Db, file: SourceFile) -> Vec<Made> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        if item.made_classes.is_empty() {
            continue;
        }
        let id = ItemId::new(db, file, *key);
        let made: Vec<(u32, &Class)> = (0..).zip(&item.classes).filter(|it| it.1.made.is_some()).collect();
        if made.len() < item.made_classes.len() {
            // Some stand where expressions are not read.
            res.extend(item.made_classes.iter().map(|name| Made { registry: None, name: *name }));
            continue;
        }
        for (index, class) in made {
            let is_known = is_known_by_function(db, id, item, class) || is_statement(item, class);
            if is_known || adds_nothing(class) && !knows_base(db, file) {
                continue;
            }
            let scope = class.function.map(|it| ScopeId::new(db, it, None, None));
            let names_are_known = knows_names(db, id, item, class);
            let class = ClassId::new(db, id, index, scope);
            let name = Some(class.name(db)).filter(|it| !it.is_empty());
            let registry = class_info(db, class).registry;
            let is_told = names_are_known && has_known_bases(db, class) || has_foreign_metaclass(db, class);
            if registry.is_some() || !is_told {
                res.push(Made { registry, name });
            }
        }
    }
    res
}

/// Whether a class is made by a `declared_attr`, which runs for classes that are known.
fn is_known_by_function(db: &dyn Db, id: ItemId, item: &Item, class: &Class) -> bool {
    let Some(index) = class.function else { return false };
    let Some(owner) = item.functions.get(index as usize).and_then(|it| it.class) else { return false };
    let attributes = class_attributes(db, ClassId::new(db, id, owner, None));
    attributes.iter().any(|it| it.function == Some(index) && it.is_declared_attr)
}

/// Whether a metaclass makes a class for a `class` statement, which has its name: `type(name, bases, body)` in
/// `__new__(cls, name, bases, body)`.
fn is_statement(item: &Item, class: &Class) -> bool {
    let function = class.function.and_then(|it| item.functions.get(it as usize));
    let Some((function, (_, name))) = function.zip(class.made) else { return false };
    let is_parameter = |name: &Name| function.parameters.iter().any(|it| it.name == *name);
    function.name == "__new__"
        && function.class.is_some()
        && matches!(item.expr(name), Expr::Name(it) if is_parameter(it))
}

/// Whether it is no more than its bases are. In a file that knows nothing of a mapping that is a copy of some object's class.
fn adds_nothing(class: &Class) -> bool {
    class.body.is_empty()
        && !class.arguments.iter().any(|it| matches!(it, Argument::Splat(_) | Argument::KeywordSplat(_)))
}

/// Whether the names of its bases are those of the function around it or of the module, not of a function in between.
fn knows_names(db: &dyn Db, id: ItemId, item: &Item, class: &Class) -> bool {
    let Some((inner, (call, _))) = class.function.zip(class.made) else { return true };
    let around = (0..).zip(&item.functions).filter(|it| it.1.exprs.contains(&call.0.index()) && it.0 != inner);
    let outer: Vec<u32> = around.map(|it| it.0).collect();
    class.arguments.iter().all(|it| {
        let mut value = it.value();
        while let Expr::Attribute { object, .. } = item.expr(value) {
            value = *object;
        }
        let Expr::Name(name) = item.expr(value) else { return outer.is_empty() };
        binds(db, id, inner, *name) || !outer.iter().any(|it| binds(db, id, *it, *name))
    })
}

/// Whether some base has a metaclass that is neither `type` nor SQLAlchemy's. Those of declarative bases are, and Python
/// refuses bases whose metaclasses do not go together, whatever the others are.
fn has_foreign_metaclass(db: &dyn Db, class: ClassId) -> bool {
    base_places(db, class).into_iter().any(|base| {
        let values = possible_values(db, base);
        let is_foreign = |it: &Value| matches!(it, Value::Class(class) if metaclass_is_foreign(db, *class));
        !values.is_empty() && values.iter().all(is_foreign)
    })
}

fn metaclass_is_foreign(db: &dyn Db, class: ClassId) -> bool {
    class_info(db, class).mro.iter().any(|it| {
        let Some((_, source)) = class_source(db, *it) else { return false };
        let Some(value) = metaclass(&source.arguments).map(|value| evaluate(db, it.header(db, value))) else {
            return false;
        };
        matches!(value, Value::Class(meta) if !knows_base(db, meta.file(db)) && has_plain_bases(db, meta))
    })
}

/// Whether a metaclass is made of nothing but statements that were read and `type`.
fn has_plain_bases(db: &dyn Db, metaclass: ClassId) -> bool {
    class_info(db, metaclass).mro.iter().all(|it| {
        base_places(db, *it).into_iter().all(|base| {
            matches!(evaluate(db, base), Value::Class(_)) || matches!(base.expr(db), Expr::Name(name) if name == "type")
        })
    })
}

/// Whether nothing that a class inherits from can bring a registry along. Packages that are not read have registries of
/// their own.
fn has_known_bases(db: &dyn Db, class: ClassId) -> bool {
    class_info(db, class).mro.iter().all(|it| {
        let Some((_, source)) = class_source(db, *it) else { return false };
        source.arguments.iter().all(|argument| match argument {
            Argument::Positional(base) => is_known_base(db, *it, *base),
            Argument::Splat(_) => false,
            Argument::Keyword(..) | Argument::KeywordSplat(_) => true,
        })
    })
}
