//! The names in code, functions too: classes, `Parent.children`, `Parent(children=…)`, imports.
//!
//! Read from the text for one answer, and not kept. A text need not be a file of the analysis.

use relmodel_facts::{Argument, Expr, ExprId, Extracted, Function, Import, Item, ItemMap, Stmt, extract_whole};
use relmodel_model::{ClassId, Db, ItemId, ModuleNames, Name, SourceFile, Value, attribute_of, mapped, table_of_value};
use relmodel_rules::Anchor;
use relmodel_syntax::{Document, Rope, TextRange};
use rustc_hash::FxHashMap;

use super::frames::{Frame, Frames, bound_in};
use super::member::{column_named, member_named};
use super::{Named, Spelling, Symbol};
use crate::analysis::Analysis;
pub(crate) use compared::Compared;
use compared::Walked;
use entity::Loaded;
use made::MadeKey;
pub(crate) use made::SaidKey;
use schemas::Field;

mod compared;
mod entity;
mod listed;
mod made;
mod schemas;
mod values;

/// A name in code that may or may not mean an attribute: what it belongs to cannot be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doubt {
    pub(crate) name: Name,
    pub(crate) range: TextRange,
    /// Whether it may mean a column, too: `it.c.name`.
    pub(crate) is_column: bool,
}

/// The name of a module of the workspace in code that uses it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ModuleUse {
    /// The path of the module, without `.py`.
    pub(crate) stem: Name,
    /// The module that it is asked of, for `module.name`.
    pub(crate) of: Option<Name>,
    /// The name.
    pub(crate) range: TextRange,
    /// The expression.
    pub(crate) whole: TextRange,
}

/// The names in a piece of code.
#[derive(Default)]
pub(crate) struct Code {
    pub(crate) names: Vec<Named>,
    pub(crate) doubts: Vec<Doubt>,
    /// The modules that are used, import statements apart.
    pub(crate) modules: Vec<ModuleUse>,
    /// The foreign keys that the model does not read.
    pub(crate) made_keys: Vec<MadeKey>,
    /// The texts of foreign keys and of `secondary`, told by the model or not.
    pub(crate) said_keys: Vec<SaidKey>,
    /// The strings that what may be names of columns is compared with.
    pub(crate) compared: Vec<Compared>,
    /// The names in the strings of loader options.
    pub(crate) loaded: Vec<Loaded>,
    /// The targets of relationships in strings, by the last names in them.
    pub(crate) targets: Vec<(Name, TextRange)>,
    /// The fields that are called as the attributes they are made from.
    pub(crate) fields: Vec<Field>,
}

impl Code {
    /// With the fields among the names.
    pub(crate) fn with_fields(mut self) -> Code {
        self.names.extend(self.fields.drain(..).map(|it| it.named));
        self
    }
}

impl Analysis {
    /// The names in the code of a file.
    pub(crate) fn code_of_file(&self, file: SourceFile) -> Code {
        let Some(state) = self.files.get(&file) else { return Code::default() };
        let items = state.extracted.facts.items().iter().map(|(key, _)| ItemId::new(&self.db, file, *key));
        let classes = items.flat_map(|it| self.classes_of(it)).collect();
        self.read_code(file, state.text.clone(), 0, &classes)
    }

    /// The names in the code of one statement.
    pub(crate) fn code_of_item(&self, file: SourceFile, item: ItemId) -> Code {
        let range = self.item_range(item);
        let Some((state, range)) = self.files.get(&file).zip(range) else { return Code::default() };
        let Some(text) = state.text.get_byte_slice(range.start as usize..range.end as usize) else {
            return Code::default();
        };
        let classes = self.classes_of(item).into_iter().collect();
        self.read_code(file, Rope::from(text), range.start, &classes)
    }

    /// The names in a text that is no file of the analysis.
    pub(crate) fn code_outside(&self, path: &str, search_path: &[Name], text: &str) -> Code {
        let Some(document) = Document::parse(Rope::from_str(text)) else { return Code::default() };
        let whole = extract_whole(&document);
        let module = ModuleNames::outside(&self.db, path, search_path, &whole.facts);
        read(&self.db, &module, &whole, 0, &FxHashMap::default())
    }

    fn read_code(&self, file: SourceFile, text: Rope, base: u32, classes: &FxHashMap<u32, ClassId>) -> Code {
        let Some(document) = Document::parse(text) else { return Code::default() };
        let module = ModuleNames::of_file(&self.db, file);
        read(&self.db, &module, &extract_whole(&document), base, classes)
    }

    /// The classes of a statement, by where their names start.
    fn classes_of(&self, id: ItemId) -> Vec<(u32, ClassId)> {
        let Some(item) = relmodel_model::item(&self.db, id) else { return Vec::new() };
        let written = (0..).zip(&item.classes).filter(|(_, it)| it.function.is_none() && it.made.is_none());
        let place = |(index, class): (u32, &relmodel_facts::Class)| {
            let range = self.range_of(Anchor::Name(id, class.at))?.range;
            Some((range.start, ClassId::new(&self.db, id, index, None)))
        };
        written.filter_map(place).collect()
    }
}

fn read(
    db: &dyn Db,
    module: &ModuleNames<'_>,
    whole: &Extracted,
    base: u32,
    classes: &FxHashMap<u32, ClassId>,
) -> Code {
    let mut out = Code::default();
    for ((_, item), (start, map)) in whole.facts.items().iter().zip(&whole.map.items) {
        let frames = Frames { db, module, bodies: Vec::new() };
        let mut reader =
            Reader { db, item, map, base: base + start, classes, frames, walked: Vec::new(), out: &mut out };
        reader.statements(&item.statements);
    }
    out
}

/// Reads the code of one statement.
struct Reader<'a> {
    db: &'a dyn Db,
    item: &'a Item,
    map: &'a ItemMap,
    base: u32,
    classes: &'a FxHashMap<u32, ClassId>,
    frames: Frames<'a>,
    /// Whose columns are gone through around a place, outermost first.
    walked: Vec<Walked>,
    out: &'a mut Code,
}

impl<'a> Reader<'a> {
    fn add(&mut self, (symbol, spelling): (Symbol, Spelling), range: TextRange) {
        let named = Named { symbol, spelling, range: range.shifted(self.base), is_literal: true };
        self.out.names.push(named);
    }

    fn doubt(&mut self, name: Name, range: TextRange) {
        self.out.doubts.push(Doubt { name, range: range.shifted(self.base), is_column: false });
    }

    fn doubt_column(&mut self, name: Name, range: TextRange) {
        self.out.doubts.push(Doubt { name, range: range.shifted(self.base), is_column: true });
    }

    fn module(&mut self, stem: Name, of: Option<Name>, (range, whole): (TextRange, TextRange)) {
        let (range, whole) = (range.shifted(self.base), whole.shifted(self.base));
        self.out.modules.push(ModuleUse { stem, of, range, whole });
    }

    fn statements(&mut self, statements: &'a [Stmt]) {
        for statement in statements {
            match statement {
                Stmt::Import(import) => self.import(import),
                Stmt::Class(index) => self.class(*index),
                Stmt::Function(index) => {
                    if let Some(function) = self.item.functions.get(*index as usize) {
                        self.function(function);
                    }
                }
                Stmt::Assign(assign) => {
                    if matches!(self.item.expr(assign.target), Expr::Name(name) if name == "__all__") {
                        self.exported(assign.value);
                    }
                    self.all(assign.annotation.iter().chain(&assign.value));
                    self.assigned(assign.target, assign.annotation, assign.value);
                }
                Stmt::Expression(value) | Stmt::Return(Some(value)) => self.expr(*value),
                Stmt::Return(None) => {}
                Stmt::Block(block) => {
                    self.all(&block.test);
                    let walked = block.test.and_then(|it| self.columns_walked(it));
                    self.walking(walked, |this| this.statements(&block.body));
                }
            }
        }
    }

    /// `__all__ = ["Parent"]`
    fn exported(&mut self, value: Option<ExprId>) {
        let Some(Expr::List(parts) | Expr::Tuple(parts)) = value.map(|it| self.item.expr(it)) else { return };
        for part in parts {
            let Expr::String(text) = self.item.expr(*part) else { continue };
            let value = self.frames.module.resolve(Name::from(&text.value));
            let Some(range) = self.map.string_content(*part) else { continue };
            if let Value::Module(stem) = value {
                self.module(stem, None, (range, range));
            }
            if let Some(Symbol::Class(class)) = self.meaning(value) {
                self.add((Symbol::Class(class), Spelling::Own), range);
            }
        }
    }

    fn all<'b>(&mut self, exprs: impl IntoIterator<Item = &'b ExprId>) {
        exprs.into_iter().for_each(|it| self.expr(*it));
    }

    fn import(&mut self, import: &Import) {
        let values = self.frames.module.imported_by(import);
        for name in import.names.iter().filter(|_| import.from) {
            let value = self.frames.module.import(import, name.name);
            if let Some(named) = self.meaning(value) {
                let range = self.map.name(name.at).shifted(self.base);
                let is_class = matches!(named, Symbol::Class(_));
                let spelling = if is_class { Spelling::Own } else { Spelling::Variable };
                let named = Named { symbol: named, spelling, range, is_literal: true };
                self.out.names.push(named);
            }
        }
        if self.frames.is_in_function() {
            self.frames.bind_all(values);
        }
    }

    fn class(&mut self, index: u32) {
        let Some(class) = self.item.classes.get(index as usize) else { return };
        self.all(&class.decorators);
        class.arguments.iter().for_each(|it| self.expr(it.value()));
        let start = self.map.name(class.at).start + self.base;
        let id = self.classes.get(&start).copied();
        self.frames.bodies.push(Frame::Class(id, FxHashMap::default()));
        self.listed(class, id);
        self.made_from_model(class);
        self.statements(&class.body);
        self.frames.bodies.pop();
        if let Some(id) = id {
            self.frames.bind(class.name, Value::Class(id));
        }
    }

    fn function(&mut self, function: &'a Function) {
        self.all(&function.decorators);
        self.all(&function.returns);
        function.parameters.iter().for_each(|it| self.all(&it.default));
        let receiver = self.receiver(function);
        let mut bound = FxHashMap::default();
        bound_in(self.item, &function.body, &mut bound);
        let names = function.parameters.iter().map(|it| it.name).chain(bound.keys().copied());
        let mut locals: FxHashMap<Name, Value> = names.map(|it| (it, Value::Unknown)).collect();
        if let (Some(receiver), Some(first)) = (receiver, function.parameters.first()) {
            locals.insert(first.name, receiver);
        }
        self.frames.bodies.push(Frame::Function(locals));
        self.bind_once(&function.body, &bound);
        self.statements(&function.body);
        self.frames.bodies.pop();
    }

    /// What the first parameter of a method is.
    fn receiver(&self, function: &Function) -> Option<Value> {
        let Some(Frame::Class(Some(class), _)) = self.frames.bodies.last() else { return None };
        let is_called = |it: &ExprId, names: &[&str]| match self.item.expr(*it) {
            Expr::Name(name) | Expr::Attribute { name, .. } => names.contains(&name.as_str()),
            _ => false,
        };
        let has = |names: &[&str]| function.decorators.iter().any(|it| is_called(it, names));
        if has(&["staticmethod"]) {
            return None;
        }
        let is_class = has(&["classmethod", "declared_attr", "expression", "directive", "cascading"]);
        Some(if is_class { Value::Class(*class) } else { Value::Instance(*class) })
    }

    /// What a function binds once, and keeps.
    fn bind_once(&mut self, statements: &'a [Stmt], bound: &FxHashMap<Name, u32>) {
        for statement in statements {
            match statement {
                Stmt::Assign(assign) => {
                    let Expr::Name(name) = *self.item.expr(assign.target) else { continue };
                    if bound.get(&name).is_none_or(|it| *it > 1) {
                        continue;
                    }
                    let annotated = assign.annotation.and_then(|it| self.instance_of(it));
                    let value = annotated.or_else(|| assign.value.map(|it| self.value(it)));
                    self.frames.bind(name, value.unwrap_or(Value::Unknown));
                }
                Stmt::Import(import) => {
                    let values = self.frames.module.imported_by(import);
                    self.frames.bind_all(values);
                }
                Stmt::Block(block) => self.bind_once(&block.body, bound),
                _ => {}
            }
        }
    }

    /// The target of an assignment; a name in a class body is what the class declares, which the model tells.
    fn assigned(&mut self, target: ExprId, annotation: Option<ExprId>, value: Option<ExprId>) {
        if annotation.is_some() || value.is_some() || self.frames.is_in_function() {
            match self.item.expr(target) {
                Expr::Name(_) => {}
                Expr::Tuple(parts) | Expr::List(parts) => {
                    parts.iter().for_each(|it| self.assigned(*it, annotation, value));
                }
                _ => self.expr(target),
            }
        }
    }

    fn expr(&mut self, id: ExprId) {
        match self.item.expr(id) {
            Expr::Name(name) => self.name(id, *name),
            Expr::Attribute { object, name } => {
                self.expr(*object);
                self.attribute(id, *object, *name);
            }
            Expr::Call { function, arguments } => {
                self.expr(*function);
                self.call(*function, arguments);
                arguments.iter().for_each(|it| self.expr(it.value()));
            }
            Expr::Subscript { value, indices } => {
                self.expr(*value);
                self.column_key(*value, indices);
                self.all(indices);
            }
            // What stands in strings that `relationship()` evaluates is told by the model.
            Expr::String(text) | Expr::OpenString(text) => self.all(&text.code),
            Expr::FormatString(parts) => {
                for part in parts {
                    if let relmodel_facts::FormatPart::Value(value) = part {
                        self.expr(*value);
                    }
                }
            }
            Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => self.all(parts),
            Expr::Other(parts) => {
                let walked = parts.iter().find_map(|it| self.columns_walked(*it));
                self.walking(walked, |this| this.all(parts));
            }
            Expr::Dict(pairs) => {
                for (key, value) in pairs {
                    self.all(key);
                    self.expr(*value);
                }
            }
            Expr::Starred(part) => self.expr(*part),
            Expr::Lambda { parameters, body } => {
                let locals = parameters.iter().map(|it| (*it, Value::Unknown)).collect();
                self.frames.bodies.push(Frame::Function(locals));
                self.expr(*body);
                self.frames.bodies.pop();
            }
            Expr::Operation(it) => {
                self.compared_names(&it.operands);
                self.compared_columns(it);
                self.all(&it.operands);
            }
            Expr::Int(_) | Expr::True | Expr::False | Expr::None | Expr::Ellipsis | Expr::Missing => {}
        }
    }

    fn name(&mut self, id: ExprId, name: Name) {
        let range = self.map.expr(id);
        match self.frames.resolve(name) {
            Value::Class(class) if mapped(self.db, class).is_some() => {
                let is_own = class.name(self.db) == name;
                let spelling = if is_own { Spelling::Own } else { Spelling::Variable };
                self.add((Symbol::Class(class), spelling), range);
            }
            Value::Attribute(class, name) => {
                if let Some(named) = member_named(self.db, class, name) {
                    self.add(named, range);
                }
            }
            Value::Expr(place) => {
                if let Some(table) = table_of_value(self.db, place) {
                    self.add((Symbol::Table(table), Spelling::Variable), range);
                }
            }
            Value::Module(stem) => self.module(stem, None, (range, range)),
            _ => {}
        }
    }

    fn attribute(&mut self, id: ExprId, object: ExprId, name: Name) {
        let whole = self.map.expr(id);
        let start = whole.end.saturating_sub(super::length(&name)).max(whole.start);
        let range = TextRange::new(start, whole.end);
        if let Some(table) = self.columns_of(object) {
            if let Some(named) = column_named(self.db, table, &name) {
                self.add(named, range);
            }
            return;
        }
        match self.value(object) {
            Value::Class(class) | Value::Instance(class) => {
                if let Some(named) = member_named(self.db, class, name) {
                    self.add(named, range);
                }
            }
            _ if self.owner_of_columns(object).is_some() => self.doubt_column(name, range),
            Value::Unknown | Value::Missing => self.doubt(name, range),
            object @ Value::Module(of) => {
                let value = attribute_of(self.db, object, name);
                if let Value::Module(stem) = value {
                    self.module(stem, Some(of), (range, whole));
                }
                if let Some(symbol) = self.meaning(value) {
                    let is_class = matches!(symbol, Symbol::Class(_));
                    let spelling = if is_class { Spelling::Own } else { Spelling::Variable };
                    self.add((symbol, spelling), range);
                }
            }
            _ => {}
        }
    }

    /// The class or table that a value of a module is.
    fn meaning(&self, value: Value) -> Option<Symbol> {
        match value {
            Value::Class(class) if mapped(self.db, class).is_some() => Some(Symbol::Class(class)),
            Value::Expr(place) => table_of_value(self.db, place).map(Symbol::Table),
            _ => None,
        }
    }

    fn call(&mut self, function: ExprId, arguments: &[Argument]) {
        self.library_call(function, arguments);
        if let Value::Class(class) = self.value(function) {
            self.keywords(class, arguments);
            return;
        }
        match self.item.expr(function) {
            Expr::Attribute { object, name } if matches!(name.as_str(), "filter_by" | "values" | "update") => {
                match self.entity(*object) {
                    Some(class) => self.keywords(class, arguments),
                    None if name == "filter_by" => self.doubtful_keywords(arguments),
                    None => {}
                }
            }
            Expr::Name(name) if matches!(name.as_str(), "getattr" | "setattr" | "hasattr" | "delattr") => {
                if let Some(Argument::Positional(second)) = arguments.get(1) {
                    let object = arguments.first().map(|it| self.value(it.value()));
                    self.string_attribute(object, *second);
                }
            }
            Expr::Attribute { object, name } if name == "options" => {
                let class = self.entity(*object);
                for argument in arguments {
                    self.loader(class, argument.value());
                }
            }
            _ => {}
        }
    }

    /// `Parent(children=[…])`
    fn keywords(&mut self, class: ClassId, arguments: &[Argument]) {
        for argument in arguments {
            if let Argument::Keyword(keyword, _) = argument
                && let Some(named) = member_named(self.db, class, keyword.name)
            {
                self.add(named, self.map.name(keyword.at));
            }
        }
    }

    fn doubtful_keywords(&mut self, arguments: &[Argument]) {
        for argument in arguments {
            if let Argument::Keyword(keyword, _) = argument {
                self.doubt(keyword.name, self.map.name(keyword.at));
            }
        }
    }

    /// A string that names an attribute of an object.
    fn string_attribute(&mut self, object: Option<Value>, string: ExprId) {
        let Expr::String(text) = self.item.expr(string) else { return };
        let name = Name::from(&text.value);
        let Some(range) = self.map.string_content(string) else { return };
        match object {
            Some(Value::Class(class) | Value::Instance(class)) => {
                if let Some(named) = member_named(self.db, class, name) {
                    self.add(named, range);
                }
            }
            _ => self.doubt(name, range),
        }
    }
}
