// SPDX-License-Identifier: MIT
#include "7_report/style.h"

#include "ext/ext_crypto.h"

/* The five verdicts: colour and pattern, the same in tables (CSS) and figures (SVG patterns of figure.c). */
// clang-format off
static const char css[] =
    ":root{--ink:#18222d;--soft:#4a5663;--line:#c9d1d8;--tint:#f3f5f7;--paper:#fff;--accent:#0a4d68;"
    "--ok:#1b6b50;--open:#865300;--bad:#9c1f2c;--few:#41568a;--none:#59626d}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:400 1.0625rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;"
    "overflow-wrap:anywhere}"
    "a{color:var(--accent);text-underline-offset:.15em}"
    "a:hover{text-decoration-thickness:.13em}"
    ":focus-visible{outline:3px solid #b35c00;outline-offset:2px}"
    ".skip{position:absolute;left:-99rem;background:var(--paper);padding:.6rem 1rem;z-index:2}"
    ".skip:focus{left:1rem;top:1rem}"
    ".top{border-top:.5rem solid var(--accent);border-bottom:1px solid var(--line);background:var(--tint)}"
    ".wrap{max-width:76rem;margin:0 auto;padding:0 1rem}"
    ".top .wrap{padding-top:1.6rem;padding-bottom:1.6rem}"
    ".kicker{margin:0 0 .3rem;font-weight:600;color:var(--accent);letter-spacing:.02em}"
    "h1{margin:0;font-size:clamp(1.55rem,1.1rem + 2vw,2.4rem);line-height:1.15;font-weight:700;max-width:24em;"
    "text-wrap:balance;hyphens:manual}"
    ".lead{max-width:44em;margin:.8rem 0 0;font-size:1.15rem;line-height:1.5}"
    "h2{margin:0 0 .8rem;font-size:1.6rem;line-height:1.2}"
    "h3{margin:2rem 0 .5rem;font-size:1.2rem;line-height:1.3}"
    "p,ul,ol{max-width:42em;margin:0 0 1rem}"
    "li{margin:.25rem 0}"
    "section.chapter{padding:2rem 0 1rem;border-top:1px solid var(--line)}"
    "section.chapter:first-child{border-top:0}"
    ".toc{padding-top:1.5rem}"
    ".toc h2{font-size:1rem;margin:0 0 .4rem}"
    ".toc ul{list-style:none;padding:0;margin:0;columns:14rem 2;column-gap:2rem;font-size:.95rem}"
    ".toc li{margin:0;break-inside:avoid}"
    ".toc a{display:block;padding:.22rem 0 .22rem 1.6em;text-indent:-1.6em;text-decoration:none}"
    ".toc a:hover{text-decoration:underline}"
    ".toc .no{display:inline-block;width:1.6em;text-indent:0;color:var(--soft);font-variant-numeric:tabular-nums}"
    "@media(min-width:66rem){"
    ".columns{display:grid;grid-template-columns:13.5rem minmax(0,1fr);gap:2rem}"
    ".toc{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto}"
    ".toc ul{columns:auto}}"
    ".key{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(10rem,100%),1fr));gap:0;margin:0 0 1.5rem;"
    "border-top:3px solid var(--ink);border-bottom:1px solid var(--line)}"
    ".key div{padding:.8rem 1rem .9rem 0}"
    ".key dt{font-weight:600;font-size:.95rem}"
    ".key dd{margin:0;color:var(--soft);font-size:.92rem;line-height:1.4}"
    ".key dd.value{color:var(--ink);font-size:2.1rem;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums}"
    "figure{margin:1.6rem 0;padding:0;max-width:33rem}"
    "figcaption{font-weight:600;margin:0 0 .5rem}"
    "figure svg{display:block;width:100%;height:auto}"
    "svg text{font-family:inherit;font-size:15px;fill:var(--ink)}"
    "svg .strong{font-weight:700}svg .soft{fill:var(--soft)}"
    "svg .grid{stroke:#d5dbe0;stroke-width:1}svg .axis{stroke:#6b7682;stroke-width:1.5}svg .reach{stroke:#8b96a1;stroke-width:2}"
    "svg .plate{fill:var(--paper)}"
    ".s-ok{fill:var(--ok);stroke:var(--ok)}.s-open{fill:var(--open);stroke:var(--open)}.s-bad{fill:var(--bad);stroke:var(--bad)}"
    ".s-few{fill:var(--few);stroke:var(--few)}.s-none{fill:var(--none);stroke:var(--none)}"
    ".reading{font-size:.97rem;border-left:3px solid var(--line);padding-left:.8rem;margin-top:.8rem}"
    ".scroll{overflow-x:auto;margin:0 0 .5rem;max-width:100%;border-bottom:1px solid var(--line)}"
    "table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.4}"
    "caption{text-align:left;padding:0 0 .5rem}"
    "caption span{display:inline-block;position:sticky;left:0;font-weight:600;max-width:calc(100vw - 2rem)}"
    "th,td{text-align:left;vertical-align:top;padding:.42rem .7rem .42rem 0;border-bottom:1px solid #e2e7eb}"
    "th{font-weight:600}thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}"
    "th,td{overflow-wrap:break-word}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "thead th.n{white-space:normal;min-width:4.5rem;hyphens:auto}"
    "table.wide{min-width:52rem;font-size:.88rem}.wide th,.wide td{padding-right:.5rem}table.middle{min-width:34rem}"
    "tbody th{min-width:9rem}.id{display:block;font-weight:400;color:var(--soft);font-size:.87rem}"
    "td.n+td:not(.n),th.n+th:not(.n){padding-left:.7rem}"
    "td.total,tr.total td,tr.total th{font-weight:600}"
    ".note{font-size:.9rem;color:var(--soft);margin:.2rem 0 1.6rem}"
    ".v{display:inline-block;padding-left:1.15rem;position:relative}"
    ".v::before{content:'';position:absolute;left:0;top:.2em;bottom:.2em;width:.6rem;border:1px solid currentColor}"
    ".v b{font-weight:700;margin-right:.1em}"
    ".v-ok{color:var(--ok)}.v-open{color:var(--open)}.v-bad{color:var(--bad)}.v-few{color:var(--few)}.v-none{color:var(--none)}"
    ".v-ok::before{background:currentColor}"
    ".v-open::before{background:repeating-linear-gradient(135deg,currentColor 0 2px,transparent 2px 5px)}"
    ".v-bad::before{background:repeating-linear-gradient(45deg,currentColor 0 1px,transparent 1px 3px),"
    "repeating-linear-gradient(135deg,currentColor 0 1px,transparent 1px 3px)}"
    ".v-few::before{background:repeating-linear-gradient(0deg,currentColor 0 1px,transparent 1px 4px)}"
    "dl.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1.2rem;margin:0 0 1rem;max-width:60rem}"
    "h1+dl.facts{margin-top:.9rem}dl.facts dt{font-weight:600}dl.facts dd{margin:0}"
    "dl.words dt{font-weight:600}dl.words dd{margin:0 0 .6rem;max-width:42em}"
    "article.finding{border:1px solid var(--line);border-left:.4rem solid var(--none);padding:1rem 1.1rem .4rem;margin:0 0 1.2rem}"
    "article.f-ok{border-left-color:var(--ok)}article.f-open{border-left-color:var(--open)}article.f-bad{border-left-color:var(--bad)}"
    "article.finding h3{margin:0 0 .6rem}"
    "code{font-family:ui-monospace,'SF Mono',Consolas,'DejaVu Sans Mono',monospace;font-size:.88em;background:var(--tint);"
    "padding:.1em .3em;overflow-wrap:anywhere}"
    "footer{margin-top:2rem;border-top:1px solid var(--line);background:var(--tint);font-size:.95rem}"
    "footer .wrap{padding-top:1.2rem;padding-bottom:1.2rem}"
    "@media(max-width:36rem){body{font-size:1rem}dl.facts{grid-template-columns:minmax(0,1fr);gap:0}"
    "dl.facts dd{margin:0 0 .6rem}.key{grid-template-columns:1fr 1fr}.key div{padding-right:.8rem}.key dd.value{font-size:1.7rem}}"
    "@media print{:root{--tint:#fff}body{font-size:10pt}.toc,.skip{display:none}.columns{display:block}.wrap{max-width:none;padding:0}"
    ".scroll{overflow:visible}table.wide,table.middle{min-width:0;font-size:8.5pt}thead{display:table-header-group}"
    "tr,figure,article.finding{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}"
    ".v::before,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";
// clang-format on

const char *style_text(void)
{
    return css;
}

/* Base64 (RFC 4648) of a digest given in hexadecimal: 32 bytes are ten groups of three and one of two. */
static struct span base64_of_digest(struct arena *arena, const char hex[CRYPTO_SHA256_TEXT_BYTES])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { DIGEST_BYTES = 32, TEXT_BYTES = 44 };
    unsigned char bytes[DIGEST_BYTES + 1] = {0};
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        bytes[i] = (unsigned char)(ascii_hex(hex[2 * i]) << 4 | ascii_hex(hex[2 * i + 1]));
    char *text = arena_bytes(arena, TEXT_BYTES);
    if (!text)
        return SPAN_NONE;
    for (size_t from = 0, to = 0; to < TEXT_BYTES; from += 3, to += 4) {
        uint32_t group = (uint32_t)bytes[from] << 16 | (uint32_t)bytes[from + 1] << 8;
        group |= from + 2 < DIGEST_BYTES ? bytes[from + 2] : 0;
        for (size_t k = 0; k < 4; k++)
            text[to + k] = letters[group >> (18 - 6 * k) & 63];
    }
    text[TEXT_BYTES - 1] = '=';
    return span_of(text, TEXT_BYTES);
}

enum err style_policy(struct arena *arena, struct span *out)
{
    char hex[CRYPTO_SHA256_TEXT_BYTES];
    TRY(crypto_sha256_text(span_of_string(css), hex));
    struct span digest = base64_of_digest(arena, hex);
    if (!digest.at)
        return ERR_MEMORY;
    *out = arena_format(arena,
                        "default-src 'none'; style-src 'sha256-%.*s'; base-uri 'none'; form-action 'none'",
                        SPAN_ARG(digest));
    return out->at ? ERR_OK : ERR_MEMORY;
}
