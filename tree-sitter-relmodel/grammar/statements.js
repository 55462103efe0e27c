/** Simple statements, imports, and the bodies of compound ones. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  UNIT, loose, commas, comma, end, simple, assigning, operator,
} from './helpers.js';

export const statements = {
  // ---------------------------------------------------------------- bodies

  block: $ => seq(repeat1($._statement), $._dedent),
  _stray_block: $ => seq($._indent, $.block),

  // ---------------------------------------------------------------- simple statements

  expression_statement: $ => simple($, $._right),

  assignment: $ => prec.right(choice(
    seq(field('left', $._primary), '=', optional(field('right', $._right))),
    seq(field('left', $._rare_target), '=', optional(field('right', $._right))),
    seq(
      field('left', choice($._primary, $._rare_target)),
      ':',
      optional(field('type', $.type)),
      optional(seq('=', optional(field('right', $._values)))),
    ),
  )),

  augmented_assignment: $ => prec.right(seq(
    field('left', choice($._primary, $._rare_target)),
    field('operator', assigning($)),
    optional(field('right', $._right)),
  )),

  _rare_target: $ => prec.right(choice(
    alias($.expression_list, $.pattern_list),
    alias($.tuple, $.tuple_pattern),
    alias($.list, $.list_pattern),
    $.list_splat,
  )),

  _right: $ => prec.right(UNIT, choice(
    $._expression,
    $.expression_list,
    $.list_splat,
    $.yield,
    $.assignment,
    $.augmented_assignment,
    $._bare_comprehension,
  )),

  import_statement: $ => simple($, 'import', optional($._import_list)),

  import_from_statement: $ => seq(
    'from',
    optional(field('module_name', choice($.dotted_name, $.relative_import))),
    $._import_rest,
  ),
  _import_rest: $ => choice(
    $._newline,
    seq('import', optional(choice($.wildcard_import, $._import_list, $._import_group)), $._newline),
  ),
  _import_group: $ => seq(alias($._group_open, '('), loose($, field('name', $._import_name)), end($, ')')),

  _import_list: $ => commas(field('name', $._import_name), $._more_imports),
  _more_imports: $ => comma(field('name', $._import_name)),
  _import_name: $ => prec.right(UNIT, choice($.dotted_name, $.aliased_import)),
  aliased_import: $ => prec.right(seq(field('name', $.dotted_name), 'as', optional(field('alias', $.identifier)))),
  wildcard_import: _ => '*',
  relative_import: $ => prec.right(seq($.import_prefix, optional($.dotted_name))),
  import_prefix: _ => prec.right(repeat1(choice('.', '...'))),
  dotted_name: $ => prec.right(seq($.identifier, repeat(seq('.', optional($.identifier))))),

  return_statement: $ => simple($, 'return', optional($._right)),
  delete_statement: $ => simple($, 'del', optional($._values)),
  raise_statement: $ => simple($,
    'raise',
    optional($._right),
    optional(seq('from', optional(field('cause', $._values)))),
  ),
  assert_statement: $ => simple($, 'assert', optional($._right)),
  pass_statement: $ => simple($, 'pass'),
  break_statement: $ => simple($, 'break'),
  continue_statement: $ => simple($, 'continue'),
  global_statement: $ => simple($, 'global', optional(commas($.identifier, $._more_names))),
  nonlocal_statement: $ => simple($, 'nonlocal', optional(commas($.identifier, $._more_names))),
  _more_names: $ => comma($.identifier),
  type_alias_statement: $ => simple($,
    alias($._type, 'type'),
    field('left', $.identifier),
    optional(field('type_parameters', $.type_parameter)),
    optional(seq('=', optional(field('right', $.type)))),
  ),
};
