; What each token is, in capture names that editors know. Later patterns win over earlier ones.

(identifier) @variable

; Names by what they do
(attribute attribute: (identifier) @variable.member)
(keyword_argument name: (identifier) @variable.parameter)
(parameters (identifier) @variable.parameter)
(lambda_parameters (identifier) @variable.parameter)
(typed_parameter . (identifier) @variable.parameter)
(default_parameter name: (identifier) @variable.parameter)
(typed_default_parameter name: (identifier) @variable.parameter)
(list_splat_pattern (identifier) @variable.parameter)
(dictionary_splat_pattern (identifier) @variable.parameter)
((identifier) @variable.builtin
  (#any-of? @variable.builtin "self" "cls"))
((identifier) @constant
  (#match? @constant "^[A-Z][A-Z0-9_]+$"))

; Types
(class_definition name: (identifier) @type.definition)
(class_definition superclasses: (argument_list (identifier) @type))
(type (identifier) @type)
(type (subscript value: (identifier) @type))
(type (subscript subscript: (identifier) @type))
(type_alias_statement left: (identifier) @type.definition)

; Functions
(function_definition name: (identifier) @function)
(call function: (identifier) @function.call)
(call function: (attribute attribute: (identifier) @function.method.call))
((call function: (identifier) @constructor)
  (#match? @constructor "^[A-Z]"))
(decorator (identifier) @attribute)
(decorator (attribute attribute: (identifier) @attribute))
(decorator (call function: (identifier) @attribute))
(decorator (call function: (attribute attribute: (identifier) @attribute)))

; Modules
(import_from_statement module_name: (dotted_name (identifier) @module))
(import_statement name: (dotted_name (identifier) @module))
(import_statement name: (aliased_import name: (dotted_name (identifier) @module)))

; Literals
[(true) (false)] @boolean
[(none) (ellipsis)] @constant.builtin
(integer) @number
(float) @number.float
(string) @string
(escape_sequence) @string.escape
(escape_interpolation) @string.escape
(interpolation "{" @punctuation.special (_) "}" @punctuation.special)
(expression_statement (string) @string.documentation)
(comment) @comment

; Operators
["+" "-" "*" "@" "/" "**" "~" "operator" "assignment_operator" "=" ":=" "->"] @operator
(decorator "@" @attribute)

; Keywords
["and" "or" "not" "in" "is" "not in" "is not"] @keyword.operator
["def" "lambda"] @keyword.function
["class" "type"] @keyword.type
["return" "yield"] @keyword.return
["import" "from"] @keyword.import
["if" "elif" "else" "match" "case"] @keyword.conditional
["for" "while" "break" "continue"] @keyword.repeat
["try" "except" "finally" "raise"] @keyword.exception
["async" "await"] @keyword.coroutine
["as" "assert" "del" "global" "nonlocal" "pass" "with"] @keyword

; Punctuation
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," "." ":" ";"] @punctuation.delimiter
(unopened) @error
