/*
 * The external tokens in the order of `externals` in grammar.js. It owns that order and nothing else.
 */
#ifndef RELMODEL_TOKENS_H_
#define RELMODEL_TOKENS_H_

enum Token {
    NEWLINE,
    INDENT,
    DEDENT,
    INLINE_BODY,
    STRING_START,
    STRING_CONTENT,
    CHUNK,
    ESCAPE_SEQUENCE,
    ESCAPE_INTERPOLATION,
    STRING_END,
    /* The end of a string that another one follows, as part of the same value. */
    JOINED_END,
    INTERPOLATION_OPEN,
    FORMAT_COLON,
    FORMAT_TEXT,
    GROUP_OPEN,
    CALL_OPEN,
    CLASS_OPEN,
    PARAMETERS_OPEN,
    TYPES_OPEN,
    BRACKET_OPEN,
    BRACE_OPEN,
    CLOSE,
    UNCLOSED,
    UNOPENED,
    GAP,
    NOTHING,
    MATCH,
    TYPE,
    /* Never valid in the grammar: if it is, the parser is recovering from an error and allows everything. */
    ERROR_SENTINEL,
};

#endif
