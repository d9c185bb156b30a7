# SPDX-License-Identifier: MIT
"""The third parties of the demo estate: who they are, and what a page that embeds them makes a browser do.

All names are invented and stand under .example. A Node is one resource; `tag` says what brings it about:
script css img iframe   markup that a browser loads
noscript data consent   markup that a scripting browser does not load by itself (conditional)
dns                     dns-prefetch: no load
js beacon hop           no markup: made by the script above, sent by it, or where a redirect leads
"""
from dataclasses import dataclass, field


@dataclass
class Node:
    tag: str
    url: str
    kind: str = 'script'
    mime: str = 'text/javascript'
    children: tuple = ()
    cookies: tuple = ()
    status: int = 200
    dead: bool = False
    per_page: bool = field(init=False)

    def __post_init__(self):
        self.per_page = '{n}' in self.url


def script(url, *children, **more):
    return Node('script', url, 'script', 'text/javascript', children, **more)


def css(url, *children, **more):
    return Node('css', url, 'stylesheet', 'text/css', children, **more)


def font(url):
    return Node('js', url, 'font', 'font/woff2')


def img(url, *children, **more):
    return Node('img', url, 'image', 'image/gif', children, **more)


def pixel(url, **more):
    return Node('js', url, 'image', 'image/gif', (), **more)


def added(url, *children, **more):
    return Node('js', url, 'script', 'text/javascript', children, **more)


def xhr(url, **more):
    return Node('js', url, 'fetch', 'application/json', (), **more)


def beacon(url):
    return Node('beacon', url, 'ping', 'text/plain', status=204)


def frame(url, *children, **more):
    return Node('iframe', url, 'document', 'text/html', children, **more)


def hop(url, **more):
    return Node('hop', url, 'image', 'image/gif', (), **more)


YEAR_COOKIE = '{name}=v1.{n}f3a; Max-Age=31536000; Domain={site}; Path=/; Secure; SameSite=None'

# name: nodes, in the order of the page
EMBEDS = {
    'taelleren': (
        script('https://cdn.taelleren.example/t.js',
               pixel('https://stat.taelleren.example/p.gif?side={n}',
                     cookies=('tl_gaest=a81c.{n}; Max-Age=33696000; Domain=taelleren.example; Path=/; Secure; SameSite=None',)),
               beacon('https://stat.taelleren.example/slut')),),
    'taelleren-static': (
        script('https://cdn.taelleren.example/t.js'),
        Node('noscript', 'https://stat.taelleren.example/p.gif?side={n}', 'image', 'image/gif')),
    'blikmaaling': (
        script('https://maal.blikmaaling.example/blik.js',
               pixel('https://maal.blikmaaling.example/b?p={n}',
                     cookies=('_blik_id=77aa0c; Expires=Wed, 06 Oct 2027 08:00:00 GMT; Path=/; Secure; SameSite=None; Partitioned',))),),
    'etikethus': (
        script('https://tags.etikethus.example/beholder.js?id=EH-4711',
               added('https://collect.etikethus.example/maaler.js',
                     pixel('https://collect.etikethus.example/g?v=2&side={n}',
                           cookies=('_eh=1.2.{n}; Max-Age=63072000; Path=/; Secure; SameSite=None',)))),),
    'cookievagten': (script('https://samtykke.cookievagten.example/vagt.js',
                            xhr('https://samtykke.cookievagten.example/valg.json')),),
    'kampagneluft': (Node('consent', 'https://px.kampagneluft.example/luft.js'),),
    'oplaeseren': (script('https://laes.oplaeseren.example/afspil.js'),),
    'menneskeproeve': (script('https://captcha.menneskeproeve.example/proeve.js',
                              Node('js', 'https://captcha.menneskeproeve.example/felt?s={n}', 'document', 'text/html')),),
    'varianttest': (
        script('https://ab.varianttest.example/delt.js',
               xhr('https://ab.varianttest.example/variant?s={n}', cookies=('vt=B; Path=/; HttpOnly; Secure; SameSite=None',))),),
    'annoncebroen': (
        script('https://ads.annoncebroen.example/bro.js',
               pixel('https://ads.annoncebroen.example/vis?s={n}',
                     cookies=('ab_uid=9f{n}; Max-Age=31536000; Domain=.annoncebroen.example; Path=/; Secure; SameSite=None',
                              'ab_test=1; Path=/; Secure; SameSite=None'))),),
    'fagnetvaerket': (img('https://px.fagnetvaerket.example/sti?pid=7&s={n}', cookies=(
        'li_fag=x{n}; Expires=Thu, 01 Apr 2027 10:00:00 GMT; Path=/; Secure; SameSite=None; HttpOnly',)),),
    'sporhund': (
        img('https://t.sporhund.example/r?til=knude&s={n}',
            hop('https://sync.dataknude.example/m.gif?s={n}', cookies=('dk=5; Path=/; Secure; SameSite=None',)),
            status=302, cookies=('hund=1; Max-Age=86400; Path=/; Secure; SameSite=None',)),),
    'vennebog': (script('https://pixel.vennebog.example/ven.js',
                        pixel('https://pixel.vennebog.example/tr?id=1&s={n}', cookies=(
                            'vb_c=k{n}; Max-Age=7776000; Path=/; Secure; SameSite=None',))),),
    'landmaaler': (
        script('https://kort.landmaaler.example/api.js',
               Node('js', 'https://fliser.landmaaler.example/7/66/40.png', 'image', 'image/png')),),
    'kludetaeppe': (script('https://cdn.kludetaeppe.example/lap.js'),
                    img('https://cdn.kludetaeppe.example/klud.gif?s={n}')),
    'roligvideo': (frame('https://player.roligvideo.example/indlejr/42',
                         Node('script', 'https://player.roligvideo.example/afspiller.js'),
                         Node('img', 'https://billeder.roligvideo.example/42.jpg', 'image', 'image/jpeg')),),
    'filmtavlen': (
        frame('https://video.filmtavlen.example/embed/abc',
              Node('script', 'https://video.filmtavlen.example/base.js', children=(
                  added('https://ads.annoncebroen.example/video.js'),
                  xhr('https://telemetri.afspillermaal.example/hop?s={n}'))),
              Node('img', 'https://miniature.filmtavlen.example/abc.jpg', 'image', 'image/jpeg'),
              cookies=('FT_GAEST=q2; Max-Age=15552000; Domain=filmtavlen.example; Path=/; Secure; HttpOnly; SameSite=None',)),),
    'skrifthuset': (css('https://fonts.skrifthuset.example/css?family=Havn',
                        font('https://filer.skrifthuset.example/havn.woff2')),),
    'analyse': (script('https://analyse.driftshuset.example/a.js',
                       pixel('https://analyse.driftshuset.example/a.gif?s={n}')),),
    'drift': (img('https://drift.driftshuset.example/logo.gif'),),
    'hjaelpelinjen': (script('https://chat.hjaelpelinjen.example/chat.js',
                             xhr('https://chat.hjaelpelinjen.example/aaben', cookies=(
                                 'hl_samtale=; Max-Age=0; Path=/; Secure; SameSite=None',))),),
    'soegemaskinen': (img('https://ping.soegemaskinen.example/konv?s={n}', cookies=(
        'MUID=c0ffee; Domain=soegemaskinen.example; Path=/; Max-Age=33696000; Secure; SameSite=None',)),),
    'vaegtloes': (img('https://w.vaegtloes.example/v.gif', dead=True),),
    'klikbro': (img('https://k.klikbro.example/k.gif?s={n}'),),
    'vrimmel': (script('https://static.vrimmel.example/v.js'),),
    'vejrglas': (img('https://kort.vejrglas.example/nu.gif'),),
    'oppetid': (script('https://maaler.oppetid.example/rum.js', xhr('https://maaler.oppetid.example/rum?s={n}')),),
    'pakkelageret': (script('https://cdn.pakkelageret.example/npm/trin@3/trin.js'),),
    'sidesoeger': (script('https://soeg.sidesoeger.example/felt.js'),),
    'ikonhuset': (css('https://kit.ikonhuset.example/ikoner.css', font('https://kit.ikonhuset.example/ikoner.woff2')),),
    'husnummer': (img('https://opslag.husnummer.example/n.gif'),),
    'formularhuset': (frame('https://blanket.formularhuset.example/f/9?s={n}',
                            Node('css', 'https://blanket.formularhuset.example/f.css', 'stylesheet', 'text/css')),),
    'spoergsmaalet': (script('https://svar.spoergsmaalet.example/s.js'),),
    'mosekonen': (img('https://m.mosekonen.example/bryg.gif'),),
    'ukendtsti': (script('https://x7.ukendtsti.example/x.js'),),
    'taagebanke': (script('https://js.taagebanke.example/dis.js'),),
    'billedkassen': (
        img('https://omvej.smutvej.example/v?s={n}', hop('https://img.billedkassen.example/kasse.gif?s={n}'),
            status=301, cookies=('smut=ja; Path=/',)),),
    'graapixel': (img('https://beacon.graapixel.example/g.gif?s={n}', cookies=('graa=1; Max-Age=600; Path=/',)),),
    'varmekort': (script('https://hm.varmekort.example/varme.js',
                         xhr('https://hm.varmekort.example/punkt?s={n}', cookies=(
                             '_vk=1; Max-Age=1800; Path=/; Secure; SameSite=None',))),),
    'fejlfanger': (script('https://js.fejlfanger.example/fang.js'),),
    'stilarkiv': (css('https://cdn.stilarkiv.example/5/stil.css'),),
    'ventelinjen': (script('https://koe.ventelinjen.example/koe.js'),),
    'nyhedsmailen': (script('https://tilmeld.nyhedsmailen.example/n.js',
                            beacon('https://tilmeld.nyhedsmailen.example/set')),),
    'faellesdesign': (css('https://cdn.faellesdesign.example/da.css'),),
    'skydrift': (img('https://borgerporten.edge.skydrift.example/top.png'),),
    'dns-hint': (Node('dns', 'https://dns.faelde.example/'),),
    'lazy': (Node('data', 'https://doven.faelde.example/senere.gif', 'image', 'image/gif'),),
}

# pattern, service, entity, country, category, cookie_prefixes, own_use_possible, optout_exists
SERVICES = (
    ('*.taelleren.example', 'Tælleren Web', 'Tælleren A/S', 'DK', 'analytics', 'tl_', 'yes', 'yes'),
    ('*.blikmaaling.example', 'Blik Statistik', 'Blikmåling GmbH', 'DE', 'analytics', '_blik', '', 'yes'),
    ('tags.etikethus.example', 'Etikethuset Tags', 'Etikethuset Inc.', 'US', 'tag_manager', '', 'yes', 'no'),
    ('collect.etikethus.example', 'Etikethuset Analyse', 'Etikethuset Inc.', 'US', 'analytics', '_eh', 'yes', 'yes'),
    ('*.cookievagten.example', 'Cookievagten', 'Cookievagten ApS', 'DK', 'consent_provider', 'cv_', 'no', ''),
    ('*.kampagneluft.example', 'Kampagneluft', 'Kampagneluft AB', 'SE', 'ad', '', 'yes', 'no'),
    ('*.oplaeseren.example', 'Oplæseren', 'Oplæseren AB', 'SE', 'utility', '', 'no', ''),
    ('*.menneskeproeve.example', 'Menneskeprøven', 'Menneskeprøven ApS', 'DK', 'utility', '', 'no', ''),
    ('*.varianttest.example', 'Varianttest', 'Varianttest Ltd', 'IE', 'analytics', 'vt', 'yes', 'yes'),
    ('*.annoncebroen.example', 'Annoncebroen', 'Annoncebroen Inc.', 'US', 'ad', 'ab_', 'yes', 'no'),
    ('*.fagnetvaerket.example', 'Fagnetværket Indsigt', 'Fagnetværket Ltd', 'IE', 'social', 'li_fag', 'yes', 'no'),
    ('*.dataknude.example', 'Dataknuden', 'Dataknuden Inc.', 'US', 'ad', 'dk', 'yes', 'no'),
    ('*.vennebog.example', 'Vennebog Pixel', 'Vennebog Ltd', 'IE', 'social', 'vb_', 'yes', 'no'),
    ('*.landmaaler.example', 'Landmåler Kort', 'Landmåler B.V.', 'NL', 'content', '', '', 'yes'),
    ('*.roligvideo.example', 'Rolig Video', 'Rolig Video ApS', 'DK', 'video', '', 'no', 'yes'),
    ('*.filmtavlen.example', 'Filmtavlen', 'Filmtavlen Inc.', 'US', 'video', 'FT_', 'yes', 'no'),
    ('*.skrifthuset.example', 'Skrifthuset Fonts', 'Skrifthuset Inc.', 'US', 'font', '', 'no', ''),
    ('analyse.driftshuset.example', 'Driftshuset Analyse', 'Driftshuset A/S', 'DK', 'analytics', '', '', ''),
    ('drift.driftshuset.example', 'Driftshuset Drift', 'Driftshuset A/S', 'DK', 'hosting', '', 'no', ''),
    ('*.hjaelpelinjen.example', 'Hjælpelinjen Chat', 'Hjælpelinjen AB', 'SE', 'customer_success', 'hl_', '', ''),
    ('*.soegemaskinen.example', 'Søgemaskinen Annoncer', 'Søgemaskinen Inc.', 'US', 'ad', 'MUID', 'yes', 'no'),
    ('*.oppetid.example', 'Oppetid RUM', 'Oppetid OÜ', 'EE', 'utility', '', 'no', ''),
    ('*.pakkelageret.example', 'Pakkelageret', 'Pakkelageret Foundation', 'US', 'cdn', '', '', ''),
    ('*.sidesoeger.example', 'Sidesøger', 'Sidesøger ApS', 'DK', 'utility', '', 'no', ''),
    ('*.ikonhuset.example', 'Ikonhuset', 'Ikonhuset Inc.', 'US', 'font', '', '', ''),
    ('*.formularhuset.example', 'Formularhuset', 'Formularhuset A/S', 'DK', 'utility', '', 'no', ''),
    ('*.spoergsmaalet.example', 'Spørgsmålet', 'Spørgeskemahuset A/S', 'DK', 'analytics', '', '', ''),
    ('*.varmekort.example', 'Varmekort', 'Varmekort Ltd', 'MT', 'analytics', '_vk', 'yes', 'yes'),
    ('*.fejlfanger.example', 'Fejlfanger', 'Fejlfanger Inc.', 'US', 'utility', '', '', ''),
    ('*.stilarkiv.example', 'Stilarkivet', 'Stilarkivet Foundation', 'US', 'cdn', '', '', ''),
    ('*.ventelinjen.example', 'Ventelinjen', 'Ventelinjen A/S', 'DK', 'utility', '', 'no', ''),
    ('*.nyhedsmailen.example', 'Nyhedsmailen', 'Nyhedsmailen Inc.', 'US', 'marketing', '', 'yes', 'no'),
)
