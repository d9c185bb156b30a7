// SPDX-License-Identifier: MIT
#include "run/stop.h"

#include <stddef.h>

static volatile sig_atomic_t stop_asked; /* a handler can reach nothing else */

static void on_signal(int number)
{
    stop_asked = 1;
    signal(number, SIG_DFL);
}

const volatile sig_atomic_t *stop_install(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stop_asked;
}
