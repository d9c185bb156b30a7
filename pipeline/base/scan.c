// SPDX-License-Identifier: MIT
#include "base/scan.h"

#if defined __x86_64__
#include <immintrin.h>
#elif defined __aarch64__
#include <arm_neon.h>
#endif

#if defined __x86_64__
/* Two look-ups tell of a byte which of the eight its lower half and its upper half fit; above ASCII the first gives 0. */
__attribute__((target("avx2"))) static inline uint64_t half_avx2(const char *at, __m256i low, __m256i high,
                                                                 __m256i below)
{
    __m256i bytes = _mm256_loadu_si256((const void *)at),
            upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15)),
            shared = _mm256_and_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(high, upper)),
            over = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, below), bytes),
            others = _mm256_and_si256(_mm256_cmpeq_epi8(shared, _mm256_setzero_si256()), over);
    return (uint32_t)~_mm256_movemask_epi8(others);
}

__attribute__((target("avx2"))) static uint64_t mask_avx2(const char *at, const struct scan_set *set)
{
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)set->low)),
                  high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)set->high)),
                  below = _mm256_set1_epi8((char)set->below);
    return half_avx2(at, low, high, below) | half_avx2(at + 32, low, high, below) << 32;
}

static bool is_single(const struct scan_set *set)
{
    return !set->below && memcmp(set->bytes, set->bytes + 1, sizeof set->bytes - 1) == 0;
}

/* A single byte is found by comparing. */
__attribute__((target("avx2"))) static uint64_t byte_avx2(const char *at, __m256i byte)
{
    const __m256i first = _mm256_cmpeq_epi8(_mm256_loadu_si256((const void *)at), byte),
                  second = _mm256_cmpeq_epi8(_mm256_loadu_si256((const void *)(at + 32)), byte);
    return (uint32_t)_mm256_movemask_epi8(first) | (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
}

__attribute__((target("avx2"))) static void masks_avx2(const char *at, size_t block_count,
                                                       const struct scan_set *set, uint64_t *to, size_t step)
{
    const __m256i byte = _mm256_set1_epi8((char)set->bytes[0]);
    if (is_single(set))
        for (size_t i = 0; i < block_count; i++)
            to[i * step] = byte_avx2(at + i * SCAN_BYTES, byte);
    else
        for (size_t i = 0; i < block_count; i++)
            to[i * step] = mask_avx2(at + i * SCAN_BYTES, set);
}

/* Without byte look-ups: one comparison for each byte of the set. */
static uint64_t mask_sse2(const char *at, const struct scan_set *set)
{
    const __m128i below = _mm_set1_epi8((char)set->below);
    __m128i bytes[4], over[4], found[4];
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = _mm_loadu_si128((const void *)(at + 16 * i));
        over[i] = _mm_cmpeq_epi8(_mm_max_epu8(bytes[i], below), bytes[i]);
        found[i] = _mm_setzero_si128();
    }
    for (unsigned k = 0; k < sizeof set->bytes; k++) {
        __m128i one = _mm_set1_epi8((char)set->bytes[k]);
        for (unsigned i = 0; i < 4; i++)
            found[i] = _mm_or_si128(found[i], _mm_cmpeq_epi8(bytes[i], one));
    }
    uint64_t mask = 0;
    for (unsigned i = 0; i < 4; i++)
        mask |= (uint64_t)(uint16_t)(_mm_movemask_epi8(found[i]) | ~_mm_movemask_epi8(over[i])) << 16 * i;
    return mask;
}
#endif

#if defined __aarch64__
static uint64_t mask_neon(const char *at, const struct scan_set *set)
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t low = vld1q_u8(set->low), high = vld1q_u8(set->high), below = vdupq_n_u8(set->below),
                     weight = vld1q_u8(weights);
    uint8x16_t found[4];
    for (unsigned i = 0; i < 4; i++) {
        uint8x16_t bytes = vld1q_u8((const uint8_t *)at + 16 * i),
                   lower = vqtbl1q_u8(low, vandq_u8(bytes, vdupq_n_u8(15))),
                   upper = vqtbl1q_u8(high, vshrq_n_u8(bytes, 4));
        found[i] = vandq_u8(vorrq_u8(vtstq_u8(lower, upper), vcltq_u8(bytes, below)), weight);
    }
    uint8x16_t sum = vpaddq_u8(vpaddq_u8(found[0], found[1]), vpaddq_u8(found[2], found[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}
#endif

static bool is_of(const struct scan_set *set, unsigned char c)
{
    return set->low[c & 15] & set->high[c >> 4] || c < set->below;
}

static uint64_t mask_plain(const char *at, const struct scan_set *set)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < SCAN_BYTES; i++)
        mask |= (uint64_t)is_of(set, (unsigned char)at[i]) << i;
    return mask;
}

static const struct scan_way plain = {"plain", mask_plain, NULL};

#if defined __x86_64__
const struct scan_way *scan_way_at(size_t index)
{
    static const struct scan_way avx2 = {"avx2", mask_avx2, masks_avx2}, sse2 = {"sse2", mask_sse2, NULL};
    static const struct scan_way *const ways[] = {&avx2, &sse2, &plain};
    index += !__builtin_cpu_supports("avx2");
    return index < sizeof ways / sizeof *ways ? ways[index] : NULL;
}
#elif defined __aarch64__
const struct scan_way *scan_way_at(size_t index)
{
    static const struct scan_way neon = {"neon", mask_neon, NULL};
    return index == 0 ? &neon : index == 1 ? &plain : NULL;
}
#else
const struct scan_way *scan_way_at(size_t index)
{
    return index ? NULL : &plain;
}
#endif

/* They are read with those before them; a shorter text is copied. */
uint64_t scan_mask_last(const struct scan_way *way, struct span text, const struct scan_set *set, size_t from)
{
    size_t left = text.bytes - from;
    if (text.bytes >= SCAN_BYTES)
        return way->mask(text.at + text.bytes - SCAN_BYTES, set) >> (SCAN_BYTES - left);
    char room[SCAN_BYTES] = {0};
    memcpy(room, text.at + from, left);
    return way->mask(room, set) & (((uint64_t)1 << left) - 1);
}

void scan_masks(const struct scan_way *way, struct span text, const struct scan_set *sets, size_t set_count,
                uint64_t *to)
{
    size_t whole = text.bytes / SCAN_BYTES;
    for (size_t k = 0; k < set_count; k++) {
        if (way->masks)
            way->masks(text.at, whole, &sets[k], to + k, set_count);
        for (size_t i = way->masks ? whole : 0; i * SCAN_BYTES < text.bytes; i++)
            to[i * set_count + k] = scan_mask(way, text, &sets[k], i * SCAN_BYTES);
    }
}

/* Of a short text a copy takes longer than its bytes one by one. */
size_t scan_find(struct span text, const struct scan_set *set, size_t from)
{
    const struct scan_way *way = scan_way_at(0);
    if (text.bytes < SCAN_BYTES) {
        while (from < text.bytes && !is_of(set, (unsigned char)text.at[from]))
            from++;
        return from < text.bytes ? from : text.bytes;
    }
    for (; from < text.bytes; from += SCAN_BYTES) {
        uint64_t mask = scan_mask(way, text, set, from);
        if (mask)
            return from + (size_t)__builtin_ctzll(mask);
    }
    return text.bytes;
}
