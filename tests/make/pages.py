# SPDX-License-Identifier: MIT
"""Pages of the demo estate: their markup, what a browser or a crawler loads for them, and what bodies come back."""
import html
from dataclasses import dataclass

from parties import EMBEDS, Node
from warc import pseudo_bytes

TOPICS = ('', 'om-loesningen', 'vejledning', 'frister', 'klage', 'kontakt', 'satser', 'spoergsmaal-og-svar', 'nyheder',
          'ansoeg', 'mine-sager', 'tilgaengelighed')
TITLES = ('Forside', 'Om løsningen', 'Vejledning', 'Frister og afgørelser', 'Klage over en afgørelse', 'Kontakt os',
          'Satser og beløb', 'Spørgsmål og svar', 'Nyheder', 'Ansøg', 'Mine sager', 'Tilgængelighed')
FLOW = (9, 10)
WHERE = {'all': range(12), 'flow': FLOW, 'some': (2, 5, 8), 'front': (0, 1)}
SENTENCES = (
    'Her kan du søge om ydelsen og følge din sag.', 'Vi behandler ansøgninger i den rækkefølge, de kommer ind.',
    'Du får svar i din digitale post, så snart afgørelsen er truffet.', 'Har du ændret adresse, skal du give besked.',
    'Særlige regler gælder, når to myndigheder er fælles om sagen.', 'Læs mere om fristerne, før du går i gang.',
    'Beløbene reguleres hvert år den 1. januar.', 'Du kan klage, hvis du er uenig i afgørelsen.',
    'Få hjælp af en pårørende ved at give en fuldmagt.', 'Løsningen kan bruges døgnet rundt.',
    'Når blanketten er sendt, får du en kvittering.', 'Årsopgørelsen ligger klar i marts.')

MARKUP = {
    'script': '<script src="{}" async></script>',
    'css': '<link rel="stylesheet" href="{}">',
    'img': '<img src="{}" alt="" width="1" height="1">',
    'iframe': '<iframe src="{}" title="Indlejret indhold"></iframe>',
    'noscript': '<noscript><img src="{}" alt=""></noscript>',
    'data': '<img data-src="{}" alt="">',
    'consent': '<script type="text/plain" data-samtykke="statistik" src="{}"></script>',
    'dns': '<link rel="dns-prefetch" href="{}">',
}
IN_HEAD = ('css', 'dns')
CONDITIONAL = {'noscript': 'conditional', 'data': 'conditional', 'consent': 'conditional', 'dns': 'connect'}

TRAPS_HEAD = '<meta property="og:image" content="https://deling.faelde.example/kort.png">'
TRAPS_BODY = '''<!-- <img src="https://kommentar.faelde.example/skjult.gif"> -->
<template><img src="https://skabelon.faelde.example/kopi.gif"></template>
<textarea readonly><script src="https://tekstfelt.faelde.example/vis.js"></script></textarea>
<script type="application/ld+json">{"@type":"GovernmentService","image":"https://jsonld.faelde.example/logo.png"}</script>
<p>Del siden: <a href="https://deling.faelde.example/del?u=1">del med en ven</a></p>'''


@dataclass
class Load:
    """One request for a page. `referer`: the document or stylesheet it comes from; `source`: URL that redirected here."""
    node: Node
    url: str
    referer: str
    source: str = ''


@dataclass
class Page:
    url: str
    number: int
    title: str
    status: int
    nodes: tuple
    body: bytes
    charset: str


def host_of(url):
    return url.split('//', 1)[1].split('/', 1)[0]


def origin_of(url):
    return url.split('//', 1)[0] + '//' + host_of(url)


def node_url(node, number):
    return node.url.replace('{n}', str(number))


def markup(node, number):
    return MARKUP[node.tag].format(html.escape(node_url(node, number))) if node.tag in MARKUP else ''


def own_nodes(crawl):
    base = f'https://{crawl.assets or crawl.host}/aktiver'
    return (
        Node('css', f'{base}/stil.css', 'stylesheet', 'text/css', (
            Node('js', f'{base}/skrift.woff2', 'font', 'font/woff2'),
            Node('js', f'{base}/baggrund.png', 'image', 'image/png'))),
        Node('script', f'{base}/side.js'),
        Node('img', f'{base}/logo.png', 'image', 'image/png'))


def page_nodes(crawl, number):
    nodes = list(own_nodes(crawl))
    for name, where in crawl.embeds:
        if number in WHERE[where]:
            nodes.extend(EMBEDS[name])
    return tuple(nodes)


def page_url(crawl, number):
    host = crawl.last_page_host if crawl.last_page_host and number == crawl.pages - 1 else crawl.host
    folder = 'selvbetjening' if number in FLOW else 'sider'
    return f'https://{host}/' + (f'{folder}/{TOPICS[number]}' if number else '')


def page_body(crawl, number, nodes, charset):
    head = [f'<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="{charset}">\n<title>{TITLES[number]}</title>',
            TRAPS_HEAD] + [markup(n, number) for n in nodes if n.tag in IN_HEAD]
    links = [page_url(crawl, i) for i in range(crawl.pages)] + list(crawl.links)
    nav = ''.join(f'<li><a href="{u}">{u.rsplit("/", 1)[1] or "forside"}</a></li>' for u in links)
    text = ''.join(f'<p>{SENTENCES[(number * 5 + crawl.year + i * 7) % len(SENTENCES)]}</p>\n' for i in range(4))
    form = '<form action="/selvbetjening/send" method="post"><label>Navn <input name="navn"></label></form>\n'
    body = [markup(n, number) for n in nodes if n.tag not in IN_HEAD]
    return '\n'.join(head + ['</head>\n<body>', f'<nav><ul>{nav}</ul></nav>\n<h1>{TITLES[number]}</h1>', text]
                     + ([form] if number in FLOW else []) + body + [TRAPS_BODY, '</body>\n</html>\n']).encode(charset)


def make_page(crawl, number):
    charset = 'iso-8859-1' if crawl.latin1 else 'utf-8'
    url = page_url(crawl, number)
    if crawl.blocked:
        body = '<!DOCTYPE html><html lang="da"><title>Adgang nægtet</title><p>Adgang nægtet.</p></html>\n'.encode()
        return Page(url, number, 'Adgang nægtet', 403, (), body, charset)
    nodes = page_nodes(crawl, number)
    return Page(url, number, TITLES[number], 200, nodes, page_body(crawl, number, nodes, charset), charset)


def crawl_pages(crawl):
    pages = [make_page(crawl, number) for number in range(crawl.pages)]
    if crawl.missing_page:
        body = '<!DOCTYPE html><html lang="da"><title>Siden findes ikke</title><h1>Siden findes ikke</h1></html>\n'
        pages.append(Page(f'https://{crawl.host}/sider/flyttet', 0, 'Siden findes ikke', 404, (), body.encode(), 'utf-8'))
    return pages


def is_loaded(node, static, parent):
    """Whether a scripting browser, or a crawler that only reads markup and styles, asks for the node."""
    if static:
        return node.tag not in ('data', 'consent', 'dns', 'beacon') and (node.tag != 'js' or parent == 'css')
    return node.tag not in CONDITIONAL


def page_loads(page, static):
    """All requests of a page behind its document, in order."""
    loads = []

    def walk(nodes, document, parent, source):
        for node in nodes:
            if not is_loaded(node, static, parent):
                continue
            url = node_url(node, page.number)
            loads.append(Load(node, url, document, source if node.tag == 'hop' else ''))
            inner = url if node.tag in ('iframe', 'css') or node.kind == 'document' else document
            walk(node.children, inner, node.tag, url)

    walk(page.nodes, page.url, '', '')
    return loads


def node_body(node, number):
    """What the server answers: frames and stylesheets name their children, the rest is filler."""
    if node.status in (204, 301, 302):
        return b''
    if node.mime == 'text/html':
        inner = ''.join(markup(child, number) for child in node.children)
        return f'<!DOCTYPE html><html lang="da"><title>Ramme</title><body>{inner}</body></html>\n'.encode()
    if node.mime == 'text/css':
        rules = ['body{margin:0}']
        for child in node.children:
            rules.append(f'@font-face{{font-family:Havn;src:url({child.url}) format("woff2")}}' if child.kind == 'font'
                         else f'.top{{background-image:url("{child.url}")}}')
        return ('/* url(https://kommentar.faelde.example/stil.png) */\n' + '\n'.join(rules) + '\n').encode()
    if node.mime == 'text/javascript':
        return b'(function(w){w.klar=(w.klar||0)+1;})(window); // kommentar: src="https://kommentar.faelde.example/x.js"\n'
    if node.mime == 'application/json':
        return b'{"ok":true}'
    if node.mime == 'image/gif':
        return b'GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;'
    magic = {'image/png': b'\x89PNG\r\n\x1a\n', 'image/jpeg': b'\xff\xd8\xff\xe0', 'font/woff2': b'wOF2'}[node.mime]
    return magic + pseudo_bytes(node.url, 180)
