;;; relmodel.el --- SQLAlchemy models checked by relmodel  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages, tools
;; URL: https://github.com/relmodel/relmodel

;;; Commentary:

;; Tells Eglot to start the program `relmodel' for Python files.  It holds no logic of its own.

;;; Code:

(require 'eglot)
(require 'project)

(defgroup relmodel nil
  "SQLAlchemy models checked, followed and completed as you type."
  :group 'eglot)

(defcustom relmodel-command '("relmodel" "server")
  "The program that serves, and its arguments."
  :type '(repeat string))

(add-to-list 'eglot-server-programs
             (cons '(python-mode python-ts-mode) (lambda (&rest _) relmodel-command)))

;; A folder with one of these is a project even where there is no version control.
(dolist (marker '("pyproject.toml" "relmodel.toml" "setup.py"))
  (add-to-list 'project-vc-extra-root-markers marker))

(provide 'relmodel)
;;; relmodel.el ends here
