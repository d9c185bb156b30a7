// SPDX-License-Identifier: MIT
/* ext_seccomp.h - giving up what no step after opening the inputs needs: sockets, other programs, other
 * processes. */
#ifndef EXT_SECCOMP_H
#define EXT_SECCOMP_H

#include "base/err.h"

/* For this process and all threads it starts. The forbidden calls fail with EPERM. */
enum err sandbox_enter(void) MUST_CHECK;

#endif
