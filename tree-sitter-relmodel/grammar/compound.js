/** Statements with bodies: conditions, loops, contexts, exceptions, matches. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  UNIT, commas, comma, usual, odd, target, assigning, SHARED,
} from './helpers.js';

export const compound = {
  if_statement: $ => prec.right(seq(
    'if',
    choice(
      seq(field('condition', $._header_value), choice(usual($, 'consequence'), $._odd_consequence)),
      $._consequence_rest,
    ),
    repeat(field('alternative', choice($.elif_clause, $.else_clause))),
  )),

  _odd_consequence: $ => odd($, 'consequence'),
  _consequence_rest: $ => choice(usual($, 'consequence'), odd($, 'consequence')),

  elif_clause: $ => seq('elif', optional(field('condition', $._header_value)), $._consequence_rest),

  else_clause: $ => seq('else', choice(usual($, 'body'), $._odd_body)),

  for_statement: $ => seq(
    optional('async'),
    'for',
    optional(seq(field('left', choice(target($), $.pattern_list)), optional($._for_junk))),
    $._for_rest,
  ),
  // No target takes these. They are here for the reason that `_stop` in grammar.js gives.
  _for_junk: $ => choice(...SHARED, $._sign, $._assigning_sign, '=', ':='),
  _for_rest: $ => prec.right(seq($._in_rest, optional(field('alternative', $.else_clause)))),
  _in_rest: $ => seq(
    optional(seq('in', optional(field('right', $._header_value)))),
    $._body_rest,
  ),

  while_statement: $ => prec.right(seq(
    'while',
    optional(field('condition', $._header_value)),
    $._body_rest,
    optional(field('alternative', $.else_clause)),
  )),

  try_statement: $ => prec.right(seq(
    'try',
    choice(usual($, 'body'), $._odd_body),
    repeat(choice($.except_clause, $.else_clause, $.finally_clause)),
  )),

  except_clause: $ => seq('except', optional('*'), optional(commas($._exception, $._more_exceptions)), $._alias_rest),
  _exception: $ => field('value', choice(
    $._expression, $.list_splat, alias($._header_assignment, $.assignment), $._bare_comprehension,
  )),
  _more_exceptions: $ => comma($._exception),
  _alias_rest: $ => seq(optional(seq('as', optional(field('alias', $.identifier)))), $._body_rest),

  finally_clause: $ => seq('finally', choice(usual($, 'body'), $._odd_body)),

  with_statement: $ => seq(
    optional('async'),
    'with',
    optional($.with_clause),
    $._body_rest,
  ),

  // One kind of value for every header: the states of all of them become one.
  _header_value: $ => prec.right(UNIT, choice(
    $._expression, $.expression_list, $.list_splat, $.as_pattern,
    alias($._header_assignment, $.assignment), $._bare_comprehension,
  )),
  // `if x = 1:` and `while x for`: see `_stop` in grammar.js.
  _header_assignment: $ => prec.right(seq(
    field('left', $._primary),
    choice('=', assigning($)),
    optional(field('right', choice($._value, $._bare_comprehension))),
  )),
  _bare_comprehension: $ => seq(field('body', choice($._expression, $.list_splat)), $._clauses),

  with_clause: $ => commas($.with_item, $._more_items),
  _more_items: $ => comma($.with_item),
  with_item: $ => field('value', choice(
    $._expression, $.list_splat, $.as_pattern, alias($._header_assignment, $.assignment), $._bare_comprehension,
  )),

  match_statement: $ => prec.right(seq(
    alias($._match, 'match'),
    field('subject', $._header_value),
    choice(
      seq(':', choice(seq($._indent, field('body', alias($._match_block, $.block))), $._newline)),
      seq($._stop, optional(seq($._indent, field('body', alias($._match_block, $.block))))),
    ),
  )),

  _match_block: $ => seq(repeat($.case_clause), $._dedent),

  case_clause: $ => seq(
    'case',
    commas($.case_pattern, $._more_patterns),
    optional($._clauses),
    optional(field('guard', alias($._guard, $.if_clause))),
    $._consequence_rest,
  ),

  _more_patterns: $ => comma($.case_pattern),

  case_pattern: $ => choice($._disjunction, $.list_splat, alias($._case_as, $.as_pattern)),
  _case_as: $ => seq($._disjunction, 'as', field('alias', alias($.identifier, $.as_pattern_target))),
  _guard: $ => seq('if', $._header_value),
};
