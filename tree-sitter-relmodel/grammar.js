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

const PRIMARY = 20;
// A rule that only renames yields to whatever could go on with it: `a` followed by `if` is no finished expression.
const UNIT = -1;

/** What parts the elements in a bracket. */
const separator = ($) => choice(',', $._gap);

/** Items with separators between them, which may be doubled. Only for the inside of brackets. */
const loose = ($, first, item = first) => seq(optional(first), repeat(seq(separator($), optional(item))));

/** What stands after a comprehension in its brackets, where nothing should. */
const more = ($) => repeat(seq(separator($), optional($._entry)));

/**
 * `a, b,` without brackets. What follows the first item is a rule of its own: inside a repetition tree-sitter would
 * not choose between another item and the end of the list.
 */
const commas = (item, more) => prec.right(seq(item, repeat(more)));
const joined = (item, more) => prec.right(seq(item, repeat1(more)));
const comma = (item) => prec.right(seq(',', optional(item)));

/** The closing bracket, or the sign that the scanner had to close here. */
const end = ($, bracket) => choice(alias($._close, bracket), $._open_end);

/** The body of a compound statement on lines of its own. */
const usual = ($, name) => seq(':', $._indent, field(name, $.block));

/** Any other body: on the header's line, or missing with or without its colon, which may be missing from a body too. */
const odd = ($, name) => prec.right(choice(
  seq(':', choice(seq($._inline, field(name, $.block)), $._newline)),
  seq($._stop, optional(seq($._indent, field(name, $.block)))),
));

/** A keyword with what follows. The scanner ends every simple statement, also before `;` and at the end of the file. */
const simple = ($, ...parts) => seq(...parts, $._stop);

/** What may stand left of `=` or between `for` and `in`, apart from lists without brackets. */
const target = ($) => choice(
  alias($.tuple, $.tuple_pattern),
  alias($.list, $.list_pattern),
  alias($._target_splat, $.list_splat),
  $._primary,
);

/** An operator such as `+=`: one kind of token for all. */
const assigning = ($) => alias($._assigning_sign, 'assignment_operator');

const operator = ($) => choice($._operator, alias($._sign, 'operator'));

/** Any character beyond ASCII but the blanks that are extras: which of them may stand in a name is Python's to say. */
const LETTERS = '\\u0080-\\u009F\\u00A1-\\u200A\\u200C-\\u205F\\u2061-\\u2FFF\\u3001-\\uFEFE\\uFF00-\\u{10FFFF}';

const SIGNS = ['+', '-', '~'];
const LOGICAL = ['and', 'or'];
// Operators that mean something else in other places.
const SHARED = ['+', '-', '*', '@', '/', '**'];
const AUGMENTED = ['+=', '-=', '*=', '/=', '@=', '//=', '%=', '**=', '>>=', '<<=', '&=', '^=', '|='];

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

    // What the scanner gives only inside brackets may end a statement too, and the other way round: so that all places
    // of an expression expect the same tokens, and share their states.
    _stop: $ => choice($._newline, $._close, $.unclosed, $._gap),
    _open_end: $ => choice($.unclosed, $._newline),

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

    // ---------------------------------------------------------------- definitions

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

    // ---------------------------------------------------------------- compound statements

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
    _exception: $ => field('value', choice($._expression, $.list_splat, alias($._header_assignment, $.assignment), $._bare_comprehension)),
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

    // ---------------------------------------------------------------- expressions

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

    operation: $ => choice(
      prec.right(-2, seq($._primary, operator($), $._unit)),
      prec.right(-2, seq($._primary, $._last_tail)),
      prec.right(-2, seq($._primary, $._operator_tail, repeat1($._operator_tail))),
      prec.right(-2, seq($._prefix, optional($._unit), repeat($._operator_tail))),
      // What cannot be assigned to, with `=` behind it.
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

    _operator: $ => prec(-1, choice(...LOGICAL, ...SHARED, 'in', 'is', alias($._not_in, 'not in'), alias($._is_not, 'is not'))),
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

    list_splat: $ => prec.right(seq('*', optional($._operand))),
    _target_splat: $ => prec.right(seq('*', optional($._primary))),
    dictionary_splat: $ => prec.right(seq('**', optional($._operand))),

    as_pattern: $ => prec.right(seq(
      $._expression,
      'as',
      optional(field('alias', choice($.as_pattern_target, $.named_expression))),
    )),
    as_pattern_target: $ => $._primary,

    // ---------------------------------------------------------------- displays

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

    // ---------------------------------------------------------------- strings

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
