# SPDX-License-Identifier: MIT
"""Small cases for the rules: an archive of a few pages and registers around it, and what the program makes of both."""
import csv
import io
import json
import os
import subprocess

import tape

HOST = 'www.portal.example'
PAGE = f'https://{HOST}/s'
UNIT = {'unit_id': 'U', 'name_da': 'Portalen', 'unit_type': 'self_service', 'authority_id': 'A', 'channel': 'web', 'url_scope': HOST,
        'entry_urls': '', 'flow_scope': '', 'audience': 'citizens', 'interaction': 'yes', 'provision': 'state',
        'primary_channel': 'statutory', 'national': '', 'exemptions_exist': '', 'login': '', 'predecessor_ids': '', 'valid_from': '',
        'valid_to': ''}
AUTHORITY = {'authority_id': 'A', 'name_da': 'Styrelsen', 'ministry': 'Ministeriet', 'cvr': '1', 'level': 'state', 'domains': ''}
SERVICE = {'pattern': '', 'service': '', 'entity': '', 'country': '', 'category': 'analytics', 'own_use_possible': '', 'optout_exists': '',
           'cookie_prefixes': ''}
BASIS = {'basis_id': 'B1', 'unit_id': 'U', 'authority_id': '', 'entity': 'Vendor', 'service': '', 'pattern': '', 'basis_type': 'agreement',
         'basis_form': 'aftale', 'setting_name': '', 'setting_exists': '', 'activated': '', 'effective': '', 'own_use_clause': 'bans',
         'written': 'yes', 'anonymised_exempt': 'no', 'own_use_possible': '', 'purpose': '', 'limited_use': '', 'evidence_ref': 'x.pdf',
         'valid_from': '', 'valid_to': '', 'declared_on': '', 'review_status': '', 'note': ''}
VENDOR = dict(SERVICE, pattern='*.vendor.example', service='Måling', entity='Vendor')
OPT_OUT = dict(BASIS, basis_type='opt_out', basis_form='indstilling', own_use_clause='', written='', anonymised_exempt='', setting_name='x',
               setting_exists='yes', activated='yes', effective='all')
NECESSARY = dict(BASIS, basis_type='necessary', basis_form='andet', own_use_clause='', written='', anonymised_exempt='',
                 own_use_possible='no', purpose='precondition', limited_use='yes')
# A layer of the catalogue that knows what must not be asked for when the opt-out is on.
LAYER = [{'key': 'licence', 'value': 'MIT'}, {'key': 'non_commercial', 'value': 'no'}]
SIGNAL = {'service': 'Måling', 'fact': 'signal', 'value': 'must_not', 'strength': 'decisive', 'detail': 'p.vendor.example/p.gif', 'source': 'x',
          'checked_on': '2026-01-01', 'checked_by': 'x'}
DEADLINE = {'key': 'hearing_deadline.2026', 'value': '2026-11-01', 'source': 'x', 'valid_from': ''}


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval='')
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class Case:
    """`units`, `bases` ... are rows of the registers by their names; pages and requests are recorded one after the other."""

    def __init__(self, **tables):
        self.tables = {'units': [UNIT], 'authorities': [AUTHORITY], 'services': [VENDOR], **tables}
        self.tape, self.second, self.count = tape.Tape('proxy'), 0, 0

    def page(self, *elements, status=200, loads=(), url=''):
        """A page with its markup; `loads`: addresses its browser asks for."""
        self.count += 1
        self.second += 20
        url = url or f'{PAGE}{self.count}'
        self.tape.exchange(self.second, url, tape.asks('document'), tape.page(*elements), status=status)
        for number, address in enumerate(loads, 1):
            self.load(address, url, self.second + number)
        return url

    def load(self, address, page, second, answer=200, fields=(), cookie=''):
        self.tape.exchange(second, address, tape.asks('image', page, cookie=cookie), '' if answer != 200 else 'x', 'image/gif', answer, fields)

    def pages(self, count=10, *elements, loads=()):
        for _ in range(count):
            self.page(*elements, loads=loads)
        return self

    def write(self, folder):
        registers, archive = os.path.join(folder, 'registers'), os.path.join(folder, 'a.warc.gz')
        os.makedirs(registers, exist_ok=True)
        for name, rows in self.tables.items():
            os.makedirs(os.path.dirname(os.path.join(registers, name)), exist_ok=True)
            with open(os.path.join(registers, f'{name}.csv'), 'w', encoding='utf-8', newline='') as out:
                out.write(as_csv(rows))
        with open(archive, 'wb') as out:
            out.write(self.tape.gz())
        return registers, archive


class Found:
    """What explain says of a unit: `codes` of every table, pairs by entity, the unit's row."""

    def __init__(self, text):
        self.rows = list(csv.DictReader(text.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE))

    def codes(self, table, entity=None):
        return list(dict.fromkeys(row['code'] for row in self.rows if row['table'] == table and entity in (None, row['entity'])))

    def results(self, table, entity=None):
        return list(dict.fromkeys(row['result'] for row in self.rows if row['table'] == table and entity in (None, row['entity'])))

    def bases(self, entity=None):
        return [code for table in ('basis', 'opt_out', 'agreement', 'necessary') for code in self.codes(table, entity)]

    @property
    def entities(self):
        return list(dict.fromkeys(row['entity'] for row in self.rows if row['entity']))

    @property
    def verdict(self):
        return self.results('unit')[0]


class Failed(Exception):
    """The program did not do what was asked."""


def run(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f'{" ".join(words[:2])}: exit status {done.returncode}: {done.stderr.strip()[-300:]}')
    return done.stdout


def judged(program, case, folder, unit='U', *options):
    registers, archive = case.write(folder)
    index = os.path.join(folder, 'i')
    run(program, 'index', '--restart', '-q', '--progress', 'never', '--year', '2026', '-o', index, archive)
    return Found(run(program, 'explain', '--registers', registers, '--format', 'tsv', *options, index, unit))


def report(program, folder):
    """{table: rows} of the folder a case was judged in, and the summary."""
    out = os.path.join(folder, 'out')
    run(program, 'report', '-q', '--registers', os.path.join(folder, 'registers'), '-o', out, os.path.join(folder, 'i'))
    tables = {}
    for name in os.listdir(os.path.join(out, 'data')):
        if name.endswith('.csv'):
            with open(os.path.join(out, 'data', name), encoding='utf-8', newline='') as file:
                tables[name[:-4]] = list(csv.DictReader(file))
    with open(os.path.join(out, 'summary.json'), encoding='utf-8') as file:
        return tables, json.load(file)
