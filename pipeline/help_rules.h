// SPDX-License-Identifier: MIT
/* help_rules.h - the decision tables as the program has them, for reading beside the guidance or for other programs. */
#ifndef PIPELINE_HELP_RULES_H
#define PIPELINE_HELP_RULES_H

#include <stdbool.h>

#include "base/err.h"

enum err help_rules_print(bool tsv) MUST_CHECK;

#endif
