/*
 * A libFuzzer target for the parser and its scanner: any bytes are parsed, then edited and parsed again incrementally. Each
 * time tree-sitter asks for the scanner's state, the state is read back and written again, which must give the same bytes.
 *
 * It owns what is done with an input. The scanner is compiled with its two functions for states renamed to `real_…`.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#define STATE_LIMIT 1024
#define LONGEST (1 << 16)
#define EDIT_BYTES 4
#define MOST_EDITS 12

const TSLanguage *tree_sitter_relmodel(void);
void *tree_sitter_relmodel_external_scanner_create(void);
void tree_sitter_relmodel_external_scanner_destroy(void *payload);
unsigned real_serialize(void *payload, char *buffer);
void real_deserialize(void *payload, const char *buffer, unsigned length);

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    abort();
}

/* Reads a state into a new scanner and writes it again. */
static void round_trip(const char *state, unsigned length) {
    char *exact = malloc(length + 1);
    char *again = malloc(STATE_LIMIT);
    void *other = tree_sitter_relmodel_external_scanner_create();
    memcpy(exact, state, length);
    exact = realloc(exact, length ? length : 1);
    real_deserialize(other, exact, length);
    if (real_serialize(other, again) != length || memcmp(again, state, length)) fail("the state changed on its way");
    tree_sitter_relmodel_external_scanner_destroy(other);
    free(again);
    free(exact);
}

unsigned tree_sitter_relmodel_external_scanner_serialize(void *payload, char *buffer) {
    unsigned length = real_serialize(payload, buffer);
    if (length > STATE_LIMIT) fail("the state is longer than tree-sitter's buffer");
    round_trip(buffer, length);
    return length;
}

void tree_sitter_relmodel_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    real_deserialize(payload, buffer, length);
}

/* Any bytes at all as a state: what is read from them can be written and read again. */
static void odd_state(const uint8_t *data, size_t size) {
    char state[STATE_LIMIT];
    void *scanner = tree_sitter_relmodel_external_scanner_create();
    real_deserialize(scanner, (const char *)data, (unsigned)(size < STATE_LIMIT ? size : STATE_LIMIT));
    unsigned length = real_serialize(scanner, state);
    if (length > STATE_LIMIT) fail("a state that was read from any bytes is too long");
    round_trip(state, length);
    tree_sitter_relmodel_external_scanner_destroy(scanner);
}

/* The tree is sound: children lie in their parents, in order. */
static void check(TSTree *tree, uint32_t size) {
    TSNode root = ts_tree_root_node(tree);
    if (ts_node_end_byte(root) > size) fail("the tree reaches past the text");
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    uint32_t last = 0;
    for (bool going = true; going;) {
        uint32_t start = ts_node_start_byte(ts_tree_cursor_current_node(&cursor));
        if (start < last || start > size) fail("nodes stand out of order");
        last = start;
        if (ts_tree_cursor_goto_first_child(&cursor)) continue;
        while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
            if (!ts_tree_cursor_goto_parent(&cursor)) {
                going = false;
                break;
            }
        }
    }
    ts_tree_cursor_delete(&cursor);
}

static TSPoint point(const char *text, uint32_t byte) {
    TSPoint point = {0, 0};
    for (uint32_t i = 0; i < byte; i++) {
        point.column++;
        if (text[i] == '\n') point = (TSPoint){point.row + 1, 0};
    }
    return point;
}

typedef struct {
    char text[2 * LONGEST];
    uint32_t size;
} Text;

/* Puts `length` bytes of `from` in the place of `removed` bytes at `start`. */
static void edit(Text *text, TSTree *tree, uint32_t start, uint32_t removed, const char *from, uint32_t length) {
    TSInputEdit edit = {.start_byte = start, .old_end_byte = start + removed, .new_end_byte = start + length};
    edit.start_point = point(text->text, start);
    edit.old_end_point = point(text->text, start + removed);
    memmove(text->text + start + length, text->text + start + removed, text->size - start - removed);
    memcpy(text->text + start, from, length);
    text->size += length - removed;
    edit.new_end_point = point(text->text, start + length);
    ts_tree_edit(tree, &edit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Text text;
    static TSParser *parser;
    if (!parser) {
        parser = ts_parser_new();
        if (!ts_parser_set_language(parser, tree_sitter_relmodel())) fail("the language does not fit this tree-sitter");
    }
    if (size > LONGEST) return 0;
    odd_state(data, size);
    memcpy(text.text, data, size);
    text.size = (uint32_t)size;
    TSTree *tree = ts_parser_parse_string(parser, NULL, text.text, text.size);
    check(tree, text.size);
    /* The last bytes are read as edits too: a place, how much goes, and which piece of the text is put there. */
    size_t edits = size / (3 * EDIT_BYTES) < MOST_EDITS ? size / (3 * EDIT_BYTES) : MOST_EDITS;
    for (size_t i = 0; i < edits; i++) {
        const uint8_t *code = data + size - (i + 1) * EDIT_BYTES;
        uint32_t start = (code[0] * 257u + code[1] * 7919u) % (text.size + 1);
        uint32_t removed = code[2] % 8;
        if (removed > text.size - start) removed = text.size - start;
        uint32_t length = code[3] % 16;
        if (length > size) length = (uint32_t)size;
        uint32_t source = (code[3] * 251u + code[2]) % ((uint32_t)size - length + 1);
        edit(&text, tree, start, removed, (const char *)data + source, length);
        TSTree *next = ts_parser_parse_string(parser, tree, text.text, text.size);
        ts_tree_delete(tree);
        tree = next;
        check(tree, text.size);
    }
    ts_tree_delete(tree);
    return 0;
}
