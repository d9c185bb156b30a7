// SPDX-License-Identifier: MIT
/*
 * html_tag.h - one tag with its attributes; private to html_token.c.
 *
 * In:     a tokenizer, the offset of a tag's name
 * Out:    the token, and `at` behind the tag; behind the text when the end of input cuts the tag
 * Owns:   nothing
 * Limits: LIMIT_ATTRIBUTES
 * Errors: none
 * Source: HTML standard, 13.2.5.6 to 13.2.5.8 and 13.2.5.32 to 13.2.5.40
 */
#ifndef EXTRACT_HTML_TAG_H
#define EXTRACT_HTML_TAG_H

#include "3_extract/html_token.h"

/* at: the first letter of the name. false: cut. */
bool html_tag_read(struct html_tokenizer *tokenizer, size_t at, bool closing, struct html_token *out);
/*
 * The next tag that matters in HTML, as skips_quiet says. false: before it there is markup that is no tag, or the end; `at` is
 * behind the tags that were passed over.
 */
bool html_tag_find(struct html_tokenizer *tokenizer, struct html_token *out);
/* The attributes between `at`, behind a name, and the end of text, into the token. */
void html_tag_read_attributes(struct html_tokenizer *tokenizer, struct span text, size_t at,
                              struct html_token *out);

#endif
