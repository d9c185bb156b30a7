# SPDX-License-Identifier: MIT
"""A random estate for a number: registers of every kind, and archives of which it is known what they show.

What is drawn leans towards the rare: rows of the decision tables that few estates reach come up in every few hundred units.
"""
import datetime
import os

import registers
import tape
from rules import Cookie, Request, Visit

YEAR = 2026
DAYS = [datetime.date(YEAR, month, 1) for month in (2, 4, 6, 9, 11)]
CATEGORIES = ('ad', 'analytics', 'cdn', 'consent_provider', 'content', 'customer_success', 'font', 'hosting', 'marketing', 'social',
              'tag_manager', 'utility', 'video', 'other', '')
POLICY = {
    'agreement_written': ('yes', 'no'), 'anonymised_counts': ('yes', 'no'), 'infra_cname': ('judge', 'list_only'),
    'documentation': ('self_declaration', 'document_reference', 'reviewed_document'), 'max_failed_share': ('0', '0.2', '0.35', '0.5', '1'),
    'min_coverage': ('0', '0.5', '0.9', '1'), 'min_entry_pages': ('0', '1', '2'), 'min_flow_pages': ('0', '1', '2'), 'min_grade': ('A', 'B', 'C'),
    'min_pages': ('0', '1', '2', '3', '10'), 'no_answer': ('non_compliant', 'unresolved'), 'portal_state_required': ('yes', 'no'),
    'public_partner': ('judge', 'list_only'), 'refetch_rule': ('yes', 'no'), 'scope_unit': ('site', 'flow'), 'scripts_required': ('yes', 'no'),
    'two_click': ('separate', 'count')}
PRODUCERS = {  # how each recorder can show a resource
    'list': ('O1', 'O1', 'O1', 'A', 'D1', 'D2', 'D3', 'connect', 'prefetch'), 'joins': ('O2', 'D1'),
    'proxy': ('O3', 'O3', 'O4', 'D1', 'D2', 'D3', 'connect'), 'crawler': ('O5', 'D1'), 'wget': ('O5', 'D1')}
SCRIPTED = ('list', 'joins', 'proxy')
LOADER = "<script>(function(w,d,s,l,i){w[l]=w[l]||[];var j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;" \
         "})(window,document,'script','dataLayer','GTM-ABCD12');</script>"
TAG_HOST = ('www.googletagmanager.com', '/gtm.js', 'googletagmanager.com')
HTML = {'D1': '<img src="https://{}">', 'D2': '<img loading="lazy" src="https://{}">', 'connect': '<link rel="preconnect" href="https://{}">',
        'prefetch': '<link rel="dns-prefetch" href="https://{}">'}
MIME = {'image': 'image/gif', 'script': 'text/javascript'}


def kind_of(how, path):
    """As the recorder tells it; what only markup names is an image."""
    return 'script' if how in ('O1', 'O2', 'O3', 'O4', 'A') and path.startswith('/api') else 'image'


class Lot:
    def __init__(self, dice, units, year=YEAR):
        self.dice, self.year, self.count = dice, year, units
        self.visits, self.tapes = [], {name: tape.Tape(name) for name in PRODUCERS}
        self.tables = {name: [] for name in ('authorities', 'units', 'portal_links', 'own_parties', 'bases', 'decisions', 'services', 'aliases', 'policy')}
        self.as_of = ''
        self.make_policy()
        self.make_authorities()
        self.make_catalogue()
        for number in range(units):
            self.make_unit(number)
        self.make_links()

    def pick(self, *choices):
        return self.dice.choice(choices)

    def chance(self, share):
        return self.dice.random() < share

    def some_day(self, empty=0.5):
        """A day at, or just beside, one on which pages are captured; or none."""
        if self.chance(empty):
            return ''
        return (self.dice.choice(DAYS) + datetime.timedelta(days=self.pick(-1, 0, 0, 1))).isoformat()

    def span(self, empty=0.6):
        """Two days in order."""
        first, last = self.some_day(empty), self.some_day(empty)
        return (last, first) if first and last and first > last else (first, last)

    def add(self, table, **row):
        self.tables[table].append(row)

    # Registers ------------------------------------------------------------------------------------------------------------

    def make_policy(self):
        # what the program itself knows of real hosts is not of the page
        self.add('policy', key='base_catalogue', value='no', source='', valid_from='')
        for key, values in POLICY.items():
            if self.chance(0.6 if key == 'portal_state_required' else 0.4):
                for start in self.dice.sample(('', '2026-03-01', '2026-12-31', '2027-01-01'), self.pick(1, 1, 2)):
                    self.add('policy', key=key, value=self.dice.choice(values), source='', valid_from=start)
        if self.chance(0.3):
            self.add('policy', key=f'reference_date.{self.year}', value=self.pick('2026-06-30', '2026-12-30', '2026-12-31'), source='', valid_from='')
        if self.chance(0.75):
            self.add('policy', key=f'hearing_deadline.{self.year}', value=self.pick('2026-06-29', '2026-06-30', '2026-11-15', '2026-12-31', '2027-02-01'),
                     source='', valid_from='')
        if self.chance(0.3):
            self.as_of = self.pick('2026-11-14', '2026-11-15', '2026-11-16', '2027-03-01')

    def make_authorities(self):
        for number in range(6):
            self.add('authorities', authority_id=f'A{number}', name_da=f'Myndighed {number}', ministry='', level=self.pick('state', 'region', 'municipality'),
                     domains=';'.join([f'mynd{number}.dk'] + [f'gl.mynd{number}.org'] * self.chance(0.3)))

    def make_catalogue(self):
        self.places, self.prefixes = [], {}
        for number in range(9):
            self.make_vendor(number)
        for name in ('nobody1.com', 'nobody2.io', 'firm.co.uk', 'nobody3.net', 'v0.net'):
            self.places += [(f'{label}.{name}', '/x.png', name, name, '') for label in ('a', 'b')]
        self.places += [(f'{tenant}.github.io', '/x.png', f'{tenant}.github.io', f'{tenant}.github.io', '') for tenant in ('et', 'to')]
        self.places.append(('198.51.100.7', '/x.png', '198.51.100.7', '198.51.100.7', ''))
        if self.chance(0.5):
            self.service('*.googletagmanager.com', 'Tags', 'Tagfirma', 'tag_manager')
        for pattern, service, category in (('*.drift.com', 'Drift Host', 'hosting'), ('stat.drift.com', 'Drift Stat', 'analytics')):
            self.service(pattern, service, 'Drift A/S', category)
        if self.chance(0.5):
            self.add('own_parties', unit_id='*', pattern=self.pick('*.borgerfaelles.dk', '*.kant.net', '*.v2.com', 'a.v4.com/api'),
                     relation=self.pick('public_component', 'infrastructure', 'operator', 'authority'), service='', valid_from='', valid_to='', evidence_ref='')

    def service(self, pattern, service, entity, category=None, **more):
        row = {'pattern': pattern, 'service': service, 'entity': entity, 'country': 'DK',
               'category': self.dice.choice(CATEGORIES) if category is None else category,
               'own_use_possible': self.pick('', '', 'yes', 'no', 'unknown'), 'optout_exists': self.pick('', 'yes', 'no', 'unknown'),
               'cookie_prefixes': '', 'source': '', **more}
        self.tables['services'].append(row)

    def make_vendor(self, n):
        """A service with patterns of several kinds, maybe a second of the same house."""
        entity, first, second = f'Firma {n}', f'Tjeneste {n}', self.pick(f'Tjeneste {n}', f'Tjeneste {n} Plus')
        facts = {'category': self.dice.choice(CATEGORIES), 'own_use_possible': self.pick('', '', 'yes', 'no', 'unknown'),
                 'optout_exists': self.pick('', 'yes', 'no', 'unknown')}
        self.service(f'*.v{n}.com', first, entity, cookie_prefixes=f'k{n}_', **facts)
        self.places += [(host, '/x.png', f'v{n}.com', entity, first) for host in (f'a.v{n}.com', f'b.v{n}.com', f'v{n}.com')]
        more = facts if second == first else {'category': self.dice.choice(CATEGORIES), 'own_use_possible': self.pick('', '', 'yes', 'no'), 'optout_exists': ''}
        for pattern, host, path, site in self.dice.sample((
                (f'*.deep.v{n}.com', f'a.deep.v{n}.com', '/x.png', f'v{n}.com'), (f'tag.v{n}.net', f'tag.v{n}.net', '/x.png', f'v{n}.net'),
                (f'v{n}.org', f'a.v{n}.org', '/x.png', f'v{n}.org'), (f'a.v{n}.com/api', f'a.v{n}.com', '/api/x.png', f'v{n}.com'),
                (f'a.v{n}.com/api/to', f'a.v{n}.com', '/api/to', f'v{n}.com'), (f'cdn.faelles.com/v{n}', 'cdn.faelles.com', f'/v{n}/x.png', 'faelles.com'),
                (f'cdn.faelles.com/v{n}', 'cdn.faelles.com', f'/v{n}x.png', 'faelles.com')), 3):
            if all(row['pattern'] != pattern for row in self.tables['services']):
                self.service(pattern, second, entity, **more)
            self.places.append((host, path, site, entity, second))

    def make_unit(self, n):
        dice, authority = self.dice, f'A{self.dice.randrange(6)}'
        name, portal, good = f'U{n:03}', self.chance(0.15), self.chance(0.75)
        own = f'u{n}.dk' if self.chance(0.7) else f'u{n}.mynd{authority[1:]}.dk'
        scope = self.pick([own, f'*.{own}'], [f'*.{own}'], [own], [f'{own}/app', f'www.{own}'])
        first, last = self.unit_life(good)
        unit = {'unit_id': name, 'name_da': f'Løsning {n}', 'unit_type': 'portal' if portal else 'self_service', 'authority_id': authority,
                'channel': 'app' if self.chance(0.03) else self.pick('', 'web'), 'url_scope': ';'.join(scope),
                'audience': self.pick('citizens', 'both') if good else self.pick('citizens', 'both', 'businesses', 'unknown'),
                'interaction': 'yes' if good else self.pick('yes', 'no', 'unknown'),
                'provision': self.pick('state', 'state', 'shared', 'outsourced_by_state') if good or self.chance(0.5) else
                self.pick('municipal_only', 'regional_only', 'private_only', 'unknown', 'state'),
                'primary_channel': self.pick('statutory', 'assessed_primary') if good else
                self.pick('statutory', 'assessed_primary', 'not_primary', 'unknown'),
                'national': 'yes' if good else self.pick('yes', 'no', 'unknown', ''), 'exemptions_exist': self.pick('yes', 'no', ''),
                'login': self.pick('mitid', 'none', ''), 'valid_from': first, 'valid_to': last}
        pages = self.pages_of(own, scope)
        unit.update(entry_urls=self.entries(pages), flow_scope=self.flow(own, pages), known_pages=self.pick('', '', '1', '2', str(len(pages))))
        self.tables['units'].append(unit)
        if n and self.chance(0.04):  # a part of another's site is a unit of its own
            unit['url_scope'] = ';'.join(scope + [self.tables['units'][n - 1]['url_scope'].split(';')[0].removeprefix('*.').partition('/')[0] + '/app/b'])
        palette = self.palette(unit, own)
        self.own_parties(unit, palette)
        self.declare(unit, palette)
        self.capture(unit, own, pages, palette)

    def unit_life(self, good):
        if good and self.chance(0.9):
            return '', ''
        return self.pick(('', '2026-06-29'), ('2026-12-31', ''), ('2026-06-30', '2026-12-31'), ('2027-01-01', ''), ('', '2026-12-30'), ('', ''))

    def pages_of(self, own, scope):
        host = own if scope[0] != f'*.{own}' or self.chance(0.5) else f'www.{own}'
        if scope[0].endswith('/app'):
            return [(own, '/app'), (own, '/app/b'), (f'www.{own}', '/')][:self.pick(1, 2, 3)]
        return [(host, path) for path in ('/', '/a', '/b', '/flow/1', '/flow/2')][:self.pick(1, 2, 3, 4, 5)]

    def entries(self, pages):
        urls = [f'https://{host}{path}' for host, path in pages]
        return self.pick('', '', urls[0], urls[0], urls[-1], ';'.join(urls[:2]), urls[0].replace('https:', 'http:'), urls[0] + 'ikke/set')

    def flow(self, own, pages):
        return self.pick('', '', '', f'{pages[0][0]}/flow', f'{own}/app', f'*.{own}', f'{own}/findes/ikke')

    # Parties and bases ----------------------------------------------------------------------------------------------------

    def palette(self, unit, own):
        """The foreign places this unit may contact: (host, path, site, entity, service)."""
        others = [f'A{number}' for number in range(6) if f'A{number}' != unit['authority_id']]
        rare = [('cdn.drift.com', '/x.png', 'drift.com', 'Drift A/S', 'Drift Host'), ('stat.drift.com', '/x.png', 'drift.com', 'Drift A/S', 'Drift Stat'),
                ('login.borgerfaelles.dk', '/x.png', 'borgerfaelles.dk', 'borgerfaelles.dk', ''),
                (f'www.mynd{self.dice.choice(others)[1:]}.dk', '/x.png', 'mynd', 'mynd', ''), ('et.kant.net', '/x.png', 'kant.net', 'kant.net', ''),
                (f'ny.mynd{unit["authority_id"][1:]}.dk', '/x.png', f'mynd{unit["authority_id"][1:]}.dk', '', ''), ('a.ekstra.dk', '/x.png', 'ekstra.dk', 'ekstra.dk', '')]
        rare = [(host, path, host.split('.', 1)[1] if site == 'mynd' else site, entity if entity != 'mynd' else host.split('.', 1)[1], service)
                for host, path, site, entity, service in rare]
        if self.chance(0.3) and not any(row['host'] == 'a.ekstra.dk' for row in self.tables['aliases']):
            self.add('aliases', host='a.ekstra.dk', canonical='a.v3.com', valid_from='', valid_to='', source='')
        chosen = self.dice.sample(self.places, self.pick(0, 1, 1, 2, 2, 3)) + self.dice.sample(rare, self.pick(0, 0, 1, 2))
        if self.chance(0.15):
            chosen.append(self.alias(own))
        if self.chance(0.1):
            chosen.append((*TAG_HOST, 'Tagfirma', 'Tags'))
        return chosen

    def alias(self, own):
        """A name of one's own that leads to somebody: at once, or over another name."""
        host, number = f'stat.{own}', self.dice.randrange(9)
        target = self.pick(f'a.v{number}.com', f'a.v{number}.com', f'tag.v{number}.net', 'x.drift.com', 'a.nobody1.com', f'www.{own}')
        first, last = self.span(0.7)
        middle = self.chance(0.3)
        if middle:
            self.add('aliases', host=f'mellem.{own}', canonical=target, valid_from='', valid_to='', source='')
        self.add('aliases', host=host, canonical=f'mellem.{own}' if middle else target, valid_from=first, valid_to=last, source='')
        return host, '/x.png', own, f'Firma {number}', f'Tjeneste {number}'

    def own_parties(self, unit, palette):
        for host, _, site, _, _ in palette:
            for pattern, relation, service, share in (('*.drift.com', 'operator', self.pick('Drift Host', 'Drift Stat', ''), 0.8),
                                                      ('*.borgerfaelles.dk', 'public_component', '', 0.8), ('*.kant.net', 'infrastructure', '', 0.8),
                                                      ('*.ekstra.dk', 'authority', '', 0.8)):
                rows = self.tables['own_parties']
                if host.endswith(pattern[2:]) and self.chance(share) and not any(r['unit_id'] == unit['unit_id'] and r['pattern'] == pattern for r in rows):
                    first, last = self.span(0.85)
                    self.add('own_parties', unit_id=unit['unit_id'], pattern=pattern, relation=relation, service=service, valid_from=first,
                             valid_to=last, evidence_ref='')
            if site in ('v1.com', 'nobody2.io') and self.chance(0.2) and not any(r['pattern'] == '*.' + site for r in self.tables['own_parties']):
                self.add('own_parties', unit_id=unit['unit_id'], pattern='*.' + site, relation=self.pick('infrastructure', 'public_component', 'operator', 'authority'),
                         service='', valid_from='', valid_to='', evidence_ref='')

    def declare(self, unit, palette):
        for host, _, site, entity, service in palette:
            for _ in range(self.pick(0, 0, 1, 1, 1, 2)):
                self.basis(unit, host, site, entity, service)
            if self.chance(0.06):
                self.decide(unit, entity)
        if self.chance(0.1):
            self.basis(unit, 'set.ingen-steder.dk', 'ingen-steder.dk', self.pick('Ukendt ApS', 'Firma 3'), '')

    def basis(self, unit, host, site, entity, service):
        named = self.pick({'entity': entity}, {'entity': entity}, {'entity': entity, 'service': service}, {'service': service}, {'pattern': host},
                          {'pattern': '*.' + site}, {'pattern': host, 'entity': entity}, {'entity': entity.upper()})
        if not any(named.values()):
            named = {'pattern': host}
        by_authority = self.chance(0.2)
        first, last = self.span(0.65)
        holds = self.chance(0.4)
        self.add('bases', **{
            'basis_id': f'B{len(self.tables["bases"]):04}', 'unit_id': '' if by_authority else unit['unit_id'],
            'authority_id': unit['authority_id'] if by_authority else '', 'entity': '', 'service': '', 'pattern': '',
            'evidence_ref': 'dok' if holds or self.chance(0.8) else '', 'valid_from': first, 'valid_to': last,
            'review_status': self.pick('accepted', 'accepted', '', 'pending') if holds else self.pick('', '', 'pending', 'accepted', 'rejected'),
            **self.kind_of_basis(holds), **named})

    def kind_of_basis(self, holds):
        kind = self.pick('opt_out', 'agreement', 'necessary')
        yes, no = (('yes', 'yes', 'unknown'), ('no', 'no', '')) if holds else (('yes', 'no', 'unknown', ''),) * 2
        pick = self.dice.choice
        columns = {'opt_out': {'setting_name': pick(('deling', '')), 'setting_exists': pick(yes), 'activated': pick(yes),
                               'effective': 'all' if holds else pick(('all', 'partly', 'no', 'unknown', ''))},
                   'agreement': {'own_use_clause': 'bans' if holds else pick(('bans', 'bans', 'bans', 'allows', 'unclear', '')), 'written': pick(yes),
                                 'anonymised_exempt': pick(no)},
                   'necessary': {'own_use_possible': pick(no), 'purpose': pick(('precondition', 'security') if holds else
                                                                               ('precondition', 'security', 'other', 'unknown', '')),
                                 'limited_use': pick(yes)}}
        empty = dict.fromkeys([name for row in columns.values() for name in row], '')
        return {'basis_type': kind, **empty, **columns[kind]}

    def decide(self, unit, entity):
        if not entity or any(row['unit_id'] == unit['unit_id'] for row in self.tables['decisions']):
            return
        row = {'unit_id': unit['unit_id'], 'entity': entity, 'year': self.pick('2026', '2026', '2025'),
               'verdict': self.pick('compliant', 'unresolved', 'non_compliant', 'not_third_party'), 'reason': 'r', 'evidence_ids': 'e', 'supersedes': ''}
        number = len(self.tables['decisions'])
        self.add('decisions', decision_id=f'D{number}', **row)
        if self.chance(0.3):
            self.add('decisions', decision_id=f'D{number + 1}', **{**row, 'verdict': self.pick('compliant', 'non_compliant'), 'supersedes': f'D{number}'})

    def make_links(self):
        units = self.tables['units']
        for unit in units:
            if unit['unit_type'] == 'portal':
                for target in self.dice.sample([u['unit_id'] for u in units if u is not unit], self.pick(0, 1, 1, 2)):
                    first, last = self.pick(('', ''), ('', ''), ('', '2026-06-01'), ('2027-01-01', ''))
                    self.add('portal_links', portal_id=unit['unit_id'], target_id=target, valid_from=first, valid_to=last, evidence_ref='')

    # What was seen --------------------------------------------------------------------------------------------------------

    def capture(self, unit, own, pages, palette):
        """Maybe nothing; else its pages by one or two recorders on one to three days."""
        if self.chance(0.05):
            return
        steady = {place for place in palette if self.chance(0.6)}
        failing = self.pick(0, 0, 0, 0.3, 0.3, 1)
        for _ in range(self.pick(1, 1, 2, 3)):
            producer, day = self.dice.choice(list(PRODUCERS)), self.dice.choice(DAYS)
            for host, path in pages:
                if self.chance(0.9):
                    self.visit(producer, day, host, path, [p for p in palette if p in steady or self.chance(0.4)], own, failing)

    def visit(self, producer, day, host, path, places, own, failing):
        number = len(self.visits)
        second = int((datetime.datetime.combine(day, datetime.time()) - tape.START).total_seconds()) + number * 40
        status, body = (self.pick((403, 'nej'), (503, 'nej'), (404, 'nej'), (200, '  '))) if self.chance(failing) else (200, 'text')
        shown = {}
        for place in places:
            how = self.dice.choice(PRODUCERS[producer])
            how = how if how != 'D3' else 'D1'
            how = 'D3' if place[0] == TAG_HOST[0] and producer in SCRIPTED and self.chance(0.6) else how
            shown[place] = how, self.pick('', '', '', 'k=1; Secure; SameSite=None', 'k=1; SameSite=Strict')
        cookies = [Cookie(host, f'k{self.dice.randrange(9)}_x') for _ in range(self.pick(0, 0, 1))]
        if own.count('.') > 1 or body != 'text':
            cookies = []
        fetched = {place: how for place, how in shown.items() if how[0][0] in 'OA' and (how[0] != 'O5' or body == 'text')}
        declared = {} if body != 'text' else {place: how for place, how in shown.items() if place not in fetched}
        requests = [self.request(host, place, *how) for place, how in {**fetched, **declared}.items()]
        self.visits.append(Visit(number, host, path, day, second, status != 200 or body != 'text', producer in SCRIPTED, requests, cookies))
        self.record(producer, second, number, f'https://{host}{path}', status, body, fetched, declared, cookies)

    @staticmethod
    def request(page_host, place, how, cookie):
        """A cookie that stays on its site is refused to all others."""
        host, path, site, _, _ = place
        kept = 'None' in cookie or ('Strict' in cookie and page_host.split('.')[-2:] == host.split('.')[-2:])
        evidence, resource = {'connect': ('C', 'connect'), 'prefetch': ('C', 'other')}.get(how, (how, kind_of(how, path)))
        return Request(host, path if evidence != 'C' else '/', site, evidence, resource, how[0] == 'O' and kept)

    def record(self, producer, second, number, url, status, body, fetched, declared, cookies):
        t, page = self.tapes[producer], f'page-{number}'
        elements = [LOADER if how == 'D3' else HTML[how].format(place[0] + place[1] * (how[0] == 'D')) for place, (how, _) in declared.items()]
        elements += [HTML['D1'].format(place[0] + place[1]) for place, (how, _) in fetched.items() if how == 'O5']
        text = tape.page(*elements) if body == 'text' else body
        fields = [f'Set-Cookie: {cookie.name}=1' for cookie in cookies]
        getattr(self, 'as_' + producer)(t, page, second, url, status, text, fields, fetched)

    @staticmethod
    def resources(fetched):
        for step, (place, (how, cookie)) in enumerate(fetched.items(), 1):
            yield step, 'https://' + place[0] + place[1], how, kind_of(how, place[1]), ['Set-Cookie: ' + cookie] if cookie else []

    def as_list(self, t, page, second, url, status, text, fields, fetched):
        t.tagged(second, page, 'document', url, tape.asks('document'), text, status=status, fields=fields)
        entries = [(status, 'document', url)]
        for step, to, how, kind, cookie in self.resources(fetched):
            entries.append((0, kind, to, 'net::ERR_FAILED') if how == 'A' else (200, kind, to))
            if how != 'A':
                t.tagged(second + step, page, kind, to, tape.asks(kind, url), 'x', MIME[kind], fields=cookie)
        t.list(second, page, url, entries)

    def as_joins(self, t, page, second, url, status, text, fields, fetched):
        t.tagged(second, page, 'document', url, tape.asks('document'), text, status=status, fields=fields)
        for step, to, _, kind, cookie in self.resources(fetched):
            t.tagged(second + step, page, kind, to, tape.asks(kind, url), 'x', MIME[kind], fields=cookie)

    def as_proxy(self, t, _, second, url, status, text, fields, fetched):
        t.exchange(second, url, tape.asks('document'), text, status=status, fields=fields)
        origin = '/'.join(url.split('/')[:3])
        for step, to, how, kind, cookie in self.resources(fetched):
            asks = tape.asks(kind, url) if how == 'O3' else tape.asks(kind, origin=origin, mode='cors')
            t.exchange(second + step, to, asks, 'x', MIME[kind], fields=cookie)

    def as_wget(self, t, _, second, url, status, text, fields, fetched):
        t.exchange(second, url, ['User-Agent: wget'], text, status=status, fields=fields)
        for step, to, _, kind, cookie in self.resources(fetched):
            t.exchange(second + step, to, ['User-Agent: wget', 'Referer: ' + url], 'x', MIME[kind], fields=cookie)

    def as_crawler(self, t, _, second, url, status, text, fields, fetched):
        front = t.exchange(second, url, ['User-Agent: heritrix'], text, status=status, fields=fields)
        t.notes(second, url, front, ['seed: '])
        for step, to, _, kind, cookie in self.resources(fetched):
            got = t.exchange(second + step, to, ['User-Agent: heritrix', 'Referer: ' + url], 'x', MIME[kind], fields=cookie)
            t.notes(second + step, to, got, ['via: ' + url, 'hopsFromSeed: E'])

    # Files ----------------------------------------------------------------------------------------------------------------

    def write(self, folder):
        """(folder of the registers, [archive])."""
        place = os.path.join(folder, 'registers')
        os.makedirs(place, exist_ok=True)
        for name, rows in self.tables.items():
            path = os.path.join(place, name + '.csv')
            if rows:
                with open(path, 'wb') as file:
                    file.write(registers.as_csv(rows))
            elif os.path.exists(path):
                os.remove(path)
        archives = []
        for name, t in self.tapes.items():
            archives.append(os.path.join(folder, name + '.warc'))
            with open(archives[-1], 'wb') as file:
                file.write(b''.join(t.records))
        return place, archives
