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

-- The configuration that `setup` has made, in versions that keep none themselves.
local started

local function start_by_autocommand(config)
  local program = config.cmd[1]
  started = config
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

-- When servers ended by themselves, as seconds of the clock. One that keeps ending is not started for ever.
local ends = {}
local RESTARTS, SPAN_SECONDS = 4, 180
-- How Neovim ends a server that it was told to end by force.
local SIGTERM = 15

--- Starts servers again for the Python files that are open, in whichever way they were started first.
local function start_again()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.enable('relmodel')
    return
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(started.filetypes, vim.bo[buffer].filetype) then
      attach(started, buffer)
    end
  end
end

--- Called when a server has ended. One that was not told to is told of, and started again.
---@param code integer its exit status
---@param signal integer the signal that ended it, or 0
function M.on_exit(code, signal)
  local is_meant = code == 0 and signal == 0 or signal == SIGTERM
  if is_meant or vim.v.exiting ~= vim.NIL then
    return
  end
  local now = os.time()
  ends = vim.tbl_filter(function(it)
    return now - it < SPAN_SECONDS
  end, ends)
  table.insert(ends, now)
  local again = #ends <= RESTARTS
  local rest = again and 'it is started again' or 'it is not started again; see :checkhealth relmodel'
  vim.schedule(function()
    vim.notify('relmodel: the server ended unexpectedly; ' .. rest, vim.log.levels.WARN)
  end)
  if again then
    -- The client that ended is forgotten only after this call.
    vim.defer_fn(start_again, 500)
  end
end

--- Says that the program is missing. From 0.12 on Neovim passes over that without a word; before, it says so itself.
function M.tell_missing()
  local program = M.command()[1]
  if vim.lsp.is_enabled and vim.lsp.is_enabled('relmodel') and vim.fn.executable(program) == 0 then
    vim.schedule(function()
      vim.notify('relmodel: there is no program `' .. program .. '`; see :checkhealth relmodel', vim.log.levels.WARN)
    end)
  end
end

--- The command that starts the server, as it is configured.
function M.command()
  local configured = vim.fn.has('nvim-0.11') == 1 and vim.lsp.config.relmodel
  return (configured or started or defaults()).cmd
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
