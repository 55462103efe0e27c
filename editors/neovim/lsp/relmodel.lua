-- The server's configuration as Neovim 0.11 and newer look for it: a file `lsp/NAME.lua` on 'runtimepath'.
-- It holds data only; `lua/relmodel/init.lua` reads the same table for older versions.
---@type vim.lsp.Config
return {
  cmd = { 'relmodel', 'server' },
  filetypes = { 'python' },
  on_exit = function(...)
    require('relmodel').on_exit(...)
  end,
  root_markers = { 'pyproject.toml', 'relmodel.toml', 'setup.py', '.git' },
}
