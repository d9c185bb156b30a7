#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rows.py: every row of every decision table decides some case, through the program.

`help rules tsv` names the rows, `explain --format tsv` those that fired; a row that no case below reaches is a failure, and so is a row
that is reached and not listed.
"""
import csv
import os
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
import tape  # noqa: E402
from cases import (AUTHORITY, BASIS, DEADLINE, HOST, LAYER, NECESSARY, OPT_OUT, PAGE, SERVICE, SIGNAL, UNIT, VENDOR,  # noqa: E402
                   Case, judged, run)

PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
PIXEL = 'https://p.vendor.example/p.gif'


def policy(**values):
    return [{'key': key, 'value': value, 'source': 'x', 'valid_from': ''} for key, value in values.items()]


def link(target):
    return [{'portal_id': 'U', 'target_id': target, 'valid_from': '', 'valid_to': '', 'evidence_ref': ''}]


def own(pattern, relation, service=''):
    return [{'unit_id': 'U', 'pattern': pattern, 'relation': relation, 'service': service}]


def scope_cases():
    portal = {'unit_type': 'portal', 'national': 'yes'}
    other = dict(UNIT, unit_id='M', url_scope='m.example')
    for changed in ({'valid_to': '2025-01-01'}, {'audience': 'businesses'}, {'interaction': 'no'}, {'provision': 'municipal_only'},
                    {'provision': 'private_only'}, {'primary_channel': 'not_primary'}, {}, {'provision': 'shared'},
                    {'provision': 'outsourced_by_state'}, {'primary_channel': ''}):
        yield Case(units=[dict(UNIT, **changed)]).pages(1)
    yield Case(units=[dict(UNIT, **portal), other], portal_links=link('M')).pages(1)
    yield Case(units=[dict(UNIT, **portal), dict(other, provision='regional_only')], portal_links=link('M')).pages(1)
    yield Case(units=[dict(UNIT, unit_type='portal', national='no'), other], portal_links=link('M')).pages(1)


def party_cases():
    authorities = [dict(AUTHORITY, domains='styrelsen.example'), dict(AUTHORITY, authority_id='B', name_da='Andre', domains='anden.example')]

    def case(host, **tables):
        return Case(authorities=authorities, **tables).pages(10, loads=[f'https://{host}/x'])

    def alias(host, category, **tables):
        return case(host, services=[dict(VENDOR, category=category)],
                    aliases=[{'host': host, 'canonical': 'x.vendor.example', 'valid_from': '', 'valid_to': ''}], **tables)

    yield case('a.delt.example', own_parties=own('*.delt.example', 'authority'))
    for category in ('analytics', 'cdn'):
        yield alias('x.styrelsen.example', category)
        yield alias('x.portal.example', category)
    yield case('x.styrelsen.example')
    yield case('x.portal.example')
    yield case('drift.example', own_parties=own('drift.example', 'infrastructure'))
    yield case('p.vendor.example', own_parties=own('*.vendor.example', 'operator', 'Måling'))
    yield case('p.vendor.example', own_parties=own('*.vendor.example', 'operator', 'Drift'))
    yield case('faelles.example', own_parties=own('faelles.example', 'public_component'))
    yield case('x.anden.example')
    yield case('p.vendor.example')
    yield case('ukendt.example')
    cookie = Case(services=[dict(VENDOR, cookie_prefixes='_v')])
    for _ in range(10):
        page = cookie.page('<script src="https://p.vendor.example/t.js"></script>')
        cookie.tape.exchange(cookie.second + 2, f'https://{HOST}/api', tape.asks('empty', page, cookie='_v=1'), '{}', 'application/json')
    yield cookie


def grade_cases():
    listed = Case()
    listed.tape = tape.Tape('list')
    for number in range(1, 11):
        page, tag = f'{PAGE}{number}', f'id{number}'
        listed.tape.list(number * 20, tag, page, [(200, 'document', page), (200, 'image', PIXEL), (0, 'image', 'https://q.vendor.example/q', 'net::ERR_BLOCKED_BY_CLIENT')])
        listed.tape.tagged(number * 20, tag, 'document', page, tape.asks('document'), tape.page())
        listed.tape.tagged(number * 20 + 1, tag, 'image', 'https://r.vendor.example/r', tape.asks('image', page), 'x', 'image/gif')
    yield listed
    yield Case().pages(10, loads=[PIXEL])
    silent = Case()
    for _ in range(10):
        silent.page()
        silent.tape.exchange(silent.second + 1, PIXEL, tape.asks('image'), 'x', 'image/gif')
    yield silent
    static = Case()
    static.tape = tape.Tape('wget')
    for number in range(1, 11):
        static.tape.exchange(number * 20, f'{PAGE}{number}', ['User-Agent: Wget'], tape.page(tape.img(PIXEL)))
        static.tape.exchange(number * 20 + 1, PIXEL, ['User-Agent: Wget', f'Referer: {PAGE}{number}'], 'x', 'image/gif')
    yield static
    yield Case().pages(10, tape.img(PIXEL), '<img src="https://q.vendor.example/q" loading="lazy">',
                       '<link rel="preconnect" href="https://r.vendor.example">',
                       "<script>(function(w,d,s,l,i){var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;"
                       "j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-ABCDE1');</script>")


def bases(*rows, services=(VENDOR,), **policies):
    given = {'bases': rows, 'services': services, 'policy': policy(**policies)}
    return Case(**{name: list(table) for name, table in given.items() if table}).pages(10, loads=[PIXEL])


def basis_cases():
    for changed in ({'review_status': 'rejected'}, {'valid_to': '2026-01-01'}, {'valid_from': '2027-01-01'}, {'evidence_ref': ''},
                    {'own_use_clause': 'allows'}, {'anonymised_exempt': 'yes'}, {'written': 'no'}, {}, {'own_use_clause': 'unclear'}):
        yield bases(dict(BASIS, **changed))
    yield bases(BASIS, documentation='reviewed_document')
    for changed in ({'setting_exists': 'no'}, {'activated': 'no'}, {'effective': 'no'}, {'effective': 'partly', 'review_status': 'accepted'},
                    {'effective': 'partly'}, {}, {'activated': ''}):
        yield bases(dict(OPT_OUT, **changed))
    for strength in ('decisive', 'indicative'):
        told = bases(OPT_OUT)
        told.tables.update({'catalogue/a/layer': LAYER, 'catalogue/a/facts': [dict(SIGNAL, strength=strength)]})
        yield told
    quiet = [dict(VENDOR, category='consent_provider')]
    for changed in ({'own_use_possible': 'yes'}, {'purpose': 'other'}, {'limited_use': 'no'}, {'own_use_possible': ''}, {}, {'purpose': ''}):
        yield bases(dict(NECESSARY, **changed), services=quiet)
    yield bases(dict(NECESSARY, review_status='accepted'))
    yield bases(NECESSARY)


def pair_cases():
    decision = {'decision_id': 'D', 'unit_id': 'U', 'entity': 'Vendor', 'year': '2026', 'verdict': 'compliant', 'reason': 'x',
                'evidence_ids': 'x', 'decided_by': 'x', 'decided_on': '2026-12-01'}
    yield Case(decisions=[decision]).pages(10, loads=[PIXEL])
    yield Case(bases=[dict(BASIS, entity='Ingen')]).pages(10)
    weak = Case().pages(9)
    weak.page('<iframe src="https://f.vendor.example/"></iframe>')
    yield weak
    late = Case(bases=[dict(BASIS, valid_from='2026-10-01')])
    clock = tape.when
    for month in ('09', '10'):
        tape.when = lambda second, month=month: clock(second).replace('2026-10', f'2026-{month}')
        late.pages(5, loads=[PIXEL])
    tape.when = clock
    yield late
    yield Case(policy=[DEADLINE]).pages(10, loads=[PIXEL])
    yield Case(policy=[DEADLINE, *policy(no_answer='unresolved')]).pages(10, loads=[PIXEL])


def measurement_cases():
    yield Case(units=[dict(UNIT, channel='app', url_scope='api.portal.example')]).pages(1)
    yield Case(units=[dict(UNIT, flow_scope=f'{HOST}/flow')]).pages(10)
    failing = Case().pages(10)
    for _ in range(5):
        failing.page(status=404)
    yield failing
    thin = Case(services=[SERVICE | {'pattern': f'v{n}.example', 'service': f's{n}', 'entity': f'E{n}'} for n in range(10)])
    for number in range(10):
        thin.page(loads=[f'https://v{number}.example/x'])
    yield thin
    static = Case()
    static.tape = tape.Tape('wget')
    for number in range(1, 11):
        static.tape.exchange(number * 20, f'{PAGE}{number}', ['User-Agent: Wget'], tape.page())
    yield static
    yield Case().pages(3)
    yield Case().pages(10)
    yield bases(BASIS)


def listed():
    rows = csv.DictReader(run(PROGRAM, 'help', 'rules', 'tsv').splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE)
    return {(row['table'], row['row']): f'{row["table"]} row {row["row"]} ({row["number"]} {row["code"]})' for row in rows}


def main():
    wanted, reached, count = listed(), set(), 0
    with tempfile.TemporaryDirectory() as folder:
        for cases in (scope_cases, party_cases, grade_cases, basis_cases, pair_cases, measurement_cases):
            for number, case in enumerate(cases()):
                found = judged(PROGRAM, case, os.path.join(folder, f'{cases.__name__}{number}'))
                reached |= {(row['table'], row['row']) for row in found.rows}
                count += 1
    missing = [wanted[key] for key in wanted if key not in reached]
    strange = sorted(reached - set(wanted))
    print(f'# {count} cases reach {len(reached)} of {len(wanted)} rows')
    print(f'not ok rows: never reached: {"; ".join(missing)}' if missing else 'ok rows all reached')
    print(f'not ok rows listed: {strange} are in no table' if strange else 'ok rows listed')


main()
