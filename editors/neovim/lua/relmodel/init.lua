-- Owns the start of the server in every version of Neovim from 0.7 on: `require('relmodel').setup()`.
-- It hands over to the built-in client and must not know what the server can do.
local M = {}

--- The table of `lsp/relmodel.lua`, which is found beside this file whatever 'runtimepath' holds.
local function defaults()
  local here = debug.getinfo(1, 'S').source:sub(2)
  return dofile(vim.fn.fnamemodify(here, ':p:h:h:h') .. '/lsp/relmodel.lua')
end

--- The nearest folder at or above `folder` that holds one of the markers, or nil.
local function root_of(folder, markers)
  local stat = vim.loop.fs_stat
  while true do
    for _, marker in ipairs(markers) do
      if stat(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

-- Neovim 0.7 has no vim.lsp.start: one client for each root is kept here.
local clients = {}

local function start_client(config, buffer)
  local id = clients[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

local function attach(config, buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == '' or vim.bo[buffer].buftype ~= '' then
    return
  end
  local folder = vim.fn.fnamemodify(name, ':p:h')
  local own = vim.tbl_extend('force', {}, config)
  own.name = 'relmodel'
  own.root_dir = root_of(folder, config.root_markers) or folder
  own.filetypes, own.root_markers = nil, nil
  if vim.lsp.start then
    vim.lsp.start(own, { bufnr = buffer })
  else
    start_client(own, buffer)
  end
end

-- The command that `setup` was given, for versions that keep no configuration.
local started

local function start_by_autocommand(config)
  local program = config.cmd[1]
  started = config.cmd
  if vim.fn.executable(program) == 0 then
    vim.notify('relmodel: there is no program `' .. program .. '` on PATH', vim.log.levels.ERROR)
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('relmodel', { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      -- Neovim 0.7 gives no buffer in the event.
      attach(config, event and event.buf or vim.api.nvim_get_current_buf())
    end,
  })
end

--- Starts the server for Python files.
---
--- `options` are those of the built-in client, for example `cmd` or `on_attach`; they replace the defaults of
--- `lsp/relmodel.lua`. From 0.11 on this is the same as `vim.lsp.config` followed by `vim.lsp.enable`.
---@param options table|nil
function M.setup(options)
  if vim.fn.has('nvim-0.11') == 1 then
    if options then
      vim.lsp.config('relmodel', options)
    end
    vim.lsp.enable('relmodel')
    return
  end
  start_by_autocommand(vim.tbl_extend('force', defaults(), options or {}))
end

--- The command that starts the server, as it is configured.
function M.command()
  local configured = vim.fn.has('nvim-0.11') == 1 and vim.lsp.config.relmodel
  return configured and configured.cmd or started or defaults().cmd
end

--- The clients that run, of one buffer or of all.
---@param buffer integer|nil
function M.clients(buffer)
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ name = 'relmodel', bufnr = buffer })
  end
  local all = buffer and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_active_clients()
  return vim.tbl_filter(function(it)
    return it.name == 'relmodel'
  end, vim.tbl_values(all))
end

return M
