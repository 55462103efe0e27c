-- Makes the command `:Relmodel`. What it does is loaded when it is used.
if vim.g.loaded_relmodel then
  return
end
vim.g.loaded_relmodel = true

vim.api.nvim_create_user_command('Relmodel', function(given)
  require('relmodel.commands').run(vim.split(vim.trim(given.args), '%s+'))
end, {
  nargs = '+',
  desc = 'relmodel: diagram, side, explain',
  complete = function(lead, line)
    if line:match('^%s*%S*Relmodel%s+%S*$') then
      return vim.tbl_filter(function(it)
        return vim.startswith(it, lead)
      end, require('relmodel.commands').names())
    end
  end,
})

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'python',
  once = true,
  callback = function()
    require('relmodel').tell_missing()
  end,
})
