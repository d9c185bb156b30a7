# SPDX-License-Identifier: MIT
"""Registers as the rules need them, and who delivers a host (5.2): read and decided anew, from the page and the column names only."""
import collections
import csv
import datetime
import os

DEFAULTS = {  # 1.2, 5.6
    'agreement_written': 'yes', 'anonymised_counts': 'yes', 'documentation': 'document_reference', 'infra_cname': 'list_only',
    'max_failed_share': '0.2', 'min_coverage': '0.9', 'min_entry_pages': '1', 'min_flow_pages': '1', 'min_grade': 'B', 'min_pages': '10',
    'no_answer': 'non_compliant', 'portal_state_required': 'no', 'public_partner': 'list_only', 'refetch_rule': 'yes', 'scope_unit': 'site',
    'scripts_required': 'yes', 'two_click': 'separate'}
HOSTING = ('hosting', 'cdn')
ELSEWHERE = ('operator', 'public_component', 'infrastructure')

Party = collections.namedtuple('Party', 'rule view judged entity service category facts')


def day(text, otherwise):
    return datetime.date.fromisoformat(text) if text else otherwise


def valid(row, date):
    return day(row.get('valid_from'), datetime.date.min) <= date <= day(row.get('valid_to'), datetime.date.max)


def cells(text):
    return [item.strip() for item in (text or '').split(';') if item.strip()]


def below(host, domain):
    """By labels, never by characters."""
    labels, wanted = host.split('.'), domain.split('.')
    return labels[-len(wanted):] == wanted


def rank(pattern, host, path):
    """How specifically a pattern covers a place, as something to compare; None: not at all."""
    if pattern.startswith('*.'):
        return (1, pattern.count('.')) if below(host, pattern[2:]) else None
    name, _, folder = pattern.partition('/')
    if name != host:
        return None
    if not folder:
        return 2, 0
    wanted, got = folder.rstrip('/').split('/'), path.lstrip('/').split('/')
    return (3, len(wanted)) if got[:len(wanted)] == wanted else None


def best(rows, host, path, column='pattern'):
    """The row whose pattern is most specific, or None."""
    found = [(how, row) for row in rows for how in [rank(row[column].lower(), host, path)] if how]
    return max(found, key=lambda pair: pair[0])[1] if found else None


class Registers:
    FILES = ('units', 'authorities', 'portal_links', 'own_parties', 'bases', 'decisions', 'services', 'aliases', 'policy')

    def __init__(self, folder, year):
        self.year = year
        for name in self.FILES:
            path = os.path.join(folder, name + '.csv')
            rows = []
            if os.path.exists(path):
                with open(path, encoding='utf-8', newline='') as file:
                    rows = list(csv.DictReader(file))
            setattr(self, name, rows)
        self.unit_of = {row['unit_id']: row for row in self.units}
        self.authority_of = {row['authority_id']: row for row in self.authorities}
        self.date, self.deadline = datetime.date(year, 12, 31), None
        self.policy = self.policy_in_force()
        self.claims = [(row['authority_id'], '*.' + domain) for row in self.authorities for domain in cells(row['domains'])]
        self.claims += [(row['authority_id'], pattern.partition('/')[0]) for row in self.units for pattern in cells(row['url_scope'])]
        self.claimed = {}

    def policy_in_force(self):
        """The last row of a key that is in force on the reference date, which is itself a key."""
        rows = self.policy
        for row in rows:
            if row['key'] == f'reference_date.{self.year}':
                self.date = day(row['value'], None)
            if row['key'] == f'hearing_deadline.{self.year}':
                self.deadline = day(row['value'], None)
        chosen = dict(DEFAULTS)
        in_force = [row for row in rows if day(row.get('valid_from'), datetime.date.min) <= self.date]
        for row in sorted(in_force, key=lambda row: row.get('valid_from') or ''):
            chosen[row['key']] = row['value']
        return chosen

    def claims_to(self, host):
        """[(how specific, authority)]"""
        if host not in self.claimed:
            self.claimed[host] = [(how, name) for name, pattern in self.claims for how in [rank(pattern, host, '')] if how]
        return self.claimed[host]

    def says(self, key):
        return self.policy[key] == 'yes'


class Parties:
    """5.2 for one unit."""

    def __init__(self, registers, unit):
        self.r, self.unit = registers, unit
        self.authority = registers.authority_of[unit['authority_id']]
        self.known = {}

    def owner(self, host):
        """The authority with the most specific claim to a host, by its domains or the scopes of its units; the unit's own among equals."""
        found = [(how, name == self.authority['authority_id'], name) for how, name in self.r.claims_to(host)]
        return max(found)[2] if found else None

    def declared(self, host, path, date):
        mine = [row for row in self.r.own_parties if row['unit_id'] in ('*', self.unit['unit_id']) and valid(row, date)]
        return best(sorted(mine, key=lambda row: row['unit_id'] == '*'), host, path)

    def canonical(self, host, date):
        """All names the host leads to, in order."""
        chain = [host]
        while True:
            to = [row['canonical'] for row in self.r.aliases if row['host'] == chain[-1] and valid(row, date)]
            if not to or to[0] in chain:
                return chain[1:]
            chain.append(to[0])

    def catalogue(self, host, path):
        """P7: path, full host, longest wildcard; the registrable domain is the shortest of these, for a bare name means one host."""
        return best(self.r.services, host, path)

    def of(self, host, path, site, visit):
        """The first row that fits."""
        key = host, path, site, visit.host, visit.day
        if key not in self.known:
            self.known[key] = self.decide(host, path, site, visit)
        return self.known[key]

    def decide(self, host, path, site, visit):
        row, declared, owner = self.catalogue(host, path), self.declared(host, path, visit.day), self.owner(host)
        relation = declared['relation'] if declared else ''
        if any(rank(pattern.partition('/')[0], host, '') for pattern in cells(self.unit['url_scope'])):
            owner = self.authority['authority_id']  # P1 comes before P6
        own, same_site = owner == self.authority['authority_id'], below(visit.host, site) and below(host, site)
        if relation == 'authority':
            return Party('P1', 'first', False, '', '', '', {})
        if relation not in ELSEWHERE and (own or (same_site and not owner)):
            return self.disguised(host, path, visit.day) or Party('P1', 'first', False, '', '', '', {})
        if relation == 'infrastructure':
            return self.listed('P3', 'infrastructure', row, declared, site)
        if relation == 'operator':
            other = row and self.is_other(declared, row)
            return self.third('P5', 'third_operator', row) if other else self.listed('P4', 'operator', row, declared, site)
        if relation == 'public_component' or owner:
            party = self.listed('P6', 'public', row, declared, site)
            return party._replace(entity=self.r.authority_of[owner]['name_da']) if owner else party
        return self.third('P7', 'third', row) if row else Party('P8', 'third_unidentified', True, site, '', '', {})

    @staticmethod
    def is_other(declared, row):
        return bool(row['service']) and row['service'].lower() != declared['service'].lower()

    def third(self, rule, view, row, judged=True):
        return Party(rule, view, judged, row['entity'], row['service'], row['category'], row)

    def listed(self, rule, view, row, declared, site):
        """A party that is judged only where the policy says so; of the service its register names, unless the catalogue knows another."""
        key = {'infrastructure': 'infra_cname', 'public': 'public_partner'}.get(view)
        judged = bool(key) and self.r.policy[key] == 'judge'
        service = declared['service'] if declared else ''
        if row:
            return self.third(rule, view, row, judged)
        return Party(rule, view, judged, site, service, '', {})

    def disguised(self, host, path, date):
        """P2 before P3: the first on the way that does more than to host; names of public bodies and of one's own parties lead to nobody else."""
        found = None
        for name in self.canonical(host, date):
            row, declared = None if self.owner(name) else self.catalogue(name, path), self.declared(name, path, date)
            hosts = declared and declared['relation'] == 'infrastructure'
            if row and declared and not hosts and not (declared['relation'] == 'operator' and self.is_other(declared, row)):
                continue
            if row and not hosts and row['category'] not in HOSTING:
                return self.third('P2', 'third_disguised', row)
            found = found or row
        return self.listed('P3', 'infrastructure', found, None, '') if found else None
