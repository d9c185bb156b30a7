// SPDX-License-Identifier: MIT
#include "2_decode/digest.h"

#include "base/base64.h"

static const struct {
    struct span label;
    enum crypto_kind kind;
} labels[] = {
    {SPAN("sha1"),    CRYPTO_SHA1  },
    {SPAN("sha-1"),   CRYPTO_SHA1  },
    {SPAN("sha256"),  CRYPTO_SHA256},
    {SPAN("sha-256"), CRYPTO_SHA256},
    {SPAN("md5"),     CRYPTO_MD5   },
    {SPAN("md-5"),    CRYPTO_MD5   },
};
#define LABEL_COUNT (sizeof labels / sizeof labels[0])

static int hex_value(char c)
{
    return ascii_hex(c);
}

static int base32_value(char c)
{
    if (ascii_is_alpha(c))
        return ascii_lower(c) - 'a';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/* The URL alphabet too, which has - and _ for + and /. */
static int base64_value(char c)
{
    return base64_digit(c == '-' ? '+' : c == '_' ? '/' : c);
}

static const struct {
    unsigned bits;
    int (*value)(char c);
} alphabets[] = {
    {4, hex_value   },
    {5, base32_value},
    {6, base64_value},
};
#define ALPHABET_COUNT (sizeof alphabets / sizeof alphabets[0])

/* Digits whose spare bits at the end are not zero are another writing of no digest. */
static bool decode(struct span text, unsigned bits, int (*value)(char c), unsigned char *out)
{
    unsigned held = 0, held_bits = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        int digit = value(text.at[i]);
        if (digit < 0)
            return false;
        held = held << bits | (unsigned)digit;
        held_bits += bits;
        if (held_bits >= 8) {
            held_bits -= 8;
            *out++ = (unsigned char)(held >> held_bits);
            held &= (1u << held_bits) - 1;
        }
    }
    return held == 0;
}

static struct span without_padding(struct span text)
{
    while (text.bytes && text.at[text.bytes - 1] == '=')
        text.bytes--;
    return text;
}

enum err digest_parse(struct span text, struct digest *out)
{
    struct span value = span_trim(text);
    struct span label = span_trim(span_cut(&value, ':'));
    size_t row = 0;
    *out = (struct digest){0};
    if (!value.at)
        return ERR_SYNTAX;
    while (row < LABEL_COUNT && !span_equal_nocase(label, labels[row].label))
        row++;
    if (row == LABEL_COUNT)
        return label.bytes ? ERR_CODING : ERR_SYNTAX;
    out->kind = labels[row].kind;
    value = without_padding(span_trim(value));
    size_t digest_bits = 8 * crypto_bytes(out->kind);
    for (size_t i = 0; i < ALPHABET_COUNT; i++) {
        size_t digits = (digest_bits + alphabets[i].bits - 1) / alphabets[i].bits;
        if (value.bytes == digits)
            return decode(value, alphabets[i].bits, alphabets[i].value, out->bytes) ? ERR_OK : ERR_SYNTAX;
    }
    return ERR_SYNTAX;
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
    return a->kind == b->kind && memcmp(a->bytes, b->bytes, crypto_bytes(a->kind)) == 0;
}

void digest_text(const struct digest *digest, char out[DIGEST_TEXT_BYTES])
{
    static const char *const names[CRYPTO_KIND_COUNT] = {
        [CRYPTO_MD5] = "md5:", [CRYPTO_SHA1] = "sha1:", [CRYPTO_SHA256] = "sha256:"};
    struct span name = span_of_string(names[digest->kind]);
    memcpy(out, name.at, name.bytes);
    crypto_hex(digest->bytes, crypto_bytes(digest->kind), out + name.bytes);
}
