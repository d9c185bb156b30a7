// SPDX-License-Identifier: MIT
/* The files of base_catalogue, as they stand there: the assembler puts them in, so that the program needs no file beside it. */
#include "5_judge/layer.h"

#define FILES(X) X(layer) X(entities) X(services) X(patterns) X(facts)
#define PLACE(file)                                                                                          \
    ".pushsection .rodata\n"                                                                                 \
    "layer_built_in_" #file ": .incbin \"stages/5_judge/base_catalogue/" #file ".csv\"\n"                    \
    "layer_built_in_" #file "_end: .byte 0\n"                                                                \
    ".popsection\n"
#define DECLARE(file)                                                                                        \
    extern const char layer_built_in_##file[] __attribute__((visibility("hidden")));                         \
    extern const char layer_built_in_##file##_end[] __attribute__((visibility("hidden")));
#define TEXT(file)                                                                                           \
    {                                                                                                        \
        span_of(layer_built_in_##file, (size_t)(layer_built_in_##file##_end - layer_built_in_##file)), true  \
    }

#define ASSEMBLE(file) __asm__(PLACE(file));
FILES(ASSEMBLE)
FILES(DECLARE)

struct layer_text layer_built_in(void)
{
    return (struct layer_text){
        .folder = SPAN("built-in"),
        .texts = {[LAYER_ABOUT] = TEXT(layer),
                  [LAYER_ENTITIES] = TEXT(entities),
                  [LAYER_SERVICES] = TEXT(services),
                  [LAYER_PATTERNS] = TEXT(patterns),
                  [LAYER_FACTS] = TEXT(facts)}
    };
}
