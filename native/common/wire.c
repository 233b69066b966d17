#include "wire.h"

#include <string.h>

static unsigned char *take(struct wire_reader *reader, size_t bytes)
{
    if (reader->bad || (size_t)(reader->end - reader->at) < bytes) {
        reader->bad = true;
        return NULL;
    }
    unsigned char *start = reader->at;
    reader->at += bytes;
    return start;
}

uint32_t wire_u32(struct wire_reader *reader)
{
    const unsigned char *b = take(reader, 4);
    return b == NULL ? 0 : (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

uint64_t wire_u64(struct wire_reader *reader)
{
    uint64_t low = wire_u32(reader);
    return low | (uint64_t)wire_u32(reader) << 32;
}

char *wire_string(struct wire_reader *reader)
{
    static char empty[1];
    size_t length = wire_u32(reader);
    char *text = (char *)take(reader, length + 1);
    if (text == NULL || text[length] != '\0' || strlen(text) != length) {
        reader->bad = true;
        empty[0] = '\0';
        return empty;
    }
    return text;
}

size_t wire_strings(struct wire_reader *reader, char **into, size_t capacity)
{
    size_t count = wire_u32(reader);
    if (count >= capacity)
        reader->bad = true;
    for (size_t i = 0; i < count && !reader->bad; i++)
        into[i] = wire_string(reader);
    if (reader->bad)
        count = 0;
    into[count] = NULL;
    return count;
}

static unsigned char *reserve(struct wire_writer *writer, size_t bytes)
{
    if (writer->full || writer->capacity - writer->used < bytes) {
        writer->full = true;
        return NULL;
    }
    unsigned char *start = writer->start + writer->used;
    writer->used += bytes;
    return start;
}

void wire_put_u32(struct wire_writer *writer, uint32_t value)
{
    unsigned char *b = reserve(writer, 4);
    if (b == NULL)
        return;
    b[0] = (unsigned char)value;
    b[1] = (unsigned char)(value >> 8);
    b[2] = (unsigned char)(value >> 16);
    b[3] = (unsigned char)(value >> 24);
}

void wire_put_string(struct wire_writer *writer, const char *text)
{
    size_t length = strlen(text);
    if (length > UINT32_MAX) {
        writer->full = true;
        return;
    }
    wire_put_u32(writer, (uint32_t)length);
    unsigned char *b = reserve(writer, length + 1);
    if (b != NULL)
        memcpy(b, text, length + 1);
}

void wire_put_strings(struct wire_writer *writer, char *const *texts)
{
    uint32_t count = 0;
    while (texts[count] != NULL)
        count++;
    wire_put_u32(writer, count);
    for (uint32_t i = 0; i < count; i++)
        wire_put_string(writer, texts[i]);
}
