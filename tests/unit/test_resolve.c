// SPDX-License-Identifier: MIT
/* Attribution as rows (scene.h). */
#include "scene.h"

// clang-format off
static const struct row rows[] = {
    {"page id names the page, whatever the referrer says",
     "p B 1 https://a.example/ id=1 lists=200,script,https://t.example/x\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/x id=1 type=script\n"
     "q B 2 https://t.example/x id=1 type=script ref=https://elsewhere.example/",
     "a.example/ t.example O1\n"},
    {"listed without a record of its own: recorded only under another page",
     "p B 1 https://a.example/1 id=1 lists=200,script,https://t.example/x\n"
     "p B 9 https://a.example/2 id=2 lists=200,script,https://t.example/x\n"
     "s B 2 https://t.example/x id=1 type=script",
     "a.example/1 t.example O1\na.example/2 t.example O1\n"},
    {"listed with status 0 was attempted; an aborted ping was sent",
     "p B 1 https://a.example/ id=1 lists=0,script,https://blocked.example/x lists=0,ping,https://ping.example/b",
     "a.example/ blocked.example A\na.example/ ping.example O1\n"},
    {"what a behaviour fetched of a data attribute stays a declaration",
     "p B 1 https://a.example/ id=1 lists=200,fetch,https://v.example/film\n"
     "s B 1 https://a.example/ id=1 type=document html=1 has=D2,image,https://v.example/film",
     "a.example/ v.example D2\na.example/ v.example O1 behaviour\n"},
    {"what a behaviour fetched and the page loaded, too, is the page's",
     "p B 1 https://a.example/ id=1 lists=200,fetch,https://v.example/film lists=200,image,https://w.example/i\n"
     "s B 1 https://a.example/ id=1 type=document html=1 has=D2,image,https://v.example/film has=D2,image,https://w.example/i\n"
     "s B 2 https://v.example/film id=1 type=image\ns B 3 https://w.example/i id=1 type=fetch",
     "a.example/ v.example O1\na.example/ w.example O1\n"},
    {"the crawler's own fetch bears no page",
     "p B 1 https://a.example/ id=1 lists=200,document,https://a.example/\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/own\nq B 2 https://t.example/own ref=https://a.example/",
     ""},
    {"exact referrer, earlier page of the same window order",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://t.example/late dest=image ref=https://a.example/1\ns P 6 https://t.example/late",
     "a.example/1 t.example O3\n"},
    {"origin-only referrer goes to the window",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://t.example/x dest=image ref=https://a.example/\ns P 6 https://t.example/x",
     "a.example/2 t.example O4\n"},
    {"a style sheet out of the cache sends for its fonts: the window's, by origin",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 2 https://css.example/s dest=style\ns P 2 https://css.example/s css=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://font.example/f dest=font ref=https://css.example/\ns P 6 https://font.example/f",
     "a.example/1 css.example O4\na.example/2 font.example O4\n"},
    {"a late request of another site's page is that page's",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://b.example/2 dest=document\ns P 5 https://b.example/2 html=1\n"
     "q P 6 https://t.example/late dest=image ref=https://a.example/\ns P 6 https://t.example/late",
     "a.example/1 t.example O4\n"},
    {"no referrer at all: the window, weakly",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/x dest=image\ns P 2 https://t.example/x",
     "a.example/ t.example O4\n"},
    {"a style sheet as referrer leads to its page",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://css.example/s dest=style ref=https://a.example/\ns P 2 https://css.example/s css=1\n"
     "q P 3 https://font.example/f dest=font ref=https://css.example/s\ns P 3 https://font.example/f",
     "a.example/ css.example O3\na.example/ font.example O3 depth 2\n"},
    {"every hop of a redirect inside the page is a contact",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/1 dest=image ref=https://a.example/\ns P 2 https://t.example/1 to=https://u.example/2\n"
     "q P 2 https://u.example/2 dest=image ref=https://a.example/\ns P 2 https://u.example/2",
     "a.example/ t.example O3\na.example/ u.example O3 hop 1 from t.example\n"},
    {"a redirect on the way to the page belongs to the page that was reached",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/\n"
     "q P 2 https://a.example/ dest=document\ns P 2 https://a.example/ html=1",
     "a.example/ t.example O4\n"},
    {"the browser's own calls are nobody's",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://update.googleapis.com/x dest=empty\ns P 2 https://update.googleapis.com/x",
     ""},
    {"a preflight makes no second contact",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/x dest=empty options=1 origin=https://a.example/\ns P 2 https://t.example/x\n"
     "q P 3 https://t.example/x dest=empty origin=https://a.example/\ns P 3 https://t.example/x",
     "a.example/ t.example O4\n"},
    {"recorder's end marks bound the windows, also without a document",
     "q C 1 https://a.example/1 dest=document\ns C 1 https://a.example/1 html=1\n"
     "q C 2 https://t.example/1 dest=image\ns C 2 https://t.example/1\ne C 3 https://a.example/1\n"
     "q C 4 https://u.example/2 dest=image\ns C 4 https://u.example/2\ne C 5 https://a.example/2",
     "a.example/1 t.example O4\na.example/2 u.example O4\n"},
    {"wget: an error page for a script is no page of its own, nor one on another host",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,script,https://t.example/x.js\n"
     "q W 2 https://t.example/x.js ref=https://a.example/\ns W 2 https://t.example/x.js html=1 error=1\n"
     "q W 3 https://u.example/y.gif ref=https://a.example/\ns W 3 https://u.example/y.gif html=1 error=1",
     "a.example/ t.example O5\na.example/ u.example O5 crawler\n"},
    {"wget: what the page declares counts, what only its parser found does not",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,script,https://t.example/x has=D2,image,https://n.example/y\n"
     "q W 2 https://t.example/x ref=https://a.example/\ns W 2 https://t.example/x\n"
     "q W 3 https://n.example/y ref=https://a.example/\ns W 3 https://n.example/y\n"
     "q W 4 https://trap.example/z ref=https://a.example/\ns W 4 https://trap.example/z",
     "a.example/ n.example D2\na.example/ n.example O5 crawler\na.example/ t.example O5\na.example/ trap.example O5 crawler\n"},
    {"wget: a frame is no page of its own; what it declares is the page's",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,frame,https://f.example/i\n"
     "q W 2 https://f.example/i ref=https://a.example/\ns W 2 https://f.example/i html=1 has=D1,script,https://deep.example/x",
     "a.example/ deep.example D1 depth 2 in f.example\na.example/ f.example O5\n"},
    {"wget: a page that names itself for a picture is a page all the same",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,image,https://a.example/ has=D1,script,https://t.example/x\n"
     "q W 2 https://t.example/x ref=https://a.example/\ns W 2 https://t.example/x",
     "a.example/ t.example O5\n"},
    {"Heritrix: via and hops tell page from embed",
     "s H 1 https://a.example/ html=1 has=D1,image,https://t.example/x\nm H 1 https://a.example/ hops=L\n"
     "s H 2 https://t.example/x\nm H 2 https://t.example/x hops=LE via=https://a.example/",
     "a.example/ t.example O5\n"},
    {"meta refresh moves the page to where it led",
     "p B 1 https://a.example/1 id=1 lists=200,document,https://a.example/1\n"
     "s B 1 https://a.example/1 id=1 type=document html=1 has=N,x,https://t.example/go\n"
     "s B 2 https://t.example/go id=1 type=document to=https://a.example/2",
     "a.example/2 t.example O2\n"},
    {"a recorder that changes files: the window goes on",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/x dest=image file=1\ns P 2 https://t.example/x file=1",
     "a.example/ t.example O4\n"},
    {"files recorded at the same time: each has its own window",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://b.example/ dest=document file=1\ns P 2 https://b.example/ html=1 file=1\n"
     "q P 20 https://t.example/x dest=image\ns P 20 https://t.example/x\n"
     "q P 30 https://u.example/x dest=image file=1\ns P 30 https://u.example/x file=1",
     "a.example/ t.example O4\nb.example/ u.example O4\n"},
    {"HAR: the page is the entry that its title names, wherever that led",
     "p A 1 https://a.example/ id=1 title=1\n"
     "q A 1 https://old.example/f id=1\ns A 1 https://old.example/f id=1 html=1\n"
     "q A 2 https://a.example/ id=1\ns A 2 https://a.example/ id=1 to=https://b.example/\n"
     "q A 3 https://b.example/ id=1\ns A 3 https://b.example/ id=1 html=1\n"
     "q A 4 https://t.example/x id=1\ns A 4 https://t.example/x id=1",
     "b.example/ a.example O2\nb.example/ old.example O2\nb.example/ t.example O2\n"},
    {"HAR: no title that is a URL: the first document that is not part of one; redirects to it are its way",
     "q A 1 https://f.example/i id=1 asks=xhr\ns A 1 https://f.example/i id=1 html=1\n"
     "q A 2 https://y.example/ id=1\ns A 2 https://y.example/ id=1 to=https://z.example/\n"
     "q A 2 https://z.example/ id=1\ns A 2 https://z.example/ id=1 to=https://b.example/\n"
     "q A 3 https://b.example/ id=1\ns A 3 https://b.example/ id=1 html=1",
     "b.example/ f.example O2\nb.example/ y.example O2\nb.example/ z.example O2 hop 1 from y.example\n"},
    {"HAR: a page whose document was not recorded has its title",
     "p A 1 https://a.example/ id=1 title=1\nq A 2 https://t.example/x id=1\ns A 2 https://t.example/x id=1",
     "a.example/ t.example O2\n"},
    {"HAR: a page without entries is none, and a blocked request was attempted",
     "p A 1 https://a.example/ id=1 title=1\np A 2 https://b.example/ id=2 title=1\n"
     "q A 3 https://b.example/ id=2\ns A 3 https://b.example/ id=2 html=1\n"
     "q A 4 https://t.example/x id=2 attempted=1",
     "b.example/ t.example A\n"},
    {"HAR: a blocked request that names its page was attempted, and nothing better",
     "q A 1 https://a.example/ id=1\ns A 1 https://a.example/ id=1 html=1\n"
     "q A 2 https://t.example/x id=1 ref=https://a.example/ attempted=1",
     "a.example/ t.example A\n"},
    {"HAR: an entry without a page is no crawler's: its referrer tells",
     "q A 1 https://a.example/ id=1\ns A 1 https://a.example/ id=1 html=1\n"
     "q A 2 https://t.example/x ref=https://a.example/\ns A 2 https://t.example/x\n"
     "q A 3 https://u.example/x\ns A 3 https://u.example/x",
     "a.example/ t.example O3\n"},
    {"HAR: an entry of a page without a document is no other page's",
     "q A 1 https://a.example/ id=1\ns A 1 https://a.example/ id=1 html=1\n"
     "q A 2 https://t.example/x id=2 ref=https://a.example/\ns A 2 https://t.example/x id=2",
     ""},
    {"HAR: page ids are of their file",
     "q A 1 https://a.example/ id=1\ns A 1 https://a.example/ id=1 html=1\nq A 2 https://t.example/x id=1\ns A 2 https://t.example/x id=1\n"
     "q A 3 https://b.example/ id=1 file=1\ns A 3 https://b.example/ id=1 html=1 file=1\n"
     "q A 4 https://u.example/x id=1 file=1\ns A 4 https://u.example/x id=1 file=1",
     "a.example/ t.example O2\nb.example/ u.example O2\n"},
    {"a frame of another site, a frame in it, and what that one asks for",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://f.example/i dest=iframe ref=https://a.example/\ns P 2 https://f.example/i html=1\n"
     "q P 3 https://g.example/j dest=iframe ref=https://f.example/i\ns P 3 https://g.example/j html=1\n"
     "q P 4 https://t.example/x dest=image ref=https://g.example/\ns P 4 https://t.example/x",
     "a.example/ f.example O3\na.example/ g.example O3 depth 2 in f.example\na.example/ t.example O4 depth 3 in g.example\n"},
    {"a frame's own style sheet does not ask for the frames inside that frame",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://f.example/i dest=iframe ref=https://a.example/\ns P 2 https://f.example/i html=1\n"
     "q P 3 https://f.example/s dest=style ref=https://f.example/i\ns P 3 https://f.example/s css=1\n"
     "q P 4 https://f.example/r dest=style ref=https://f.example/s\ns P 4 https://f.example/r css=1\n"
     "q P 5 https://g.example/j dest=iframe ref=https://f.example/\ns P 5 https://g.example/j html=1\n"
     "q P 6 https://t.example/x dest=image ref=https://g.example/\ns P 6 https://t.example/x",
     "a.example/ f.example O3\na.example/ f.example O3 depth 3 in f.example\na.example/ f.example O3 depth 2 in f.example\n"
     "a.example/ g.example O4 depth 2 in f.example\na.example/ t.example O4 depth 3 in g.example\n"},
    {"what a frame's markup declares is as deep as what it asks for",
     "p B 1 https://a.example/ id=1 lists=200,document,https://a.example/ lists=200,document,https://f.example/i\n"
     "s B 1 https://a.example/ id=1 type=document html=1 has=D1,frame,https://f.example/i\n"
     "s B 2 https://f.example/i id=1 type=document html=1 has=D1,script,https://t.example/x",
     "a.example/ f.example O1\na.example/ t.example D1 depth 2 in f.example\n"},
    {"three redirects, each told where it came from",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/1 dest=image ref=https://a.example/\ns P 2 https://t.example/1 to=https://u.example/2\n"
     "q P 3 https://u.example/2 dest=image ref=https://a.example/\ns P 3 https://u.example/2 to=https://v.example/3\n"
     "q P 4 https://v.example/3 dest=image ref=https://a.example/\ns P 4 https://v.example/3",
     "a.example/ t.example O3\na.example/ u.example O3 hop 1 from t.example\na.example/ v.example O3 hop 2 from u.example\n"},
    {"a redirect leads to what is only listed",
     "p B 1 https://a.example/ id=1 lists=200,document,https://a.example/ lists=200,image,https://t.example/1 lists=200,image,https://u.example/2\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/1 id=1 type=image to=https://u.example/2",
     "a.example/ t.example O1\na.example/ u.example O1 hop 1 from t.example\n"},
    {"and another page that lists it was not redirected",
     "p B 1 https://a.example/ id=1 lists=200,document,https://a.example/ lists=200,image,https://t.example/1 lists=200,image,https://u.example/2\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/1 id=1 type=image to=https://u.example/2\n"
     "p B 3 https://b.example/ id=2 lists=200,document,https://b.example/ lists=200,image,https://u.example/2\n"
     "s B 3 https://b.example/ id=2 type=document html=1",
     "a.example/ t.example O1\na.example/ u.example O1 hop 1 from t.example\nb.example/ u.example O1\n"},
    {"two redirects on the way to a page of a crawler that has no windows",
     "q W 1 https://t.example/go\ns W 1 https://t.example/go to=https://u.example/on\n"
     "q W 2 https://u.example/on\ns W 2 https://u.example/on to=https://a.example/\n"
     "q W 3 https://a.example/\ns W 3 https://a.example/ html=1",
     "a.example/ t.example O4\na.example/ u.example O4 hop 1 from t.example\n"},
    {"a redirect that comes a minute later is one of them, one that comes later still is not, unless no date tells",
     "q W 1 https://t.example/go\ns W 1 https://t.example/go to=https://u.example/on\n"
     "q W 61 https://u.example/on\ns W 61 https://u.example/on to=https://a.example/\n"
     "q W 62 https://a.example/\ns W 62 https://a.example/ html=1\n"
     "q W 101 https://v.example/go\ns W 101 https://v.example/go to=https://w.example/on\n"
     "q W 162 https://w.example/on\ns W 162 https://w.example/on to=https://b.example/\n"
     "q W 163 https://b.example/\ns W 163 https://b.example/ html=1\n"
     "q W 0 https://x.example/go\ns W 0 https://x.example/go to=https://y.example/on\n"
     "q W 202 https://y.example/on\ns W 202 https://y.example/on to=https://c.example/\n"
     "q W 203 https://c.example/\ns W 203 https://c.example/ html=1",
     "a.example/ t.example O4\na.example/ u.example O4 hop 1 from t.example\nb.example/ w.example O4\n"
     "c.example/ x.example O4\nc.example/ y.example O4 hop 1 from x.example\n"},
    {"an unknown recorder: what the page declares is its doing, what it does not is nobody's known",
     "q N 1 https://a.example/\ns N 1 https://a.example/ html=1 has=D1,script,https://t.example/x\n"
     "q N 2 https://t.example/x ref=https://a.example/\ns N 2 https://t.example/x\n"
     "q N 3 https://u.example/y ref=https://a.example/\ns N 3 https://u.example/y",
     "a.example/ t.example O5\na.example/ u.example O5 unknown\n"},
    {"the icon that nobody declared is the browser's",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,image,https://i.example/favicon.ico\n"
     "q P 2 https://b.example/favicon.ico dest=image\ns P 2 https://b.example/favicon.ico\n"
     "q P 3 https://i.example/favicon.ico dest=image\ns P 3 https://i.example/favicon.ico",
     "a.example/ b.example O4 browser\na.example/ i.example O4\n"},
    {"a page that is fetched ahead is no visit, and opens no window",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://b.example/ dest=document on=S ref=https://a.example/\ns P 2 https://b.example/ html=1\n"
     "q P 3 https://t.example/x dest=image\ns P 3 https://t.example/x",
     "a.example/ b.example O3\na.example/ t.example O4\n"},
    {"a redirect that is fetched ahead leads to no page",
     "q W 1 https://t.example/go on=S\ns W 1 https://t.example/go to=https://a.example/\n"
     "q W 2 https://a.example/\ns W 2 https://a.example/ html=1",
     ""},
    {"HAR: what is fetched ahead is not the page of its id",
     "q A 1 https://b.example/ id=1 on=S\ns A 1 https://b.example/ id=1 html=1\n"
     "q A 2 https://a.example/ id=1\ns A 2 https://a.example/ id=1 html=1",
     "a.example/ b.example O2\n"},
    {"robots.txt is the crawler's",
     "q W 1 https://t.example/robots.txt\ns W 1 https://t.example/robots.txt", ""},
    {"an app's session is one visit: no page, no window; its own tunnel and updates are not the app's",
     "app:APP/session\nq P 1 https://api.example/ dest=document\ns P 1 https://api.example/ html=1 has=D1,script,https://d.example/x\n"
     "q P 2 https://t.example/1\ns P 2 https://t.example/1 to=https://u.example/2\n"
     "q P 3 https://u.example/2\ns P 3 https://u.example/2\n"
     "q P 4 https://update.googleapis.com/x\ns P 4 https://update.googleapis.com/x",
     "session api.example O4\nsession d.example D1 depth 2 in api.example\nsession t.example O4\nsession u.example O4 hop 1 from t.example\n"},
    {"HTML that an app shows declares: a document, a frame, what asks for an upgrade; what it only fetches, an error, what is fetched ahead does not",
     "app:APP/session\nq P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1 has=D1,script,https://k.example/x\n"
     "q P 2 https://b.example/ dest=iframe\ns P 2 https://b.example/ html=1 has=D1,script,https://l.example/x\n"
     "q P 3 https://c.example/ on=U\ns P 3 https://c.example/ html=1 has=D1,script,https://m.example/x\n"
     "q P 4 https://d.example/\ns P 4 https://d.example/ html=1 has=D1,script,https://n.example/x\n"
     "q P 5 https://e.example/ on=U\ns P 5 https://e.example/ html=1 error=1 has=D1,script,https://o.example/x\n"
     "q P 6 https://f.example/ dest=document on=S\ns P 6 https://f.example/ html=1 has=D1,script,https://p.example/x",
     "session a.example O4\nsession b.example O4\nsession c.example O4\nsession d.example O4\nsession e.example O4\nsession f.example O4\n"
     "session k.example D1 depth 2 in a.example\nsession l.example D1 depth 2 in b.example\nsession m.example D1 depth 2\n"},
    {"of a session without anything nothing is known",
     "app:APP/session\nq P 4 https://update.googleapis.com/x\ns P 4 https://update.googleapis.com/x", ""},
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
    return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
