// SPDX-License-Identifier: MIT
/*
 * sessions.h - which archives of a plan are the traffic of an app, as captures.csv says.
 *
 * A row names an archive by its file, with as much of the path before it as it likes; a row for a container holds for all in
 * it. The session is the row's crawl_id, so that the parts of a rotated recording are one, else the name of the file.
 */
#ifndef PIPELINE_SESSIONS_H
#define PIPELINE_SESSIONS_H

#include "plan.h"

/* path NULL: nothing is bound. Adds what was bound to plan->inputs. ERR_REGISTER when captures.csv is wrong: messages are printed. */
enum err sessions_bind(const char *path, bool quiet, struct plan *plan, struct arena *arena,
                       struct failure *failure) MUST_CHECK;

#endif
