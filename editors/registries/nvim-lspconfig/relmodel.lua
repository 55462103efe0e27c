---@brief
---
--- https://github.com/relmodel/relmodel
---
--- A language server for SQLAlchemy model files: diagnostics for what SQLAlchemy raises when it configures the mappers,
--- definition, completion and hover inside the strings that it reads. It can be installed with `pip install relmodel`.

---@type vim.lsp.Config
return {
  cmd = { 'relmodel', 'server' },
  filetypes = { 'python' },
  root_markers = { 'pyproject.toml', 'relmodel.toml', 'setup.py', '.git' },
}
