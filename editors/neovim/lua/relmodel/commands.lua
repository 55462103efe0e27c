-- Owns the commands of this plugin: `:Relmodel diagram`, `:Relmodel side`, `:Relmodel explain`.
local M = {}

local function tell(text)
  vim.notify('relmodel: ' .. text, vim.log.levels.WARN)
end

--- The client that serves the current buffer, or nil after a message.
local function client_here()
  local client = require('relmodel').clients(vim.api.nvim_get_current_buf())[1]
  if not client then
    tell('no server runs for this buffer; see :checkhealth relmodel')
  end
  return client
end

local function request(client, method, params, handle)
  local function answered(failure, result)
    if failure then
      tell(failure.message or tostring(failure))
    else
      handle(result)
    end
  end
  -- A method since 0.11, a field before.
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, answered, 0)
  else
    client.request(method, params, answered, 0)
  end
end

--- Opens the diagram in the browser, as the server drew it.
local function diagram(around)
  local client = client_here()
  if not client then
    return
  end
  request(client, 'relmodel/diagram', { format = 'svg', around = around }, function(answer)
    if not answer or answer == vim.NIL then
      return tell(around and 'there is no class or table named ' .. around or 'the server gave no diagram')
    end
    local file = vim.fn.tempname() .. '.svg'
    vim.fn.writefile(vim.split(answer.text, '\n'), file)
    M.open(file)
  end)
end

--- Opens a file outside of the editor. A field, so that a configuration can replace it.
function M.open(file)
  if vim.ui.open then
    vim.ui.open(file)
  else
    local program = vim.fn.has('mac') == 1 and 'open' or vim.fn.has('win32') == 1 and 'explorer' or 'xdg-open'
    vim.fn.jobstart({ program, file }, { detach = true })
  end
end

--- Goes from a relationship to its other side.
local function side()
  if client_here() then
    vim.lsp.buf.implementation()
  end
end

--- How the page can be shown: not every package of Neovim has the parser for Markdown with it.
local function syntax()
  local missing = vim.fn.has('nvim-0.9') == 1 and not pcall(vim.treesitter.get_string_parser, '', 'markdown')
  return missing and '' or 'markdown'
end

--- Shows the page of a rule: of the one that is named, or of the finding in this line.
local function explain(code)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  for _, it in ipairs(code and {} or vim.diagnostic.get(0, { lnum = line })) do
    if it.source == 'relmodel' then
      code = it.code or it.user_data.lsp.code
    end
  end
  if not code then
    return tell('there is no finding in this line')
  end
  local page = vim.fn.systemlist({ require('relmodel').command()[1], 'explain', code })
  if vim.v.shell_error ~= 0 then
    return tell(table.concat(page, ' '))
  end
  vim.lsp.util.open_floating_preview(page, syntax(), { border = 'rounded', max_width = 100, focus_id = 'relmodel' })
end

local table_of = { diagram = diagram, side = side, explain = explain }

--- Runs one: its name, and what follows it.
function M.run(arguments)
  local run = table_of[arguments[1]]
  if not run then
    return tell('there is no command ' .. tostring(arguments[1]) .. '; there are ' .. table.concat(M.names(), ', '))
  end
  run(arguments[2])
end

--- The names of all commands.
function M.names()
  local names = vim.tbl_keys(table_of)
  table.sort(names)
  return names
end

return M
