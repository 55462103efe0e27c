/*
 * The external scanner of tree-sitter-relmodel: newlines, indentation, brackets, and the soft keywords. It owns the
 * layout of lines and says where open brackets end. The inside of strings is in content.h, the decision that a line
 * inside brackets begins a new statement in law.h.
 *
 * All layout tokens have no width and stand right after the token before them, so that no node reaches past its text.
 */
#include "law.h"
#include "peek.h"
#include "state.h"
#include "content.h"
#include "tokens.h"
#include <stdlib.h>

/* What lies between the end of the last token and the next one. */
typedef struct {
    bool newline;
    uint16_t column;
} Gap;

static void skip_newline(TSLexer *lexer) {
    bool carriage = lexer->lookahead == '\r';
    lexer->advance(lexer, true);
    if (carriage && lexer->lookahead == '\n') lexer->advance(lexer, true);
}

static unsigned column_after(unsigned column, int32_t blank) {
    if (blank == '\t') return (column / 8 + 1) * 8;
    if (blank == '\f') return 0;
    return blank == ' ' ? column + 1 : column;
}

static void skip_blanks(TSLexer *lexer, Gap *gap) {
    unsigned column = gap->column;
    while (is_blank(lexer->lookahead)) {
        column = column_after(column, lexer->lookahead);
        lexer->advance(lexer, true);
    }
    gap->column = (uint16_t)(column < MAX_COLUMN ? column : MAX_COLUMN);
}

/* Skips blank lines and the indentation of the line after them. */
static void skip_lines(TSLexer *lexer, Gap *gap) {
    skip_blanks(lexer, gap);
    while (is_newline(lexer->lookahead)) {
        gap->newline = true;
        gap->column = 0;
        skip_newline(lexer);
        skip_blanks(lexer, gap);
    }
}

static bool emit_dedent(State *state, TSLexer *lexer) {
    state->indent_count--;
    return emit(lexer, DEDENT);
}

/*
 * Whether a line ends the block. One between the columns of two blocks fits neither, which no valid program has: it
 * stays in the inner one, so that a first statement that stands too far right does not end the block for the others.
 */
static bool leaves_block(const State *state, const Gap *gap) {
    return state->indent_count && gap->column < top_indent(state) && gap->column <= outer_column(state);
}

/* A comment stands further left than the block: does the block end before it? */
static bool block_ends(const State *state, TSLexer *lexer, Gap *gap) {
    for (unsigned lines = 0; lexer->lookahead == '#' && lines < 100; lines++) {
        while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) lexer->advance(lexer, true);
        skip_lines(lexer, gap);
    }
    return lexer->eof(lexer) || (lexer->lookahead != '#' && leaves_block(state, gap));
}

/* Between two statements. Sets `done` if the decision is final, whether or not there is a token. */
static bool scan_line_start(State *state, TSLexer *lexer, const bool *valid, Gap *gap, bool *done) {
    *done = true;
    uint16_t indent = top_indent(state);
    bool at_end = lexer->eof(lexer) || is_newline(lexer->lookahead);
    if (indent == INLINE_COLUMN) {
        if (at_end && state->indent_count) return emit_dedent(state, lexer);
        *done = lexer->lookahead == '#';
        return false;
    }
    skip_lines(lexer, gap);
    if (lexer->eof(lexer)) return state->indent_count && emit_dedent(state, lexer);
    if (lexer->lookahead == '#') {
        if (!gap->newline || gap->column >= indent) return false;
        return block_ends(state, lexer, gap) && emit_dedent(state, lexer);
    }
    if (gap->newline && leaves_block(state, gap)) return emit_dedent(state, lexer);
    if (gap->newline && gap->column > indent && valid[INDENT]) {
        return push_indent(state, gap->column) && emit(lexer, INDENT);
    }
    *done = false;
    return false;
}

/* After the header of a compound statement: a deeper line is its body. Comments come first. */
static bool scan_header_end(State *state, TSLexer *lexer, Gap *gap) {
    skip_lines(lexer, gap);
    if (lexer->lookahead == '#') return false;
    if (!lexer->eof(lexer) && gap->column > block_column(state) && push_indent(state, gap->column)) {
        return emit(lexer, INDENT);
    }
    return emit(lexer, NEWLINE);
}

/* The parser recovers from an error. A newline has to be taken for it to count, see ts_parser__lex. */
static bool scan_lost_newline(State *state, TSLexer *lexer) {
    if (lexer->eof(lexer)) return state->indent_count && emit_dedent(state, lexer);
    if (!is_newline(lexer->lookahead)) return false;
    skip_newline(lexer);
    lexer->mark_end(lexer);
    return emit(lexer, NEWLINE);
}

/* Where a line may end: outside of brackets, at the end of a line, of the file, before a comment or a semicolon. */
static bool scan_line_end(State *state, TSLexer *lexer, const bool *valid, Gap *gap, bool *done) {
    bool lost = valid[ERROR_SENTINEL];
    bool at_break = lexer->eof(lexer) || is_newline(lexer->lookahead) || lexer->lookahead == '#';
    *done = at_break;
    if (lost && lexer->get_column(lexer) == gap->column) {
        gap->newline = true;
        return scan_line_start(state, lexer, valid, gap, done);
    }
    if (lost) return at_break && scan_lost_newline(state, lexer);
    if (valid[MATCH] || valid[DEDENT]) return at_break && scan_line_start(state, lexer, valid, gap, done);
    if (!at_break) {
        *done = valid[INLINE_BODY] || (valid[NEWLINE] && lexer->lookahead == ';');
        if (!*done) return false;
        if (!valid[INLINE_BODY]) return emit(lexer, NEWLINE);
        return lexer->lookahead != '\\' && push_indent(state, INLINE_COLUMN) && emit(lexer, INLINE_BODY);
    }
    if (valid[INDENT]) return lexer->lookahead != '#' && scan_header_end(state, lexer, gap);
    if (valid[NEWLINE]) return emit(lexer, NEWLINE);
    return lexer->lookahead != '#' && scan_lost_newline(state, lexer);
}

static bool closes(uint8_t nest, int32_t c) {
    switch (nest) {
        case NEST_GROUP: case NEST_CALL: case NEST_CLASS: case NEST_PARAMETERS: return c == ')';
        case NEST_TYPES: case NEST_BRACKET: return c == ']';
        case NEST_BRACE: case NEST_INTERPOLATION: case NEST_TAIL: return c == '}';
        default: return false;
    }
}

/* A closing bracket ends what it fits; what is open above that is unclosed. One that fits nothing is `unopened`. */
static bool scan_close(State *state, TSLexer *lexer) {
    int32_t c = lexer->lookahead;
    for (unsigned i = state->nest_count; i > 0; i--) {
        uint8_t nest = state->nests[i - 1];
        if (nest & NEST_STRING) break;
        if (!closes(nest, c)) {
            if (nest == NEST_INTERPOLATION || nest == NEST_TAIL) break;
            continue;
        }
        if (i < state->nest_count) return close_here(state, lexer);
        lexer->advance(lexer, false);
        lexer->mark_end(lexer);
        pop_nest(state);
        return emit(lexer, CLOSE);
    }
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    return emit(lexer, UNOPENED);
}

static bool scan_open(State *state, TSLexer *lexer, const bool *valid) {
    static const uint8_t nests[] = {NEST_GROUP, NEST_CALL, NEST_CLASS, NEST_PARAMETERS, NEST_TYPES, NEST_BRACKET, NEST_BRACE};
    enum Token token = GROUP_OPEN;
    if (lexer->lookahead == '[') {
        token = valid[TYPES_OPEN] && !valid[BRACKET_OPEN] ? TYPES_OPEN : BRACKET_OPEN;
    } else if (lexer->lookahead == '{') {
        token = BRACE_OPEN;
    } else if (valid[GROUP_OPEN] && !valid[ERROR_SENTINEL]) {
        token = GROUP_OPEN;
    } else if (valid[CALL_OPEN]) {
        token = CALL_OPEN;
    } else if (valid[CLASS_OPEN]) {
        token = CLASS_OPEN;
    } else if (valid[PARAMETERS_OPEN]) {
        token = PARAMETERS_OPEN;
    }
    if (!push_nest(state, nests[token - GROUP_OPEN])) return false;
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    return emit(lexer, token);
}

/* `=`, `!` or `:` ends the expression in the braces of an f-string, before the sign itself. */
static bool scan_tail(State *state, TSLexer *lexer) {
    int32_t c = lexer->lookahead;
    if (c != ':') {
        lexer->advance(lexer, false);
        if (lexer->lookahead == '=') return false;
    }
    state->nests[state->nest_count - 1] = NEST_TAIL;
    return emit(lexer, CLOSE);
}

/* A colon at the end of a line inside parentheses: it belongs to the header around them, if they are broken. */
static bool scan_colon(State *state, TSLexer *lexer, const bool *valid) {
    uint8_t nest = top_nest(state);
    bool in_call = nest == NEST_GROUP || nest == NEST_CALL || nest == NEST_CLASS;
    if (nest != NEST_TAIL && !(in_call && valid[UNCLOSED])) return false;
    lexer->advance(lexer, false);
    if (nest == NEST_TAIL) {
        lexer->mark_end(lexer);
        state->nests[state->nest_count - 1] = NEST_FORMAT;
        return emit(lexer, FORMAT_COLON);
    }
    return line_proves_break(lexer) && close_here(state, lexer);
}

/* No `=` can stand in square brackets, so it belongs to the assignment around them: `x: Mapped[int = 1`. */
static bool scan_equals(State *state, TSLexer *lexer, const bool *valid) {
    uint8_t nest = top_nest(state);
    if (nest == NEST_INTERPOLATION) return scan_tail(state, lexer);
    if (nest != NEST_BRACKET || !valid[UNCLOSED]) return false;
    lexer->advance(lexer, false);
    return lexer->lookahead != '=' && close_here(state, lexer);
}

/*
 * Whether an expression is complete here, so that what cannot go on with it begins something new: another element in
 * brackets, another statement outside. After any complete expression an argument list could follow, and after a lone
 * `await` a group as well.
 */
static bool is_complete(const State *state, const bool *valid) {
    if (!valid[CALL_OPEN] || valid[GROUP_OPEN]) return false;
    return state->nest_count ? valid[GAP] : valid[NEWLINE] && !valid[INDENT];
}

static bool emit_gap(const State *state, TSLexer *lexer) { return emit(lexer, state->nest_count ? GAP : NEWLINE); }

static bool scan_soft_keyword(TSLexer *lexer, const char *word) {
    lexer->mark_end(lexer);
    if (!strcmp(word, "match")) return is_match_keyword(lexer) && emit(lexer, MATCH);
    if (!strcmp(word, "type")) return is_type_keyword(lexer) && emit(lexer, TYPE);
    return false;
}

/*
 * Words matter if they are a string's prefix, a soft keyword, the first word of a line inside brackets, or if they
 * follow a complete expression.
 */
static bool scan_word(State *state, TSLexer *lexer, const bool *valid, const Gap *gap) {
    bool doubtful = gap->newline && state->nest_count;
    bool complete = is_complete(state, valid);
    int32_t c = lexer->lookahead;
    if (!doubtful && !complete && !(c < 0x80 && strchr("bBfFrRuUtTm", (char)c))) return false;
    char word[WORD_SIZE];
    read_word(lexer, word);
    if ((lexer->lookahead == '"' || lexer->lookahead == '\'') && is_string_prefix(word)) {
        if (complete && !valid[STRING_START]) return emit_gap(state, lexer);
        return scan_string_start(state, lexer, prefix_flags(word));
    }
    if (doubtful && begins_statement(state, lexer, word, gap->column, valid[UNCLOSED])) {
        state->cutting = true;
        return close_here(state, lexer);
    }
    if (complete) return !is_one_of(word, JOINING_WORDS) && emit_gap(state, lexer);
    if (valid[ERROR_SENTINEL] || !valid[MATCH]) return false;
    return scan_soft_keyword(lexer, word);
}

/* A line that a backslash joins to a blank one, or to a comment, ends before the backslash. */
static bool scan_join(const State *state, TSLexer *lexer, const bool *valid) {
    if (state->nest_count || !valid[NEWLINE] || valid[ERROR_SENTINEL]) return false;
    Gap gap = {.newline = false, .column = 0};
    lexer->advance(lexer, false);
    if (!is_newline(lexer->lookahead)) return false;
    skip_newline(lexer);
    skip_blanks(lexer, &gap);
    bool ends = is_newline(lexer->lookahead) || lexer->lookahead == '#' || lexer->eof(lexer);
    return ends && emit(lexer, NEWLINE);
}

static bool scan_token(State *state, TSLexer *lexer, const bool *valid, const Gap *gap) {
    int32_t c = lexer->lookahead;
    switch (c) {
        case '"': case '\'':
            if (!valid[STRING_START] && is_complete(state, valid)) return emit_gap(state, lexer);
            return scan_string_start(state, lexer, 0);
        case '{': case '~':
            if (is_complete(state, valid)) return emit_gap(state, lexer);
            return c == '{' && scan_open(state, lexer, valid);
        case '(': case '[': return scan_open(state, lexer, valid);
        case ')': case ']': case '}': return scan_close(state, lexer);
        case ':':
            if (top_nest(state) == NEST_INTERPOLATION) return scan_tail(state, lexer);
            return scan_colon(state, lexer, valid);
        case '!': return top_nest(state) == NEST_INTERPOLATION && scan_tail(state, lexer);
        case '=': return scan_equals(state, lexer, valid);
        case ';':
            if (!state->nest_count) return false;
            state->cutting = true;
            return close_here(state, lexer);
        case '@':
            if (!gap->newline || !state->nest_count || !begins_decorator(state, lexer, gap->column)) return false;
            state->cutting = true;
            return close_here(state, lexer);
        case '\\': return scan_join(state, lexer, valid);
        default:
            if (is_word_start(c)) return scan_word(state, lexer, valid, gap);
            return is_digit(c) && is_complete(state, valid) && emit_gap(state, lexer);
    }
}

/* After the dot of an attribute: nothing but a name can follow. Without one the attribute ends with the dot. */
static bool scan_nothing(const State *state, TSLexer *lexer, Gap *gap) {
    skip_blanks(lexer, gap);
    if (state->nest_count && is_newline(lexer->lookahead)) skip_lines(lexer, gap);
    int32_t c = lexer->lookahead;
    if (c == '\\' || (state->nest_count && c == '#')) return false;
    if (!is_word_start(c)) return emit(lexer, NOTHING);
    if (!gap->newline) return false;
    char word[WORD_SIZE];
    read_word(lexer, word);
    return begins_statement(state, lexer, word, gap->column, false) && emit(lexer, NOTHING);
}

static bool scan(State *state, TSLexer *lexer, const bool *valid) {
    lexer->mark_end(lexer);
    uint8_t nest = top_nest(state);
    if (state->cutting && nest) return close_here(state, lexer);
    if (nest & NEST_STRING) return scan_string(state, lexer);
    if (nest == NEST_FORMAT) return scan_format(state, lexer);
    Gap gap = {.newline = false, .column = 0};
    if (valid[NOTHING] && !valid[ERROR_SENTINEL]) return scan_nothing(state, lexer, &gap);
    if (nest) {
        skip_lines(lexer, &gap);
        if (lexer->eof(lexer)) return close_here(state, lexer);
    } else {
        bool done = false;
        skip_blanks(lexer, &gap);
        bool found = scan_line_end(state, lexer, valid, &gap, &done);
        if (done) return found;
    }
    return scan_token(state, lexer, valid, &gap);
}

void *tree_sitter_relmodel_external_scanner_create(void) { return calloc(1, sizeof(State)); }

void tree_sitter_relmodel_external_scanner_destroy(void *payload) { free(payload); }

unsigned tree_sitter_relmodel_external_scanner_serialize(void *payload, char *buffer) {
    return write_state((const State *)payload, buffer);
}

void tree_sitter_relmodel_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    read_state((State *)payload, buffer, length);
}

bool tree_sitter_relmodel_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
    return scan((State *)payload, lexer, valid_symbols);
}
