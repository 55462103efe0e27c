/** What stands in brackets: tuples, lists, sets, dictionaries, comprehensions. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  separator, loose, more, end, target,
} from './helpers.js';

export const displays = {
  parenthesized_expression: $ => seq(alias($._group_open, '('), $._element, end($, ')')),

  tuple: $ => seq(
    alias($._group_open, '('),
    optional(seq(optional($._element), repeat1(seq(separator($), optional($._rest))))),
    end($, ')'),
  ),

  list: $ => seq('[', loose($, $._element, $._rest), end($, ']')),

  set: $ => seq(
    '{',
    choice($._expression, $.list_splat, $.keyword_argument, $.as_pattern, $.yield),
    repeat(seq(separator($), optional($._entry))),
    end($, '}'),
  ),

  dictionary: $ => seq('{', loose($, choice($.pair, $.dictionary_splat), $._entry), end($, '}')),

  _entry: $ => choice($.pair, $._rest, seq(field('body', $.pair), $._clauses)),

  pair: $ => prec.right(seq(
    field('key', $._expression),
    ':',
    optional(field('value', choice($._expression, $.as_pattern))),
  )),

  generator_expression: $ => seq(alias($._group_open, '('), $._comprehension, more($), end($, ')')),
  list_comprehension: $ => seq('[', $._comprehension, more($), end($, ']')),
  set_comprehension: $ => seq('{', $._comprehension, more($), end($, '}')),
  dictionary_comprehension: $ => seq('{', field('body', $.pair), $._clauses, more($), end($, '}')),

  _comprehension: $ => seq(field('body', $._element), $._clauses),
  _clauses: $ => prec.right(seq($.for_in_clause, repeat(choice($.for_in_clause, $.if_clause)))),

  for_in_clause: $ => prec.right(seq(
    optional('async'),
    'for',
    optional(seq(
      field('left', choice(target($), $.pattern_list)),
      optional($._for_junk),
      optional(seq('in', optional(field('right', $._operand)))),
    )),
  )),

  if_clause: $ => prec.right(seq('if', optional(choice($._operand, $.lambda)))),
};
