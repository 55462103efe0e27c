/** Strings, their pieces, and the fields of f-strings and t-strings. */

/// <reference types="tree-sitter-cli/dsl" />

import {
  loose, end,
} from './helpers.js';

export const strings = {
  // The scanner tells that another string follows, so that a string alone is complete without a look at what follows.
  concatenated_string: $ => seq(repeat1(alias($._joined_string, $.string)), $.string),
  _joined_string: $ => seq($.string_start, repeat($._piece), alias($._joined_end, $.string_end)),

  string: $ => seq($.string_start, repeat($._piece), choice($.string_end, $.unclosed)),

  _piece: $ => choice($.string_content, alias($._escaped_content, $.string_content), $.interpolation),

  _escaped_content: $ => prec.right(repeat1(choice($._chunk, $.escape_sequence, $.escape_interpolation))),

  // The scanner ends the expression with a hidden `_close` of no width if `=`, `!r` or `:` follows it.
  interpolation: $ => seq(
    alias($._interpolation_open, '{'),
    loose($, field('expression', $._rest)),
    choice(end($, '}'), seq($._close, $._interpolation_rest)),
  ),

  _interpolation_rest: $ => seq(
    choice(
      seq('=', optional(field('type_conversion', $.type_conversion)), optional($._format)),
      seq(field('type_conversion', $.type_conversion), optional($._format)),
      $._format,
    ),
    end($, '}'),
  ),

  _format: $ => field('format_specifier', $.format_specifier),

  type_conversion: _ => /![a-z]/,

  format_specifier: $ => seq(
    alias($._format_colon, ':'),
    repeat(choice($._format_text, $.interpolation)),
  ),
};
