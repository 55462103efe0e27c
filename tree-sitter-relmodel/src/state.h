/*
 * What the scanner remembers between two tokens: the indentation of the open blocks and what is open inside the
 * current statement. It owns the byte form of that memory. It must not know how tokens are found.
 */
#ifndef RELMODEL_STATE_H_
#define RELMODEL_STATE_H_

#include "tree_sitter/parser.h"
#include <string.h>

/* CPython stops at 100 indents and 200 brackets. Beyond these limits the scanner forgets the deepest levels. */
#define MAX_INDENTS 120
#define MAX_NESTS 480

/* The "column" of a body that stands on its header's own line: any newline ends it. */
#define INLINE_COLUMN 0xFFFF
#define MAX_COLUMN 0xFFFE

/* What can be open. Strings carry flags, everything else is one of the small numbers. */
enum Nest {
    NEST_NONE = 0,
    NEST_GROUP,
    NEST_CALL,
    NEST_CLASS,
    NEST_PARAMETERS,
    NEST_TYPES,
    NEST_BRACKET,
    NEST_BRACE,
    NEST_INTERPOLATION,
    /* The expression in the braces has ended; `=`, `!r`, a format or the closing brace follows. */
    NEST_TAIL,
    NEST_FORMAT,

    NEST_STRING = 0x80,
    STRING_RAW = 0x01,
    STRING_FORMAT = 0x02,
    STRING_TRIPLE = 0x04,
    STRING_DOUBLE = 0x08,
    STRING_BYTES = 0x10,
    /* The current `string_content` has begun with a chunk or an escape, so the next piece belongs to it. */
    STRING_INSIDE = 0x20,
    /* The rest of the file holds no closing quotes: the string ends at the end of its line. */
    STRING_STOP = 0x40,
};

typedef struct {
    uint16_t indents[MAX_INDENTS];
    uint8_t nests[MAX_NESTS];
    uint16_t indent_count;
    uint16_t nest_count;
    /* A new statement has begun inside open brackets: everything that is open ends now. */
    bool cutting;
} State;

static inline uint8_t top_nest(const State *state) {
    return state->nest_count ? state->nests[state->nest_count - 1] : NEST_NONE;
}

static inline bool push_nest(State *state, uint8_t nest) {
    if (state->nest_count == MAX_NESTS) return false;
    state->nests[state->nest_count++] = nest;
    return true;
}

static inline void pop_nest(State *state) {
    if (state->nest_count) state->nest_count--;
    if (!state->nest_count) state->cutting = false;
}

static inline uint16_t top_indent(const State *state) {
    return state->indent_count ? state->indents[state->indent_count - 1] : 0;
}

/* The column of the block that the current statement belongs to, inline bodies left aside. */
static inline uint16_t block_column(const State *state) {
    for (unsigned i = state->indent_count; i > 0; i--) {
        if (state->indents[i - 1] != INLINE_COLUMN) return state->indents[i - 1];
    }
    return 0;
}

/* The column of the block around the innermost one. */
static inline uint16_t outer_column(const State *state) {
    for (unsigned i = state->indent_count; i > 1; i--) {
        if (state->indents[i - 2] != INLINE_COLUMN) return state->indents[i - 2];
    }
    return 0;
}

static inline bool push_indent(State *state, uint16_t column) {
    if (state->indent_count == MAX_INDENTS) return false;
    state->indents[state->indent_count++] = column;
    return true;
}

/*
 * The byte form: nothing at all for a fresh line of a module, else the flag, the number of indents, the indents in
 * two bytes each, and the nests. At most 2 + 240 + 480 bytes; tree-sitter gives 1024.
 */
static inline unsigned write_state(const State *state, char *buffer) {
    if (!state->indent_count && !state->nest_count && !state->cutting) return 0;
    unsigned size = 0;
    buffer[size++] = (char)state->cutting;
    buffer[size++] = (char)state->indent_count;
    for (unsigned i = 0; i < state->indent_count; i++) {
        buffer[size++] = (char)(state->indents[i] & 0xFF);
        buffer[size++] = (char)(state->indents[i] >> 8);
    }
    memcpy(&buffer[size], state->nests, state->nest_count);
    return size + state->nest_count;
}

static inline void read_state(State *state, const char *buffer, unsigned length) {
    state->cutting = false;
    state->indent_count = 0;
    state->nest_count = 0;
    if (length < 2) return;
    unsigned count = (uint8_t)buffer[1];
    if (count > MAX_INDENTS || 2 + 2 * count > length) return;
    unsigned nests = length - 2 - 2 * count;
    if (nests > MAX_NESTS) return;
    state->cutting = buffer[0] != 0;
    for (unsigned i = 0; i < count; i++) {
        state->indents[i] = (uint16_t)((uint8_t)buffer[2 + 2 * i] | ((uint8_t)buffer[3 + 2 * i] << 8));
    }
    state->indent_count = (uint16_t)count;
    memcpy(state->nests, &buffer[2 + 2 * count], nests);
    state->nest_count = (uint16_t)nests;
}

#endif
