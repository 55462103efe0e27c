; Scopes, what is defined in them, and what refers to it.

[
  (module)
  (class_definition)
  (function_definition)
  (lambda)
  (list_comprehension)
  (set_comprehension)
  (dictionary_comprehension)
  (generator_expression)
] @local.scope

; Definitions
(class_definition name: (identifier) @local.definition.type)
(function_definition name: (identifier) @local.definition.function)
(type_alias_statement left: (identifier) @local.definition.type)
(import_statement name: (dotted_name . (identifier) @local.definition.import))
(import_from_statement name: (dotted_name (identifier) @local.definition.import))
(aliased_import alias: (identifier) @local.definition.import)

(parameters (identifier) @local.definition.parameter)
(lambda_parameters (identifier) @local.definition.parameter)
(typed_parameter . (identifier) @local.definition.parameter)
(default_parameter name: (identifier) @local.definition.parameter)
(typed_default_parameter name: (identifier) @local.definition.parameter)
(list_splat_pattern (identifier) @local.definition.parameter)
(dictionary_splat_pattern (identifier) @local.definition.parameter)

(assignment left: (identifier) @local.definition.var)
(assignment left: (pattern_list (identifier) @local.definition.var))
(assignment left: (tuple_pattern (identifier) @local.definition.var))
(assignment left: (list_pattern (identifier) @local.definition.var))
(named_expression name: (identifier) @local.definition.var)
(as_pattern alias: (as_pattern_target (identifier) @local.definition.var))
(except_clause alias: (identifier) @local.definition.var)
(for_statement left: (identifier) @local.definition.var)
(for_statement left: (pattern_list (identifier) @local.definition.var))
(for_statement left: (tuple_pattern (identifier) @local.definition.var))
(for_in_clause left: (identifier) @local.definition.var)
(for_in_clause left: (pattern_list (identifier) @local.definition.var))
(for_in_clause left: (tuple_pattern (identifier) @local.definition.var))

; References
(identifier) @local.reference
