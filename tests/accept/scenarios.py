#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""scenarios.py [NUMBER...]: the situations of the compliance rules, each as a small archive and registers through the program."""
import os
import re
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
import tape  # noqa: E402
from cases import (AUTHORITY, BASIS, DEADLINE, HOST, LAYER, NECESSARY, OPT_OUT, PAGE, SERVICE, SIGNAL, UNIT, VENDOR,  # noqa: E402
                   Case, judged, report, run)

PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
PIXEL = 'https://p.vendor.example/p.gif'
SCENARIOS, WAITING = {}, {
    39: 'page-matched and rarefied comparison', 40: 'the bridge between rules and registers of two years',
    41: 'the bridge between rules and registers of two years', 43: 'restated series'}


def scenario(number, title):
    def add(function):
        SCENARIOS[number] = (title, function)
        return function
    return add


def expect(what, got, wanted):
    return [] if got == wanted else [f'{what} {got}, not {wanted}']


def scope(folder, unit, wanted, **tables):
    found = judged(PROGRAM, Case(units=[dict(UNIT, **unit)], **tables).pages(1), folder)
    return expect('scope', (found.codes('scope'), found.results('scope')), wanted)


def pair(found, entity, codes, verdict=None, party=None, grades=None, bases=None):
    """`codes`: the one that decides first."""
    wrong = expect(f'pair {entity}', found.codes('pair', entity)[:1], [codes])
    if verdict:
        wrong += expect(f'{entity} is', found.results('pair', entity)[:1], [verdict])
    if party:
        wrong += expect(f'{entity} party', found.codes('party', entity), [party])
    if grades:
        wrong += expect(f'{entity} grades', sorted(found.results('grade', entity)), grades)
    if bases is not None:
        wrong += expect(f'{entity} bases', found.bases(entity), bases)
    return wrong


@scenario(1, 'a state solution, a form without log-in')
def _(folder):
    return scope(folder, {'login': 'no'}, (['S-STATE'], ['in']))


@scenario(2, 'the same with a paper alternative')
def _(folder):
    return scope(folder, {'exemptions_exist': 'yes'}, (['S-STATE'], ['in']))


@scenario(3, 'operated by a company for an agency')
def _(folder):
    return scope(folder, {'provision': 'outsourced_by_state'}, (['S-OUTSOURCED'], ['in']))


@scenario(4, 'owned jointly with municipalities')
def _(folder):
    return scope(folder, {'provision': 'shared'}, (['S-SHARED'], ['in']))


@scenario(5, 'a municipality alone')
def _(folder):
    return scope(folder, {'provision': 'municipal_only'}, (['S-LOCAL'], ['out']))


@scenario(6, 'for businesses, and information only')
def _(folder):
    return scope(folder, {'audience': 'businesses', 'interaction': 'no'}, (['S-BUSINESS', 'S-INFO'], ['out']))


@scenario(7, 'unknown channel, for businesses: false beats unknown')
def _(folder):
    return scope(folder, {'audience': 'businesses', 'primary_channel': 'unknown'}, (['S-BUSINESS'], ['out']))


@scenario(8, 'unknown channel, all else true')
def _(folder):
    return scope(folder, {'primary_channel': ''}, (['S-UNKNOWN'], ['undetermined']))


PORTAL = {'unit_type': 'portal', 'national': 'yes'}
TARGET = dict(UNIT, unit_id='M', url_scope='m.example')


@scenario(9, 'a portal that leads to municipal solutions only')
def _(folder):
    case = Case(units=[dict(UNIT, **PORTAL), dict(TARGET, provision='municipal_only')],
                portal_links=[{'portal_id': 'U', 'target_id': 'M', 'valid_from': '', 'valid_to': '', 'evidence_ref': ''}]).pages(1)
    found = judged(PROGRAM, case, folder)
    return expect('scope', found.codes('scope'), ['S-PORTAL-NOSTATE'])


@scenario(10, 'a portal with a link and nothing embedded')
def _(folder):
    case = Case(units=[dict(UNIT, **PORTAL), TARGET],
                portal_links=[{'portal_id': 'U', 'target_id': 'M', 'valid_from': '', 'valid_to': '', 'evidence_ref': ''}])
    case.pages(10, '<a href="https://m.example/">videre</a>')
    found = judged(PROGRAM, case, folder)
    return expect('scope', found.codes('scope'), ['S-PORTAL']) + expect('pairs', found.entities, []) \
        + expect('verdict', found.verdict, 'compliant')


@scenario(11, 'a web font from elsewhere, no cookie')
def _(folder):
    case = Case(services=[dict(SERVICE, pattern='fonts.example', service='Skrift', entity='Fonts', category='font')])
    case.pages(10, loads=['https://fonts.example/a.woff2'])
    return pair(judged(PROGRAM, case, folder), 'Fonts', 'V-AWAIT', 'unresolved', 'P7', ['B'])


@scenario(12, 'www, apex and another name of the same authority')
def _(folder):
    case = Case(authorities=[dict(AUTHORITY, domains='portal.example;styrelsen.example')])
    case.pages(10, loads=['https://portal.example/a', 'https://cdn.portal.example/b', 'https://x.styrelsen.example/c'])
    return expect('pairs', judged(PROGRAM, case, folder).entities, [])


@scenario(13, 'the authority\'s name in front of another domain')
def _(folder):
    case = Case(authorities=[dict(AUTHORITY, domains='borger.example')]).pages(10, loads=['https://borger.example.vendor.example/x'])
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-AWAIT', party='P7')


@scenario(14, 'tenants of a cloud are parties of their own; one is declared as infrastructure')
def _(folder):
    case = Case(own_parties=[{'unit_id': 'U', 'pattern': 'mine.azurewebsites.net', 'relation': 'infrastructure', 'service': ''}])
    case.pages(10, loads=['https://mine.azurewebsites.net/a', 'https://other.azurewebsites.net/b'])
    found = judged(PROGRAM, case, folder)
    return pair(found, 'mine.azurewebsites.net', 'V-NA', party='P3') + pair(found, 'other.azurewebsites.net', 'V-UNKNOWN', party='P8')


def alias(category):
    case = Case(services=[dict(VENDOR, category=category)],
                aliases=[{'host': 'stat.portal.example', 'canonical': 'x.vendor.example', 'valid_from': '', 'valid_to': ''}])
    return case.pages(10, loads=['https://stat.portal.example/p.gif'])


@scenario(15, 'a name of one\'s own that leads to an analytics vendor')
def _(folder):
    return pair(judged(PROGRAM, alias('analytics'), folder), 'Vendor', 'V-AWAIT', party='P2')


@scenario(16, 'a name of one\'s own that leads to a delivery network')
def _(folder):
    return pair(judged(PROGRAM, alias('cdn'), folder), 'Vendor', 'V-NA', party='P3')


def cookie_case(vendor):
    case = Case(services=[dict(VENDOR, pattern='t.vendor.example', cookie_prefixes='_ga')])
    for _ in range(10):
        page = case.page('<script src="https://t.vendor.example/t.js"></script>' if vendor else '')
        case.tape.exchange(case.second + 2, f'https://{HOST}/api', tape.asks('empty', page, cookie='_ga=1.2.3'), '{}', 'application/json')
    return case


@scenario(17, '_ga on the own domain, the vendor\'s script on the page')
def _(folder):
    found = judged(PROGRAM, cookie_case(True), folder)
    return expect('parties', found.codes('party', 'Vendor'), ['P7', 'P9']) + expect('grades', found.results('grade', 'Vendor'), ['C'])


@scenario(18, '_ga without any script of a vendor')
def _(folder):
    return expect('pairs', judged(PROGRAM, cookie_case(False), folder).entities, [])


@scenario(19, 'a chain of redirects through two vendors in an image')
def _(folder):
    case = Case(services=[VENDOR, dict(SERVICE, pattern='other.example', service='Andet', entity='Other')])
    for _ in range(10):
        page = case.page(tape.img(PIXEL))
        case.load(PIXEL, page, case.second + 1, 302, ['Location: https://other.example/q'])
        case.load('https://other.example/q', page, case.second + 2)
    return expect('pairs', judged(PROGRAM, case, folder).entities, ['Other', 'Vendor'])


@scenario(20, 'permissions only: a policy and a name looked up ahead')
def _(folder):
    case = Case().pages(10, '<meta http-equiv="Content-Security-Policy" content="img-src https://p.vendor.example">',
                        '<link rel="dns-prefetch" href="https://p.vendor.example">')
    return expect('pairs', judged(PROGRAM, case, folder).entities, [])


FRAME = '<iframe src="https://f.vendor.example/"></iframe>'


@scenario(21, 'a frame in the markup that was never fetched: weak on one page, enough on two')
def _(folder):
    one = Case(policy=[DEADLINE]).pages(9)
    one.page(FRAME)
    wrong = pair(judged(PROGRAM, one, folder), 'Vendor', 'V-WEAK', 'unresolved', grades=['C'])
    two = Case(policy=[DEADLINE]).pages(8).pages(2, FRAME)
    return wrong + pair(judged(PROGRAM, two, folder), 'Vendor', 'V-NOBASIS', 'non_compliant', grades=['C'])


def with_bases(*bases, services=(VENDOR,), policy=(), loads=(PIXEL,)):
    given = {'bases': bases, 'services': services, 'policy': policy}
    return Case(**{name: list(rows) for name, rows in given.items() if rows}).pages(10, loads=loads)


@scenario(22, 'opting out declared, and the settings prove it')
def _(folder):
    return pair(judged(PROGRAM, with_bases(OPT_OUT), folder), 'Vendor', 'V-OK-O', 'compliant', bases=['O-OK'])


@scenario(23, 'opting out declared, what is seen contradicts it for certain')
def _(folder):
    case = with_bases(OPT_OUT)
    case.tables.update({'catalogue/a/layer': LAYER, 'catalogue/a/facts': [SIGNAL]})
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-FAIL-BASIS', 'non_compliant', bases=['O-CONTRADICTED'])


@scenario(24, 'an agreement from March, observed in February and April, the window ends in May')
def _(folder):
    case = Case(bases=[dict(BASIS, valid_from='2026-03-01')])
    clock = tape.when
    try:
        for month in ('02', '04', '05'):
            tape.when = lambda second, month=month: clock(second).replace('2026-10', f'2026-{month}')
            case.pages(4, loads=[PIXEL] if month != '05' else [])
    finally:
        tape.when = clock
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-OK-LATE', 'compliant')


@scenario(25, 'an agreement that expired before the window')
def _(folder):
    case = with_bases(dict(BASIS, valid_to='2026-06-30'))
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-FAIL-BASIS', 'non_compliant', bases=['B-EXPIRED'])


@scenario(26, 'an agreement that lets anonymised data be used')
def _(folder):
    basis = dict(BASIS, anonymised_exempt='yes')
    wrong = pair(judged(PROGRAM, with_bases(basis), folder), 'Vendor', 'V-FAIL-BASIS', bases=['G-ANON'])
    off = {'key': 'anonymised_counts', 'value': 'no', 'source': 'x', 'valid_from': ''}
    return wrong + pair(judged(PROGRAM, with_bases(basis, policy=[off]), folder), 'Vendor', 'V-OK-G', bases=['G-OK'])


@scenario(27, 'declared necessary, the catalogue says own use is possible')
def _(folder):
    case = with_bases(dict(NECESSARY, review_status='accepted'), services=[dict(VENDOR, own_use_possible='yes')])
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-FAIL-BASIS', bases=['N-OWNUSE'])


@scenario(28, 'a consent tool declared necessary')
def _(folder):
    case = with_bases(NECESSARY, services=[dict(VENDOR, category='consent_provider')])
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-OK-N', 'compliant', bases=['N-OK'])


@scenario(29, 'two bases, one fails and one holds')
def _(folder):
    case = with_bases(dict(BASIS, own_use_clause='allows'), dict(OPT_OUT, basis_id='B2'))
    return pair(judged(PROGRAM, case, folder), 'Vendor', 'V-OK-O', 'compliant', bases=['O-OK', 'G-OWNUSE'])


@scenario(30, 'nothing declared, before and after the deadline')
def _(folder):
    wrong = pair(judged(PROGRAM, with_bases(), folder), 'Vendor', 'V-AWAIT', 'unresolved')
    return wrong + pair(judged(PROGRAM, with_bases(policy=[DEADLINE]), folder), 'Vendor', 'V-NOBASIS', 'non_compliant')


@scenario(31, 'a domain nobody knows')
def _(folder):
    case = with_bases(loads=['https://x.ukendt.example/1'])
    return pair(judged(PROGRAM, case, folder), 'ukendt.example', 'V-UNKNOWN', 'unresolved', 'P8')


@scenario(32, 'an app only')
def _(folder):
    case = Case(units=[dict(UNIT, channel='app', url_scope='api.portal.example')])
    case.page(url='https://other.example/')
    found = judged(PROGRAM, case, folder)
    tables, summary = report(PROGRAM, folder)
    return expect('verdict', found.verdict, 'not_measured') + expect('in scope', summary['in_scope'], 1) \
        + expect('population', [row['total'] for row in tables['population'] if row['step'] in ('in', 'assessed')], ['1', '0'])


@scenario(33, 'three pages, all clean')
def _(folder):
    found = judged(PROGRAM, Case().pages(3), folder)
    return expect('verdict', found.verdict, 'limited') + expect('criteria', found.codes('measurement'), ['pages'])


@scenario(34, 'three pages, one breach')
def _(folder):
    case = Case(policy=[DEADLINE]).pages(2)
    case.page(loads=[PIXEL])
    return expect('verdict', judged(PROGRAM, case, folder).verdict, 'non_compliant')


@scenario(35, 'every capture refused')
def _(folder):
    case = Case()
    for _ in range(10):
        case.page(status=404)
    found = judged(PROGRAM, case, folder)
    return expect('verdict', found.verdict, 'not_measured') + expect('criteria', 'entry' in found.codes('measurement'), True)


def files_of(folder):
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            if name != 'provenance.json':
                with open(os.path.join(top, name), 'rb') as file:
                    found[os.path.relpath(os.path.join(top, name), folder)] = file.read()
    return found


@scenario(42, 'the same files in another order, with other threads')
def _(folder):
    case = with_bases(BASIS, loads=[PIXEL, 'https://x.ukendt.example/1'])
    registers, archive = case.write(folder)
    other = os.path.join(folder, 'b.warc.gz')
    with open(other, 'wb') as out:
        out.write(Case().pages(3, loads=[PIXEL]).tape.gz())
    outputs = []
    for number, (threads, paths) in enumerate((('1', (archive, other)), ('4', (other, archive)))):
        index, out = os.path.join(folder, f'i{number}'), os.path.join(folder, f'o{number}')
        run(PROGRAM, 'index', '-q', '-j', threads, '--chunk', '64K', '--progress', 'never', '--year', '2026', '-o', index, *paths)
        run(PROGRAM, 'report', '-q', '--registers', registers, '-o', out, index)
        outputs.append(files_of(out))
    same = {name for name in outputs[0] if outputs[0][name] == outputs[1].get(name)}
    return expect('files that differ', sorted(set(outputs[0]) ^ same | set(outputs[1]) - set(outputs[0])), [])


LOADS = re.compile(rb'<(?:script|img|iframe|link|source|video|audio|embed|object)\b[^>]*?(?:src|href|data)\s*=\s*["\']?(?:https?:)?//', re.I)


@scenario(44, 'the report loads nothing from elsewhere')
def _(folder):
    judged(PROGRAM, with_bases(loads=[PIXEL]), folder)
    report(PROGRAM, folder)
    pages = {name: data for name, data in files_of(os.path.join(folder, 'out')).items() if name.endswith('.html')}
    index = os.path.join(folder, 'self')
    wrong = [name for name, data in pages.items() if LOADS.search(data) or b'@import' in data or b'url(http' in data]
    made = tape.Tape('proxy')
    for number, (name, data) in enumerate(sorted(pages.items())):  # the program looks at its own report
        made.exchange(number, f'https://rapport.example/{name}', tape.asks('document'), data.decode('utf-8'))
    path = os.path.join(folder, 'self.warc.gz')
    with open(path, 'wb') as out:
        out.write(made.gz())
    run(PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', '2026', '-o', index, path)
    hosts = {line.split('\t')[1] for line in run(PROGRAM, 'show', 'contacts', index).splitlines()[1:]}
    return expect('pages that load', wrong, []) + expect('hosts', hosts, {'rapport.example'}) + expect('pages', len(pages), 3)


def main():
    chosen = [int(word) for word in sys.argv[1:]]
    for number in sorted([*SCENARIOS, *WAITING]):  # 36 to 38 are in follow_up.py
        if chosen and number not in chosen:
            continue
        if number in WAITING and number not in SCENARIOS:
            print(f'skip scenario {number}: waits for {WAITING[number]}')
            continue
        title, function = SCENARIOS[number]
        with tempfile.TemporaryDirectory() as folder:
            wrong = function(folder)
        print(f'not ok scenario {number}: {title}: {"; ".join(wrong)}' if wrong else f'ok scenario {number} {title}'.replace(':', ','))


main()
