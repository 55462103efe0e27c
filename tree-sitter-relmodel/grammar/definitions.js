/** Classes, functions, decorators and their parameters. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  UNIT, loose, commas, comma, end, usual, odd, simple,
} from './helpers.js';

export const definitions = {
  // The usual forms first: a part that may be missing costs a rule of its own, and that a reduction.
  class_definition: $ => choice(
    seq(
      'class', field('name', $.identifier), field('superclasses', alias($._superclasses, $.argument_list)),
      choice(usual($, 'body'), $._odd_body),
    ),
    seq('class', field('name', $.identifier), choice(usual($, 'body'), $._odd_body)),
    seq('class', field('name', $.identifier), field('type_parameters', $.type_parameter), $._bases_rest),
    seq('class', $._class_rest),
  ),
  _class_rest: $ => seq(optional(field('type_parameters', $.type_parameter)), $._bases_rest),
  _bases_rest: $ => seq(optional(field('superclasses', alias($._superclasses, $.argument_list))), $._body_rest),
  _body_rest: $ => choice(usual($, 'body'), odd($, 'body')),
  _odd_body: $ => odd($, 'body'),

  _superclasses: $ => seq(alias($._class_open, '('), loose($, $._rest), end($, ')')),

  function_definition: $ => choice(
    seq($._def, field('name', $.identifier), field('parameters', $.parameters), choice(usual($, 'body'), $._odd_body)),
    seq(
      $._def, field('name', $.identifier), field('parameters', $.parameters),
      '->', choice(seq(field('return_type', $.type), choice(usual($, 'body'), $._odd_body)), $._body_rest),
    ),
    seq($._def, field('name', $.identifier), field('type_parameters', $.type_parameter), $._parameters_rest),
    seq($._def, field('name', $.identifier), $._return_rest),
    seq($._def, $._function_rest),
  ),
  _def: $ => choice('def', seq('async', 'def')),
  _function_rest: $ => seq(optional(field('type_parameters', $.type_parameter)), $._parameters_rest),
  _parameters_rest: $ => seq(optional(field('parameters', $.parameters)), $._return_rest),
  _return_rest: $ => seq(optional(seq('->', optional(field('return_type', $.type)))), $._body_rest),

  decorated_definition: $ => prec.right(seq(
    repeat1($.decorator),
    optional(field('definition', choice($.class_definition, $.function_definition))),
  )),

  decorator: $ => simple($, '@', optional($._values)),

  type_parameter: $ => seq(alias($._types_open, '['), loose($, $._parameter), end($, ']')),

  parameters: $ => seq(alias($._parameters_open, '('), loose($, $._parameter), end($, ')')),

  _parameter: $ => choice(
    $._plain_parameter,
    $.default_parameter,
    $.typed_parameter,
    $.typed_default_parameter,
  ),

  _lambda_parameter: $ => choice($._plain_parameter, alias($._lambda_default, $.default_parameter)),

  _plain_parameter: $ => prec.right(UNIT, choice(
    $.identifier,
    $.list_splat_pattern,
    $.dictionary_splat_pattern,
    $.keyword_separator,
    $.positional_separator,
  )),

  lambda_parameters: $ => commas($._lambda_parameter, $._more_parameters),
  _more_parameters: $ => comma($._lambda_parameter),

  typed_parameter: $ => prec.right(seq(
    choice($.identifier, $.list_splat_pattern, $.dictionary_splat_pattern),
    ':',
    optional(field('type', $.type)),
  )),

  default_parameter: $ => prec.right(seq(
    field('name', choice($.identifier, $.list_splat_pattern, $.dictionary_splat_pattern)),
    '=',
    optional(field('value', $._value)),
  )),
  _lambda_default: $ => prec.right(seq(
    field('name', choice($.identifier, $.list_splat_pattern, $.dictionary_splat_pattern)),
    '=',
    optional(field('value', $._value)),
    optional($._stop),
  )),

  typed_default_parameter: $ => prec.right(seq(
    field('name', $.identifier),
    ':',
    optional(field('type', $.type)),
    '=',
    optional(field('value', $._value)),
  )),

  list_splat_pattern: $ => prec(1, seq('*', $.identifier)),
  dictionary_splat_pattern: $ => prec.right(seq('**', optional($.identifier))),
  keyword_separator: _ => '*',
  positional_separator: _ => '/',

  type: $ => prec(1, choice($._expression, $.list_splat)),
};
