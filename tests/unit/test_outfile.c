// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"
#include "io/outfile.h"

/* Each test runs in a new folder, which is the working folder. */
struct place {
    char path[64];
    int before_fd;
};

/* Taken instead of the library's: plays a file system that cannot exchange. */
static bool cannot_exchange;
int renameat2(int old_fd, const char *old, int new_fd, const char *new, unsigned flags)
{
    if (cannot_exchange) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, old_fd, old, new_fd, new, flags);
}

static int set_up(void **state)
{
    static struct place place;
    place = (struct place){"/tmp/test_outfile.XXXXXX", open(".", O_RDONLY | O_DIRECTORY)};
    *state = &place;
    cannot_exchange = false;
    return mkdtemp(place.path) && chdir(place.path) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    int failed = fchdir(place->before_fd);
    close(place->before_fd);
    return failed || outfile_remove_folder(place->path);
}

static void check_content(const char *path, const char *wanted)
{
    char got[64];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t bytes = fread(got, 1, sizeof got, file);
    fclose(file);
    if (!span_equal(span_of(got, bytes), span_of_string(wanted)))
        fail_msg("%s: %.*s", path, (int)bytes, got);
}

static size_t count_entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2;
}

static bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static void write_file(const char *folder, const char *name, const char *text)
{
    assert_int_equal(outfile_write(folder, name, span_of_string(text)), ERR_OK);
}

static void test_write(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *name, *path, *reason;
    } rows[] = {
        {".",     "a",     "a",       "plain"                       },
        {".",     "a",     "a",       "again: replaced"             },
        {"b/",    "c",     "b/c",     "folder is made"              },
        {"b",     "d/e/f", "b/d/e/f", "folders of the name are made"},
        {"./b//", "d/e/f", "b/d/e/f", "doubled slashes"             },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_file(rows[i].folder, rows[i].name, rows[i].reason);
        check_content(rows[i].path, rows[i].reason);
    }
    write_file(".", "a", "");
    check_content("a", "");
    assert_int_equal(count_entries("."), 2);
    assert_int_equal(count_entries("b/d/e"), 1);
}

static void test_write_large(void **state)
{
    (void)state;
    enum { BYTES = 3 << 20 };
    char *text = calloc(1, BYTES);
    struct stat st;
    assert_non_null(text);
    assert_int_equal(outfile_write(".", "a", span_of(text, BYTES)), ERR_OK);
    assert_int_equal(stat("a", &st), 0);
    assert_int_equal(st.st_size, BYTES);
    free(text);
}

static void test_write_leaves_no_trace(void **state)
{
    (void)state;
    struct rlimit before, small;
    write_file(".", "a", "old");
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){2, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum err err = outfile_write(".", "a", SPAN("newer"));
    int number = errno;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(err, ERR_IO);
    assert_int_equal(number, EFBIG);
    check_content("a", "old");
    assert_int_equal(count_entries("."), 1);
}

static void test_write_past_obstacles(void **state)
{
    (void)state;
    write_file(".", "outside", "old");
    assert_int_equal(symlink("outside", "a.part"), 0);
    write_file(".", "a", "new");
    check_content("outside", "old");
    check_content("a", "new");
    assert_false(exists("a.part"));
    assert_int_equal(outfile_write("outside", "a", SPAN("x")), ERR_IO);
    assert_int_equal(errno, ENOTDIR);
    assert_int_equal(outfile_make_folder("folder"), ERR_OK);
    assert_int_equal(outfile_write(".", "folder", SPAN("x")), ERR_IO);
    assert_int_equal(errno, EISDIR);
    assert_false(exists("folder.part"));
}

static void test_make_folder(void **state)
{
    (void)state;
    static char overlong[LIMIT_PATH_BYTES + 1];
    memset(overlong, 'a', LIMIT_PATH_BYTES);
    const struct {
        const char *path;
        int number;
        const char *reason;
    } rows[] = {
        {"a",        0,            "one"                         },
        {"a",        0,            "is there"                    },
        {"b/c/d",    0,            "several"                     },
        {"b/c/e/",   0,            "slash at the end"            },
        {"./b/../f", 0,            "dots"                        },
        {"/",        0,            "root"                        },
        {".",        0,            "here"                        },
        {"file/x",   ENOTDIR,      "a file in the way"           },
        {"file",     ENOTDIR,      "file"                        },
        {"",         ENOENT,       "nothing"                     },
        {"link/x",   0,            "a symlink to a folder is one"},
        {overlong,   ENAMETOOLONG, "overlong"                    },
    };
    write_file(".", "file", "");
    assert_int_equal(mkdir("target", 0777), 0);
    assert_int_equal(symlink("target", "link"), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum err err = outfile_make_folder(rows[i].path);
        if (rows[i].number ? err != ERR_IO || errno != rows[i].number : err || !exists(rows[i].path))
            fail_msg("%.20s (%s): %s", rows[i].path, rows[i].reason, strerror(errno));
    }
    assert_true(exists("target/x"));
}

static void check_replacing(void)
{
    write_file("new", "a", "1");
    assert_int_equal(outfile_replace_folder("new", "out"), ERR_OK);
    check_content("out/a", "1");
    write_file("new", "b/c", "2");
    assert_int_equal(outfile_replace_folder("new/", "out/"), ERR_OK);
    check_content("out/b/c", "2");
    assert_false(exists("out/a"));
    assert_int_equal(count_entries("."), 1);
}

static void test_replace(void **state)
{
    (void)state;
    check_replacing();
}

static void test_replace_in_two_steps(void **state)
{
    (void)state;
    write_file("out.old", "remnant", "");
    assert_int_equal(outfile_remove_folder("out"), ERR_OK);
    cannot_exchange = true;
    write_file("out", "z", "0");
    write_file("new", "a", "1");
    assert_int_equal(outfile_replace_folder("new", "out"), ERR_OK);
    assert_false(exists("out/z"));
    assert_int_equal(outfile_remove_folder("out"), ERR_OK);
    check_replacing();
    assert_int_equal(outfile_replace_folder("missing", "out"), ERR_IO);
    assert_int_equal(errno, ENOENT);
    check_content("out/b/c", "2");
}

static void test_replace_refuses(void **state)
{
    (void)state;
    write_file("new", "a", "1");
    write_file("target", "b", "2");
    write_file(".", "file", "3");
    assert_int_equal(symlink("target", "link"), 0);
    static const char *const names[] = {"file", "link", "link/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(outfile_replace_folder("new", names[i]), ERR_IO);
        assert_int_equal(errno, ENOTDIR);
    }
    assert_int_equal(outfile_replace_folder("missing", "target"), ERR_IO);
    check_content("target/b", "2");
    check_content("new/a", "1");
    check_content("file", "3");
}

static void test_remove(void **state)
{
    (void)state;
    write_file("outside", "kept", "1");
    write_file("a/b/c", "d", "");
    write_file("a/e", "f", "");
    assert_int_equal(mkdir("a/empty", 0777), 0);
    assert_int_equal(symlink("../outside", "a/link"), 0);
    assert_int_equal(symlink("../../outside/kept", "a/b/link"), 0);
    assert_int_equal(symlink("nowhere", "a/b/c/dangling"), 0);
    assert_int_equal(outfile_remove_folder("a/"), ERR_OK);
    assert_false(exists("a"));
    check_content("outside/kept", "1");
    assert_int_equal(outfile_remove_folder("a"), ERR_OK);
    assert_int_equal(symlink("outside", "link"), 0);
    assert_int_equal(outfile_remove_folder("link"), ERR_IO);
    assert_int_equal(outfile_remove_folder("link/"), ERR_IO);
    assert_int_equal(outfile_remove_folder("outside/kept"), ERR_IO);
    check_content("outside/kept", "1");
}

static void test_remove_deep(void **state)
{
    (void)state;
    char path[2 * LIMIT_FOLDER_DEPTH + 8] = "a";
    for (unsigned i = 1; i < LIMIT_FOLDER_DEPTH; i++)
        memcpy(path + 2 * i - 1, "/a", 3);
    assert_int_equal(outfile_make_folder(path), ERR_OK);
    assert_int_equal(outfile_remove_folder("a"), ERR_OK);
    memcpy(path + 2 * LIMIT_FOLDER_DEPTH - 1, "/a", 3);
    assert_int_equal(outfile_make_folder(path), ERR_OK);
    assert_int_equal(outfile_remove_folder("a"), ERR_IO);
    assert_int_equal(errno, ELOOP);
    assert_int_equal(outfile_remove_folder("a/a"), ERR_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_write),
        TEST(test_write_large),
        TEST(test_write_leaves_no_trace),
        TEST(test_write_past_obstacles),
        TEST(test_make_folder),
        TEST(test_replace),
        TEST(test_replace_in_two_steps),
        TEST(test_replace_refuses),
        TEST(test_remove),
        TEST(test_remove_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
