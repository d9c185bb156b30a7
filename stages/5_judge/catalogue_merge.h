// SPDX-License-Identifier: MIT
/*
 * catalogue_merge.h - the rows of all layers become one catalogue.
 *
 *   names of entities -> services -> patterns, facts, cookie prefixes -> maps
 *
 * In:     a reader whose catalogue holds the rows of every layer, in the order of the layers
 * Out:    the catalogue of catalogue.h; bases and decisions name entities as it does
 * Owns:   nothing
 * Limits: none of its own
 * Errors: messages: names that no layer knows, owners in a circle, ties within a layer; ERR_MEMORY
 * Source: catalogues.md 4.3
 *
 * An entity is known by the name that the first layer for commercial use gave it, whatever aliases it has elsewhere: a layer
 * that comes later changes its owner and country, but not what bases and decisions call it. A layer that is not for commercial
 * use only fills gaps, which are marked, gives names only to what no other layer names, and names only services of its own;
 * what it knows of them is not known of another layer's service of the same name.
 */
#ifndef JUDGE_CATALOGUE_MERGE_H
#define JUDGE_CATALOGUE_MERGE_H

#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

enum err catalogue_merge(struct reader *reader) MUST_CHECK;

/* Shared by the files of the merging. */
bool catalogue_merge_is_withheld(const struct catalogue *catalogue, uint32_t layer);
/* Below 0: of two that say the same, that of layer a counts before that of b: what is not for commercial use is the last,
 * and else the later layer is the first. */
int catalogue_merge_order(const struct catalogue *catalogue, uint32_t a, uint32_t b);
/* Messages are about this file of a layer from now on. */
void catalogue_merge_file(struct reader *reader, uint32_t layer, const char *file);
enum err catalogue_merge_entities(struct reader *reader) MUST_CHECK;
enum err catalogue_merge_services(struct reader *reader) MUST_CHECK;
enum err catalogue_merge_patterns(struct reader *reader) MUST_CHECK;
enum err catalogue_merge_facts(struct reader *reader) MUST_CHECK;
enum err catalogue_merge_prefixes(struct reader *reader) MUST_CHECK;

/* Services by name, that of the layer that counts last. */
struct catalogue_names {
    struct catalogue *catalogue;
    struct catalogue_name {
        struct span name; /* in small letters */
        uint32_t layer, service;
    } * items;
    size_t count;
};
enum err catalogue_names_of(struct catalogue *catalogue, struct arena *arena,
                            struct catalogue_names *out) MUST_CHECK;
/* The number of the service a row of a layer means: its layer's own, else that of the latest layer that may be named.
 * UINT32_MAX, and told: none. */
uint32_t catalogue_names_find(const struct catalogue_names *names, struct reader *reader, struct span name,
                              uint32_t layer, unsigned line);

#endif
