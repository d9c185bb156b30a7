// SPDX-License-Identifier: MIT
/*
 * page_key.h - when is a page of this year the page of another year?
 *
 * In:     the address of a visit, as an index has it: normalised, without fragment
 * Out:    its canonical form: no scheme, no final slash, no parameters of campaigns and sessions, the others sorted
 * Owns:   nothing: texts live in the caller's arena
 * Limits: none of its own
 * Errors: SPAN_NONE when the arena is full
 * Source: compliance.md 6.5 (1); WHATWG URL standard, section 4.3 (what is normalised before)
 */
#ifndef JUDGE_PAGE_KEY_H
#define JUDGE_PAGE_KEY_H

#include "base/arena.h"

/* "www.a.dk/b?x=1&y=2"; the sessions of an app are one page: "app:UNIT". */
struct span page_key_text(struct span page_url, struct arena *arena);
/* 64 bits of a fingerprint of a text. */
uint64_t page_key_of(struct span text);

#endif
