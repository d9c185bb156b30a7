// SPDX-License-Identifier: MIT
/* stop.h - Ctrl-C and SIGTERM ask for an orderly end; a second one ends at once. */
#ifndef RUN_STOP_H
#define RUN_STOP_H

#include <signal.h>

/* Installs the handlers; the flag is 0 until a signal came. */
const volatile sig_atomic_t *stop_install(void);

#endif
