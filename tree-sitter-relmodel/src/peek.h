/*
 * Looking ahead: a rough reader of Python tokens that walks over the text after the current token. It owns the
 * spelling of tokens as far as the layout decisions need it, and a budget of characters, so that no decision costs
 * more than a bounded walk. It must not know the scanner's state nor emit anything.
 */
#ifndef RELMODEL_PEEK_H_
#define RELMODEL_PEEK_H_

#include "tree_sitter/parser.h"
#include <string.h>

#define PEEK_BUDGET 4096
#define WORD_SIZE 12

typedef enum {
    PEEK_WORD,
    PEEK_NUMBER,
    PEEK_STRING,
    PEEK_OPEN,
    PEEK_CLOSE,
    PEEK_COMMA,
    PEEK_COLON,
    PEEK_ASSIGN,
    PEEK_SEMICOLON,
    PEEK_DOT,
    PEEK_OPERATOR,
    PEEK_NEWLINE,
    PEEK_END,
    PEEK_LIMIT,
} PeekToken;

typedef struct {
    TSLexer *lexer;
    unsigned budget;
    /* The last word; empty when it was too long or not ASCII to be a keyword. */
    char word[WORD_SIZE];
} Peek;

static inline bool is_newline(int32_t c) { return c == '\n' || c == '\r'; }

static inline bool is_blank(int32_t c) {
    if (c < 0x80) return c == ' ' || c == '\t' || c == '\f';
    return c == 0xA0 || c == 0x200B || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/* Asking the lexer takes a call, so only a null character makes it worth while. */
static inline bool at_end(TSLexer *lexer) { return lexer->lookahead == 0 && lexer->eof(lexer); }

static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static inline bool is_word_start(int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && !is_blank(c));
}

static inline bool is_word_part(int32_t c) { return is_word_start(c) || is_digit(c); }

static inline bool is_one_of(const char *word, const char *const *words) {
    for (; *words; words++) {
        if (!strcmp(word, *words)) return true;
    }
    return false;
}

/* Reads the word at the lexer's position into `word`, which becomes empty if the word does not fit. */
static inline void read_word(TSLexer *lexer, char word[WORD_SIZE]) {
    unsigned size = 0;
    while (is_word_part(lexer->lookahead)) {
        if (size < WORD_SIZE) word[size] = lexer->lookahead < 0x80 ? (char)lexer->lookahead : '\x7F';
        size++;
        lexer->advance(lexer, false);
    }
    word[size < WORD_SIZE ? size : 0] = 0;
}

static inline void peek_advance(Peek *peek) {
    if (peek->budget) peek->budget--;
    peek->lexer->advance(peek->lexer, false);
}

static inline bool peek_done(const Peek *peek) { return !peek->budget || peek->lexer->eof(peek->lexer); }

/* Walks over a string whose prefix has been read. A string in single quotes ends at the end of its line. */
static PeekToken peek_string(Peek *peek) {
    int32_t quote = peek->lexer->lookahead;
    unsigned length = 0;
    while (length < 3 && peek->lexer->lookahead == quote) {
        peek_advance(peek);
        length++;
    }
    if (length == 2) return PEEK_STRING;
    unsigned closing = 0;
    while (!peek_done(peek)) {
        int32_t c = peek->lexer->lookahead;
        if (c == quote) {
            peek_advance(peek);
            if (++closing == length) return PEEK_STRING;
            continue;
        }
        closing = 0;
        if (is_newline(c) && length == 1) return PEEK_STRING;
        peek_advance(peek);
        if (c == '\\' && !peek_done(peek)) peek_advance(peek);
    }
    return peek->budget ? PEEK_END : PEEK_LIMIT;
}

static bool is_string_prefix(const char *word) {
    unsigned size = 0;
    for (; word[size]; size++) {
        if (size == 2 || !strchr("bBfFrRuUtT", word[size])) return false;
    }
    return size > 0;
}

static PeekToken peek_operator(Peek *peek) {
    int32_t c = peek->lexer->lookahead;
    peek_advance(peek);
    switch (c) {
        case ',': return PEEK_COMMA;
        case ';': return PEEK_SEMICOLON;
        case '.': return is_digit(peek->lexer->lookahead) ? PEEK_NUMBER : PEEK_DOT;
        case '(': case '[': case '{': return PEEK_OPEN;
        case ')': case ']': case '}': return PEEK_CLOSE;
        case ':':
            if (peek->lexer->lookahead != '=') return PEEK_COLON;
            peek_advance(peek);
            return PEEK_OPERATOR;
        case '=':
            if (peek->lexer->lookahead != '=') return PEEK_ASSIGN;
            peek_advance(peek);
            return PEEK_OPERATOR;
        case '<': case '>': case '!':
            if (peek->lexer->lookahead == '=') peek_advance(peek);
            return PEEK_OPERATOR;
        default: return PEEK_OPERATOR;
    }
}

/* Walks over blanks, comments, blank lines and joined lines. True if a newline was among them. */
static bool peek_blanks(Peek *peek) {
    bool newline = false;
    while (!peek_done(peek)) {
        int32_t c = peek->lexer->lookahead;
        if (is_newline(c)) {
            newline = true;
        } else if (c == '#') {
            while (!peek_done(peek) && !is_newline(peek->lexer->lookahead)) peek_advance(peek);
            continue;
        } else if (c == '\\') {
            peek_advance(peek);
            if (peek->lexer->lookahead == '\r') peek_advance(peek);
            if (!is_newline(peek->lexer->lookahead)) continue;
        } else if (!is_blank(c)) {
            break;
        }
        peek_advance(peek);
    }
    return newline;
}

/* Walks over the next token. Blank and comment lines count as part of one newline. */
static PeekToken peek_next(Peek *peek) {
    TSLexer *lexer = peek->lexer;
    if (peek_blanks(peek)) return PEEK_NEWLINE;
    if (!peek->budget) return PEEK_LIMIT;
    if (lexer->eof(lexer)) return PEEK_END;
    int32_t c = lexer->lookahead;
    if (is_word_start(c)) {
        read_word(lexer, peek->word);
        bool quoted = lexer->lookahead == '"' || lexer->lookahead == '\'';
        return quoted && is_string_prefix(peek->word) ? peek_string(peek) : PEEK_WORD;
    }
    if (c == '"' || c == '\'') return peek_string(peek);
    if (is_digit(c)) {
        while (!peek_done(peek) && (is_word_part(lexer->lookahead) || lexer->lookahead == '.')) peek_advance(peek);
        return PEEK_NUMBER;
    }
    return peek_operator(peek);
}

#endif
