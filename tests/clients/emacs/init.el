;;; init.el --- A user's configuration as editors/emacs/README.md writes it  -*- lexical-binding: t; -*-

;;; Commentary:

;; For the Emacs that the checks drive; below are the functions that they look with.

;;; Code:

(add-to-list 'load-path (getenv "RELMODEL_PLUGIN"))
(require 'relmodel)
(add-hook 'python-base-mode-hook #'eglot-ensure)

(setq make-backup-files nil auto-save-default nil create-lockfiles nil
      inhibit-startup-screen t python-indent-guess-indent-offset nil
      ring-bell-function #'ignore)

(require 'server)
(setq server-socket-dir (getenv "RELMODEL_SOCKETS"))
(server-start)

(defun checks-buffer ()
  "The buffer that the user sees."
  (window-buffer (frame-selected-window (selected-frame))))

(defun checks-findings ()
  "What the editor shows as diagnostics: the text that each covers, and its message."
  (with-current-buffer (checks-buffer)
    (mapcar (lambda (it)
              (format "%s: %s"
                      (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it))
                      (flymake-diagnostic-text it)))
            (and (bound-and-true-p flymake-mode) (flymake-diagnostics)))))

(defun checks-place ()
  "The file, the line and the text of the line that the cursor is in."
  (with-selected-window (frame-selected-window (selected-frame))
    (format "%s:%d:%s" (buffer-name) (line-number-at-pos)
            (buffer-substring-no-properties (line-beginning-position) (line-end-position)))))

(defun checks-text (buffer)
  "The text of BUFFER, or nil when there is none of that name."
  (when (get-buffer buffer)
    (with-current-buffer buffer
      (buffer-substring-no-properties (point-min) (point-max)))))

(defun checks-completions ()
  "The words of the window of completions, or nil while there is none."
  (when-let* ((window (get-buffer-window "*Completions*")))
    (with-current-buffer (window-buffer window)
      (buffer-substring-no-properties (point-min) (point-max)))))

;;; init.el ends here
