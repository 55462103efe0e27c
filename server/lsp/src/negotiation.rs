//! What the client can do, and what the server offers it in return.

use crate::handlers::code_lens::SHOW;
use relmodel_ide::PositionEncoding;
use serde_json::Value;
use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DeclarationCapability, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions,
    GotoCapability, HoverProviderCapability, ImplementationProviderCapability, InitializeParams, MarkupKind, OneOf,
    PositionEncodingKind, RenameOptions, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentClientCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TypeDefinitionProviderCapability, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::handlers::file_rename;
use crate::handlers::semantic_tokens::LEGEND;

/// Characters after which a client asks for completions by itself: a string begins, a name goes on, a list goes on.
const TRIGGERS: &[&str] = &["\"", "'", ".", "[", ","];

/// The kind of the action that applies all safe fixes in a file.
pub(crate) const FIX_ALL: &str = "source.fixAll.relmodel";

/// The kind of the actions that rewrite what is right.
pub(crate) const REWRITE: &str = "refactor.rewrite";

/// How findings reach the client. Never both: clients would show each twice, and keep stale ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// The server sends them when they change.
    #[default]
    Push,
    /// The client asks for them.
    Pull,
}

/// Which answers with places may say where they were asked from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one capability of the protocol, named as there")]
pub(crate) struct Links {
    pub definition: bool,
    pub declaration: bool,
    pub type_definition: bool,
    pub implementation: bool,
}

impl Links {
    fn new(text: Option<&TextDocumentClientCapabilities>) -> Self {
        let takes = |it: Option<&GotoCapability>| it.and_then(|it| it.link_support) == Some(true);
        Self {
            definition: takes(text.and_then(|it| it.definition.as_ref())),
            declaration: takes(text.and_then(|it| it.declaration.as_ref())),
            type_definition: takes(text.and_then(|it| it.type_definition.as_ref())),
            implementation: takes(text.and_then(|it| it.implementation.as_ref())),
        }
    }
}

/// What was agreed with the client.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one capability of the protocol, named as there")]
pub(crate) struct Negotiated {
    /// What a column counts.
    pub encoding: PositionEncoding,
    /// How findings reach the client.
    pub delivery: Delivery,
    /// Whether the client may pull the findings of all files at once.
    pub workspace_pull: bool,
    /// Whether the client can be asked to pull findings again.
    pub diagnostic_refresh: bool,
    /// Whether the client can be asked to ask for inlay hints again.
    pub hint_refresh: bool,
    /// Whether the client can be asked to ask for code lenses again.
    pub lens_refresh: bool,
    /// Whether findings may name other places.
    pub related_information: bool,
    /// Whether a finding's code may be a link.
    pub code_description: bool,
    /// Which answers with places may say where they were asked from.
    pub links: Links,
    /// Whether the client asks what can be renamed, before it asks for a new name.
    pub prepare_rename: bool,
    /// Whether the client shows semantic tokens.
    pub semantic_tokens: bool,
    /// Whether an edit may say what it is for, and ask to be confirmed.
    pub change_annotations: bool,
    /// Whether another server of the client makes imports follow a file that is renamed.
    pub imports_follow: bool,
    /// Whether hovers may be Markdown.
    pub hover_markdown: bool,
    /// Whether documentation of a completion may be Markdown.
    pub completion_markdown: bool,
    /// Whether a completion may have places to fill in.
    pub snippets: bool,
    /// Whether an outline may have symbols within symbols.
    pub nested_symbols: bool,
    /// Whether the client can show places by a command of a lens.
    pub show_locations: bool,
    /// Whether the client can be told that there are type hierarchies; the library's answer to `initialize` cannot say so.
    pub register_type_hierarchy: bool,
    /// Whether the client takes code actions that hold their edit, and not commands alone.
    pub code_actions: bool,
    /// Whether an edit of several files may name the versions that it is meant for.
    pub document_changes: bool,
    /// Whether the server may show progress.
    pub progress: bool,
    /// Whether the client can be asked to watch files.
    pub watch_files: bool,
    /// Whether the client can be asked for its settings.
    pub configuration: bool,
    /// Whether the client can be asked to tell when they change.
    pub watch_configuration: bool,
}

impl Negotiated {
    /// What a client's capabilities come to.
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let workspace = client.workspace.as_ref();
        let text = client.text_document.as_ref();
        let published = text.and_then(|it| it.publish_diagnostics.as_ref());
        let pulled = text.and_then(|it| it.diagnostic.as_ref());
        let is_pull = pulled.is_some();
        let either = |push: Option<bool>, pull: Option<bool>| push == Some(true) || pull == Some(true);
        Self {
            encoding: encoding(client),
            delivery: if is_pull { Delivery::Pull } else { Delivery::Push },
            workspace_pull: !is_neovim(params),
            diagnostic_refresh: workspace.and_then(|it| it.diagnostics.as_ref()).and_then(|it| it.refresh_support)
                == Some(true),
            hint_refresh: workspace.and_then(|it| it.inlay_hint.as_ref()).and_then(|it| it.refresh_support)
                == Some(true),
            lens_refresh: workspace.and_then(|it| it.code_lens.as_ref()).and_then(|it| it.refresh_support)
                == Some(true),
            related_information: either(
                published.and_then(|it| it.related_information),
                pulled.and_then(|it| it.related_information),
            ),
            code_description: either(
                published.and_then(|it| it.code_description_support),
                pulled.and_then(|it| it.code_description_support),
            ),
            links: Links::new(text),
            prepare_rename: text.and_then(|it| it.rename.as_ref()).and_then(|it| it.prepare_support) == Some(true),
            semantic_tokens: text.is_some_and(|it| it.semantic_tokens.is_some()),
            change_annotations: workspace
                .and_then(|it| it.workspace_edit.as_ref())
                .is_some_and(|it| it.change_annotation_support.is_some() && it.document_changes == Some(true)),
            imports_follow: experimental(client, "importsFollow").and_then(Value::as_bool) == Some(true),
            hover_markdown: prefers_markdown(
                text.and_then(|it| it.hover.as_ref()).and_then(|it| it.content_format.as_deref()),
            ),
            completion_markdown: prefers_markdown(
                text.and_then(|it| it.completion.as_ref())
                    .and_then(|it| it.completion_item.as_ref())
                    .and_then(|it| it.documentation_format.as_deref()),
            ),
            snippets: text
                .and_then(|it| it.completion.as_ref())
                .and_then(|it| it.completion_item.as_ref())
                .and_then(|it| it.snippet_support)
                == Some(true),
            nested_symbols: text
                .and_then(|it| it.document_symbol.as_ref())
                .and_then(|it| it.hierarchical_document_symbol_support)
                == Some(true),
            register_type_hierarchy: text
                .and_then(|it| it.type_hierarchy.as_ref())
                .and_then(|it| it.dynamic_registration)
                == Some(true),
            show_locations: has_command(client, SHOW),
            code_actions: text
                .and_then(|it| it.code_action.as_ref())
                .is_some_and(|it| it.code_action_literal_support.is_some()),
            document_changes: workspace.and_then(|it| it.workspace_edit.as_ref()).and_then(|it| it.document_changes)
                == Some(true),
            progress: client.window.as_ref().and_then(|it| it.work_done_progress) == Some(true),
            watch_files: workspace
                .and_then(|it| it.did_change_watched_files.as_ref())
                .and_then(|it| it.dynamic_registration)
                == Some(true),
            configuration: workspace.and_then(|it| it.configuration) == Some(true),
            watch_configuration: workspace
                .and_then(|it| it.did_change_configuration.as_ref())
                .and_then(|it| it.dynamic_registration)
                == Some(true),
        }
    }

    /// What the server offers.
    pub(crate) fn capabilities(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(match self.encoding {
                PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
                PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
                PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                ..TextDocumentSyncOptions::default()
            })),
            completion_provider: Some(CompletionOptions {
                resolve_provider: Some(true),
                trigger_characters: Some(TRIGGERS.iter().map(|it| (*it).to_owned()).collect()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            declaration_provider: Some(DeclarationCapability::Simple(true)),
            type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
            implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: self.semantic_tokens.then(|| {
                SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                    legend: SemanticTokensLegend { token_types: LEGEND.to_vec(), token_modifiers: Vec::new() },
                    full: Some(SemanticTokensFullOptions::Bool(true)),
                    ..SemanticTokensOptions::default()
                })
            }),
            rename_provider: Some(if self.prepare_rename {
                OneOf::Right(RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            } else {
                OneOf::Left(true)
            }),
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![
                        CodeActionKind::QUICKFIX,
                        CodeActionKind::new(REWRITE),
                        CodeActionKind::new(FIX_ALL),
                    ]),
                    ..CodeActionOptions::default()
                })
            }),
            diagnostic_provider: (self.delivery == Delivery::Pull).then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("relmodel".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: self.workspace_pull,
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                    will_rename: Some(file_rename::filters()),
                    did_rename: Some(file_rename::filters()),
                    ..WorkspaceFileOperationsServerCapabilities::default()
                }),
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// UTF-8 needs no conversion and UTF-32 little; UTF-16 is what is left.
fn encoding(client: &ClientCapabilities) -> PositionEncoding {
    let offered = client.general.as_ref().and_then(|it| it.position_encodings.as_deref()).unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        PositionEncoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32) {
        PositionEncoding::Utf32
    } else {
        PositionEncoding::Utf16
    }
}

/// What a client says under `experimental`.
fn experimental<'a>(client: &'a ClientCapabilities, name: &str) -> Option<&'a Value> {
    client.experimental.as_ref()?.get(name)
}

/// Whether a client says under `experimental.commands` that it has a command.
fn has_command(client: &ClientCapabilities, command: &str) -> bool {
    let commands = experimental(client, "commands").and_then(Value::as_array);
    commands.is_some_and(|it| it.iter().any(|it| it == command))
}

fn prefers_markdown(formats: Option<&[MarkupKind]>) -> bool {
    formats.unwrap_or_default().first() == Some(&MarkupKind::Markdown)
}

/// Whether this is Neovim. Asked to pull again, it pulls all files at once if it may, and drops what it hears of open
/// ones, whose findings then stay as they were until they are edited (0.12).
fn is_neovim(params: &InitializeParams) -> bool {
    params.client_info.as_ref().is_some_and(|it| it.name == "Neovim")
}
