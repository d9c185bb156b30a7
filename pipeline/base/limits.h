// SPDX-License-Identifier: MIT
/*
 * limits.h - every maximum, with its unit and its reason. Nothing that grows with input grows beyond a row of this page.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* A member is inflated whole up to this; longer ones are read through a window of this size, and records
 * whose body is needed and does not fit are cut. A body of LIMIT_BODY_BYTES fits with its heads. */
#define LIMIT_MEMBER_BYTES (72u << 20)
/* The least that --memory may leave of a window or a body: real pages fit. */
#define LIMIT_WINDOW_LEAST_BYTES (4u << 20)
/* WARC head: formats.md 4.1. Real heads have a 99th percentile of 1.2 kB; huge URLs push single ones to 64 kB. */
#define LIMIT_WARC_HEAD_BYTES (1u << 20)
#define LIMIT_WARC_FIELDS     65536u
/* Header line of an ARC record: a URL, and few short fields behind it. */
#define LIMIT_ARC_LINE_BYTES (LIMIT_URL_BYTES + 4096u)
/* HTTP head: formats.md 4.1; a 7000-field head was seen in the wild. */
#define LIMIT_HTTP_HEAD_BYTES (1u << 20)
#define LIMIT_HTTP_FIELDS     10000u
/* Browsers refuse to navigate far below this (Chromium 2 MiB, servers 8 kB); formats.md 4.1. */
#define LIMIT_URL_BYTES (64u << 10)
/* Decoded body that is scanned; the rest is counted, not read. The largest HTML pages seen are a few MiB. */
#define LIMIT_BODY_BYTES (64u << 20)
/* Deflate cannot exceed 1032:1, brotli and zstd can: stop a body that beats this after its first MiB. */
#define LIMIT_CODING_RATIO 1000u
#define LIMIT_CODING_DEPTH 5u
/* srcdoc in srcdoc, frame in frame. */
#define LIMIT_NESTING 8u
/* One attribute value that is read, and all srcdoc documents of one page: far beyond real ones (data: URLs are not read). */
#define LIMIT_ATTRIBUTE_BYTES (1u << 20)
#define LIMIT_SRCDOC_BYTES    (4u << 20)
/* References of one body; a page with more is a list, not a page. */
#define LIMIT_REFERENCES 65536u
#define LIMIT_ATTRIBUTES 256u
/* Set-Cookie lines of one response and pairs of one request; browsers keep 180 per domain. */
#define LIMIT_COOKIES 512u
/* RFC 6265bis 5.6: name plus value, and one attribute value. */
#define LIMIT_COOKIE_PAIR_BYTES      4096u
#define LIMIT_COOKIE_ATTRIBUTE_BYTES 1024u
/* RFC 6265bis 5.5: user agents keep no cookie longer than 400 days. */
#define LIMIT_COOKIE_LIFETIME_S 34560000
/* pageinfo: resources of one page; JSON nesting. */
#define LIMIT_PAGE_RESOURCES 100000u
#define LIMIT_JSON_BYTES     (64u << 20)
#define LIMIT_JSON_DEPTH     64u
/* An empty object of three bytes takes a quarter of a kB parsed; LIMIT_PAGE_RESOURCES with six members each fit. */
#define LIMIT_JSON_VALUES 1000000u
/* Brackets open at once in JSON that is only measured: far beyond what is parsed, so that one deep value costs itself. */
#define LIMIT_JSON_WALK_DEPTH 256u
/* How often each byte of a damaged HAR is looked at on average: some dozen honest damages, whose ends are searched to the end of
 * the file, stay below; a file made of damage would take the square of its size. */
#define LIMIT_HAR_LOOKS 64u
/* Members of a ZIP or tar, and bytes of a ZIP's comment (APPNOTE: two-byte length). */
#define LIMIT_CONTAINER_MEMBERS 100000u
#define LIMIT_ZIP_COMMENT_BYTES 65535u
/* An answer of the DNS: names that lead to one another, of which resolvers follow about as many; and lines, of which the
 * 64 KiB of a message hold no more, at 16 bytes each. */
#define LIMIT_DNS_NAMES 16u
#define LIMIT_DNS_LINES 4096u
/* Columns of a CDX line: the alphabet names 60. A line: CDXJ may carry the body of a POST request. */
#define LIMIT_CDX_COLUMNS    64u
#define LIMIT_CDX_LINE_BYTES (16u << 20)
/* Lines of all indexes together that are kept to be held against the archives: 16 bytes each, 24 while they are gathered. */
#define LIMIT_INDEXED_RECORDS (8u << 20)
/* Parts of one record, and what is kept of each: documents are smaller, and no known program segments. */
#define LIMIT_SEGMENTS      65536u
#define LIMIT_SEGMENT_BYTES (1u << 20)
/* Containers in containers: a WACZ of WACZs in a tar.gz has 3. */
#define LIMIT_CONTAINER_DEPTH 8u
/* What one compressed file may unpack to on disk. A megawarc is 50 GB; a bzip2 of 200 kB could be made to give this much. */
#define LIMIT_UNPACKED_BYTES (256ull << 30)
/* How much of a compressed archive is unpacked at most to learn its producer; it shows itself in the first records. */
#define LIMIT_PLANNED_BYTES (64u << 20)
/* Redirects a browser follows (Fetch standard: 20) and the referrer chain of evidence.md 3.3. */
#define LIMIT_REDIRECTS      20u
#define LIMIT_REFERRER_DEPTH 16u
/* Open elements that change what those inside them mean (picture, svg, template ...); deeper ones are not told apart. */
#define LIMIT_HTML_CONTEXT 64u
/* Documents of one visit whose declarations count: page, frames, style sheets. Real pages have below a hundred. */
#define LIMIT_VISIT_DOCUMENTS 1024u
/* Events of one group while it is resolved; resolve.h says how they grow. */
#define LIMIT_GROUP_ARENA_BYTES (8ull << 30)
/* Arena of one worker: the facts of one record, bounded by the rows above. */
#define LIMIT_WORKER_ARENA_BYTES (256u << 20)
/* What a worker remembers of bodies it scanned, and of how many places; a site of the state has some hundred style sheets. */
#define LIMIT_MEMO_BYTES  (8u << 20)
#define LIMIT_MEMO_PLACES 4096u
/* Facts of one chunk on their way to commit: behind the member that brings them over this, the chunk goes on in a
 * further piece. */
#define LIMIT_PIECE_FACTS_BYTES (16u << 20)
/* Facts of one member, or of a HAR: behind the first, lists (references, cookies, resources) are left out, behind the second
 * whole events, and that is said of each. */
#define LIMIT_MEMBER_LISTS_BYTES (96u << 20)
#define LIMIT_MEMBER_FACTS_BYTES (160u << 20)
#define LIMIT_CHUNK_FACTS_BYTES  (1u << 30)
/* What `verify` keeps of the records of one archive to see who names whom: 80 bytes each. Beyond it pairing is not
 * checked, and that is said. Archives are usually closed at 1 GB, which is a tenth of that many records. */
#define LIMIT_LINKS_BYTES (128u << 20)
/* The same for the targets of revisits, three keys of 8 bytes a response, over all archives given. */
#define LIMIT_LINK_KEYS_BYTES (512u << 20)
/* Layers of the catalogue: there are half a dozen public lists. */
#define LIMIT_LAYERS 64u
/* One register file, and the text of one cell. */
#define LIMIT_REGISTER_BYTES (256u << 20)
#define LIMIT_CELL_BYTES     (64u << 10)
/* Cells of one register row (the widest register has 26 columns), and messages kept about all registers. */
#define LIMIT_ROW_CELLS         256u
#define LIMIT_REGISTER_MESSAGES 1000u
/* One file of the report. */
#define LIMIT_OUTPUT_BYTES (2000u << 20)
/* Path of an input. */
#define LIMIT_PATH_BYTES 4096u
/* zstd: window (RFC 9659 and the WARC zstd specification let a decoder refuse more) and dictionary. */
#define LIMIT_ZSTD_WINDOW_BYTES     (8u << 20)
#define LIMIT_ZSTD_DICTIONARY_BYTES (8u << 20)
/* Dictionaries hardly compress (real ones by 3): a crafted file must not make each of many small ones a large one. */
#define LIMIT_ZSTD_DICTIONARY_RATIO 64u
/* How far before a frame the dictionary of a concatenated file is sought; a first or given one is found anywhere. */
#define LIMIT_ZSTD_DICTIONARY_SEARCH_BYTES (256u << 20)
/* Dictionaries given on the command line. */
#define LIMIT_ZSTD_DICTIONARIES 16u
/* Name or comment in a gzip header: a path. Unbounded, each false header would be a scan to the file's end. */
#define LIMIT_GZIP_TEXT_BYTES 4096u
/* A version line must be followed by a telling field within this to be taken for a record (formats.md 4.1).
 * Also how much of a file is looked at to tell what it is. */
#define LIMIT_SEARCH_BYTES (64u << 10)
/* The same of a file that begins like a gzip member or a zstd frame, and is damaged there. */
#define LIMIT_SOURCE_SEARCH_BYTES (16u << 20)
/* A record whose length leads nowhere: how far behind it the next one is still taken for the end of its block
 * (formats.md 4.1: 4 KiB), and records in its block that are tried as its end. */
#define LIMIT_LANDING_BYTES 4096u
#define LIMIT_LANDING_TRIES 64u
/* A host name that is not ASCII: the DNS holds 253 bytes, of which a label in Punycode takes 6 and its dot; ignored code
 * points come on top. */
#define LIMIT_IDN_POINTS 512u
#define LIMIT_IDN_LABELS 40u
/* Folders in folders of an output that is removed; ours has 3. Each holds a file descriptor. */
#define LIMIT_FOLDER_DEPTH 32u

#endif
