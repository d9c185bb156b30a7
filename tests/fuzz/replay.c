// SPDX-License-Identifier: MIT
/* replay.c - runs a fuzz target over files and folders without the fuzzer, and over every prefix of short ones. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 1;
    }
    fseek(f, 0, SEEK_END);
    size_t bytes = (size_t)ftell(f);
    rewind(f);
    uint8_t *data = malloc(bytes ? bytes : 1);
    if (!data || fread(data, 1, bytes, f) != bytes) {
        perror(path);
        exit(1);
    }
    fclose(f);
    LLVMFuzzerTestOneInput(data, bytes);
    for (size_t n = 0; n < bytes && n < 512; n++) {
        uint8_t *exact = malloc(n ? n : 1); /* its own block: reading past the end is an address error */
        if (!exact)
            exit(1);
        memcpy(exact, data, n);
        LLVMFuzzerTestOneInput(exact, n);
        free(exact);
    }
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int bad = 0;
    size_t files = 0;
    for (int i = 1; i < argc; i++) {
        struct dirent **names;
        int n = scandir(argv[i], &names, NULL, alphasort);
        if (n < 0) {
            bad |= replay_file(argv[i]);
            files++;
            continue;
        }
        for (int k = 0; k < n; k++) {
            char path[4096];
            struct stat st;
            snprintf(path, sizeof path, "%s/%s", argv[i], names[k]->d_name);
            if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
                bad |= replay_file(path);
                files++;
            }
            free(names[k]);
        }
        free(names);
    }
    printf("replayed %zu files\n", files);
    return bad || files == 0;
}
