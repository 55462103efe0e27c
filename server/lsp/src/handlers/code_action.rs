//! `textDocument/codeAction`: the fixes of findings, the comments that ignore them, and all safe fixes of a file at once.

use std::sync::Arc;

use relmodel_ide::{Cancelled, Feature, FileEdits, FileId, Fix, Fixable, Rope, TextRange, chosen, offset_at};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse};

use crate::convert;
use crate::negotiation::{FIX_ALL, REWRITE};
use crate::read::read;
use crate::session::Session;
use crate::writer::Snapshot;

pub(crate) async fn handle(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    let Some(key) = session.documents.key(&params.text_document.uri) else { return Ok(None) };
    if !session.negotiated().code_actions {
        return Ok(None);
    }
    session.documents.settled(&key).await;
    let it = Arc::clone(session);
    read(session, move |snapshot| {
        let Some(file) = snapshot.analysis.file(&key) else { return Ok(None) };
        let menu = Menu { session: &it, snapshot, file, text: snapshot.analysis.text(file) };
        let wanted = params.context.only.as_deref();
        let mut res = Vec::new();
        if is_wanted(wanted, CodeActionKind::QUICKFIX.as_str()) {
            res.extend(menu.quick_fixes(menu.bytes(params.range))?);
            res.extend(menu.ignores(menu.bytes(params.range))?);
        }
        if is_wanted(wanted, REWRITE) && snapshot.analysis.offers(file, Feature::Refactorings) {
            res.extend(menu.rewrites(menu.bytes(params.range))?);
        }
        if is_wanted(wanted, FIX_ALL) {
            res.extend(menu.fix_all(wanted.is_some())?);
        }
        Ok((!res.is_empty()).then(|| res.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
    })
    .await
}

/// Whether a client that asks for these kinds, if for any, wants this one: `source` stands for `source.fixAll` too.
fn is_wanted(wanted: Option<&[CodeActionKind]>, kind: &str) -> bool {
    let holds = |it: &CodeActionKind| {
        kind.strip_prefix(it.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    wanted.is_none_or(|it| it.iter().any(holds))
}

/// What actions are made from.
struct Menu<'a> {
    session: &'a Session,
    snapshot: &'a Snapshot,
    file: FileId,
    text: Rope,
}

impl Menu<'_> {
    fn bytes(&self, range: tower_lsp::ls_types::Range) -> TextRange {
        let at = |it| offset_at(&self.text, convert::from_position(it), self.session.negotiated().encoding);
        TextRange::new(at(range.start), at(range.end))
    }

    fn quick_fixes(&self, range: TextRange) -> std::result::Result<Vec<CodeAction>, Cancelled> {
        let found = self.snapshot.analysis.fixes(self.file, Some(range))?;
        let offered = |it: &Fixable| -> Vec<CodeAction> {
            it.fixes.iter().filter(|fix| self.is_own(fix)).filter_map(|fix| self.quick_fix(it, fix)).collect()
        };
        Ok(found.iter().flat_map(offered).collect())
    }

    /// Whether a fix changes nothing but the user's own files, and none of a package.
    fn is_own(&self, fix: &Fix) -> bool {
        fix.files.iter().all(|it| self.snapshot.is_own(self.snapshot.analysis.path(it.file)))
    }

    /// The comments that keep findings from being reported; never preferred to a fix.
    fn ignores(&self, range: TextRange) -> std::result::Result<Vec<CodeAction>, Cancelled> {
        let found = self.snapshot.analysis.ignore_comments(self.file, range)?;
        Ok(found.iter().flat_map(|it| it.fixes.iter().filter_map(|fix| self.quick_fix(it, fix))).collect())
    }

    /// What rewrites code that is right.
    fn rewrites(&self, range: TextRange) -> std::result::Result<Vec<CodeAction>, Cancelled> {
        let client = (&*self.session.documents, self.session.negotiated());
        let action = |fix: &Fix| {
            Some(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::REFACTOR_REWRITE),
                edit: Some(convert::workspace_edit(self.snapshot, &fix.files, client)?),
                ..CodeAction::default()
            })
        };
        let found = self.snapshot.analysis.actions(self.file, range)?;
        Ok(found.iter().filter(|it| self.is_own(it)).filter_map(action).collect())
    }

    fn quick_fix(&self, fixable: &Fixable, fix: &Fix) -> Option<CodeAction> {
        let client = (&*self.session.documents, self.session.negotiated());
        let diagnostic = convert::diagnostic(self.snapshot, &self.text, fixable.diagnostic.clone(), client);
        Some(CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic]),
            edit: Some(convert::workspace_edit(self.snapshot, &fix.files, client)?),
            is_preferred: fixable.preferred().is_some_and(|it| it == fix).then_some(true),
            ..CodeAction::default()
        })
    }

    /// All safe fixes that change this file alone: an editor may apply them whenever it saves it. Whoever has not
    /// asked for it is offered it only where it does more than a single fix.
    fn fix_all(&self, is_asked_for: bool) -> std::result::Result<Option<CodeAction>, Cancelled> {
        let found = self.snapshot.analysis.fixes(self.file, None)?;
        let is_local = |fix: &&Fix| fix.files.iter().all(|it| it.file == self.file);
        let taken = chosen(found.iter().filter_map(Fixable::preferred).filter(is_local), |it| *it);
        if taken.is_empty() || (!is_asked_for && taken.len() < 2) {
            return Ok(None);
        }
        let edits = taken.iter().flat_map(|it| &it.files).flat_map(|it| it.edits.clone()).collect();
        let mut files = FileEdits { file: self.file, edits };
        files.edits.sort_by_key(|it| (it.range.start, it.range.end));
        let client = (&*self.session.documents, self.session.negotiated());
        Ok(convert::workspace_edit(self.snapshot, &[files], client).map(|edit| CodeAction {
            title: "Fix all that relmodel can fix safely".to_owned(),
            kind: Some(CodeActionKind::new(FIX_ALL)),
            edit: Some(edit),
            ..CodeAction::default()
        }))
    }
}
