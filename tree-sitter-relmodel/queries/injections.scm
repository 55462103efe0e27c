; Other languages inside Python.

((comment) @injection.content
  (#set! injection.language "comment"))

; Regular expressions: re.compile(r"…") and its kin
((call
  function: (attribute
    object: (identifier) @_module
    attribute: (identifier) @_function)
  arguments: (argument_list . (string (string_content) @injection.content)))
  (#eq? @_module "re")
  (#any-of? @_function "compile" "match" "fullmatch" "search" "sub" "subn" "split" "findall" "finditer")
  (#set! injection.language "regex"))

; SQL in text("…") of SQLAlchemy
((call
  function: (identifier) @_function
  arguments: (argument_list . (string (string_content) @injection.content)))
  (#eq? @_function "text")
  (#set! injection.language "sql"))

; Names and expressions inside the strings of relationship(): Python itself
((keyword_argument
  name: (identifier) @_name
  value: (string (string_content) @injection.content))
  (#any-of? @_name "primaryjoin" "secondaryjoin" "foreign_keys" "remote_side" "order_by")
  (#set! injection.language "python"))

; Quoted annotations
((type (string (string_content) @injection.content))
  (#set! injection.language "python"))
