// SPDX-License-Identifier: MIT
/*
 * url_internal.h - what the files of the URL parser share; nobody else includes this, tests excepted.
 *
 *   url.c ── url_fast.c                                 plain ASCII, nothing to normalise
 *       └─── url_state.c ── url_host.c ── url_ip.c      the standard's state machine, chapter by chapter
 *                        └─ url_path.c
 *            all write through url_encode.c, left to right, into one text: the serialisation
 *
 * In:     as url.h
 * Out:    as url.h
 * Owns:   nothing
 * Limits: LIMIT_URL_BYTES
 * Errors: as url.h
 * Source: as url.h
 */
#ifndef EXTRACT_URL_INTERNAL_H
#define EXTRACT_URL_INTERNAL_H

#include "3_extract/url.h"

/* Percent-encode sets and forbidden code points; a byte's bits tell the sets it is in. */
enum url_set {
    URL_SET_C0 = 1,
    URL_SET_FRAGMENT = 2,
    URL_SET_QUERY = 4,
    URL_SET_SPECIAL_QUERY = 8,
    URL_SET_PATH = 16,
    URL_SET_USERINFO = 32,
    URL_FORBIDDEN_HOST = 64,
    URL_FORBIDDEN_DOMAIN = 128
};
/* Does any byte of s belong to the set? */
bool url_encode_has(struct span s, enum url_set set);

/* The serialisation under work; at most LIMIT_URL_BYTES, `full` stays set when it would be more. */
struct url_text {
    char *at;
    size_t bytes;
    bool full;
};
void url_encode_plain(struct url_text *out, struct span s);
void url_encode_add(struct url_text *out, struct span s, enum url_set set);
/* Valid UTF-8 without TAB, LF and CR; bad sequences as U+FFFD, as the decoder of the Encoding standard does.
 */
enum err url_encode_clean(struct span text, struct arena *arena, struct span *out) MUST_CHECK;
/* %XX to bytes. */
enum err url_encode_undo(struct span text, struct arena *arena, struct span *out) MUST_CHECK;

/* One parse. The spans of *url point into out.at until the end. */
struct url_parser {
    struct span in; /* trimmed and clean */
    size_t at;
    const struct url *base;
    struct arena *arena;
    struct url_text out;
    struct url *url;
    bool file;
};
/* c is "/", or "\" in a special URL. */
static inline bool url_is_slash(const struct url_parser *p, size_t at)
{
    return at < p->in.bytes && (p->in.at[at] == '/' || (p->in.at[at] == '\\' && p->url->special));
}
/* Offset of the first of "/", "?", "#" (and "\" if special) from `at` on, or the end. */
size_t url_path_next_end(const struct url_parser *p, size_t at);

bool url_scheme_is_special(struct span scheme, int *default_port);

/* Host parser: serialises the host behind the text. */
enum err url_host_parse(struct url_parser *p, struct span text) MUST_CHECK;
/* Does the last label look like a number, so that only an IPv4 address may stand here? */
bool url_ip_ends_in_number(struct span domain);
enum err url_ip_parse_v4(struct span domain, struct url_text *out) MUST_CHECK;
/* text: between the brackets. */
enum err url_ip_parse_v6(struct span text, struct url_text *out) MUST_CHECK;

/* Two bytes: a letter and ":" or "|". */
bool url_path_is_drive(struct span segment);
/* Does the input begin with a drive letter that ends a segment? */
bool url_path_starts_with_drive(struct span text);
/* Removes the last segment of the path that began at `start`; a file URL keeps its drive. */
void url_path_shorten(struct url_parser *p, size_t start);
/* Segments from p->at on, behind what the path holds already; then query and fragment. */
void url_path_parse(struct url_parser *p, size_t start);
void url_path_parse_opaque(struct url_parser *p);
/* "?query" and "#fragment" at p->at, each if there. */
void url_path_parse_rest(struct url_parser *p);

/* text is trimmed. Both give the same for all that url_fast_parse takes; false: ask url_state_parse. */
bool url_fast_parse(struct span text, const struct url *base, struct arena *arena, struct url *out,
                    enum err *err);
enum err url_state_parse(struct span text, const struct url *base, struct arena *arena,
                         struct url *out) MUST_CHECK;

/* Without C0 controls and spaces at both ends. */
struct span url_trim(struct span text);

#endif
