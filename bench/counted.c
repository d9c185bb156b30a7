// SPDX-License-Identifier: MIT
/*
 * counted.c - put before the C library (LD_PRELOAD), counts what a program asks for that may wait for other threads or for the system:
 * locks, allocations, and the system calls that reading and writing make. Prints one line of JSON to stderr at the end.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);

static atomic_uint_fast64_t allocations, locks, calls;

void *malloc(size_t bytes)
{
    allocations++;
    return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    allocations++;
    return __libc_calloc(count, bytes);
}

void *realloc(void *block, size_t bytes)
{
    allocations++;
    return __libc_realloc(block, bytes);
}

/* The function of the C library that this one stands before. */
#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    locks++;
    return NEXT(pthread_mutex_lock)(mutex);
}

ssize_t pread(int fd, void *to, size_t bytes, off_t at)
{
    calls++;
    return NEXT(pread)(fd, to, bytes, at);
}

ssize_t pwrite(int fd, const void *from, size_t bytes, off_t at)
{
    calls++;
    return NEXT(pwrite)(fd, from, bytes, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    calls++;
    return NEXT(writev)(fd, parts, count);
}

int madvise(void *at, size_t bytes, int advice)
{
    calls++;
    return NEXT(madvise)(at, bytes, advice);
}

int munmap(void *at, size_t bytes)
{
    calls++;
    return NEXT(munmap)(at, bytes);
}

__attribute__((destructor)) static void tell(void)
{
    fprintf(stderr,
            "{\"locks\": %" PRIuFAST64 ", \"allocations\": %" PRIuFAST64 ", \"calls\": %" PRIuFAST64 "}\n",
            locks, allocations, calls);
}
