// SPDX-License-Identifier: MIT
#include "run/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S          1000000000ll
#define FIRST_AFTER_NS    (NS_PER_S / 2)
#define TERMINAL_EVERY_NS (NS_PER_S / 4)
#define LOG_EVERY_NS      (60 * NS_PER_S)
#define LINE_BYTES        200

int64_t progress_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

void progress_init(struct progress *p, enum progress_mode mode, int fd, int64_t now_ns)
{
    *p = (struct progress){.mode = mode, .fd = fd, .started_ns = now_ns, .printed_ns = now_ns};
}

int progress_line(const struct progress_state *s, int64_t elapsed_ns, char *out, unsigned out_bytes)
{
    static const struct {
        const char *name;
        double bytes;
    } units[] = {
        {"GB", 1e9},
        {"MB", 1e6},
        {"kB", 1e3}
    };
    unsigned u = s->total_bytes >= 10000000000ull ? 0 : s->total_bytes >= 10000000ull ? 1 : 2;
    double seconds = (double)elapsed_ns / NS_PER_S;
    double rate = seconds > 0 ? (double)(s->bytes - s->resumed_bytes) / seconds : 0;
    int n = snprintf(
        out, out_bytes, "%s %.1f of %.1f %s, %.0f MB/s, archive %llu of %llu, %llu %s, %llu faults", s->doing,
        (double)s->bytes / units[u].bytes, (double)s->total_bytes / units[u].bytes, units[u].name, rate / 1e6,
        (unsigned long long)s->archives, (unsigned long long)s->total_archives, (unsigned long long)s->found,
        s->found_what, (unsigned long long)s->faults);
    if (rate > 0 && n > 0 && (unsigned)n < out_bytes) {
        long long left = (long long)((double)(s->total_bytes - s->bytes) / rate);
        n += snprintf(out + n, out_bytes - (unsigned)n, ", %lld:%02lld left", left / 60, left % 60);
    }
    return n;
}

static void put(const struct progress *p, const char *text, size_t bytes)
{
    ssize_t written = write(p->fd, text, bytes);
    (void)written; /* a closed terminal must not end the run */
}

void progress_show(struct progress *p, const struct progress_state *state, int64_t now_ns)
{
    int64_t every_ns = p->mode == PROGRESS_TERMINAL ? TERMINAL_EVERY_NS : LOG_EVERY_NS;
    if (p->mode == PROGRESS_OFF || now_ns - p->started_ns < FIRST_AFTER_NS ||
        now_ns - p->printed_ns < every_ns)
        return;
    char line[LINE_BYTES + 8];
    int n = progress_line(state, now_ns - p->started_ns, line + 1, LINE_BYTES);
    if (n < 0)
        return;
    size_t bytes = n < LINE_BYTES ? (size_t)n : LINE_BYTES - 1;
    p->printed_ns = now_ns;
    if (p->mode == PROGRESS_LOG) {
        line[1 + bytes] = '\n';
        put(p, line + 1, bytes + 1);
        return;
    }
    line[0] = '\r';
    const char clear[] = "\033[K"; /* what an earlier, longer line left */
    put(p, line, bytes + 1);
    put(p, clear, sizeof clear - 1);
    p->line_open = true;
}

void progress_end(struct progress *p)
{
    if (p->line_open)
        put(p, "\n", 1);
    p->line_open = false;
}
