// SPDX-License-Identifier: MIT
/*
 * indexes.h - what the indexes among the inputs (CDX, CDXJ) say about the archives of the plan.
 *
 * In:     a plan whose archives are all known and sorted, and its indexes
 * Out:    of every archive that an index speaks of, the places it names
 * Owns:   nothing (the places live in the caller's arena)
 * Limits: LIMIT_INDEXED_RECORDS; LIMIT_CDX_LINE_BYTES
 * Errors: run errors only; what is no index line, and lines of archives that are not here, are counted and said
 * Source: formats.md 1.8
 *
 * An index means the archive by its file name without the folder. Of several archives of that name it means the nearest
 * one: with which it shares most folders. An index inside a WACZ means archives of that WACZ only.
 */
#ifndef PIPELINE_INDEXES_H
#define PIPELINE_INDEXES_H

#include "plan.h"

enum err indexes_load(struct plan *plan, struct opener *opener, struct arena *arena) MUST_CHECK;

#endif
