/*
 * The encoding that the native programs and Java share: little-endian u32 and u64, strings as u32 length, bytes and a zero byte
 * (so that they can be used where they lie), lists as u32 count and elements.
 */
#ifndef JMIGRATE_WIRE_H
#define JMIGRATE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads from memory. Once something is out of bounds or malformed, `bad` stays set and every value reads as zero. */
struct wire_reader {
    unsigned char *at;
    unsigned char *end;
    bool bad;
};

uint32_t wire_u32(struct wire_reader *reader);
uint64_t wire_u64(struct wire_reader *reader);

/* A string in place; never NULL. One with a zero byte inside is malformed. */
char *wire_string(struct wire_reader *reader);

/* A list of strings into a NULL-terminated array of `capacity` pointers; the count, or 0 when it is malformed or too long. */
size_t wire_strings(struct wire_reader *reader, char **into, size_t capacity);

/* Writes to memory. Once something does not fit, `full` stays set. */
struct wire_writer {
    unsigned char *start;
    size_t used;
    size_t capacity;
    bool full;
};

void wire_put_u32(struct wire_writer *writer, uint32_t value);
void wire_put_string(struct wire_writer *writer, const char *text);
void wire_put_strings(struct wire_writer *writer, char *const *texts);

#endif
