// SPDX-License-Identifier: MIT
/*
 * libidn2 asks more than UTS 46 with the URL standard's options: it also applies IDNA2008 (no symbols), looks
 * at hyphens, and its tables are those of an older Unicode. Three remedies below bring it as close as it
 * gets; what is left is listed in the test.
 */
#include "ext/ext_idn.h"

#include <idn2.h>

#include "base/limits.h"
#include "base/utf8.h"

#define LABEL_BYTES 64 /* libidn2 gives at most 63 per label */

struct label {
    uint32_t *points;
    size_t count;
};

struct range {
    uint32_t first, last, to;
};

/* Mapped since UTS 46 revision 33 (Unicode 16), other or not at all before. To 0: ignored. */
static const struct range newer_mappings[] = {
    {0x4c0,   0x4c0,   0x4cf  },
    {0x10a0,  0x10c5,  0x2d00 },
    {0x115f,  0x1160,  0      },
    {0x17b4,  0x17b5,  0      },
    {0x180e,  0x180e,  0      },
    {0x1e9e,  0x1e9e,  0xdf   },
    {0x206a,  0x206f,  0      },
    {0x2132,  0x2132,  0x214e },
    {0x2183,  0x2183,  0x2184 },
    {0x3164,  0x3164,  0      },
    {0xffa0,  0xffa0,  0      },
    {0x1d173, 0x1d17a, 0      },
    {0x2f868, 0x2f868, 0x36fc },
    {0x2f874, 0x2f874, 0x5f53 },
    {0x2f91f, 0x2f91f, 0x243ab},
    {0x2f95f, 0x2f95f, 0x7aee },
    {0x2f9bf, 0x2f9bf, 0x45d7 },
};
static const struct range dots[] = {
    {'.',    '.',    '.'},
    {0x3002, 0x3002, '.'},
    {0xff0e, 0xff0e, '.'},
    {0xff61, 0xff61, '.'}
};
static const struct range hyphens[] = {
    {'-',    '-',    '-'},
    {0xfe63, 0xfe63, '-'},
    {0xff0d, 0xff0d, '-'}
};
/* Whatever makes a label more than its symbols: the four deviations, and scripts written from right to left.
 */
static const struct range delicate[] = {
    {0xdf,    0xdf,    0},
    {0x3c2,   0x3c2,   0},
    {0x200c,  0x200d,  0},
    {0x590,   0x8ff,   0},
    {0xfb1d,  0xfdff,  0},
    {0xfe70,  0xfefe,  0},
    {0x10800, 0x10fff, 0},
    {0x1e800, 0x1efff, 0},
};

static const struct range *find_range(const struct range *rows, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count; i++)
        if (point >= rows[i].first && point <= rows[i].last)
            return rows + i;
    return NULL;
}
#define FIND(rows, point) find_range((rows), sizeof(rows) / sizeof *(rows), (point))

static bool any_in(struct label label, const struct range *rows, size_t count)
{
    for (size_t i = 0; i < label.count; i++)
        if (find_range(rows, count, label.points[i]))
            return true;
    return false;
}

static enum err decode_domain(struct span domain, struct label *out)
{
    for (size_t at = 0; at < domain.bytes;) {
        struct utf8_step step = utf8_next(domain, at);
        const struct range *newer = FIND(newer_mappings, step.code);
        at += step.bytes;
        if (newer && !newer->to)
            continue;
        if (!step.valid || !step.code || out->count == LIMIT_IDN_POINTS)
            return ERR_URL;
        out->points[out->count++] = newer ? newer->to + (step.code - newer->first) : step.code;
    }
    return ERR_OK;
}

#define MASK '_'

/*
 * Hyphens may stand anywhere in a domain of the web; libidn2 finds some at fault unless they look otherwise.
 * Returns how many were hidden.
 */
static size_t hide_hyphens(struct label label)
{
    size_t count = 0;
    for (size_t i = 0; i < label.count; i++)
        if (FIND(hyphens, label.points[i])) {
            label.points[i] = MASK;
            count++;
        }
    return count;
}

/* One more than were hidden is a real one, and nobody knows which. */
static enum err show_hyphens(char *text, size_t hidden_count)
{
    size_t count = 0;
    for (char *c = text; (c = strchr(c, MASK)); count++)
        *c = '-';
    return count == hidden_count ? ERR_OK : ERR_URL;
}

/* *masked: hyphens were hidden, so libidn2 did not see all it would look at. */
static enum err encode(struct label label, char out[LABEL_BYTES], bool *masked)
{
    char *text = NULL;
    int flags = IDN2_NONTRANSITIONAL, rc;
    size_t hidden_count = 0;
    for (;;) {
        rc = idn2_to_ascii_4i2(label.points, label.count, &text, flags);
        bool hyphen = rc == IDN2_2HYPHEN || rc == IDN2_HYPHEN_STARTEND;
        bool strict = rc == IDN2_DISALLOWED || rc == IDN2_UNASSIGNED;
        if (hyphen && !hidden_count && (hidden_count = hide_hyphens(label)))
            continue;
        if (!strict || flags == IDN2_TRANSITIONAL ||
            any_in(label, delicate, sizeof delicate / sizeof *delicate))
            break;
        /* That way knows no IDNA2008; it differs for the deviations only, and looks at no direction. */
        flags = IDN2_TRANSITIONAL;
    }
    size_t bytes = rc == IDN2_OK ? strlen(text) : 0;
    enum err err = rc == IDN2_MALLOC ? ERR_MEMORY : rc || bytes >= LABEL_BYTES ? ERR_URL : ERR_OK;
    if (!err) {
        memcpy(out, text, bytes + 1);
        err = hidden_count ? show_hyphens(out, hidden_count) : ERR_OK;
    }
    *masked = hidden_count > 0;
    idn2_free(text);
    return err;
}

static bool is_ascii(struct label label)
{
    for (size_t i = 0; i < label.count; i++)
        if (label.points[i] >= 0x80)
            return false;
    return true;
}

/* What calls itself Punycode must be what its decoded form encodes to, and that form must not call itself so
 * again. */
static enum err check_alabel(const char *alabel)
{
    static const uint32_t prefix[] = {'x', 'n', '-', '-'};
    char again[LABEL_BYTES];
    bool masked;
    struct label label = {0};
    int rc = idn2_to_unicode_8z4z(alabel, &label.points, 0);
    if (rc)
        return rc == IDN2_MALLOC ? ERR_MEMORY : ERR_URL;
    while (label.points[label.count])
        label.count++;
    bool twice = label.count >= 4 && memcmp(label.points, prefix, sizeof prefix) == 0;
    enum err err = twice || is_ascii(label) ? ERR_URL : encode(label, again, &masked);
    if (!err && strcmp(again, alabel) != 0)
        err = ERR_URL;
    idn2_free(label.points);
    return err;
}

static enum err add_label(struct label label, struct span *out)
{
    char text[LABEL_BYTES], *to = (char *)out->at + out->bytes;
    bool doubtful = true;
    if (!is_ascii(label)) {
        TRY(encode(label, text, &doubtful));
        size_t bytes = strlen(text);
        memcpy(to, text, bytes);
        out->bytes += bytes;
    } else {
        for (size_t i = 0; i < label.count; i++)
            to[i] = ascii_lower((char)label.points[i]);
        out->bytes += label.count;
    }
    struct span added = span_of(to, (size_t)(out->at + out->bytes - to));
    if (!doubtful || !span_starts(added, SPAN("xn--")))
        return ERR_OK;
    if (added.bytes >= LABEL_BYTES)
        return ERR_URL;
    memcpy(text, to, added.bytes);
    text[added.bytes] = 0;
    return check_alabel(text);
}

static struct label cut_label(struct label *rest)
{
    size_t at = 0;
    while (at < rest->count && !FIND(dots, rest->points[at]))
        at++;
    struct label first = {rest->points, at};
    bool dot = at < rest->count;
    *rest = (struct label){dot ? rest->points + at + 1 : NULL, dot ? rest->count - at - 1 : 0};
    return first;
}

enum err idn_to_ascii(struct span domain, struct arena *arena, struct span *out)
{
    struct label rest = {arena_alloc(arena, LIMIT_IDN_POINTS * sizeof *rest.points), 0};
    *out = span_of(arena_bytes(arena, LIMIT_IDN_POINTS + LIMIT_IDN_LABELS * LABEL_BYTES), 0);
    if (!rest.points || !out->at)
        return ERR_MEMORY;
    TRY(decode_domain(domain, &rest));
    size_t coded_count = 0;
    while (rest.points) {
        struct label label = cut_label(&rest);
        if (!is_ascii(label) && ++coded_count > LIMIT_IDN_LABELS)
            return ERR_URL;
        TRY(add_label(label, out));
        if (rest.points)
            ((char *)out->at)[out->bytes++] = '.';
    }
    return ERR_OK;
}
