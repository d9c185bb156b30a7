// SPDX-License-Identifier: MIT
/*
 * reader.h - the records of one byte range of one archive, and the proof of where the range began and ended.
 *
 *   archive   |m0   |m1 |m2        |m3  |m4    |m5 ...    a member belongs to the range of its first byte
 *   ranges    [0         )[1             )[2          )
 *             first_at=m0  first_at=m3     first_at=m5
 *             end_at  =m3  end_at  =m5     end_at = ...
 *
 * A range that does not begin at 0 searches its first member; that is a guess (a stored body can hold a whole
 * other archive). The caller proves it: first_at must equal the end_at of the range before, else the range is
 * read again with `exact` set from there, also when that is behind its own end. A range in which nothing
 * begins has first_at = end_at = hi as a guess. A damaged member and what is found in the bytes it swallowed
 * belong to one range.
 *
 * In:     the whole archive (mapped), a range, an inflater
 * Out:    records with their place; faults through a callback
 * Owns:   nothing; record spans live until the next reader_next
 * Limits: LIMIT_MEMBER_BYTES: longer members are read through a window; a record that does not fit is cut
 * Errors: data errors become faults (the reader goes on at the next member that starts a record; the gap is
 *         one fault with its length in bytes); returned are only ERR_END and run errors
 * Source: RFC 1952; ISO 28500 annex D; formats.md 1.4 and 4.2
 */
#ifndef READ_READER_H
#define READ_READER_H

#include "1_read/record.h"
#include "1_read/source.h"

struct inflater; /* ext/ext_deflate.h */

/* Where a record lies in the archive file on disk. */
struct place {
    uint64_t at;    /* offset of the gzip member, or of the record in a plain file */
    uint64_t bytes; /* length of the member (compressed), or of the record with the line ends behind it */
    uint64_t inner; /* offset of the record in the inflated member: 0 but for members of several records */
};

/* Called for every data error of stage 1; `bytes`: archive bytes that were not understood (0: none lost). */
typedef void reader_fault_fn(void *context, enum err err, uint64_t at, uint64_t bytes);

/* Which records are needed with their whole block. `record` holds as much of its block as was inflated so far. */
enum reader_need {
    READER_NEED_HEAD /* this much is enough */,
    READER_NEED_BODY,
    READER_NEED_UNKNOWN /* show more */
};
struct reader_needs {
    enum reader_need (*ask)(void *context, const struct record *record);
    void *context;
};
/* What became of a gzip member that need not be inflated: see skip.h. */
enum skip_answer {
    SKIP_SHORT,      /* not worth a question */
    SKIP_WANTED,     /* its body is needed */
    SKIP_PROVEN,     /* its end is certain: its CRC was not checked */
    SKIP_AMBIGUOUS,  /* several ends are possible: read whole */
    SKIP_IMPOSSIBLE, /* no end fits, or no record alone in its member: read whole */
    SKIP_ANSWER_COUNT
};

struct reader {
    struct span file;
    enum source_kind kind;
    uint64_t at, hi;
    uint64_t first_at, end_at; /* see the drawing; first_at from the first record on, end_at after ERR_END */
    uint64_t record_count, member_count;
    uint64_t understood_bytes; /* archive bytes of good members and plain records; with those of the faults
                                * (padding among them) this is end_at - first_at */
    struct inflater *inflater;
    reader_fault_fn *fault;
    void *fault_context;
    const struct reader_needs *needs;                       /* NULL (as initialised): all blocks are needed */
    bool complete;                                          /* inflate also what is not needed, to check it */
    uint64_t skip_counts[SKIP_ANSWER_COUNT], skipped_bytes; /* of archive bytes in proven skips */
    /* A copy of the file's bytes from near_at on, where the caller has one that is cheaper to reach than the file; what is
     * read does not depend on it. */
    struct span near;
    uint64_t near_at;
    size_t window_bytes; /* how much of a member is held at once; LIMIT_MEMBER_BYTES, tests make it small */
    /* private */
    unsigned own_kinds, all_kinds; /* what a guess and what a search after damage looks for, see member.h */
    struct span member;            /* a window of the current member, */
    uint64_t window_at;            /* where it begins in the inflated member, */
    uint64_t member_at;            /* and where the next record begins in it, or behind it */
    struct place here;             /* of the current member, and those joined to it */
    uint64_t last_at,
        last_from;       /* of the last one of these: where it begins in the file, and in the stream of all */
    enum err member_err; /* its damage */
    enum err gap_err;    /* why the inflated bytes before member_at are no record */
    uint64_t swallowed_to; /* end of the damaged bytes that are being searched for members */
    unsigned layer;        /* how many damaged members overlap here */
    bool started, exact, done, in_member, window_is_last, behind_record, behind_inner;
    bool is_closed; /* the member behind it is damaged: not joined */
};

/* kind: one that source_is_records; hi: first byte behind the range. `exact`: a member is known to begin at lo (0 is always exact). */
void reader_init(struct reader *reader, struct span file, enum source_kind kind, uint64_t lo, uint64_t hi,
                 bool exact, struct inflater *inflater, reader_fault_fn *fault, void *fault_context);
enum err reader_next(struct reader *reader, struct record *out, struct place *place) MUST_CHECK;

#endif
