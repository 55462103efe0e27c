/*
 * The inside of strings: contents, escapes, the braces of f-strings and t-strings, format specifiers, and the end.
 * It owns everything between a `string_start` and its `string_end`. It must not know layout, except that a newline
 * ends a string in single quotes, and that a string in triple quotes whose end is missing from the file stops with its line.
 */
#ifndef RELMODEL_CONTENT_H_
#define RELMODEL_CONTENT_H_

#include "peek.h"
#include "state.h"
#include "tokens.h"

static bool emit(TSLexer *lexer, enum Token token) {
    lexer->result_symbol = (TSSymbol)token;
    return true;
}

/* Ends whatever is open on top with a zero-width `unclosed`. The caller has marked the token's end. */
static bool close_here(State *state, TSLexer *lexer) {
    pop_nest(state);
    return emit(lexer, UNCLOSED);
}

static bool at_quote(uint8_t string, int32_t c) { return c == (string & STRING_DOUBLE ? '"' : '\''); }

/* The flags of the string that the innermost content belongs to. */
static uint8_t innermost_string(const State *state) {
    for (unsigned i = state->nest_count; i > 0; i--) {
        if (state->nests[i - 1] & NEST_STRING) return state->nests[i - 1];
    }
    return NEST_STRING;
}

static void advance_digits(TSLexer *lexer, unsigned limit, int32_t last_digit) {
    for (unsigned i = 0; i < limit; i++) {
        int32_t c = lexer->lookahead;
        bool hex = last_digit == 'f' && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
        if (!hex && !(is_digit(c) && c <= last_digit)) return;
        lexer->advance(lexer, false);
    }
}

static bool begins_escape(uint8_t string, int32_t c) {
    if (string & STRING_RAW) return false;
    if (c == 'N' || c == 'u' || c == 'U') return !(string & STRING_BYTES);
    return is_newline(c) || (c > 0 && c < 0x80 && strchr("\\'\"abfnrtvx01234567", c));
}

/* The rest of an escape sequence, whose backslash has been read. */
static void advance_escape(TSLexer *lexer) {
    int32_t c = lexer->lookahead;
    if (c >= '0' && c <= '7') {
        advance_digits(lexer, 3, '7');
        return;
    }
    lexer->advance(lexer, false);
    if (c == 'x') advance_digits(lexer, 2, 'f');
    if (c == 'u') advance_digits(lexer, 4, 'f');
    if (c == 'U') advance_digits(lexer, 8, 'f');
    if (c == '\r' && lexer->lookahead == '\n') lexer->advance(lexer, false);
    if (c != 'N' || lexer->lookahead != '{') return;
    while (!lexer->eof(lexer) && lexer->lookahead != '}' && lexer->lookahead != '"' && lexer->lookahead != '\'' &&
           !is_newline(lexer->lookahead)) {
        lexer->advance(lexer, false);
    }
    if (lexer->lookahead == '}') lexer->advance(lexer, false);
}

/* Walks over the quotes if they end the string; if not, over what there is of them. */
static bool advance_quotes(TSLexer *lexer, uint8_t string) {
    lexer->advance(lexer, false);
    if (!(string & STRING_TRIPLE)) return true;
    for (unsigned i = 0; i < 2; i++) {
        if (!at_quote(string, lexer->lookahead)) return false;
        lexer->advance(lexer, false);
    }
    return true;
}

/* A piece of plain content ends here: `escaped` says that an escape follows it within the same `string_content`. */
static bool emit_content(State *state, TSLexer *lexer, bool escaped) {
    uint8_t *top = &state->nests[state->nest_count - 1];
    enum Token token = escaped || (*top & STRING_INSIDE) ? CHUNK : STRING_CONTENT;
    if (token == CHUNK) *top |= STRING_INSIDE;
    return emit(lexer, token);
}

static bool emit_escape(State *state, TSLexer *lexer, enum Token token) {
    lexer->mark_end(lexer);
    state->nests[state->nest_count - 1] |= STRING_INSIDE;
    return emit(lexer, token);
}

/* A backslash and what follows it. True if a token has been emitted. */
static bool scan_backslash(State *state, TSLexer *lexer, bool *content) {
    uint8_t string = top_nest(state);
    lexer->mark_end(lexer);
    lexer->advance(lexer, false);
    int32_t c = lexer->lookahead;
    if (begins_escape(string, c)) {
        if (*content) return emit_content(state, lexer, true);
        advance_escape(lexer);
        return emit_escape(state, lexer, ESCAPE_SEQUENCE);
    }
    *content = true;
    bool skips = (string & STRING_RAW) && (c == '\\' || at_quote(string, c) || is_newline(c));
    if (skips) lexer->advance(lexer, false);
    if (skips && c == '\r' && lexer->lookahead == '\n') lexer->advance(lexer, false);
    return false;
}

/* A brace of an f-string. True if a token has been emitted. */
static bool scan_brace(State *state, TSLexer *lexer, bool *content) {
    int32_t c = lexer->lookahead;
    lexer->mark_end(lexer);
    lexer->advance(lexer, false);
    if (lexer->lookahead == c) {
        if (*content) return emit_content(state, lexer, true);
        lexer->advance(lexer, false);
        return emit_escape(state, lexer, ESCAPE_INTERPOLATION);
    }
    if (c == '{') {
        if (*content) return emit_content(state, lexer, false);
        lexer->mark_end(lexer);
        state->nests[state->nest_count - 1] &= (uint8_t)~STRING_INSIDE;
        if (push_nest(state, NEST_INTERPOLATION)) return emit(lexer, INTERPOLATION_OPEN);
    }
    *content = true;
    return false;
}

/* Whether another string follows, which makes both one value. Walks over what lies between them. */
static bool string_follows(TSLexer *lexer, bool in_brackets) {
    for (;;) {
        int32_t c = lexer->lookahead;
        if (is_newline(c) || c == '#') {
            if (!in_brackets) return false;
            while (c == '#' && !is_newline(lexer->lookahead) && !at_end(lexer)) lexer->advance(lexer, false);
        } else if (c == '\\') {
            lexer->advance(lexer, false);
            if (!is_newline(lexer->lookahead)) return false;
            if (lexer->lookahead == '\r') lexer->advance(lexer, false);
            if (lexer->lookahead != '\n') continue;
        } else if (!is_blank(c)) {
            break;
        }
        if (at_end(lexer)) return false;
        lexer->advance(lexer, false);
    }
    char word[WORD_SIZE];
    read_word(lexer, word);
    return (lexer->lookahead == '"' || lexer->lookahead == '\'') && (!*word || is_string_prefix(word));
}

/* The quotes at the end have been read. */
static bool emit_end(State *state, TSLexer *lexer) {
    lexer->mark_end(lexer);
    pop_nest(state);
    return emit(lexer, string_follows(lexer, state->nest_count > 0) ? JOINED_END : STRING_END);
}

static bool scan_string(State *state, TSLexer *lexer) {
    uint8_t string = top_nest(state);
    bool one_line = !(string & STRING_TRIPLE) || (string & STRING_STOP);
    bool content = false;
    lexer->mark_end(lexer);
    for (;;) {
        int32_t c = lexer->lookahead;
        if (at_quote(string, c)) {
            if (content) lexer->mark_end(lexer);
            if (advance_quotes(lexer, string)) return content ? emit_content(state, lexer, false) : emit_end(state, lexer);
            content = true;
        } else if (c == '\\') {
            if (scan_backslash(state, lexer, &content)) return true;
        } else if ((string & STRING_FORMAT) && (c == '{' || c == '}')) {
            if (scan_brace(state, lexer, &content)) return true;
        } else if ((one_line && is_newline(c)) || at_end(lexer)) {
            break;
        } else {
            content = true;
            lexer->advance(lexer, false);
        }
    }
    if (!content) return close_here(state, lexer);
    lexer->mark_end(lexer);
    return emit_content(state, lexer, false);
}

/* The text of a format specifier: up to a brace, or to the end of the string around it, which leaves it unclosed. */
static bool scan_format(State *state, TSLexer *lexer) {
    uint8_t string = innermost_string(state);
    bool one_line = !(string & STRING_TRIPLE) || (string & STRING_STOP);
    bool text = false;
    lexer->mark_end(lexer);
    for (;;) {
        int32_t c = lexer->lookahead;
        bool quote = at_quote(string, c);
        bool stops = c == '{' || c == '}' || (one_line && is_newline(c)) || at_end(lexer);
        if (text && (quote || stops)) lexer->mark_end(lexer);
        if (quote && advance_quotes(lexer, string)) return text ? emit(lexer, FORMAT_TEXT) : close_here(state, lexer);
        if (quote) {
            text = true;
            continue;
        }
        if (stops) break;
        text = true;
        lexer->advance(lexer, false);
        if (c == '\\' && begins_escape(string, lexer->lookahead)) advance_escape(lexer);
    }
    if (text) return emit(lexer, FORMAT_TEXT);
    int32_t c = lexer->lookahead;
    if (c != '{' && c != '}') return close_here(state, lexer);
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    if (c == '}') {
        pop_nest(state);
        return emit(lexer, CLOSE);
    }
    return push_nest(state, NEST_INTERPOLATION) && emit(lexer, INTERPOLATION_OPEN);
}

/* Whether triple quotes close before the file ends. The token's end must have been marked. */
static bool closes_triple(TSLexer *lexer, uint8_t string) {
    while (!at_end(lexer)) {
        int32_t c = lexer->lookahead;
        if (at_quote(string, c)) {
            if (advance_quotes(lexer, string)) return true;
            continue;
        }
        lexer->advance(lexer, false);
        if (c == '\\' && !lexer->eof(lexer)) lexer->advance(lexer, false);
    }
    return false;
}

/* The quotes after a prefix whose flags are in `string`. */
static bool scan_string_start(State *state, TSLexer *lexer, uint8_t string) {
    string |= NEST_STRING;
    if (lexer->lookahead == '"') string |= STRING_DOUBLE;
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    if (at_quote(string, lexer->lookahead)) {
        lexer->advance(lexer, false);
        if (at_quote(string, lexer->lookahead)) {
            lexer->advance(lexer, false);
            lexer->mark_end(lexer);
            string |= STRING_TRIPLE;
            if (!closes_triple(lexer, string)) string |= STRING_STOP;
        }
    }
    return push_nest(state, string) && emit(lexer, STRING_START);
}

/* The flags that a string prefix stands for. */
static uint8_t prefix_flags(const char *prefix) {
    uint8_t flags = 0;
    for (; *prefix; prefix++) {
        if (strchr("rR", *prefix)) flags |= STRING_RAW;
        if (strchr("fFtT", *prefix)) flags |= STRING_FORMAT;
        if (strchr("bB", *prefix)) flags |= STRING_BYTES;
    }
    return flags;
}

#endif
