-- The parser and the queries in Neovim, as the README of the grammar tells: an error ends Neovim with status 1.

local ok, failure = pcall(function()
  local queries = vim.env.RELMODEL_QUERIES
  local runtime = vim.fn.tempname()
  vim.fn.mkdir(runtime .. "/queries", "p")
  assert(vim.uv ~= nil or vim.loop ~= nil)
  assert((vim.uv or vim.loop).fs_symlink(queries, runtime .. "/queries/relmodel"))
  vim.opt.runtimepath:append(runtime)

  vim.treesitter.language.add("relmodel", { path = vim.env.RELMODEL_LIBRARY })
  vim.treesitter.language.register("relmodel", "python")

  local buffer = vim.api.nvim_create_buf(true, false)
  vim.api.nvim_set_current_buf(buffer)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, {
    "class A(Base):",
    "    children = relationship(",
    "    id = Column(Integer)",
  })
  vim.bo[buffer].filetype = "python"
  vim.treesitter.start(buffer)

  local parser = vim.treesitter.get_parser(buffer)
  assert(parser:lang() == "relmodel", parser:lang())
  local root = parser:parse()[1]:root()
  local class = root:named_child(0)
  assert(class:type() == "class_definition", class:type())
  local body = class:field("body")[1]
  assert(body:named_child_count() == 2, body:named_child_count() .. " statements")

  for _, name in ipairs({ "highlights", "locals", "injections" }) do
    local query = vim.treesitter.query.get("relmodel", name)
    assert(query, name)
  end
  local captures = vim.tbl_map(function(it)
    return it.capture
  end, vim.treesitter.get_captures_at_pos(buffer, 0, 6))
  assert(vim.tbl_contains(captures, "type.definition"), vim.inspect(captures))

  -- One statement is finished while the other is left as it is.
  vim.api.nvim_buf_set_lines(buffer, 1, 2, false, { '    children = relationship("B")' })
  body = parser:parse()[1]:root():named_child(0):field("body")[1]
  assert(body:named_child_count() == 2, body:named_child_count() .. " statements after the edit")
end)

if not ok then
  io.stderr:write(tostring(failure) .. "\n")
  os.exit(1)
end
