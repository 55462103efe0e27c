-- Owns `:checkhealth relmodel`: whether the program is there, which version, and whether it serves this session.
local M = {}

-- The names of these functions changed in 0.10.
local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local problem = health.error or health.report_error

local function check_program(command)
  local program = command[1]
  if vim.fn.executable(program) == 0 then
    problem('there is no program `' .. program .. '`', {
      'Install relmodel, so that `relmodel --version` works in a shell.',
      "Or name the program: vim.lsp.config('relmodel', { cmd = { '/path/to/relmodel', 'server' } })",
    })
    return false
  end
  local answer = vim.trim(vim.fn.system({ program, '--version' }))
  if vim.v.shell_error ~= 0 or not answer:match('^relmodel %d') then
    problem('`' .. program .. '` is no relmodel; it answers: ' .. answer)
    return false
  end
  ok(answer .. ' (' .. vim.fn.exepath(program) .. ')')
  return true
end

--- How much the server has found; asked for with a limit, since a big workspace takes a while to read.
local function check_models(client)
  local params, limit = vim.empty_dict(), 5000
  local buffer = next(client.attached_buffers or {}) or 0
  local answer
  if vim.fn.has('nvim-0.11') == 1 then
    answer = client:request_sync('relmodel/status', params, limit, buffer)
  else
    answer = client.request_sync('relmodel/status', params, limit, buffer)
  end
  local status = answer and answer.result
  if not status then
    local said = answer and answer.err and answer.err.message or 'nothing within 5 s'
    warn('asked for its status, the server said: ' .. said, { 'Is it still reading, or older than this plugin?' })
  elseif status.classes == 0 then
    warn('it found no mapped class in ' .. status.files .. ' files', {
      'Is this the folder that holds the models? See docs/troubleshooting.md, "Classes are not found".',
    })
  else
    ok(string.format('it knows %d mapped classes and %d relationships', status.classes, status.relationships))
  end
end

local function check_clients()
  local clients = require('relmodel').clients()
  if #clients == 0 then
    warn('no server runs in this session', { 'Open a Python file. If it still does not, see the log: ' .. vim.lsp.get_log_path() })
    return
  end
  for _, client in ipairs(clients) do
    ok('a server runs in ' .. (client.config.root_dir or 'no folder'))
    check_models(client)
  end
end

local function check_setup()
  if vim.fn.has('nvim-0.11') == 0 then
    return
  end
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('relmodel') then
    warn('the server is not enabled', { "Write vim.lsp.enable('relmodel') into your configuration." })
  end
end

--- Called by Neovim.
function M.check()
  start('relmodel')
  if check_program(require('relmodel').command()) then
    check_setup()
    check_clients()
  end
end

return M
