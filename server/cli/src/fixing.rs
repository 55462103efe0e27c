//! `check --fix`: pass after pass in memory, until nothing more can be fixed; then the files are written, or shown as
//! differences.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use relmodel_ide::{Analysis, Cancelled, FileId, Fix, Fixable, PositionEncoding, chosen, position_at, surviving};
use similar::TextDiff;

use crate::Status;
use crate::arguments::Fixing;
use crate::output::Output;
use crate::projects::{Paths, Project};

/// A fix may make another one possible, as that of a target makes that of its other side. Should two undo each other,
/// this ends them.
const MAX_PASSES: i32 = 10;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What was fixed.
#[derive(Debug, Default)]
pub(crate) struct Fixed {
    /// A line for each finding.
    lines: Vec<String>,
    /// The texts before and after, by key.
    texts: BTreeMap<String, (String, String)>,
}

/// A finding that is fixed in a pass.
struct Taken {
    file: FileId,
    fixable: Fixable,
    fix: Fix,
}

impl Fixed {
    /// Fixes what can be fixed in a project, in memory: findings at the given paths, wherever in the project's own files
    /// they have to be mended.
    pub(crate) fn add(&mut self, project: &mut Project, paths: &Paths, fixing: Fixing, output: &mut Output) {
        for pass in 1..=MAX_PASSES {
            let taken = match surviving(|| taken(project, fixing)) {
                Ok(taken) => taken,
                Err(lost) => {
                    output.complain(format_args!("fixes are not known: {lost}"));
                    break;
                }
            };
            if taken.is_empty() {
                break;
            }
            self.lines.extend(taken.iter().map(|it| line(&project.analysis, it, paths)));
            let texts = texts(&project.analysis, &taken);
            for (key, (old, new)) in &texts {
                let entry = self.texts.entry(key.clone()).or_insert_with(|| (old.clone(), String::new()));
                entry.1.clone_from(new);
            }
            project.set_texts(texts.iter().map(|(key, (_, new))| (key.as_str(), new.as_str())), pass);
        }
    }

    /// Writes the files that changed, and says so; complains about those that cannot be written.
    pub(crate) fn write(&self, paths: &Paths, output: &mut Output) {
        for (key, old, new) in self.changed() {
            if let Err(error) = write(Path::new(key), old, new) {
                output.complain(format_args!("{}: not fixed: {error}", paths.shown(key)));
            }
        }
        self.describe("fixed", output);
    }

    /// Prints the differences of the files that would change, as `patch` and `git apply` take them. The status tells
    /// whether there are any.
    pub(crate) fn show(&self, paths: &Paths, output: &mut Output) -> Status {
        let mut written = Ok(());
        for (key, old, new) in self.changed() {
            let shown = paths.shown(key);
            let diff = TextDiff::from_lines(old, new);
            let diff = diff.unified_diff().header(&format!("a/{shown}"), &format!("b/{shown}")).to_string();
            written = written.and_then(|()| output.result().write_all(diff.as_bytes()));
        }
        self.describe("would fix", output);
        output.finish(written, if self.lines.is_empty() { Status::Clean } else { Status::Errors })
    }

    fn changed(&self) -> impl Iterator<Item = (&String, &String, &String)> {
        self.texts.iter().filter(|(_, (old, new))| old != new).map(|(key, (old, new))| (key, old, new))
    }

    /// What was fixed, line by line, and how much it is.
    fn describe(&self, verb: &str, output: &mut Output) {
        if self.lines.is_empty() {
            return;
        }
        for line in &self.lines {
            output.note(line);
        }
        let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        let n_files = self.changed().count();
        output.note(format_args!("{verb} {} in {}", count(self.lines.len(), "finding"), count(n_files, "file")));
    }
}

/// The findings to fix now: no two of their fixes touch each other.
fn taken(project: &Project, fixing: Fixing) -> Result<Vec<Taken>, Cancelled> {
    let mut res = Vec::new();
    for &file in &project.files {
        for fixable in project.analysis.fixes(file, None)? {
            let first = fixable.fixes.first().filter(|_| fixing.unsafe_fixes);
            let fix = fixable.preferred().or(first).cloned();
            if let Some(fix) = fix.filter(|it| it.files.iter().all(|it| project.is_own(it.file))) {
                res.push(Taken { file, fixable, fix });
            }
        }
    }
    Ok(chosen(res, |it| &it.fix))
}

/// The texts before and after, of the files that a pass changes.
fn texts(analysis: &Analysis, taken: &[Taken]) -> BTreeMap<String, (String, String)> {
    let mut edits = BTreeMap::new();
    for file in taken.iter().flat_map(|it| &it.fix.files) {
        let own: &mut Vec<_> = edits.entry(analysis.path(file.file)).or_default();
        own.extend(file.edits.iter().map(|it| (file.file, it)));
    }
    let mut res = BTreeMap::new();
    for (key, mut edits) in edits {
        edits.sort_by_key(|(_, it)| (it.range.start, it.range.end));
        let Some(old) = edits.first().map(|(file, _)| analysis.text(*file).to_string()) else { continue };
        let mut new = old.clone();
        for (_, edit) in edits.iter().rev() {
            new.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
        }
        res.insert(key.to_owned(), (old, new));
    }
    res
}

fn line(analysis: &Analysis, taken: &Taken, paths: &Paths) -> String {
    let Taken { file, fixable, fix } = taken;
    let start = position_at(&analysis.text(*file), fixable.diagnostic.range.start, PositionEncoding::Utf32);
    let path = paths.shown(analysis.path(*file));
    format!("{path}:{}: fixed[{}]: {}", start.line + 1, fixable.diagnostic.code, fix.title)
}

/// Puts a text in the place of the one that was read, in one step, so that nobody ever reads half of it.
fn write(path: &Path, old: &str, new: &str) -> io::Result<()> {
    // A link stays one.
    let path = path.canonicalize()?;
    let content = String::from_utf8(std::fs::read(&path)?);
    let Ok(content) = content else { return Err(io::Error::other("not written in UTF-8")) };
    let (mark, read) = match content.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (BYTE_ORDER_MARK, rest),
        None => ("", content.as_str()),
    };
    if read != old {
        return Err(io::Error::other("it was changed meanwhile"));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(mark.as_bytes())?;
    file.write_all(new.as_bytes())?;
    file.as_file().set_permissions(std::fs::metadata(&path)?.permissions())?;
    file.persist(&path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn a_file_is_replaced_only_as_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("models.py");
        std::fs::write(&path, "\u{feff}a = 1\r\n").unwrap();
        assert!(write(&path, "a = 2\r\n", "b = 1\r\n").is_err());
        write(&path, "a = 1\r\n", "b = 1\r\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "\u{feff}b = 1\r\n");
        std::fs::write(&path, b"a = '\xff'").unwrap();
        assert!(write(&path, "a = '\u{fffd}'", "b = 1").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
