// SPDX-License-Identifier: MIT
#include "3_extract/css_name.h"

enum css_rule css_name_rule(const struct css_token *keyword)
{
    static const struct {
        struct span name;
        enum css_rule rule;
    } rules[] = {
        {{"import", 6},          CSS_NAME_IMPORT   },
        {{"font-face", 9},       CSS_NAME_FONT_FACE},
        {{"media", 5},           CSS_NAME_CONDITION},
        {{"supports", 8},        CSS_NAME_CONDITION},
        {{"container", 9},       CSS_NAME_CONDITION},
        {{"scope", 5},           CSS_NAME_GROUP    },
        {{"starting-style", 14}, CSS_NAME_GROUP    },
        {{"layer", 5},           CSS_NAME_LAYER    },
        {{"charset", 7},         CSS_NAME_LAYER    },
        {{"namespace", 9},       CSS_NAME_NO_FETCH },
        {{"document", 8},        CSS_NAME_NO_FETCH },
        {{"-moz-document", 13},  CSS_NAME_NO_FETCH },
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (css_token_is(keyword, rules[i].name))
            return rules[i].rule;
    return CSS_NAME_GROUP;
}

enum css_function css_name_function(const struct css_token *function)
{
    static const struct {
        struct span name;
        enum css_function function;
    } functions[] = {
        {{"url", 3},                CSS_NAME_URL      },
        {{"src", 3},                CSS_NAME_URL      },
        {{"image-set", 9},          CSS_NAME_IMAGE_SET},
        {{"-webkit-image-set", 17}, CSS_NAME_IMAGE_SET},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (css_token_is(function, functions[i].name))
            return functions[i].function;
    return CSS_NAME_OTHER;
}

bool css_name_is_legacy(const struct css_token *property)
{
    return css_token_is(property, SPAN("behavior")) || css_token_is(property, SPAN("-moz-binding"));
}
