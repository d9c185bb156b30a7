// SPDX-License-Identifier: MIT
/*
 * layer.h - a layer of the catalogue: a folder with CSV files that somebody gave out, under a licence.
 *
 *   catalogue/NAME/layer.csv     key,value: name, licence, non_commercial, version, date, source, sha256
 *                 entities.csv  who: entity, owner, country, homepage, aliases, public_body
 *                 services.csv  what they offer: service, entity, category, role, own_use_possible, optout_exists
 *                 patterns.csv  how it is told: service, pattern, query_key, cookie_prefixes, valid_from, valid_to
 *                 facts.csv     what is known of it: service, fact, value, strength, detail, valid_from, valid_to
 *                 aliases.csv   names that lead to others: as the register of that name
 *
 * In:     the bytes of the files, present or not; or a folder with layers
 * Out:    rows in the reader's catalogue; a digest of every file
 * Owns:   layer_open: mappings of the files, until layer_close
 * Limits: LIMIT_LAYERS, LIMIT_REGISTER_BYTES
 * Errors: messages, and then ERR_REGISTER; ERR_MEMORY
 * Source: catalogues.md 4.3
 */
#ifndef JUDGE_LAYER_H
#define JUDGE_LAYER_H

#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"
#include "base/limits.h"
#include "io/mapfile.h"

enum layer_file {
    LAYER_ABOUT,
    LAYER_ENTITIES,
    LAYER_SERVICES,
    LAYER_PATTERNS,
    LAYER_FACTS,
    LAYER_ALIASES,
    LAYER_FILE_COUNT
};
struct layer_text {
    struct span folder; /* its name */
    struct register_text texts[LAYER_FILE_COUNT];
};
extern const char *const layer_files[LAYER_FILE_COUNT];
extern const struct schema layer_fact_schema;
/* The layer that is part of the program. */
struct layer_text layer_built_in(void);

/* As the layer after those read before. */
enum err layer_read(struct reader *reader, const struct layer_text *text) MUST_CHECK;

struct layer_folders {
    struct layer_text items[LIMIT_LAYERS];
    struct mapfile files[LIMIT_LAYERS][LAYER_FILE_COUNT];
    size_t count;
};
/* The folders below DIR/catalogue, by name; none when it is not there. What failed is told, and closed by layer_close; so is
 * a name that is not read, but for hidden ones and README, LICENCE, LICENSE, COPYING and NOTICE with any ending. */
enum err layer_open(struct reader *reader, const char *folder, struct layer_folders *out) MUST_CHECK;
void layer_close(struct layer_folders *folders);

#endif
