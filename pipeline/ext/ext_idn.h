// SPDX-License-Identifier: MIT
/* ext_idn.h - UTS 46 ToASCII as URLs need it: non-transitional, CheckBidi, CheckJoiners. By libidn2. */
#ifndef EXT_IDN_H
#define EXT_IDN_H

#include "base/arena.h"

/* domain: UTF-8, already percent-decoded. ERR_URL when UTS 46 fails. */
enum err idn_to_ascii(struct span domain, struct arena *arena, struct span *out) MUST_CHECK;

#endif
