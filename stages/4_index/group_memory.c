// SPDX-License-Identifier: MIT
#include "4_index/group_memory.h"

#include "3_extract/site.h"
#include "base/hash.h"

enum err group_make_memory(struct group *g)
{
    g->memory = arena_alloc(g->arena, sizeof *g->memory);
    return g->memory ? ERR_OK : ERR_MEMORY;
}

struct span group_site_of(const struct group *g, struct span host)
{
    if (!host.bytes || host.bytes > GROUP_MEMORY_HOST_BYTES)
        return site_of(g->suffixes, host);
    struct group_known_site *known = &g->memory->sites[hash_span(host) % GROUP_MEMORY_ROWS];
    if (!span_equal(span_of(known->host, known->host_bytes), host)) {
        struct span site = site_of(g->suffixes, host);
        *known = (struct group_known_site){.site_at = (uint16_t)(site.at - host.at),
                                           .site_bytes = (uint16_t)site.bytes,
                                           .host_bytes = (uint8_t)host.bytes};
        memcpy(known->host, host.at, host.bytes);
    }
    return span_first(span_from(host, known->site_at), known->site_bytes);
}
