/**
 * The grammar of `tree-sitter-relmodel`: all of Python 3, kept small, and lenient where code is half typed.
 *
 * It owns the shape of the tree. It must not know where lines, blocks, brackets and strings end: that is told by the
 * external scanner (`src/scanner.c`), which closes what is left open with the zero-width node `unclosed`.
 *
 * Three manners keep the tables small and the damage of a half-typed line inside that line:
 * - every part that a person types later is optional (`x =`, `x.`, `class`, `@`, `f(a=`);
 * - the inside of any bracket is one list of elements in which commas may be doubled; where one is missing, the scanner
 *   gives the hidden token `_gap` instead;
 * - where two statements stand on a line without a separator, the scanner ends the first one, so `x Column()` is two
 *   statements and no error.
 */

/// <reference types="tree-sitter-cli/dsl" />

import { end, LETTERS, AUGMENTED } from './grammar/helpers.js';
import { compound } from './grammar/compound.js';
import { definitions } from './grammar/definitions.js';
import { displays } from './grammar/displays.js';
import { expressions } from './grammar/expressions.js';
import { statements } from './grammar/statements.js';
import { strings } from './grammar/strings.js';

export default grammar({
  name: 'relmodel',

  externals: $ => [
    $._newline,
    $._indent,
    $._dedent,
    $._inline,
    $.string_start,
    $.string_content,
    $._chunk,
    $.escape_sequence,
    $.escape_interpolation,
    $.string_end,
    $._joined_end,
    $._interpolation_open,
    $._format_colon,
    $._format_text,
    $._group_open,
    $._call_open,
    $._class_open,
    $._parameters_open,
    $._types_open,
    '[',
    '{',
    $._close,
    $.unclosed,
    $.unopened,
    $._gap,
    $._nothing,
    $._match,
    $._type,
    $._error_sentinel,
  ],

  extras: $ => [
    /[\s\f\uFEFF\u2060\u200B\u00A0\u3000]/,
    $.comment,
    $.line_continuation,
    $.unopened,
  ],

  word: $ => $.identifier,

  // Rules that only name a choice would each cost a reduction for every operand.
  inline: $ => [
    $._expression, $._disjunction, $._unit, $._element, $._rest, $._entry, $._right, $._header_value,
    $._parameter, $._lambda_parameter, $._plain_parameter, $._import_name, $._exception, $._piece,
  ],

  rules: {
    module: $ => repeat(choice($._statement, $._dedent)),

    _statement: $ => choice(
      ';',
      $._stray_block,
      $.expression_statement,
      $.import_statement,
      $.import_from_statement,
      $.return_statement,
      $.delete_statement,
      $.raise_statement,
      $.assert_statement,
      $.pass_statement,
      $.break_statement,
      $.continue_statement,
      $.global_statement,
      $.nonlocal_statement,
      $.type_alias_statement,
      $.class_definition,
      $.function_definition,
      $.decorated_definition,
      $.if_statement,
      $.for_statement,
      $.while_statement,
      $.try_statement,
      $.with_statement,
      $.match_statement,
      $.elif_clause,
      $.else_clause,
      $.except_clause,
      $.finally_clause,
    ),

    // All places of an expression expect the same tokens after it. Only then can they share their states: tree-sitter
    // keeps two states apart if one of them lacks a token of the scanner, or one whose spelling begins another. So what
    // the scanner gives inside brackets only may end a statement too, and the other way round, and a few rules take
    // what no Python program has, such as an assignment in a header. This halves the tables.
    _stop: $ => choice($._newline, $._close, $.unclosed, $._gap),
    _open_end: $ => choice($.unclosed, $._newline),

    ...statements,
    ...definitions,
    ...compound,
    ...expressions,
    ...displays,
    ...strings,

    // ---------------------------------------------------------------- words and numbers

    identifier: _ => new RegExp(`[A-Za-z_${LETTERS}][A-Za-z0-9_${LETTERS}]*`, 'u'),

    integer: _ => token(choice(
      /0[xX][0-9a-fA-F_]+/,
      /0[oO][0-7_]+/,
      /0[bB][01_]+/,
      /[0-9][0-9_]*[jJ]?/,
    )),

    float: _ => token(choice(
      /[0-9][0-9_]*\.[0-9_]*([eE][+-]?[0-9_]+)?[jJ]?/,
      /\.[0-9][0-9_]*([eE][+-]?[0-9_]+)?[jJ]?/,
      /[0-9][0-9_]*[eE][+-]?[0-9_]+[jJ]?/,
    )),

    _sign: _ => token(choice('//', '%', '<<', '>>', '&', '^', '|', '<', '<=', '==', '!=', '>=', '>', '<>')),
    _assigning_sign: _ => token(choice(...AUGMENTED)),

    true: _ => 'True',
    false: _ => 'False',
    none: _ => 'None',
    ellipsis: _ => '...',

    comment: _ => /#[^\r\n]*/,
    line_continuation: _ => token(seq('\\', choice(/\r?\n/, /\r/))),
  },
});
