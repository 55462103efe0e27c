-- Owns the Neovim under test: a second process with a screen attached, driven by keys as a user's is.
-- It knows nothing of the server. Every wait is a poll with a limit that a loaded machine keeps.
local M = {}

M.LIMIT_MS = 60000
local POLL_MS = 40
local job

--- Starts the editor in `folder` with the configuration `init`; `path` replaces the folders of programs.
function M.start(program, init, folder, path)
  -- The driver's own runtime files must not leak into another version.
  local command = { 'env', '-u', 'VIMRUNTIME', 'PATH=' .. (path or vim.env.PATH), program, '--embed', '-n', '-i', 'NONE', '-u', init }
  job = vim.fn.jobstart(command, { rpc = true, cwd = folder })
  vim.rpcrequest(job, 'nvim_ui_attach', 120, 40, { rgb = true })
end

--- Runs Lua inside the editor and gives what it returns. A long message that waits for ENTER gets it.
function M.lua(code)
  local started = vim.loop.hrtime()
  local state = vim.rpcrequest(job, 'nvim_get_mode')
  while state.blocking do
    if (vim.loop.hrtime() - started) / 1e6 > M.LIMIT_MS then
      error('the editor waits for a key that it is not given: ' .. code)
    end
    -- Only a message is answered; a question that opens just now is the check's to answer.
    if state.mode:sub(1, 1) == 'r' then
      vim.rpcrequest(job, 'nvim_input', '<CR>')
    end
    vim.loop.sleep(POLL_MS)
    state = vim.rpcrequest(job, 'nvim_get_mode')
  end
  return vim.rpcrequest(job, 'nvim_exec_lua', code, {})
end

--- Types keys, in the notation of `:help key-notation`.
function M.keys(text)
  vim.rpcrequest(job, 'nvim_input', text)
end

--- Calls `probe` again and again until it gives something or `limit` milliseconds are over.
-- The pauses are plain sleeps: in Neovim 0.7 `vim.wait` beside a busy channel takes seconds instead of milliseconds.
local function poll(limit, probe)
  local started = vim.loop.hrtime()
  while true do
    local found = probe()
    local took = math.floor((vim.loop.hrtime() - started) / 1e6)
    if found and found ~= vim.NIL then
      return found, took
    end
    if took > limit then
      return nil, took
    end
    vim.loop.sleep(POLL_MS)
  end
end

--- Waits until `probe` gives something, and gives that and the milliseconds it took; nil when the limit is over.
function M.wait_for(probe)
  return poll(M.LIMIT_MS, probe)
end

--- Watches for `duration` milliseconds and gives the first thing that `probe` objects to, or nil.
function M.objection(duration, probe)
  return (poll(duration, probe))
end

--- The process ids of the programs that the editor started.
function M.children()
  local pid = M.lua('return vim.fn.getpid()')
  local children = {}
  for _, file in ipairs(vim.fn.glob('/proc/' .. pid .. '/task/*/children', true, true)) do
    for child in table.concat(vim.fn.readfile(file), ' '):gmatch('%d+') do
      table.insert(children, child)
    end
  end
  return children
end

--- Closes the editor without saving and gives its exit status, or -1 when it does not end.
function M.quit()
  vim.rpcnotify(job, 'nvim_command', 'qall!')
  return vim.fn.jobwait({ job }, M.LIMIT_MS)[1]
end

return M
