#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A C face of toml++ (C++, marzer.github.io/tomlplusplus) that keeps the line and column of every key and
// value, which its JSON and YAML writers lose.

typedef enum __attribute__((enum_extensibility(closed))) {
    CTOML_TABLE,
    CTOML_ARRAY,
    CTOML_STRING,
    CTOML_INTEGER,
    CTOML_FLOAT,
    CTOML_BOOLEAN,
    CTOML_LOCAL_DATE,
    CTOML_LOCAL_TIME,
    CTOML_LOCAL_DATE_TIME,
    CTOML_OFFSET_DATE_TIME
} ctoml_kind;

// Bytes of the document's, not ended by a zero.
typedef struct {
    const char *start;
    size_t length;
} ctoml_text;

// Both count from 1; columns count characters.
typedef struct {
    uint32_t line, column;
} ctoml_position;

// What there is, in the order of a walk: a table or an array is followed by its `count` children, each with
// its own children.
typedef struct {
    ctoml_kind kind;
    size_t count;
    ctoml_text key; // of a table's child
    ctoml_position key_position;
    ctoml_position position;
    ctoml_text string;
    int64_t integer; // also 0 or 1 for a boolean
    double number;
    uint16_t year;
    uint8_t month, day, hour, minute, second;
    uint32_t nanosecond;
    int16_t offset_minutes;
} ctoml_node;

typedef struct ctoml_document ctoml_document;

// Parses UTF-8. The caller limits how many parts a dotted key has, as toml++ does not and frees its tables on
// the stack. The document is freed with ctoml_free by whoever called; its nodes live as long.
// NULL only where memory is short.
ctoml_document *ctoml_parse(const char *text, size_t length);
void ctoml_free(ctoml_document *document);

// The first node is the root table; none if the text is no TOML.
const ctoml_node *ctoml_nodes(const ctoml_document *document, size_t *count);

// What is wrong with the text and where, if it is no TOML.
ctoml_text ctoml_mistake(const ctoml_document *document, ctoml_position *position);

#ifdef __cplusplus
}
#endif
