// SPDX-License-Identifier: MIT
#include "base/find.h"

#include <string.h>

static size_t find_plain(struct span s, const char three[3], size_t from)
{
    for (size_t at = from; at + 3 <= s.bytes; at++) {
        const char *p = memchr(s.at + at, three[0], s.bytes - 2 - at);
        if (!p)
            break;
        at = (size_t)(p - s.at);
        if (p[1] == three[1] && p[2] == three[2])
            return at;
    }
    return s.bytes;
}

#if defined __x86_64__
#include <immintrin.h>

static size_t find_sse2(struct span s, const char three[3], size_t from)
{
    const __m128i first = _mm_set1_epi8(three[0]), second = _mm_set1_epi8(three[1]),
                  third = _mm_set1_epi8(three[2]);
    size_t at = from;
    for (; s.bytes >= 18 && at <= s.bytes - 18; at += 16) {
        const char *p = s.at + at;
        __m128i found = _mm_and_si128(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)p), first),
                                      _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 1)), second));
        found = _mm_and_si128(found, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + 2)), third));
        int places = _mm_movemask_epi8(found);
        if (places)
            return at + (size_t)__builtin_ctz((unsigned)places);
    }
    return find_plain(s, three, at);
}

__attribute__((target("avx2"))) static unsigned places_avx2(const char *p, __m256i first, __m256i second,
                                                            __m256i third)
{
    __m256i found = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)p), first),
                                     _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + 1)), second));
    found = _mm256_and_si256(found, _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(p + 2)), third));
    return (unsigned)_mm256_movemask_epi8(found);
}

__attribute__((target("avx2"))) static size_t find_avx2(struct span s, const char three[3], size_t from)
{
    const __m256i first = _mm256_set1_epi8(three[0]), second = _mm256_set1_epi8(three[1]),
                  third = _mm256_set1_epi8(three[2]);
    size_t at = from;
    for (; s.bytes >= 66 && at <= s.bytes - 66; at += 64) {
        uint64_t places = places_avx2(s.at + at, first, second, third) |
                          (uint64_t)places_avx2(s.at + at + 32, first, second, third) << 32;
        if (places)
            return at + (size_t)__builtin_ctzll(places);
    }
    return find_sse2(s, three, at);
}

static find_three_fn *const ways[] = {find_plain, find_sse2, find_avx2};

static unsigned way_count(void)
{
    return __builtin_cpu_supports("avx2") ? 3 : 2;
}

#elif defined __aarch64__
#include <arm_neon.h>

static size_t find_neon(struct span s, const char three[3], size_t from)
{
    const uint8x16_t first = vdupq_n_u8((uint8_t)three[0]), second = vdupq_n_u8((uint8_t)three[1]),
                     third = vdupq_n_u8((uint8_t)three[2]);
    size_t at = from;
    for (; s.bytes >= 18 && at <= s.bytes - 18; at += 16) {
        const uint8_t *p = (const uint8_t *)s.at + at;
        uint8x16_t found = vandq_u8(vceqq_u8(vld1q_u8(p), first), vceqq_u8(vld1q_u8(p + 1), second));
        if (vmaxvq_u8(vandq_u8(found, vceqq_u8(vld1q_u8(p + 2), third))))
            return find_plain(s, three, at);
    }
    return find_plain(s, three, at);
}

static find_three_fn *const ways[] = {find_plain, find_neon};

static unsigned way_count(void)
{
    return 2;
}

#else
static find_three_fn *const ways[] = {find_plain};

static unsigned way_count(void)
{
    return 1;
}
#endif

find_three_fn *find_three_way(unsigned number)
{
    return number < way_count() ? ways[number] : NULL;
}

size_t find_three(struct span s, const char three[3], size_t from)
{
    return ways[way_count() - 1](s, three, from);
}
