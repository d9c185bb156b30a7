# SPDX-License-Identifier: MIT
"""The plan of the demo estate: authorities, units, crawls. Registers, archives and truth follow from it."""
from dataclasses import dataclass


@dataclass
class Authority:
    id: str
    name: str
    ministry: str
    level: str
    domains: str


@dataclass
class Unit:
    id: str
    name: str
    authority: str
    scope: str
    type: str = 'self_service'
    channel: str = 'web'
    entry: str = ''
    flow: str = ''
    audience: str = 'citizens'
    interaction: str = 'yes'
    provision: str = 'state'
    primary: str = 'statutory'
    national: str = ''
    valid_from: str = '2020-01-01'
    valid_to: str = ''
    predecessor: str = ''
    law: str = ''


@dataclass
class Crawl:
    """One archive (or two, when it grows) of one unit. `embeds`: (name in parties.EMBEDS, which pages)."""
    year: int
    unit: str
    producer: str
    start: str
    host: str
    pages: int = 12
    embeds: tuple = ()
    blocked: bool = False
    missing_page: bool = False
    latin1: bool = False
    assets: str = ''
    last_page_host: str = ''
    apex: str = ''
    unfetched: tuple = ()
    damaged: bool = False
    links: tuple = ()
    full_referer: bool = False


BORGER = 'Ministeriet for Borgersager (demo)'
VEJ = 'Ministeriet for Veje og Natur (demo)'
LAERE = 'Ministeriet for Læring og Sundhed (demo)'

AUTHORITIES = (
    Authority('A01', 'Borgerkontoret', BORGER, 'state', 'borgerkontoret.example;borgerporten.example;pasdemo.example'),
    Authority('A02', 'Skatte- og Ydelseskontoret', BORGER, 'state',
              'ydelseskontoret.example;skattemappen.example;skattefiler.example'),
    Authority('A03', 'Køretøjskontoret', VEJ, 'state', 'koeretoejskontoret.example'),
    Authority('A04', 'Natur- og Fiskerikontoret', VEJ, 'state', 'naturkontoret.example'),
    Authority('A05', 'Studiekontoret', LAERE, 'state', 'studiekontoret.example'),
    Authority('A06', 'Sundhedskontoret', LAERE, 'state', 'sundhedskontoret.example'),
    Authority('A07', 'Mølleby Kommune', 'Kommunerne (demo)', 'municipality', 'moelleby.example'),
    Authority('A08', 'Retskontoret', BORGER, 'state', 'retskontoret.example'),
)

ATTEST = 'fødselsattest.example'.encode('idna').decode()

UNITS = (
    Unit('U01', 'Borgerporten', 'A01', 'www.borgerporten.example;hjaelp.borgerporten.example', type='portal',
         entry='https://www.borgerporten.example/', national='yes'),
    Unit('U02', 'Skattemappen', 'A02', '*.skattemappen.example', entry='https://www.skattemappen.example/',
         flow='www.skattemappen.example/selvbetjening', law='Skattedemoloven § 2'),
    Unit('U03', 'Ydelsesboksen', 'A02', 'boks.ydelseskontoret.example', entry='https://boks.ydelseskontoret.example/',
         flow='boks.ydelseskontoret.example/selvbetjening', law='Ydelsesdemoloven § 7'),
    Unit('U04', 'Køretøjsmappen', 'A03', 'mappe.koeretoejskontoret.example',
         entry='https://mappe.koeretoejskontoret.example/', primary='assessed_primary'),
    Unit('U05', 'Naturtilskud', 'A04', 'tilskud.naturkontoret.example', provision='shared',
         entry='https://tilskud.naturkontoret.example/', law='Naturdemoloven § 11'),
    Unit('U06', 'Studiestøtten', 'A05', 'stoette.studiekontoret.example',
         entry='https://stoette.studiekontoret.example/', law='Støttedemoloven § 1'),
    Unit('U07', 'Sundhedsmappen', 'A06', 'www.sundhedsmappen.example', type='portal', national='yes',
         entry='https://www.sundhedsmappen.example/', valid_from='2026-05-01', predecessor='U07A'),
    Unit('U07A', 'Sundhedsjournal Online', 'A06', 'journal.sundhedskontoret.example', type='portal', national='yes',
         entry='https://journal.sundhedskontoret.example/', valid_to='2026-04-30'),
    Unit('U08', 'Lægetider', 'A06', 'www.laegetider.example', provision='outsourced_by_state',
         entry='https://www.laegetider.example/', audience='both'),
    Unit('U09', 'Erhvervsindberetning', 'A02', 'erhverv.ydelseskontoret.example', audience='businesses',
         entry='https://erhverv.ydelseskontoret.example/'),
    Unit('U10', 'Pollenviden', 'A06', 'pollen.sundhedskontoret.example', interaction='no',
         entry='https://pollen.sundhedskontoret.example/', primary='not_primary'),
    Unit('U11', 'Affaldsportalen Mølleby', 'A07', 'affald.moelleby.example', provision='municipal_only',
         entry='https://affald.moelleby.example/'),
    Unit('U12', 'Byggeguiden', 'A03', 'byg.koeretoejskontoret.example', valid_to='2026-06-30',
         entry='https://byg.koeretoejskontoret.example/', primary='assessed_primary'),
    Unit('U13', 'Digital Fødselsattest', 'A01', f'www.{ATTEST}', entry=f'https://www.{ATTEST}/',
         flow=f'www.{ATTEST}/selvbetjening', valid_from='2026-02-01', law='Attestdemoloven § 3'),
    Unit('U14', 'Mit Tilskud (app)', 'A04', '', channel='app'),
    Unit('U15', 'Boligkøen', 'A08', 'bolig.retskontoret.example', primary='',
         entry='https://bolig.retskontoret.example/'),
    Unit('U16', 'Jagttegn på nettet', 'A04', 'jagttegn.naturkontoret.example',
         entry='https://jagttegn.naturkontoret.example/', law='Jagtdemoloven § 40'),
    Unit('U17', 'Pas og legitimation', 'A01', 'www.pasdemo.example', entry='https://www.pasdemo.example/'),
    Unit('U18', 'Udbetalingsoversigten', 'A02', 'oversigt.ydelseskontoret.example',
         entry='https://oversigt.ydelseskontoret.example/'),
    Unit('U19', 'Retsportalen for borgere', 'A08', 'sag.retskontoret.example',
         entry='https://sag.retskontoret.example/', law='Retsdemoloven § 148'),
    Unit('U20', 'Byggesag i kommunerne', 'A07', 'byggesag.moelleby.example', type='portal', national='yes',
         entry='https://byggesag.moelleby.example/', provision='municipal_only'),
    Unit('U21', 'Fritidsfisk', 'A04', 'fisk.naturkontoret.example', entry='https://fisk.naturkontoret.example/'),
)

PORTAL_LINKS = (('U01', 'U02'), ('U01', 'U03'), ('U01', 'U04'), ('U07', 'U08'), ('U07A', 'U08'), ('U20', 'U11'))

B, C, W, H = 'browsertrix', 'capture', 'wget', 'heritrix'
CRAWLS = (
    Crawl(2025, 'U01', B, '2025-10-06T08:12:00', 'www.borgerporten.example',
          embeds=(('cookievagten', 'all'), ('taelleren', 'all'), ('etikethus', 'all'), ('kampagneluft', 'all'),
                  ('faellesdesign', 'all')),
          last_page_host='hjaelp.borgerporten.example', missing_page=True, apex='borgerporten.example',
          links=('https://www.skattemappen.example/', 'https://boks.ydelseskontoret.example/')),
    Crawl(2026, 'U01', B, '2026-10-05T08:02:00', 'www.borgerporten.example',
          embeds=(('cookievagten', 'all'), ('taelleren', 'all'), ('oplaeseren', 'all'), ('kampagneluft', 'all'),
                  ('faellesdesign', 'all'), ('skydrift', 'all')),
          last_page_host='hjaelp.borgerporten.example', missing_page=True, apex='borgerporten.example',
          links=('https://www.skattemappen.example/', 'https://boks.ydelseskontoret.example/')),
    Crawl(2025, 'U02', B, '2025-10-07T09:30:00', 'www.skattemappen.example', assets='filer.skattefiler.example',
          apex='skattemappen.example', links=('https://sso.faelleslogin.example/log-ind',)),
    Crawl(2026, 'U02', B, '2026-10-06T09:41:00', 'www.skattemappen.example', assets='filer.skattefiler.example',
          apex='skattemappen.example', links=('https://sso.faelleslogin.example/log-ind',)),
    Crawl(2025, 'U03', C, '2025-10-08T10:00:00', 'boks.ydelseskontoret.example',
          embeds=(('taelleren', 'all'), ('menneskeproeve', 'flow'))),
    Crawl(2026, 'U03', C, '2026-10-07T10:05:00', 'boks.ydelseskontoret.example',
          embeds=(('taelleren', 'all'), ('menneskeproeve', 'flow'), ('varianttest', 'all'))),
    Crawl(2025, 'U04', B, '2025-10-09T11:00:00', 'mappe.koeretoejskontoret.example',
          embeds=(('annoncebroen', 'all'), ('fagnetvaerket', 'all'), ('sporhund', 'some'))),
    Crawl(2026, 'U04', B, '2026-10-08T11:20:00', 'mappe.koeretoejskontoret.example',
          embeds=(('annoncebroen', 'all'), ('vennebog', 'all'), ('sporhund', 'some'))),
    Crawl(2025, 'U05', C, '2025-10-10T12:00:00', 'tilskud.naturkontoret.example',
          embeds=(('blikmaaling', 'all'), ('landmaaler', 'some'))),
    Crawl(2025, 'U05', H, '2025-10-13T02:00:00', 'tilskud.naturkontoret.example',
          embeds=(('blikmaaling', 'all'), ('landmaaler', 'some')), unfetched=('landmaaler.example',)),
    Crawl(2026, 'U05', C, '2026-10-09T12:10:00', 'tilskud.naturkontoret.example',
          embeds=(('blikmaaling', 'all'), ('landmaaler', 'some'))),
    Crawl(2026, 'U05', H, '2026-10-12T02:00:00', 'tilskud.naturkontoret.example',
          embeds=(('blikmaaling', 'all'), ('landmaaler', 'some')), unfetched=('landmaaler.example',)),
    Crawl(2025, 'U06', C, '2025-10-14T08:00:00', 'stoette.studiekontoret.example', embeds=(('kludetaeppe', 'all'),)),
    Crawl(2026, 'U06', C, '2026-02-10T08:00:00', 'stoette.studiekontoret.example', pages=6,
          embeds=(('roligvideo', 'all'),)),
    Crawl(2026, 'U06', C, '2026-10-13T08:00:00', 'stoette.studiekontoret.example', embeds=(('roligvideo', 'all'),)),
    Crawl(2025, 'U07A', B, '2025-10-15T13:00:00', 'journal.sundhedskontoret.example',
          embeds=(('skrifthuset', 'all'), ('filmtavlen', 'some')), links=('https://www.laegetider.example/',)),
    Crawl(2026, 'U07', B, '2026-10-14T13:00:00', 'www.sundhedsmappen.example',
          embeds=(('skrifthuset', 'all'), ('roligvideo', 'some')), links=('https://www.laegetider.example/',)),
    Crawl(2025, 'U08', C, '2025-10-16T14:00:00', 'www.laegetider.example',
          embeds=(('drift', 'all'), ('analyse', 'all'), ('hjaelpelinjen', 'all'))),
    Crawl(2026, 'U08', C, '2026-10-15T14:00:00', 'www.laegetider.example',
          embeds=(('drift', 'all'), ('analyse', 'all'), ('hjaelpelinjen', 'all'))),
    Crawl(2025, 'U09', B, '2025-10-17T09:00:00', 'erhverv.ydelseskontoret.example', pages=4,
          embeds=(('annoncebroen', 'all'), ('soegemaskinen', 'all'), ('vaegtloes', 'all'), ('lazy', 'all'))),
    Crawl(2026, 'U09', B, '2026-10-16T09:00:00', 'erhverv.ydelseskontoret.example', pages=4,
          embeds=(('soegemaskinen', 'all'), ('klikbro', 'all'), ('vaegtloes', 'all'), ('lazy', 'all'))),
    Crawl(2025, 'U10', W, '2025-10-20T06:00:00', 'pollen.sundhedskontoret.example', pages=5,
          embeds=(('vrimmel', 'all'), ('oppetid', 'all'), ('vejrglas', 'front'))),
    Crawl(2026, 'U10', W, '2026-10-19T06:00:00', 'pollen.sundhedskontoret.example', pages=5,
          embeds=(('vrimmel', 'all'), ('oppetid', 'all'), ('vejrglas', 'front'))),
    Crawl(2025, 'U11', W, '2025-10-21T06:00:00', 'affald.moelleby.example', pages=5,
          embeds=(('pakkelageret', 'all'), ('sidesoeger', 'all'), ('ikonhuset', 'all'), ('taelleren-static', 'all'))),
    Crawl(2026, 'U11', W, '2026-10-20T06:00:00', 'affald.moelleby.example', pages=5,
          embeds=(('pakkelageret', 'all'), ('sidesoeger', 'all'), ('ikonhuset', 'all'), ('husnummer', 'front'))),
    Crawl(2025, 'U12', B, '2025-10-22T07:00:00', 'byg.koeretoejskontoret.example', pages=11,
          embeds=(('oppetid', 'all'),)),
    Crawl(2026, 'U13', C, '2026-10-21T10:00:00', f'www.{ATTEST}', embeds=(
        ('formularhuset', 'flow'), ('menneskeproeve', 'flow'))),
    Crawl(2025, 'U15', W, '2025-10-23T06:00:00', 'bolig.retskontoret.example', pages=6,
          embeds=(('spoergsmaalet', 'all'), ('mosekonen', 'all'))),
    Crawl(2026, 'U15', W, '2026-10-22T06:00:00', 'bolig.retskontoret.example', pages=6,
          embeds=(('spoergsmaalet', 'all'), ('ukendtsti', 'all'))),
    Crawl(2025, 'U16', C, '2025-10-24T08:00:00', 'jagttegn.naturkontoret.example', pages=3),
    Crawl(2026, 'U16', C, '2026-10-23T08:00:00', 'jagttegn.naturkontoret.example', pages=3),
    Crawl(2025, 'U17', B, '2025-10-27T08:00:00', 'www.pasdemo.example', pages=5, blocked=True),
    Crawl(2026, 'U17', B, '2026-10-26T08:00:00', 'www.pasdemo.example', pages=5, blocked=True),
    Crawl(2025, 'U18', W, '2025-10-28T06:00:00', 'oversigt.ydelseskontoret.example', latin1=True,
          embeds=(('taagebanke', 'all'), ('billedkassen', 'all'), ('soegemaskinen', 'all'))),
    Crawl(2026, 'U18', W, '2026-10-27T06:00:00', 'oversigt.ydelseskontoret.example', latin1=True,
          embeds=(('taagebanke', 'all'), ('billedkassen', 'all'), ('soegemaskinen', 'all'), ('graapixel', 'all'))),
    Crawl(2025, 'U19', C, '2025-10-29T09:00:00', 'sag.retskontoret.example', full_referer=True,
          embeds=(('varmekort', 'all'), ('fejlfanger', 'all'))),
    Crawl(2026, 'U19', C, '2026-10-28T09:00:00', 'sag.retskontoret.example', damaged=True, full_referer=True,
          embeds=(('varmekort', 'all'), ('fejlfanger', 'all'))),
    Crawl(2025, 'U20', B, '2025-10-30T09:00:00', 'byggesag.moelleby.example', pages=3, embeds=(('stilarkiv', 'all'),),
          links=('https://affald.moelleby.example/',)),
    Crawl(2026, 'U20', B, '2026-10-29T09:00:00', 'byggesag.moelleby.example', pages=3, embeds=(('stilarkiv', 'all'),),
          links=('https://affald.moelleby.example/',)),
    Crawl(2025, 'U21', B, '2025-11-03T09:00:00', 'fisk.naturkontoret.example',
          embeds=(('ventelinjen', 'all'), ('pakkelageret', 'all'), ('nyhedsmailen', 'some'), ('dns-hint', 'all'))),
    Crawl(2026, 'U21', B, '2026-11-02T09:00:00', 'fisk.naturkontoret.example',
          embeds=(('ventelinjen', 'all'), ('pakkelageret', 'all'), ('dns-hint', 'all'))),
)
