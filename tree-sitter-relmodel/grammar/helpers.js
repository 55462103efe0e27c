/**
 * The small pieces that rules are made of: separators, ends, lists, bodies, precedences. They must not name a rule of
 * their own.
 */

/// <reference types="tree-sitter-cli/dsl" />

export const PRIMARY = 20;
// A rule that only renames yields to whatever could go on with it: `a` followed by `if` is no finished expression.
export const UNIT = -1;

/** What parts the elements in a bracket. */
export const separator = ($) => choice(',', $._gap);

/** Items with separators between them, which may be doubled. Only for the inside of brackets. */
export const loose = ($, first, item = first) => seq(optional(first), repeat(seq(separator($), optional(item))));

/** What stands after a comprehension in its brackets, where nothing should. */
export const more = ($) => repeat(seq(separator($), optional($._entry)));

/**
 * `a, b,` without brackets. What follows the first item is a rule of its own: inside a repetition tree-sitter would
 * not choose between another item and the end of the list.
 */
export const commas = (item, more) => prec.right(seq(item, repeat(more)));
export const joined = (item, more) => prec.right(seq(item, repeat1(more)));
export const comma = (item) => prec.right(seq(',', optional(item)));

/** The closing bracket, or the sign that the scanner had to close here. */
export const end = ($, bracket) => choice(alias($._close, bracket), $._open_end);

/** The body of a compound statement on lines of its own. */
export const usual = ($, name) => seq(':', $._indent, field(name, $.block));

/** Any other body: on the header's line, or missing with or without its colon, which may be missing from a body too. */
export const odd = ($, name) => prec.right(choice(
  seq(':', choice(seq($._inline, field(name, $.block)), $._newline)),
  seq($._stop, optional(seq($._indent, field(name, $.block)))),
));

/** A keyword with what follows. The scanner ends every simple statement, also before `;` and at the end of the file. */
export const simple = ($, ...parts) => seq(...parts, $._stop);

/** What may stand left of `=` or between `for` and `in`, apart from lists without brackets. */
export const target = ($) => choice(
  alias($.tuple, $.tuple_pattern),
  alias($.list, $.list_pattern),
  alias($._target_splat, $.list_splat),
  $._primary,
);

/** An operator such as `+=`: one kind of token for all. */
export const assigning = ($) => alias($._assigning_sign, 'assignment_operator');

/** Any other operator between two operands. */
export const operator = ($) => choice($._operator, alias($._sign, 'operator'));

/** Any character beyond ASCII but the blanks that are extras: which of them may stand in a name is Python's to say. */
export const LETTERS = '\\u0080-\\u009F\\u00A1-\\u200A\\u200C-\\u205F\\u2061-\\u2FFF\\u3001-\\uFEFE\\uFF00-\\u{10FFFF}';

export const SIGNS = ['+', '-', '~'];
export const LOGICAL = ['and', 'or'];
// Operators that mean something else in other places.
export const SHARED = ['+', '-', '*', '@', '/', '**'];
export const AUGMENTED = ['+=', '-=', '*=', '/=', '@=', '//=', '%=', '**=', '>>=', '<<=', '&=', '^=', '|='];
