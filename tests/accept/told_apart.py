#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""told_apart.py: cases beyond the scenarios in which a verdict must not lean on what belongs to another basis, day or service."""
import os
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
import tape  # noqa: E402
from cases import BASIS, DEADLINE, HOST, LAYER, NECESSARY, OPT_OUT, SIGNAL, VENDOR, Case, Failed, judged  # noqa: E402

PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
DAY = 86400
PIXEL, OTHER = 'https://p.vendor.example/p.gif', 'https://q.vendor.example/x.gif'
OWN_USE = dict(SIGNAL, fact='own_use_possible', value='yes', strength='', detail='')
CASES = []


def case(name, verdict, codes, bases):
    def add(build):
        CASES.append((name, build, (verdict, codes, bases)))
        return build
    return add


def over(days, facts=(), **tables):
    """`days`: [(day of October less one, addresses)]"""
    made = Case(policy=[DEADLINE], **tables)
    if facts:
        made.tables.update({'catalogue/a/layer': LAYER, 'catalogue/a/facts': list(facts)})
    for day, loads in days:
        made.second = day * DAY
        made.pages(10, loads=loads)
    return made


@case('a signal of a day before the opt-out is in force', 'compliant', ['V-OK-LATE'], ['O-OK'])
def _():
    return over([(0, [PIXEL]), (20, [OTHER])], [SIGNAL], bases=[dict(OPT_OUT, valid_from='2026-10-10')])


@case('a signal at what another basis names', 'compliant', ['V-OK-G'], ['O-OK', 'G-OK'])
def _():
    return over([(0, [PIXEL, OTHER])], [SIGNAL], bases=[dict(OPT_OUT, pattern='q.vendor.example', entity=''),
                                                        dict(BASIS, basis_id='B2', pattern='p.vendor.example', entity='')])


@case('a signal at what it names', 'non_compliant', ['V-FAIL-BASIS'], ['O-CONTRADICTED'])
def _():
    return over([(0, [PIXEL])], [SIGNAL], bases=[OPT_OUT])


def necessary_for_two_days(*facts):
    bases = [dict(NECESSARY, own_use_possible='', valid_from='2026-10-01', valid_to='2026-10-02')]
    return over([(0, [PIXEL]), (20, [])], facts, bases=bases, services=[dict(VENDOR, category='utility')])


@case('a fact that is over helps no basis that is over', 'non_compliant', ['V-FAIL-BASIS'], ['N-OWNUSE'])
def _():
    return necessary_for_two_days(dict(OWN_USE, valid_to='2026-10-10'), dict(OWN_USE, value='no', valid_from='2026-10-11'))


@case('a fact that came later accuses nobody', 'unresolved', ['V-UNPROVEN'], ['N-UNKNOWN'])
def _():
    return necessary_for_two_days(dict(OWN_USE, valid_from='2026-10-11'))


def operator_behind_a_name(relation, service='Portalen'):
    own = [{'unit_id': 'U', 'pattern': '*.vendor.example', 'relation': relation, 'service': service}]
    alias = [{'host': 'cdn.portal.example', 'canonical': 'x.vendor.example', 'valid_from': '', 'valid_to': ''}]
    return over([(0, ['https://cdn.portal.example/a.gif'])], own_parties=own, aliases=alias,
                services=[dict(VENDOR, service='Portalen', category='utility')])


@case('the operator behind a name of the unit is nobody else', 'compliant', [], [])
def _():
    return operator_behind_a_name('operator')


@case('another service of the operator behind a name of the unit', 'non_compliant', ['V-NOBASIS'], [])
def _():
    return operator_behind_a_name('operator', 'Drift')


@case('declared infrastructure behind a name of the unit', 'compliant', ['V-NA'], [])
def _():
    return operator_behind_a_name('infrastructure', '')


def necessary_at_two_hosts(first, second):
    rows = [dict(VENDOR, pattern=f'{host}.vendor.example', category='utility', own_use_possible=says)
            for host, says in (('p', first), ('q', second))]
    return over([(0, [PIXEL, OTHER])], bases=[dict(NECESSARY, own_use_possible='')], services=rows)


@case('what the row of the first host tells of the service', 'compliant', ['V-OK-N'], ['N-OK'])
def _():
    return necessary_at_two_hosts('no', '')


@case('what the row of the second host tells of the service', 'compliant', ['V-OK-N'], ['N-OK'])
def _():
    return necessary_at_two_hosts('', 'no')


def decided(site):
    decision = {'decision_id': 'D1', 'unit_id': 'U', 'entity': site, 'year': '2026', 'verdict': 'compliant', 'reason': 'x', 'evidence_ids': 'x'}
    return over([(0, ['https://a.one.example/1', 'https://b.two.example/1'])], decisions=[decision],
                services=[dict(VENDOR, pattern='*.one.example'), dict(VENDOR, pattern='*.two.example')])


@case('a decision by the domain seen first', 'compliant', ['V-MANUAL', 'V-NOBASIS'], [])
def _():
    return decided('one.example')


@case('a decision by another domain of the third party', 'compliant', ['V-MANUAL', 'V-NOBASIS'], [])
def _():
    return decided('two.example')


def cookie_of_one_service(kind):
    """The page has a cookie `_va` of Analyse, and of its vendor a font or a script of the service Fonte, which an agreement covers."""
    made = Case(policy=[DEADLINE], bases=[dict(BASIS, service='Fonte')],
                services=[dict(VENDOR, service='Fonte', pattern='f.vendor.example'),
                          dict(VENDOR, service='Analyse', pattern='a.vendor.example', cookie_prefixes='_va')])
    for _ in range(10):
        page = made.page()
        made.tape.exchange(made.second + 1, 'https://f.vendor.example/x', tape.asks(kind, page), 'x', 'text/plain')
        made.tape.exchange(made.second + 2, f'https://{HOST}/api', tape.asks('empty', page, cookie='_va1=1'), '{}', 'application/json')
    return made


@case('a cookie by its name, and a font of its vendor', 'compliant', ['V-OK-G'], ['G-OK'])
def _():
    return cookie_of_one_service('font')


@case('a cookie by its name, and a script of its vendor', 'non_compliant', ['V-NOBASIS', 'V-OK-G'], ['G-OK'])
def _():
    return cookie_of_one_service('script')


def wrong_with_classes():
    """A pair of infrastructure and one that is judged, of one company and service: each has its own record."""
    own = [{'unit_id': 'U', 'pattern': 'infra.vendor.example', 'relation': 'infrastructure', 'service': ''}]
    with tempfile.TemporaryDirectory() as folder:
        found = judged(PROGRAM, over([(0, ['https://infra.vendor.example/a.gif', PIXEL])], own_parties=own), folder)
    rows = [(row['code'], row['result'], row['detail'].split()[0]) for row in found.rows if row['table'] == 'party' and row['result'] != 'first']
    wanted = {('P3', 'infrastructure', 'infra.vendor.example'), ('P7', 'third', 'p.vendor.example')}
    if len(rows) != 20 or not wanted <= set(rows):
        return f'{len(rows)} rows of parties, {sorted(set(rows))}'
    return ''


def wrong_with_rows():
    """Two rows of a service that say different things are refused."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            judged(PROGRAM, necessary_at_two_hosts('no', 'yes'), folder)
        except Failed as failed:
            told = "services.csv:3: column own_use_possible: of 'Måling' another row says something else" in str(failed)
            return '' if told else str(failed)
        return 'accepted'


def main():
    wrong = 0
    text = wrong_with_rows()
    print(f'not ok told_apart rows of one service: {text}' if text else 'ok told_apart rows of one service')
    text = wrong_with_classes()
    print(f'not ok told_apart classes of one company: {text}' if text else 'ok told_apart classes of one company')
    for name, build, wanted in CASES:
        with tempfile.TemporaryDirectory() as folder:
            found = judged(PROGRAM, build(), folder)
            got = (found.verdict, found.codes('pair'), found.bases())
        if got != wanted:
            wrong += 1
            print(f'not ok told_apart {name}: got {got}, wanted {wanted}')
        else:
            print(f'ok told_apart {name}')
    print(f'not ok told_apart: {wrong} of {len(CASES)} cases' if wrong else f'ok told_apart: {len(CASES)} cases')


main()
