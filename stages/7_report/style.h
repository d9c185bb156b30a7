// SPDX-License-Identifier: MIT
/*
 * style.h - the one style sheet of the report, and the policy that allows it and nothing else.
 *
 * In:     -
 * Out:    CSS text; a Content-Security-Policy
 * Owns:   nothing
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: WCAG 2.1 AA (1.4.1, 1.4.3, 1.4.10, 1.4.11); CSP level 3, section 2.3.1 (hash sources)
 */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include "base/arena.h"

const char *style_text(void);
/* Nothing is loaded, nothing runs, and of styles only this one holds. */
enum err style_policy(struct arena *arena, struct span *out) MUST_CHECK;

#endif
