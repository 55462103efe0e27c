-- A user's configuration as editors/neovim/README.md writes it, for the Neovim that the checks drive.
vim.opt.runtimepath:append(vim.env.RELMODEL_PLUGIN)
vim.opt.completeopt = { 'menuone', 'noselect' }
-- Messages have room: one that waits for ENTER would hold up the driver's next question for ever.
vim.opt.cmdheight = 10
vim.opt.more = false

local function keys(buffer)
  vim.keymap.set('n', 'gd', vim.lsp.buf.definition, { buffer = buffer })
  vim.keymap.set('n', '<F2>', vim.lsp.buf.rename, { buffer = buffer })
end

if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.enable('relmodel')
  vim.api.nvim_create_autocmd('LspAttach', {
    callback = function(event)
      vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
      keys(event.buf)
    end,
  })
else
  require('relmodel').setup({
    on_attach = function(_, buffer)
      vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
      keys(buffer)
    end,
  })
end
