-- Owns what is checked in Neovim of things that go wrong, and of unusual workspaces.
-- Started as `checks.lua` is; RELMODEL_FOLDERS holds the workspaces and programs that `harness/troubles.py` makes.
local env = vim.env
local editor = dofile(env.RELMODEL_CHECKS .. '/editor.lua')

local SETTLE_MS = 1500
local CODE = 'back-populates-missing'
local folders = env.RELMODEL_FOLDERS
local label = 'nvim'

local function check(name, ok, detail)
  detail = tostring(detail or ''):gsub('%s+', ' ')
  io.stdout:write(string.format('%s %s: %s  %s\n', ok and 'ok  ' or 'FAIL', label, name, detail))
  io.stdout:flush()
end

local function codes()
  return editor.lua([[
    return table.concat(vim.tbl_map(function(it)
      return tostring(it.code or it.user_data and it.user_data.lsp and it.user_data.lsp.code)
    end, vim.diagnostic.get(0)), ' ')
  ]])
end

local function await_mistake(name)
  local found, took = editor.wait_for(function()
    return codes() == CODE
  end)
  check(name, found, found and took .. ' ms' or 'diagnostics: ' .. codes())
end

local function messages()
  return editor.lua([[return vim.fn.execute('messages')]])
end

--- Runs `body` in an editor that shows a file of a workspace, and ends the editor.
local function within(folder, file, body, path)
  editor.start(env.RELMODEL_NVIM, env.RELMODEL_CHECKS .. '/init.lua', folder, path)
  label = 'nvim ' .. editor.lua([[return vim.fn.matchstr(vim.fn.execute('version'), 'NVIM v\\zs[0-9.]*')]])
  editor.keys(':edit ' .. file .. '<CR>')
  body()
  editor.quit()
end

local function await_health(name, pattern)
  editor.keys('<Esc>:checkhealth relmodel<CR>')
  local text
  local found = editor.wait_for(function()
    text = editor.lua([[return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')]])
    return text:find(pattern)
  end)
  check(name, found, text:match('[^\n]*' .. pattern .. '[^\n]*') or text)
end

local function killed()
  await_mistake('a workspace shows its mistake')
  local before = editor.children()[1]
  vim.loop.kill(tonumber(before), 'sigkill')
  local told = editor.wait_for(function()
    return messages():find('the server ended unexpectedly; it is started again')
  end)
  check('a killed server is told of', told, told and '' or messages())
  local back, took = editor.wait_for(function()
    local now = editor.children()[1]
    return now and now ~= before
  end)
  check('a killed server comes back', back, took .. ' ms')
  -- The new server's findings, not those of the one before.
  editor.keys('ggO# a comment<Esc>/childrn<CR>cechildren<Esc>')
  local gone = editor.wait_for(function()
    return codes() == ''
  end)
  check('the new server takes the finding away', gone, codes())
end

local function missing_program()
  local said = editor.wait_for(function()
    return messages():find('relmodel: there is no program `relmodel`')
  end)
  check('a missing program is told of', said, messages():sub(-200))
  await_health(':checkhealth names the missing program', 'there is no program `relmodel`')
end

local function other_program()
  await_health(':checkhealth tells that it is another program', 'is no relmodel; it answers: Python')
end

local function old_program()
  await_mistake('a program without relmodel/status works')
  await_health(':checkhealth tells that it is older than the plugin', 'Is it still reading, or older')
end

--- The path of the file in front, as Neovim names it.
local function path()
  return editor.lua([[return vim.api.nvim_buf_get_name(0)]])
end

--- Goes from `relationship("Parent")` to its definition; gives the file that it leads to.
local function definition()
  editor.keys('gg/"Parent<CR>lgd')
  editor.wait_for(function()
    return path():find('parent%.py$')
  end)
  return path()
end

local function over_link()
  await_mistake('a workspace over a symbolic link')
  local from = path()
  check('the definition lies where the file does', definition() == from:gsub('child%.py$', 'parent.py'), path())
end

--- `one` has the mistake, `two` has none and other attributes. Each has a server of its own.
local function two_projects()
  await_mistake('of two projects with equal names, the first shows its mistake')
  editor.keys(':edit ' .. folders .. '/pair/two/shop/child.py<CR>')
  -- A request to a server that is still starting goes nowhere.
  local served = editor.wait_for(function()
    local is_ready = editor.lua([[
      local client = require('relmodel').clients(vim.api.nvim_get_current_buf())[1]
      return client ~= nil and client.initialized == true
    ]])
    return is_ready and #editor.children() == 2
  end)
  check('the second project has a server of its own', served, table.concat(editor.children(), ' '))
  local led = definition()
  check('a definition in the second stays there', led == folders .. '/pair/two/shop/parent.py', led)
  editor.keys('<C-o>')
  local wrong = editor.objection(SETTLE_MS, function()
    return codes() ~= '' and codes()
  end)
  check('the second shows no mistake', not wrong, wrong)
  editor.keys(':edit ' .. folders .. '/pair/one/shop/child.py<CR>')
  await_mistake('the first has kept its mistake')
  check('two servers run still', #editor.children() == 2, table.concat(editor.children(), ' '))
end

local function main()
  local shop = env.RELMODEL_WORKSPACE
  local system = '/usr/bin:/bin'
  within(shop, 'shop/child.py', killed)
  within(shop, 'shop/child.py', missing_program, system)
  within(shop, 'shop/child.py', other_program, folders .. '/other:' .. system)
  within(shop, 'shop/child.py', old_program, folders .. '/old:' .. system)
  within(folders .. '/empty', 'new.py', function()
    editor.keys('ifrom sqlalchemy.orm import declarative_base, relationship<CR>Base = declarative_base()<CR>')
    editor.keys('class A(Base):<CR>x = relationship("Nobody")<Esc>')
    local found = editor.wait_for(function()
      return codes():find('unresolved-name', 1, true)
    end)
    check('a workspace without a file is served', found, codes())
  end)
  within(folders .. '/link', folders .. '/link/shop/child.py', over_link)
  within(folders .. '/pair', 'one/shop/child.py', two_projects)
  within(folders .. '/large', 'shop/child.py', function()
    await_mistake('a workspace of 13,000 files')
    await_health('it has read them', 'it knows %d%d%d+ mapped classes')
  end)
end

local ok, problem = xpcall(main, debug.traceback)
io.stdout:write(ok and '== finished\n' or tostring(problem) .. '\n')
vim.cmd(ok and 'qall!' or 'cquit 1')
