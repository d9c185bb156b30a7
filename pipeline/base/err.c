// SPDX-License-Identifier: MIT
#include "base/err.h"

#include <assert.h>

enum err_class { CLASS_NONE, CLASS_DATA, CLASS_RUN };

static const struct {
    enum err_class class;
    const char *name, *text;
} rows[ERR_COUNT] = {
#define ERR_ROW(name, class, text) [ERR_##name] = {CLASS_##class, #name, text},
    ERR_LIST(ERR_ROW)
#undef ERR_ROW
};

bool err_is_data(enum err err)
{
    assert(err < ERR_COUNT);
    return rows[err].class == CLASS_DATA;
}

bool err_is_run(enum err err)
{
    assert(err < ERR_COUNT);
    return rows[err].class == CLASS_RUN;
}

const char *err_text(enum err err)
{
    assert(err < ERR_COUNT);
    return rows[err].text;
}

const char *err_name(enum err err)
{
    assert(err < ERR_COUNT);
    return rows[err].name;
}
