//! Rename of a class, a relationship, a column's attribute, a table, a column or a backref, wherever their names stand.
//!
//! The database stays as it is unless it is a table's or a column's name that is renamed: a column whose name was its
//! attribute's is given that name in words. What cannot be seen in full is refused, with the reason.

mod check;
mod keep;

use rayon::prelude::*;
use relmodel_model::{
    ClassId, Db, Member, MemberKind, Name, SourceFile, TableId, TableSource, class_info, mapped, member, members,
    own_attribute,
};
use relmodel_syntax::{TextEdit, TextRange};
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::changes::render;
use crate::names::{Code, Compared, Doubt, Identity, Named, Spelling, Symbol, identity, takers, with_code};
use crate::references::{Home, OutsideFile};

pub(crate) use check::is_identifier;

/// What may be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// The name, in bytes.
    pub range: TextRange,
    /// The name as it is now.
    pub name: String,
}

/// The edits of a rename.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rename {
    /// The files it changes, with edits that are sorted and do not overlap.
    pub files: Vec<(Home, Vec<RenameEdit>)>,
}

/// An edit of a rename.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameEdit {
    /// The edit.
    pub edit: TextEdit,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an edit of a rename is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It changes the name.
    Name,
    /// It keeps the name that the database knows.
    KeepDatabase,
    /// It changes a name that may be meant: what it belongs to cannot be told.
    Doubtful,
}

/// Why something cannot be renamed, in words for the user.
pub type Refusal = String;

/// What is renamed, and how.
struct Renaming<'a> {
    own: Identity,
    /// What has to be called alike, itself included.
    together: Vec<Identity>,
    old: Name,
    new: &'a str,
}

impl Analysis {
    /// What would be renamed at `offset`, or why it cannot be; `None` if the name there means nothing to SQLAlchemy, or is one
    /// of the file's own for something, which is for others to rename.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn renamable(&self, file: FileId, offset: u32) -> Result<Option<Result<Renamable, Refusal>>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset).filter(|it| it.spelling != Spelling::Variable)?;
            let own = identity(&self.db, &named.symbol, named.spelling);
            let name = self.word_said(file, &named, own)?;
            if named.is_literal && self.text_at(file, named.range) != name.as_str() {
                return None;
            }
            let renamable = Renamable { range: named.range, name: name.to_string() };
            Some(self.refused(&named, own).map_or(Ok(renamable), Err))
        })
    }

    /// The edits that call what stands at `offset` by another name, or why that cannot be done. `outside` are the files with
    /// one of its words that the analysis does not hold.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn rename(
        &self,
        file: FileId,
        offset: u32,
        new: &str,
        outside: &[OutsideFile],
    ) -> Result<Option<Result<Rename, Refusal>>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset).filter(|it| it.spelling != Spelling::Variable)?;
            let own = identity(&self.db, &named.symbol, named.spelling);
            let old = self.word_said(file, &named, own)?;
            if let Some(refusal) = self.refused(&named, own).or_else(|| check::refuses(&self.db, own, old, new)) {
                return Some(Err(refusal));
            }
            if old == new {
                return Some(Ok(Rename::default()));
            }
            let refusal = check::called_after(&self.db, &self.files(), own);
            Some(refusal.map_or_else(|| self.renamed(own, old, new, outside), Err))
        })
    }

    /// The word that is renamed: of a column with two names, the one that the cursor stands on.
    fn word_said(&self, file: FileId, named: &Named, own: Identity) -> Option<Name> {
        match named.spelling {
            Spelling::Database => Some(Name::from(&self.text_at(file, named.range))),
            _ => self.word_of(own),
        }
    }

    /// Why a name cannot be renamed at all.
    fn refused(&self, named: &Named, own: Identity) -> Option<Refusal> {
        if !named.is_literal {
            return Some("the name is put together by an expression, which rename cannot change".to_owned());
        }
        let db: &dyn Db = &self.db;
        match own {
            Identity::Attribute(class, name) => {
                let (owner, found) = member(db, class, name)?;
                is_called_after_column(db, owner, found)
                    .then(|| format!("`{name}` is called as its column is: rename that where the table is made"))
            }
            Identity::Column(id, _) => {
                let is_nameless = relmodel_model::table(db, id).as_ref()?.key.is_none();
                is_nameless.then(|| "what its table is called cannot be told, nor what refers to it".to_owned())
            }
            Identity::Table(id) => {
                let data = relmodel_model::table(db, id).as_ref()?;
                let is_call = matches!(id.source(db), TableSource::Call(_));
                let is_read = data.is_extended && (is_call || !data.is_redefinable);
                is_read.then(|| "the table is read from the database, which rename cannot change".to_owned())
            }
            _ => None,
        }
    }

    /// What has to be called alike.
    fn renamed_together(&self, own: Identity) -> Result<Vec<Identity>, Refusal> {
        let db: &dyn Db = &self.db;
        let mut res = vec![own];
        res.extend(self.in_other_turns(own));
        // The attributes of a class that is mapped to a `Table(...)` are called as the columns are.
        for it in res.clone() {
            let Identity::Column(table, key) = it else { continue };
            if !matches!(table.source(db), TableSource::Call(_)) {
                continue;
            }
            let files = self.files();
            let classes = files.iter().flat_map(|it| relmodel_model::file_classes(db, it.0).iter().copied());
            let is_user = |it: &ClassId| mapped(db, *it).as_ref().is_some_and(|it| it.table == Some(table));
            for class in classes.filter(is_user) {
                let is_it = |it: &&Member| it.name == key && is_called_after_column(db, class, it);
                let Some(found) = members(db, class).iter().find(is_it) else { continue };
                let owner = if found.at.is_some() { found.declared_in } else { class };
                let is_other = |it: &ClassId| mapped(db, *it).is_some() && !class_info(db, *it).mro.contains(&class);
                if owner != class && takers(db, owner).iter().any(is_other) {
                    let (class, owner) = (class.name(db), owner.name(db));
                    return Err(format!(
                        "`{class}.{key}` is called as it is, which `{owner}` annotates for others, too"
                    ));
                }
                res.push(Identity::Attribute(owner, key));
            }
        }
        Ok(res)
    }

    fn renamed(&self, own: Identity, old: Name, new: &str, outside: &[OutsideFile]) -> Result<Rename, Refusal> {
        let renaming = Renaming { own, together: self.renamed_together(own)?, old, new };
        let mut told = self.told_everywhere();
        let inside = self.files_with(&[old.to_string()]).into_iter();
        let inside: Vec<_> = inside.map(|it| (it, told.remove(&it).unwrap_or_default())).collect();
        self.told_by_expressions(&told, &renaming)?;
        // Parsing takes most of the time, so files are read side by side.
        let inside = inside.into_par_iter().map_with(self.clone(), |analysis, (file, told)| {
            Ok((Home::File(FileId(file)), analysis.edits_in(file, told, &renaming)?))
        });
        let outside = outside.par_iter().enumerate().map_with(self.clone(), |analysis, (index, it)| {
            let edits = analysis.name_edits(analysis.code_of(it), (&it.path, &it.text), &renaming)?;
            Ok((Home::Outside(index), edits))
        });
        // Of several reasons to refuse it, the first one is told.
        let all: Vec<Result<_, Refusal>> = inside.chain(outside).collect();
        let mut res = Rename { files: all.into_iter().collect::<Result<_, _>>()? };
        let keeps = keep::changes(&self.db, own, old, new)?;
        let Some(rendered) = render(self, &keeps) else {
            return Err("the name in the database cannot be kept".to_owned());
        };
        for (file, edits) in rendered {
            let kept = edits.into_iter().map(|edit| RenameEdit { edit, purpose: keep::purpose(own) });
            match res.files.iter_mut().find(|it| it.0 == Home::File(FileId(file))) {
                Some((_, known)) => known.extend(kept),
                None => res.files.push((Home::File(FileId(file)), kept.collect())),
            }
        }
        res.files.retain(|it| !it.1.is_empty());
        for (_, edits) in &mut res.files {
            edits.sort_by_key(|it| (it.edit.range.start, it.edit.range.end));
        }
        Ok(res)
    }

    /// Refuses what an expression says that is put together in one of these files, which do not hold the name as a word.
    fn told_by_expressions(
        &self,
        told: &FxHashMap<SourceFile, Vec<Named>>,
        renaming: &Renaming<'_>,
    ) -> Result<(), Refusal> {
        let is_database = |it: &Named| matches!(it.symbol, Symbol::Table(_) | Symbol::Column(..));
        let is_made = |it: &Named| !it.is_literal && it.spelling == Spelling::Own && is_database(it);
        let made = told.iter().flat_map(|(file, names)| names.iter().map(|it| (FileId(*file), it)));
        let made = made.filter(|(_, it)| is_made(it) && self.is_meant(it, &renaming.together));
        let Some((file, it)) = made.min_by_key(|(file, it)| (self.path(*file), it.range.start)) else { return Ok(()) };
        let refusal = put_together(renaming.old, &self.text(file).to_string(), it.range);
        Err(format!("{refusal} of {}", file_name(self.path(file))))
    }

    /// The edits of a file of the analysis, given the names in it that strings and declarations say.
    fn edits_in(
        &self,
        file: SourceFile,
        told: Vec<Named>,
        renaming: &Renaming<'_>,
    ) -> Result<Vec<RenameEdit>, Refusal> {
        let Renaming { own, old, new, .. } = *renaming;
        let text = self.text(FileId(file)).to_string();
        let mut code = self.code_of_file(file);
        let is_inside =
            |known: &Named, range: TextRange| known.range.start >= range.start && known.range.end <= range.end;
        // What the model follows in each turn of a loop is told by its names.
        code.made_keys.retain(|it| !told.iter().any(|known| is_inside(known, it.range)));
        let may_mean = |key: &str| code.made_keys.iter().find(|it| it.may_be(key)).map(|it| it.range);
        if let Some(range) = check::keys_of(&self.db, own).iter().find_map(|it| may_mean(it)) {
            return Err(put_together(old, &text, range));
        }
        code.names = with_code(told, std::mem::take(&mut code.names));
        let is_told = |it: &TextRange| code.names.iter().any(|known| is_inside(known, *it));
        let mut targets = code.targets.iter().filter(|it| it.0 == old).map(|it| it.1);
        if let (Identity::Class(_), Some(range)) = (own, targets.find(|it| !is_told(it))) {
            let line = line_of(&text, range);
            let file = file_name(self.path(FileId(file)));
            return Err(format!("what `{old}` means in line {line} of {file} cannot be told"));
        }
        let untold = code.said_keys.iter().filter(|it| !is_told(&it.last) && !it.before.is_some_and(|it| is_told(&it)));
        let asked: Vec<TextRange> = untold.filter_map(|it| check::said_by(&self.db, own, it)).collect();
        let mut edits = self.name_edits(code, (self.path(FileId(file)), &text), renaming)?;
        edits.extend(asked.into_iter().map(|range| RenameEdit {
            edit: TextEdit { range, replacement: new.to_owned() },
            purpose: Purpose::Doubtful,
        }));
        if let (Identity::Class(_), false) = (own, edits.is_empty()) {
            check::is_free_in(&self.db, file, new)?;
        }
        Ok(edits)
    }

    /// The edits of one file's names.
    fn name_edits(
        &self,
        code: Code,
        (path, text): (&str, &str),
        renaming: &Renaming<'_>,
    ) -> Result<Vec<RenameEdit>, Refusal> {
        let Code { names, doubts, compared, fields, .. } = code;
        let Renaming { together, old, new, .. } = renaming;
        let at = |range: TextRange| text.get(range.start as usize..range.end as usize).unwrap_or_default();
        let edit = |range: TextRange, purpose| {
            let edit = TextEdit { range, replacement: (*new).to_owned() };
            RenameEdit { edit, purpose }
        };
        let mut res: Vec<RenameEdit> = Vec::new();
        for it in names.iter().filter(|it| it.spelling != Spelling::Variable && self.is_meant(it, together)) {
            if !it.is_literal && it.spelling != Spelling::Database {
                return Err(put_together(*old, text, it.range));
            }
            let edit = edit(it.range, Purpose::Name);
            if at(it.range) == old.as_str() && !res.contains(&edit) {
                res.push(edit);
            }
        }
        for it in fields.iter().filter(|it| self.is_meant(&it.named, together)) {
            res.extend(it.made_from(new, text).map(|edit| RenameEdit { edit, purpose: Purpose::Name }));
        }
        let is_attribute = |it: &Identity| matches!(it, Identity::Attribute(..) | Identity::Backref(..));
        let has_attribute = together.iter().any(is_attribute);
        let has_column = together.iter().any(|it| matches!(it, Identity::Column(..)));
        let is_of = |table: TableId| together.iter().any(|it| matches!(it, Identity::Column(of, _) if *of == table));
        let is_compared = |it: &&Compared| it.name == *old && has_column && it.table.is_none_or(is_of);
        if let Some(Compared { range, .. }) = compared.iter().find(is_compared) {
            let (line, file) = (line_of(text, *range), file_name(path));
            return Err(format!("the name of a column is compared with `{old}`, in line {line} of {file}"));
        }
        let may_be_meant = |it: &Doubt| it.name == *old && (has_attribute || (has_column && it.is_column));
        let is_known = |it: &TextRange| names.iter().any(|known| known.range == *it);
        let doubts = doubts.into_iter().filter(may_be_meant).map(|it| it.range);
        let doubts = doubts.filter(|it| !is_known(it) && at(*it) == old.as_str());
        res.extend(doubts.map(|it| edit(it, Purpose::Doubtful)));
        Ok(res)
    }

    fn text_at(&self, file: FileId, range: TextRange) -> String {
        let text = self.text(file);
        text.get_byte_slice(range.start as usize..range.end as usize).map(|it| it.to_string()).unwrap_or_default()
    }
}

/// Whether an attribute takes the column of its name from a table that is made elsewhere.
fn is_called_after_column(db: &dyn Db, class: ClassId, it: &Member) -> bool {
    let MemberKind::Column(column) = &it.kind else { return false };
    let table = mapped(db, class).as_ref().and_then(|it| it.table);
    let is_elsewhere = table.is_some_and(|it| matches!(it.source(db), TableSource::Call(_)));
    let has_value = own_attribute(db, it.declared_in, it.name).is_some_and(|it| it.value.is_some());
    it.at.is_none() || (is_elsewhere && !has_value && column.key == it.name)
}

fn put_together(name: Name, text: &str, range: TextRange) -> Refusal {
    let line = line_of(text, range);
    format!("`{name}` is also named by an expression that is put together, in line {line}")
}

fn line_of(text: &str, range: TextRange) -> usize {
    text.get(..range.start as usize).unwrap_or_default().matches('\n').count() + 1
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
