// SPDX-License-Identifier: MIT
#include "base/classify.h"

#include <assert.h>

#if defined __x86_64__
#include <immintrin.h>
#elif defined __ARM_NEON
#include <arm_neon.h>
#endif

/* The marks of whole blocks. */
typedef void blocks_fn(const char *at, size_t block_count, const struct classify_set *sets, size_t set_count,
                       uint64_t *marks);

static void portable(const char *at, size_t block_count, const struct classify_set *sets, size_t set_count,
                     uint64_t *marks)
{
    uint8_t sets_of[256] = {0}; /* bit k: a member of set k */
    for (size_t k = 0; k < set_count; k++)
        for (size_t i = 0; i < sets[k].count; i++)
            sets_of[(unsigned char)sets[k].members[i]] |= (uint8_t)(1u << k);
    for (size_t block = 0; block < block_count; block++, at += CLASSIFY_BLOCK_BYTES, marks += set_count) {
        memset(marks, 0, set_count * sizeof *marks);
        for (size_t i = 0; i < CLASSIFY_BLOCK_BYTES; i++) {
            unsigned of = sets_of[(unsigned char)at[i]];
            for (size_t k = 0; of; k++, of >>= 1)
                marks[k] |= (uint64_t)(of & 1) << i;
        }
    }
}

#if defined __x86_64__

static void sse2(const char *at, size_t block_count, const struct classify_set *sets, size_t set_count,
                 uint64_t *marks)
{
    for (; block_count; block_count--, at += CLASSIFY_BLOCK_BYTES) {
        __m128i text[4];
        for (int i = 0; i < 4; i++)
            text[i] = _mm_loadu_si128((const __m128i *)(const void *)(at + 16 * i));
        for (size_t k = 0; k < set_count; k++) {
            __m128i hit[4] = {0};
            for (size_t m = 0; m < sets[k].count; m++) {
                __m128i member = _mm_set1_epi8(sets[k].members[m]);
                for (int i = 0; i < 4; i++)
                    hit[i] = _mm_or_si128(hit[i], _mm_cmpeq_epi8(text[i], member));
            }
            uint64_t mark = 0;
            for (int i = 0; i < 4; i++)
                mark |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit[i]) << (16 * i);
            *marks++ = mark;
        }
    }
}

#define AVX2 __attribute__((target("avx2")))

/* A set as tables of its members by their lower four bits: a byte is a member if a table has it where its own bits point. */
struct tables {
    size_t count;
    uint8_t members[CLASSIFY_MEMBERS][16];
};

/* Where a table has no member, it holds a byte of other lower bits, which is never the one that is looked up. */
static void tables_of(const struct classify_set *set, struct tables *tables)
{
    tables->count = 0;
    for (size_t m = 0; m < set->count; m++) {
        uint8_t member = (uint8_t)set->members[m], low = member & 15;
        size_t t = 0;
        while (t < tables->count && (tables->members[t][low] & 15) == low)
            t++;
        if (t == tables->count) {
            memset(tables->members[t], 0, 16);
            tables->members[t][0] = 1;
            tables->count++;
        }
        tables->members[t][low] = member;
    }
}

AVX2 static uint64_t avx2_block(const char *at, const struct tables *tables)
{
    const __m256i lower = _mm256_set1_epi8(15);
    __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
    __m256i of_first = _mm256_and_si256(first, lower), of_second = _mm256_and_si256(second, lower);
    __m256i in_first = _mm256_setzero_si256(), in_second = in_first;
    for (size_t t = 0; t < tables->count; t++) {
        __m256i table =
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)tables->members[t]));
        __m256i by_first = _mm256_shuffle_epi8(table, of_first),
                by_second = _mm256_shuffle_epi8(table, of_second);
        in_first = _mm256_or_si256(in_first, _mm256_cmpeq_epi8(first, by_first));
        in_second = _mm256_or_si256(in_second, _mm256_cmpeq_epi8(second, by_second));
    }
    return (uint32_t)_mm256_movemask_epi8(in_first) | (uint64_t)(uint32_t)_mm256_movemask_epi8(in_second)
                                                          << 32;
}

AVX2 static void avx2(const char *at, size_t block_count, const struct classify_set *sets, size_t set_count,
                      uint64_t *marks)
{
    struct tables tables;
    for (size_t k = 0; k < set_count; k++) {
        tables_of(&sets[k], &tables);
        for (size_t i = 0; i < block_count; i++)
            marks[i * set_count + k] = avx2_block(at + i * CLASSIFY_BLOCK_BYTES, &tables);
    }
}

#elif defined __ARM_NEON

/* One bit per byte, as x86 has an instruction for: each byte keeps the bit of its place, neighbours are added up. */
static uint64_t bits_of(uint8x16_t hit)
{
    static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t bits = vandq_u8(hit, vld1q_u8(places));
    uint64x2_t sums = vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(bits)));
    return vgetq_lane_u64(sums, 0) | vgetq_lane_u64(sums, 1) << 8;
}

static void neon(const char *at, size_t block_count, const struct classify_set *sets, size_t set_count,
                 uint64_t *marks)
{
    for (; block_count; block_count--, at += CLASSIFY_BLOCK_BYTES) {
        for (size_t k = 0; k < set_count; k++) {
            uint64_t mark = 0;
            for (int i = 0; i < 4; i++) {
                uint8x16_t text = vld1q_u8((const uint8_t *)at + 16 * i), hit = vdupq_n_u8(0);
                for (size_t m = 0; m < sets[k].count; m++)
                    hit = vorrq_u8(hit, vceqq_u8(text, vdupq_n_u8((uint8_t)sets[k].members[m])));
                mark |= bits_of(hit) << (16 * i);
            }
            *marks++ = mark;
        }
    }
}

#endif

/* NULL: not on this machine. */
static blocks_fn *blocks_of(enum classify_way way)
{
    switch (way) {
    case CLASSIFY_PORTABLE:
        return portable;
#if defined __x86_64__
    case CLASSIFY_SSE2:
        return sse2;
    case CLASSIFY_AVX2:
        return __builtin_cpu_supports("avx2") ? avx2 : NULL;
#elif defined __ARM_NEON
    case CLASSIFY_NEON:
        return neon;
#endif
    default:
        return NULL;
    }
}

static blocks_fn *best(void)
{
#if defined __x86_64__
    return __builtin_cpu_supports("avx2") ? avx2 : sse2;
#elif defined __ARM_NEON
    return neon;
#else
    return portable;
#endif
}

/* The last block may lie at the end of what can be read: it is classified in a copy. */
static void run(blocks_fn *blocks, struct span text, const struct classify_set *sets, size_t set_count,
                uint64_t *marks)
{
    size_t whole = text.bytes / CLASSIFY_BLOCK_BYTES, rest = text.bytes % CLASSIFY_BLOCK_BYTES;
    assert(set_count <= CLASSIFY_SETS);
    blocks(text.at, whole, sets, set_count, marks);
    if (!rest)
        return;
    char copy[CLASSIFY_BLOCK_BYTES] = {0};
    memcpy(copy, text.at + text.bytes - rest, rest);
    marks += whole * set_count;
    blocks(copy, 1, sets, set_count, marks);
    for (size_t k = 0; k < set_count; k++)
        marks[k] &= ((uint64_t)1 << rest) - 1;
}

void classify_bytes(struct span text, const struct classify_set *sets, size_t set_count, uint64_t *marks)
{
    run(best(), text, sets, set_count, marks);
}

bool classify_bytes_by(enum classify_way way, struct span text, const struct classify_set *sets,
                       size_t set_count, uint64_t *marks)
{
    blocks_fn *blocks = blocks_of(way);
    if (blocks)
        run(blocks, text, sets, set_count, marks);
    return blocks;
}
