/*
 * The half-typed law: does the line that begins here, inside open brackets, begin a new statement? It owns that
 * decision and the one about the soft keywords. The rule that keeps valid Python exact: brackets are cut only when
 * the text that follows cannot stand inside brackets in any valid program. Columns only say where it is worth looking.
 */
#ifndef RELMODEL_LAW_H_
#define RELMODEL_LAW_H_

#include "peek.h"
#include "state.h"

/* Words that can never stand inside brackets. */
static const char *const STATEMENT_WORDS[] = {
    "class", "def", "return", "import", "del", "pass", "break", "continue", "global", "nonlocal",
    "raise", "assert", "while", "with", "try", "except", "finally", "elif", NULL,
};

/* Words that can stand inside brackets or begin a statement. */
static const char *const DOUBTFUL_WORDS[] = {"if", "for", "else", "async", "from", NULL};

/* Words that go on with an expression, or begin one that is no statement of interest. */
static const char *const EXPRESSION_WORDS[] = {
    "and", "or", "in", "is", "not", "as", "lambda", "await", "yield", "None", "True", "False", NULL,
};

/* Words that can follow a complete expression. */
static const char *const JOINING_WORDS[] = {
    "and", "or", "not", "in", "is", "if", "else", "for", "async", "as", "from", "import", NULL,
};

/* Words after which an expression is not complete. */
static const char *const OPEN_WORDS[] = {
    "and", "or", "in", "is", "not", "as", "lambda", "await", "yield", "if", "for", "else", "async", "from", NULL,
};

/* How far a walk may look for the proof that the brackets around it are broken. */
typedef enum {
    /* To the end of the line. */
    REACH_LINE,
    /* To the first line that ends with a comma. */
    REACH_ITEM,
    /* To the closing bracket. */
    REACH_BRACKET,
} Reach;

typedef struct {
    unsigned depth;
    /* The last token ended an expression, so a name, a number or a string cannot follow it. */
    bool complete;
    bool after_string;
    bool line_start;
    /* `if` or `for` began this line at depth 0: a colon makes it a statement. */
    bool header;
    bool after_else;
} Walk;

static bool proves_word(Walk *walk, const char *word) {
    if (is_one_of(word, STATEMENT_WORDS)) return true;
    bool doubtful = is_one_of(word, DOUBTFUL_WORDS);
    if (!doubtful && walk->line_start && walk->depth == 0 && walk->complete && !is_one_of(word, EXPRESSION_WORDS)) {
        return true;
    }
    if (!strcmp(word, "else") || !strcmp(word, "lambda")) {
        walk->header = false;
    } else if (walk->line_start && walk->depth == 0 && (!strcmp(word, "if") || !strcmp(word, "for"))) {
        walk->header = true;
    }
    walk->after_else = !strcmp(word, "else");
    walk->complete = !is_one_of(word, OPEN_WORDS);
    walk->after_string = false;
    return false;
}

/* One token of the walk. True if it cannot stand where it stands in valid brackets. */
static bool proves_token(Walk *walk, PeekToken token, const char *word) {
    bool follows = walk->line_start && walk->depth == 0 && walk->complete;
    bool after_else = walk->after_else;
    bool after_string = walk->after_string;
    if (token == PEEK_WORD) return proves_word(walk, word);
    walk->after_else = false;
    walk->after_string = token == PEEK_STRING;
    walk->complete = token == PEEK_STRING || token == PEEK_NUMBER || token == PEEK_CLOSE;
    switch (token) {
        case PEEK_END:
        case PEEK_SEMICOLON: return true;
        case PEEK_NUMBER: return follows;
        case PEEK_STRING: return follows && !after_string;
        case PEEK_COLON: return after_else || (walk->header && walk->depth == 0);
        case PEEK_OPEN: walk->depth++; return false;
        case PEEK_CLOSE: walk->depth--; return false;
        /* `...` and a trailing dot end an expression as well as they begin one. */
        default: return false;
    }
}

static bool proves_break(Peek *peek, Walk *walk, Reach reach) {
    for (;;) {
        PeekToken token = peek_next(peek);
        if (token == PEEK_LIMIT) return false;
        if (token == PEEK_CLOSE && walk->depth == 0) return false;
        if (token == PEEK_NEWLINE) {
            bool ended = walk->depth == 0;
            if (ended && reach == REACH_LINE) return false;
            if (ended && reach == REACH_ITEM && !walk->complete) return false;
            walk->line_start = true;
            if (ended) walk->header = false;
            continue;
        }
        if (proves_token(walk, token, peek->word)) return true;
        walk->line_start = false;
    }
}

/* Whether the text after `name` at the start of a line shows at once that it is no element. `closable` says that the
 * brackets could end here, which they cannot among the parameters of a lambda. */
static bool is_target(Peek *peek, Walk *walk, uint8_t nest, bool closable) {
    PeekToken token = peek_next(peek);
    bool in_call = nest == NEST_CALL || nest == NEST_CLASS;
    bool in_display = nest == NEST_BRACKET || nest == NEST_BRACE;
    if (closable && token == PEEK_ASSIGN && (nest == NEST_GROUP || in_display)) return true;
    if (closable && token == PEEK_COLON && (nest == NEST_GROUP || in_call)) return true;
    if (token == PEEK_CLOSE || token == PEEK_LIMIT) {
        peek->budget = 0;
        return false;
    }
    if (token == PEEK_NEWLINE) {
        walk->line_start = true;
        return false;
    }
    bool proof = proves_token(walk, token, peek->word);
    walk->line_start = false;
    return proof;
}

/* Brackets in the header of a definition: its body is deeper than the header, and nothing in it ends them. */
static bool is_header(uint8_t nest) { return nest == NEST_CLASS || nest == NEST_PARAMETERS || nest == NEST_TYPES; }

/*
 * The decision for a line at `column` whose first word has been read into `word`; an empty word stands for one that
 * is no keyword.
 */
static bool begins_statement(const State *state, TSLexer *lexer, const char *word, uint16_t column, bool closable) {
    if (is_one_of(word, STATEMENT_WORDS)) return true;
    if (is_one_of(word, EXPRESSION_WORDS)) return false;
    Peek peek = {.lexer = lexer, .budget = PEEK_BUDGET};
    Walk walk = {.line_start = true};
    if (is_one_of(word, DOUBTFUL_WORDS)) {
        proves_word(&walk, word);
        walk.line_start = false;
        return proves_break(&peek, &walk, REACH_LINE);
    }
    bool deeper = column > block_column(state);
    bool in_header = is_header(state->nests[0]);
    if (deeper && !in_header) return false;
    walk.complete = true;
    walk.line_start = false;
    if (is_target(&peek, &walk, top_nest(state), closable)) return true;
    return proves_break(&peek, &walk, deeper ? REACH_ITEM : REACH_BRACKET);
}

/* After a colon inside parentheses: the line ends here, and what follows it shows that they are broken. */
static bool line_proves_break(TSLexer *lexer) {
    Peek peek = {.lexer = lexer, .budget = PEEK_BUDGET};
    Walk walk = {.line_start = true};
    if (!peek_blanks(&peek)) return lexer->eof(lexer);
    return proves_break(&peek, &walk, REACH_BRACKET);
}

/* The same for a line that begins with `@`: a decorator is one only if a definition follows. */
static bool begins_decorator(const State *state, TSLexer *lexer, uint16_t column) {
    bool in_header = is_header(state->nests[0]);
    if (column > block_column(state) && !in_header) return false;
    Peek peek = {.lexer = lexer, .budget = PEEK_BUDGET};
    Walk walk = {.line_start = false};
    return proves_break(&peek, &walk, REACH_BRACKET);
}

/* `match` is a keyword if its logical line ends with a colon, and a name everywhere else. */
static bool is_match_keyword(TSLexer *lexer) {
    Peek peek = {.lexer = lexer, .budget = PEEK_BUDGET};
    unsigned depth = 0;
    PeekToken last = PEEK_NEWLINE;
    for (;;) {
        PeekToken token = peek_next(&peek);
        if (token == PEEK_LIMIT) return false;
        if ((token == PEEK_NEWLINE && depth == 0) || token == PEEK_END) return last == PEEK_COLON;
        if (token == PEEK_NEWLINE) continue;
        if (token == PEEK_COLON && last == PEEK_NEWLINE) return false;
        if (token == PEEK_OPEN) depth++;
        if (token == PEEK_CLOSE && depth-- == 0) return false;
        last = token;
    }
}

/* `type` is a keyword if a name follows it on the same line. */
static bool is_type_keyword(TSLexer *lexer) {
    Peek peek = {.lexer = lexer, .budget = PEEK_BUDGET};
    if (peek_next(&peek) != PEEK_WORD) return false;
    return !is_one_of(peek.word, OPEN_WORDS);
}

#endif
