// SPDX-License-Identifier: MIT
/*
 * session.h - the traffic of an app, recorded by a proxy or exported as HAR: a visit that has no page.
 *
 * In:     the unit an archive is bound to (captures.csv), the name of the recorded session
 * Out:    the visit's address, "app:UNIT_ID/SESSION", and back
 * Owns:   nothing
 * Limits: a unit_id has no "/"
 * Errors: SPAN_NONE when the arena is full
 * Source: compliance.md 8.1, captures.csv
 */
#ifndef INDEX_SESSION_H
#define INDEX_SESSION_H

#include "base/arena.h"

struct span session_url(struct span unit_id, struct span session, struct arena *arena);
/* The unit of a session's address; empty: the address of a page. */
struct span session_unit(struct span page_url);

#endif
