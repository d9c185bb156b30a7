// SPDX-License-Identifier: MIT
/* Revisits as rows (scene.h): what a repeated document declares, and what is said when its body is missing. */
#include "scene.h"

// clang-format off
static const struct row rows[] = {
    {"a revisit declares what the record it refers to declared",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ nr=1 html=1 has=D1,image,https://t.example/x\n"
     "q P 9 https://b.example/ dest=document\ns P 9 https://b.example/ repeats=head of=1",
     "a.example/ t.example D1\nb.example/ t.example D1\n"},
    {"... of a record in another file of the crawl, itself a revisit",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ nr=1 html=1 has=D1,image,https://t.example/x\n"
     "s P 5 https://a.example/ nr=2 repeats=html of=1 file=1\n"
     "q P 9 https://b.example/ file=2 dest=document\ns P 9 https://b.example/ repeats=html of=2 file=2",
     "a.example/ t.example D1\na.example/ t.example D1\nb.example/ t.example D1\n"},
    {"a revisit by URL and date: the capture of that second, no other",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,image,https://t.example/1\n"
     "q P 5 https://a.example/ dest=document\ns P 5 https://a.example/ html=1 has=D1,image,https://t.example/5\n"
     "q P 9 https://b.example/ dest=document\ns P 9 https://b.example/ repeats=html url=https://a.example/ at=1",
     "a.example/ t.example D1\na.example/ t.example D1\nb.example/ t.example D1\n"},
    {"a revisit by digest, of another URL: what may be relative stays out",
     "q P 1 https://a.example/ dest=document\n"
     "s P 1 https://a.example/ as=7 html=1 has=D1,image,https://a.example/i has=D1,image,https://t.example/x\n"
     "q P 9 https://b.example/ dest=document\ns P 9 https://b.example/ repeats=html as=7",
     "a.example/ t.example D1\nb.example/ t.example D1\n"},
    {"a revisit that says nothing: the same URL before it",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,image,https://t.example/x\n"
     "q P 9 https://a.example/ dest=document\ns P 9 https://a.example/ repeats=html",
     "a.example/ t.example D1\na.example/ t.example D1\n"},
    {"not modified: the same URL before it",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,image,https://t.example/x\n"
     "q P 9 https://a.example/ dest=document\ns P 9 https://a.example/ repeats=304",
     "a.example/ t.example D1\na.example/ t.example D1\n"},
    {"a revisit of another digest than the one of its URL: its body is missing",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ as=6 html=1 has=D1,image,https://t.example/x\n"
     "q P 9 https://a.example/ dest=document\ns P 9 https://a.example/ repeats=html as=7",
     "a.example/ t.example D1\na.example/ incomplete\n"},
    {"a lonely revisit, and a ring of revisits: visits, not complete",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ repeats=head\n"
     "q P 5 https://b.example/ dest=document\ns P 5 https://b.example/ nr=1 repeats=html of=2\n"
     "q P 9 https://c.example/ dest=document\ns P 9 https://c.example/ nr=2 repeats=html of=1",
     "a.example/ incomplete\nb.example/ incomplete\nc.example/ incomplete\n"},
    {"a missing image leaves the page complete, a missing style sheet does not",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://a.example/i dest=image ref=https://a.example/\ns P 2 https://a.example/i repeats=type as=1\n"
     "q P 5 https://b.example/ dest=document\ns P 5 https://b.example/ html=1\n"
     "q P 6 https://b.example/s dest=style ref=https://b.example/\ns P 6 https://b.example/s repeats=head as=2",
     "b.example/ incomplete\n"},
    {"a style sheet that is repeated declares as the first one did",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://a.example/s dest=style ref=https://a.example/\n"
     "s P 2 https://a.example/s as=2 css=1 has=D1,image,https://t.example/x\n"
     "q P 5 https://b.example/ dest=document\ns P 5 https://b.example/ html=1\n"
     "q P 6 https://b.example/s dest=style ref=https://b.example/\ns P 6 https://b.example/s repeats=head as=2",
     "a.example/ t.example D1\nb.example/ t.example D1\n"},
    {"a page that declares nothing any more takes nothing from an earlier capture",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,image,https://t.example/x\n"
     "q P 9 https://a.example/ dest=document\ns P 9 https://a.example/ html=1",
     "a.example/ t.example D1\n"},
};
// clang-format on

static void test_rows(void **state)
{
    (void)state;
    scene_rows(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("revisit", tests, NULL, NULL);
}
