//! Starts relmodel in Zed: the program of the settings, or else the one on PATH. It holds no other logic.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json, LanguageServerId, Result};

struct Relmodel;

impl zed::Extension for Relmodel {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &zed::Worktree) -> Result<zed::Command> {
        let chosen = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, arguments) = chosen.map_or((None, None), |it| (it.path, it.arguments));
        let command = path.or_else(|| worktree.which("relmodel")).ok_or(
            "there is no program `relmodel` on PATH; install it, or name it in the settings under lsp.relmodel.binary.path",
        )?;
        let args = arguments.unwrap_or_else(|| vec!["server".into()]);
        Ok(zed::Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|it| serde_json::json!({ "relmodel": it })))
    }
}

zed::register_extension!(Relmodel);
