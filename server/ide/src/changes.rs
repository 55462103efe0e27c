//! From the changes of a fix to edits of text that keep indentation, quotes, commas, comments and line endings.
//!
//! The files are parsed for it, open or not: trees are not kept. What cannot be done where it should, such as in code
//! that has not been typed to its end, gives no edits, and the fix is not offered.

mod imports;
mod lists;
mod names;
mod source;
mod statements;

use relmodel_model::{ClassId, Name, Place, SourceFile};
use relmodel_rules::{Anchor, Change, Import, Position};
use relmodel_syntax::{Document, Kind, Node, TextEdit};

use self::statements::Slot;
use crate::analysis::Analysis;
use crate::anchor::FileRange;

pub(crate) use self::lists::{insertion, remove_item, replacement};
pub(crate) use self::source::Source;

/// The edits that changes come to, file by file.
pub(crate) struct Rendering<'a> {
    analysis: &'a Analysis,
    files: Vec<(SourceFile, Source, Vec<TextEdit>)>,
    imports: Vec<NewImport>,
}

/// A name that a file is to import.
#[derive(Clone, PartialEq, Eq)]
struct NewImport {
    file: SourceFile,
    module: Name,
    name: Name,
    when: Import,
}

/// The edits of each file, sorted and not overlapping; `None` if one of the changes cannot be made.
pub(crate) fn render(analysis: &Analysis, changes: &[Change]) -> Option<Vec<(SourceFile, Vec<TextEdit>)>> {
    let mut rendering = Rendering { analysis, files: Vec::new(), imports: Vec::new() };
    for change in changes {
        rendering.add(change)?;
    }
    rendering.add_imports()?;
    let files = rendering.files.into_iter().filter(|it| !it.2.is_empty());
    files.map(|(file, source, edits)| Some((file, checked(&source, edits)?))).collect()
}

/// Code in the words of a file, and the edits that import what it needs there.
pub(crate) fn render_in(
    analysis: &Analysis,
    file: SourceFile,
    code: &str,
    imports: &[Change],
) -> Option<(String, Vec<TextEdit>)> {
    let mut rendering = Rendering { analysis, files: Vec::new(), imports: Vec::new() };
    let code = rendering.spelled(file, code)?;
    for change in imports {
        rendering.add(change)?;
    }
    rendering.add_imports()?;
    Some((code, rendering.files.into_iter().filter(|it| it.0 == file).flat_map(|it| it.2).collect()))
}

/// The edits in order, provided that they do not overlap and leave the file as sound as it was.
fn checked(source: &Source, mut edits: Vec<TextEdit>) -> Option<Vec<TextEdit>> {
    edits.sort_by_key(|it| (it.range.start, it.range.end));
    let overlap = edits.windows(2).any(|it| it[0].range.end > it[1].range.start);
    let mut document = source.document.clone();
    let last_first: Vec<TextEdit> = edits.iter().rev().cloned().collect();
    document.edit(&last_first);
    let is_broken = |it: &Document| it.root().has_error();
    (!overlap && (is_broken(&source.document) || !is_broken(&document))).then_some(edits)
}

impl Rendering<'_> {
    fn add(&mut self, change: &Change) -> Option<()> {
        match change {
            Change::Replace { at, old, new } => self.replace(*at, old, new),
            Change::ReplaceExpression { place, code } => {
                let at = self.analysis.expr_range(*place)?;
                let code = self.spelled(at.file, code)?;
                let index = self.source(at.file)?;
                let source = &self.files[index].1;
                let code = source.with_quotes(source.node_at(at.range)?, &code);
                self.files[index].2.push(lists::replacement(at.range, code));
                Some(())
            }
            Change::Wrap { place, before, after } => self.wrap(*place, before, after),
            Change::Unwrap { whole, part } => self.unwrap(*whole, *part),
            Change::IntoMethod { class, at } => self.make_method(Anchor::Attribute(*class, *at)),
            Change::SetArgument { call, name, value } => self.in_call(*call, value, |source, call, value| {
                Some(vec![lists::set_argument(source, call, name, value)?])
            }),
            Change::ReplaceArgument { call, name, code } => self.in_call(*call, code, |source, call, code| {
                Some(vec![lists::replace_argument(source, call, name, code)?])
            }),
            Change::RemoveArgument { call, name } => {
                self.in_call(*call, "", |source, call, _| lists::remove_argument(source, call, name))
            }
            Change::AddPositional { call, value } => self
                .in_call(*call, value, |source, call, value| Some(vec![lists::add_positional(source, call, value)?])),
            Change::AddValue { annotation, code } => self.add_value(*annotation, code),
            Change::AddStatement { class, position, code } => self.add_statement(*class, *position, code),
            Change::AddBefore { class, code } => self.add_before(*class, code),
            Change::AddBehind { place, code } => self.add_behind(*place, code),
            Change::MoveImport { at, module } => {
                self.at_name(*at, |source, offset| imports::move_name(source, offset, module))
            }
            Change::ImportForRuntime { file, name } => {
                let index = self.source(*file)?;
                let (_, source, edits) = &mut self.files[index];
                edits.extend(imports::for_runtime(source, name)?);
                Some(())
            }
            Change::Import { file, module, name, when } => {
                self.want(NewImport { file: *file, module: *module, name: *name, when: *when });
                Some(())
            }
        }
    }

    fn replace(&mut self, at: Anchor, old: &str, new: &str) -> Option<()> {
        let at = self.analysis.range_of(at)?;
        let index = self.source(at.file)?;
        let (_, source, edits) = &mut self.files[index];
        (source.slice(at.range) == old).then(|| edits.push(lists::replacement(at.range, new.to_owned())))
    }

    fn add_value(&mut self, annotation: Place, code: &str) -> Option<()> {
        let at = self.analysis.expr_range(annotation)?;
        let code = self.spelled(at.file, code)?;
        let index = self.source(at.file)?;
        let (_, source, edits) = &mut self.files[index];
        let end = at.range.end as usize;
        let has_value = source.text[end..].trim_start_matches(' ').starts_with('=');
        let code = source.with_quotes(source.node_at(at.range)?, &format!(" = {code}"));
        (!has_value).then(|| edits.push(lists::insertion(end, code)))
    }

    fn wrap(&mut self, place: Place, before: &str, after: &str) -> Option<()> {
        let at = self.analysis.expr_range(place)?;
        let (before, after) = (self.spelled(at.file, before)?, self.spelled(at.file, after)?);
        let index = self.source(at.file)?;
        let (_, source, edits) = &mut self.files[index];
        let after = source.with_quotes(source.node_at(at.range)?, &after);
        for (offset, code) in [(at.range.start, before), (at.range.end, after)] {
            edits.extend((!code.is_empty()).then(|| lists::insertion(offset as usize, code)));
        }
        Some(())
    }

    fn unwrap(&mut self, whole: Place, part: Place) -> Option<()> {
        let (whole, part) = (self.analysis.expr_range(whole)?, self.analysis.expr_range(part)?);
        let index = self.source(whole.file)?;
        let (_, source, edits) = &mut self.files[index];
        let around = [(whole.range.start, part.range.start), (part.range.end, whole.range.end)];
        for (start, end) in around {
            let range = lists::range(start as usize, end as usize);
            // A comment between the two would be lost.
            if source.slice(range).contains('#') {
                return None;
            }
            edits.extend((start < end).then(|| lists::replacement(range, String::new())));
        }
        Some(())
    }

    fn make_method(&mut self, at: Anchor) -> Option<()> {
        let decorator = self.spelled(self.analysis.range_of(at)?.file, "$declared_attr")?;
        self.at_name(at, |source, offset| statements::make_method(source, offset, &decorator))
    }

    /// Makes edits around a name, given where that stands.
    fn at_name(&mut self, at: Anchor, edit: impl Fn(&Source, usize) -> Option<Vec<TextEdit>>) -> Option<()> {
        let at = self.analysis.range_of(at)?;
        let index = self.source(at.file)?;
        let (_, source, edits) = &mut self.files[index];
        edits.extend(edit(source, at.range.start as usize)?);
        Some(())
    }

    /// Makes edits in a call, given its node and the code in the words of its file.
    fn in_call(
        &mut self,
        call: Place,
        code: &str,
        edit: impl Fn(&Source, Node<'_>, &str) -> Option<Vec<TextEdit>>,
    ) -> Option<()> {
        let at = self.analysis.expr_range(call)?;
        let code = self.spelled(at.file, code)?;
        let index = self.source(at.file)?;
        let (_, source, edits) = &mut self.files[index];
        let node = source.node_at(at.range)?;
        let call = innermost(node, Kind::Call)?;
        edits.extend(edit(source, call, &code)?);
        Some(())
    }

    fn add_statement(&mut self, class: ClassId, position: Position, code: &str) -> Option<()> {
        let FileRange { file, range } = self.analysis.class_range(class)?;
        let code = self.spelled(file, code)?;
        let slot = match position {
            Position::First => Slot::First,
            Position::Last => Slot::Last,
            Position::Behind(anchor) => Slot::Behind(self.analysis.range_of(anchor)?.range.start),
        };
        let index = self.source(file)?;
        let (_, source, edits) = &mut self.files[index];
        edits.push(statements::add(source, source.node_at(range)?, slot, &code)?);
        Some(())
    }

    fn add_before(&mut self, class: ClassId, code: &str) -> Option<()> {
        let FileRange { file, range } = self.analysis.class_range(class)?;
        let code = self.spelled(file, code)?;
        let index = self.source(file)?;
        let (_, source, edits) = &mut self.files[index];
        edits.push(statements::add_before(source, source.node_at(range)?, &code)?);
        Some(())
    }

    fn add_behind(&mut self, place: Place, code: &str) -> Option<()> {
        let FileRange { file, range } = self.analysis.expr_range(place)?;
        let code = self.spelled(file, code)?;
        let index = self.source(file)?;
        let (_, source, edits) = &mut self.files[index];
        edits.push(statements::add_behind(source, source.node_at(range)?, &code)?);
        Some(())
    }

    fn want(&mut self, import: NewImport) {
        if !self.imports.contains(&import) {
            self.imports.push(import);
        }
    }

    /// Code with SQLAlchemy's names as the file calls them.
    fn spelled(&mut self, file: SourceFile, code: &str) -> Option<String> {
        let (code, needed) = names::spelled(self.analysis, file, code)?;
        for (module, name) in needed {
            self.want(NewImport { file, module: Name::from(module), name: Name::from(&name), when: Import::Always });
        }
        Some(code)
    }

    fn add_imports(&mut self) -> Option<()> {
        for import in std::mem::take(&mut self.imports) {
            let NewImport { file, module, name, when } = import;
            if names::is_known(self.analysis, file, name.as_str()) {
                continue;
            }
            let index = self.source(file)?;
            let flag = names::type_checking(self.analysis, file);
            let (_, source, edits) = &mut self.files[index];
            match when {
                Import::Always => edits.push(imports::import(source, &module, &name)?),
                Import::ForTypes => {
                    let called = flag.unwrap_or("TYPE_CHECKING");
                    if flag.is_none() {
                        edits.push(imports::import(source, "typing", called)?);
                    }
                    edits.push(imports::import_for_types(source, &module, &name, called)?);
                }
            }
        }
        Some(())
    }

    /// The place of a file's source among those read.
    fn source(&mut self, file: SourceFile) -> Option<usize> {
        if let Some(index) = self.files.iter().position(|it| it.0 == file) {
            return Some(index);
        }
        let text = &self.analysis.files.get(&file)?.text;
        self.files.push((file, Source::new(text)?, Vec::new()));
        Some(self.files.len() - 1)
    }
}

/// The innermost node of a kind that covers exactly what `node` covers.
fn innermost(node: Node<'_>, kind: Kind) -> Option<Node<'_>> {
    let mut found = None;
    let mut next = Some(node);
    while let Some(it) = next.filter(|it| it.byte_range() == node.byte_range()) {
        found = if Kind::of(it) == kind { Some(it) } else { found };
        next = it.named_child(0);
    }
    found
}
