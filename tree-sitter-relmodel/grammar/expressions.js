/** Expressions: operators, calls, attributes, elements of brackets. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  PRIMARY, UNIT, loose, more, joined, comma, end, target, assigning, operator, SIGNS, LOGICAL, SHARED,
} from './helpers.js';

export const expressions = {
  _values: $ => prec.right(UNIT, $._right),

  expression_list: $ => joined(choice($._expression, $.list_splat), $._more_expressions),
  _more_expressions: $ => comma(choice($._expression, $.list_splat)),

  pattern_list: $ => joined(target($), $._more_targets),
  _more_targets: $ => comma(target($)),

  _expression: $ => choice($._disjunction, $.conditional_expression, $.lambda),

  _disjunction: $ => choice($.operation, $._unit),
  _unit: $ => choice($._primary, $.named_expression),

  // The same where it is seldom met: a reduction more, and fewer states.
  _value: $ => prec.right(UNIT, choice($._expression, $.list_splat)),
  _operand: $ => prec.right(UNIT, $._disjunction),

  _primary: $ => prec.right(UNIT, choice(
    $.await,
    $.tuple,
    $.list,
    $.identifier,
    $.string,
    $.concatenated_string,
    $.integer,
    $.float,
    $.true,
    $.false,
    $.none,
    $.ellipsis,
    $.attribute,
    $.subscript,
    $.call,
    $.list_comprehension,
    $.dictionary,
    $.dictionary_comprehension,
    $.set,
    $.set_comprehension,
    $.parenthesized_expression,
    $.generator_expression,
  )),

  // One usual form first, which needs no rule for its tail.
  operation: $ => choice(
    prec.right(-2, seq($._primary, operator($), $._unit)),
    prec.right(-2, seq($._primary, $._last_tail)),
    prec.right(-2, seq($._primary, $._operator_tail, repeat1($._operator_tail))),
    prec.right(-2, seq($._prefix, optional($._unit), repeat($._operator_tail))),
    // What cannot be assigned to, with `=` behind it: see `_stop` in grammar.js.
    prec.right(-5, seq($._primary, $._assigned)),
    prec.right(-5, seq($._primary, operator($), $._unit, $._assigned)),
    prec.right(-5, seq($._primary, $._last_tail, $._assigned)),
    prec.right(-5, seq($._primary, $._operator_tail, repeat1($._operator_tail), $._assigned)),
    prec.right(-5, seq($._prefix, optional($._unit), repeat($._operator_tail), $._assigned)),
  ),
  _assigned: $ => prec.right(-6, seq(choice('=', assigning($)), optional($._assigned_value))),
  _assigned_value: $ => prec.right(-7, $._expression),

  _operator_tail: $ => prec.right(seq(operator($), optional($._prefix), optional($._unit))),
  _last_tail: $ => prec.right(-1, choice(operator($), seq(operator($), $._prefix, optional($._unit)))),

  _operator: $ => prec(-1, choice(
    ...LOGICAL, ...SHARED, 'in', 'is', alias($._not_in, 'not in'), alias($._is_not, 'is not'),
  )),
  _not_in: _ => seq('not', 'in'),
  _is_not: _ => prec(1, seq('is', 'not')),
  _prefix: _ => prec.right(repeat1(choice('not', ...SIGNS))),

  await: $ => prec.right(seq('await', optional($._primary))),

  conditional_expression: $ => prec.right(seq(
    $._disjunction,
    'if',
    optional($._operand),
    optional(seq('else', optional($._value))),
  )),

  lambda: $ => prec.right(seq(
    'lambda',
    optional(seq(optional(field('parameters', $.lambda_parameters)), ':', optional(field('body', $._value)))),
  )),

  named_expression: $ => prec.right(-3, seq(field('name', $._primary), ':=', optional(field('value', $._value)))),

  yield: $ => prec.right(seq('yield', optional('from'), optional(choice($._value, $.expression_list)))),

  // `_nothing` stands for a name that is still to be typed.
  attribute: $ => prec(PRIMARY, seq(
    field('object', $._primary),
    '.',
    choice(field('attribute', $.identifier), $._nothing),
  )),

  subscript: $ => prec(PRIMARY, seq(
    field('value', $._primary),
    '[',
    loose($, field('subscript', choice($._rest, $.slice))),
    end($, ']'),
  )),

  slice: $ => prec.right(seq(
    optional($._expression),
    ':',
    optional($._value),
    optional(seq(':', optional($._value))),
  )),

  call: $ => prec(PRIMARY, seq(
    field('function', $._primary),
    field('arguments', choice($.argument_list, alias($._call_generator, $.generator_expression))),
  )),

  argument_list: $ => seq(alias($._call_open, '('), loose($, $._element, $._rest), end($, ')')),

  _call_generator: $ => seq(alias($._call_open, '('), $._comprehension, more($), end($, ')')),

  // One kind of element for every bracket: the states of all of them become one.
  _element: $ => prec.right(UNIT, choice(
    $._expression,
    $.list_splat,
    $.dictionary_splat,
    $.keyword_argument,
    $.as_pattern,
    $.yield,
  )),

  // Not as the first element, where it makes the whole bracket a comprehension.
  _rest: $ => choice($._element, $._comprehension),

  keyword_argument: $ => prec.right(seq(
    field('name', $._primary),
    choice('=', assigning($)),
    optional(field('value', choice($._expression, $.as_pattern))),
  )),

  list_splat: $ => prec.right(seq('*', optional($._splat_value))),
  _target_splat: $ => prec.right(seq('*', optional($._primary))),
  dictionary_splat: $ => prec.right(seq('**', optional($._splat_value))),
  _splat_value: $ => prec.right(UNIT, $._expression),

  as_pattern: $ => prec.right(seq(
    $._expression,
    'as',
    optional(field('alias', choice($.as_pattern_target, $.named_expression))),
  )),
  as_pattern_target: $ => $._primary,
};
