" Defines relmodel as a linter of ALE, which speaks the Language Server Protocol by itself.
scriptencoding utf-8

" The nearest folder above the file that marks a project, or the file's own.
function! s:root(buffer) abort
  for l:marker in ['pyproject.toml', 'relmodel.toml', 'setup.py']
    let l:file = ale#path#FindNearestFile(a:buffer, l:marker)
    if !empty(l:file)
      return fnamemodify(l:file, ':p:h')
    endif
  endfor
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return empty(l:git) ? expand('#' . a:buffer . ':p:h') : fnamemodify(l:git, ':h:h')
endfunction

call ale#Set('python_relmodel_executable', 'relmodel')
call ale#linter#Define('python', {
\   'name': 'relmodel',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'python_relmodel_executable')},
\   'command': '%e server',
\   'project_root': function('s:root'),
\})
