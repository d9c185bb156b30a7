# SPDX-License-Identifier: MIT
"""The rules a second time (5.1, 5.3, 5.5-5.7), written from the page: registers and what was observed in, verdicts out."""
import collections

import rules_basis
from rules_basis import HOLDS, UNPROVEN
from rules_register import Parties, Party, best, cells, rank, valid

Request = collections.namedtuple('Request', 'host path site evidence resource sets_cookie')
Cookie = collections.namedtuple('Cookie', 'host name')
Visit = collections.namedtuple('Visit', 'number host path day second failed scripts requests cookies')
Sight = collections.namedtuple('Sight', 'grade evidence visit host path site entity service party resource', defaults=('',))
Scope = collections.namedtuple('Scope', 'result codes')
Pair = collections.namedtuple('Pair', 'entity service verdict codes view grade pages captures bases hosts')
Measured = collections.namedtuple('Measured', 'grade failed pages captures coverage')
Judged = collections.namedtuple('Judged', 'scope verdict row measured pairs')

EVIDENCE = ('O1', 'O2', 'O3', 'O4', 'O5', 'A', 'D1', 'D2', 'D3', 'C')
VERDICT = {'V-NA': 'not_third_party', 'V-DECLARED': 'declared_only', 'V-OK-G': 'compliant', 'V-OK-O': 'compliant', 'V-OK-N': 'compliant',
           'V-OK-LATE': 'compliant', 'V-FAIL-BASIS': 'non_compliant', 'V-NOBASIS': 'non_compliant'}
ORDER = ('agreement', 'opt_out', 'necessary')  # 5.5, last line


# 5.1 ----------------------------------------------------------------------------------------------------------------------

def truth(value, true, false):
    return True if value in true else False if value in false else None


def kleene_and(values):
    return False if False in values else None if None in values else True


LOCAL = ('municipal_only', 'regional_only')
STATE = ('state', 'shared', 'outsourced_by_state')
IN_CODE = {'state': 'S-STATE', 'shared': 'S-SHARED', 'outsourced_by_state': 'S-OUTSOURCED'}


def atoms_of(unit, registers, links_state):
    """[(atom, truth, the code when it is false)] in the order of the table."""
    provision = unit['provision']
    state = ('state_part', truth(provision, STATE, LOCAL + ('private_only',)), 'S-LOCAL' if provision in LOCAL else 'S-PRIVATE')
    first = [('live', valid(unit, registers.date), 'S-NOTLIVE'),
             ('citizens', truth(unit['audience'], ('citizens', 'both'), ('businesses',)), 'S-BUSINESS')]
    if unit['unit_type'] == 'portal':
        return first + ([state] if registers.says('portal_state_required') else []) + \
            [('links_state', links_state, 'S-PORTAL-NOSTATE'), ('national', truth(unit['national'], ('yes',), ('no',)), 'S-PORTAL-NOTNATIONAL')]
    return first + [('interaction', truth(unit['interaction'], ('yes',), ('no',)), 'S-INFO'), state,
                    ('primary', truth(unit['primary_channel'], ('statutory', 'assessed_primary'), ('not_primary',)), 'S-NOTPRIMARY')]


def scope_of(unit, registers):
    links = links_state(unit, registers) if unit['unit_type'] == 'portal' else None
    atoms = atoms_of(unit, registers, links)
    result = kleene_and([value for _, value, _ in atoms])
    if result is False:
        return Scope('out', [code for _, value, code in atoms if value is False])
    if result is None:
        order = ['live', 'citizens', 'interaction', 'state_part', 'primary', 'national', 'links_state']
        unknown = sorted((name for name, value, _ in atoms if value is None), key=order.index)
        return Scope('undetermined', ['S-UNKNOWN:' + ','.join(unknown)])
    return Scope('in', ['S-PORTAL' if unit['unit_type'] == 'portal' else IN_CODE[unit['provision']]])


def links_state(portal, registers):
    """True as soon as one target is in scope itself; of a portal without any row the register does not tell."""
    links = [row for row in registers.portal_links if row['portal_id'] == portal['unit_id']]
    targets = [registers.unit_of[row['target_id']] for row in links if valid(row, registers.date)]
    results = [scope_of(unit, registers).result for unit in targets if unit['unit_type'] == 'self_service']
    if 'in' in results:
        return True
    return None if 'undetermined' in results or not links else False


# 5.3 ----------------------------------------------------------------------------------------------------------------------

OBSERVED = ('O1', 'O2', 'O3', 'O4', 'O5')
GRADE = {'O1': 'A', 'O2': 'A', 'O3': 'B', 'O4': 'B', 'O5': 'B', 'A': 'C', 'D1': 'C', 'D2': 'C', 'D3': 'D'}


def grade_of(request, host_sets_cookie, policy):
    """None: no use at all (K9). K1 is of the host: it answered with a cookie while the page was loaded."""
    if request.evidence == 'C':
        return 'C' if request.resource == 'connect' and policy['refetch_rule'] == 'yes' else None
    if host_sets_cookie and request.evidence in OBSERVED:
        return 'A'
    return GRADE[request.evidence]


def is_strong(sights, policy):
    """Whether a breach may rest on these. C needs a second page or capture, and counts for nothing where the policy asks for A."""
    grades, least = {sight.grade for sight in sights}, policy['min_grade'].upper()
    if any(grade <= least for grade in grades):
        return True
    repeats = len({page_of(sight.visit) for sight in sights}) >= 2 or len({sight.visit.number for sight in sights}) >= 2
    return least == 'B' and 'C' in grades and repeats


# 5.6 ----------------------------------------------------------------------------------------------------------------------

def coverage(pages, presence):
    """6.5 (3); None where no third party was seen."""
    total = sum(presence)
    if not total:
        return None
    once, twice = presence.count(1), presence.count(2)
    above, beside = ((pages - 1) * once, 2 * twice) if twice else ((pages - 1) * (once - 1), 2)
    return 1 - once / total * (above / (above + beside) if above + beside else 0)


def page_of(visit):
    return visit.host, visit.path


def entry_pages(unit, visits):
    """How many entry pages were captured; without registered ones any page is one."""
    usable = {page_of(visit) for visit in visits if not visit.failed}
    entries = cells(unit['entry_urls'])
    if not entries:
        return len(usable)
    wanted = {(url.split('//')[1].partition('/')[0], '/' + url.split('//')[1].partition('/')[2]) for url in entries}
    return len(wanted & usable)


def measure(unit, visits, presence, policy):
    usable = [visit for visit in visits if not visit.failed]
    pages = {page_of(visit) for visit in usable}
    known = unit['known_pages']
    needed = min(int(policy['min_pages']), int(known)) if known else int(policy['min_pages'])
    flow = cells(unit['flow_scope'])
    in_flow = sum(any(rank(pattern, *page) for pattern in flow) for page in pages)
    share = (len(visits) - len(usable)) / len(visits) if visits else 0
    seen = coverage(len(pages), presence)
    failed = []
    entry = entry_pages(unit, visits) < int(policy['min_entry_pages'])
    app = unit['channel'] == 'app' and not visits
    for name, wrong in (('entry', entry), ('pages', len(pages) < needed), ('flow', flow and in_flow < int(policy['min_flow_pages'])),
                        ('failed_share', share > float(policy['max_failed_share'])),
                        ('coverage', seen is not None and seen < float(policy['min_coverage'])),
                        ('scripts', policy['scripts_required'] == 'yes' and not any(visit.scripts for visit in usable)), ('app', app)):
        failed += [name] if wrong else []
    return Measured('none' if entry or app else 'limited' if failed else 'adequate', failed, len(pages), len(visits), seen)


# 5.5 ----------------------------------------------------------------------------------------------------------------------

class PairJudge:
    """One third party on one unit: its observations in the order of the pages, the bases that name it, and which rows fire."""

    def __init__(self, judge, sights):
        self.policy, self.judge, self.party, self.all = judge.registers.policy, judge, sights[0].party, sights
        self.sights = [sight for sight in sights if sight.grade != 'D']
        found = [basis for basis in judge.bases if any(rules_basis.names(basis, sight) for sight in sights)]
        self.bases = sorted(found, key=lambda basis: ORDER.index(basis['basis_type']))

    def worth(self, basis, date=None):
        return rules_basis.on(basis, date, self.party.facts, self.policy)

    def named(self, sight):
        return [basis for basis in self.bases if rules_basis.names(basis, sight)]

    def holding(self, sight, date):
        return [basis for basis in self.named(sight) if self.worth(basis, date)[0] == HOLDS]

    def is_late(self, sight):
        return not self.holding(sight, sight.visit.day)

    def is_loose(self, sight):
        """Nothing settles it: no basis on its day, none at the end of the window."""
        return self.is_late(sight) and not self.holding(sight, self.judge.end)

    def is_doubtful(self, sight):
        """A basis that only lacks proof would settle it."""
        return any(self.worth(basis, date)[0] == UNPROVEN for basis in self.named(sight) for date in (sight.visit.day, self.judge.end))

    def fired(self):
        """The codes of all rows that fire, from the top. 8-11 are asked for each observation, and the worst counts."""
        loose = [sight for sight in self.sights if self.is_loose(sight)]
        if not loose:
            return ['V-OK-LATE' if any(map(self.is_late, self.sights)) else 'V-OK-' + self.kind()]
        accusing = [sight for sight in loose if not self.is_doubtful(sight)]
        codes = [] if is_strong(accusing or loose, self.policy) else ['V-WEAK']
        open_hearing = not self.judge.deadline_passed
        if self.party.rule == 'P8' and not self.bases and open_hearing:
            codes.append('V-UNKNOWN')
        if not accusing:
            codes.append('V-UNPROVEN')
        if any(self.named(sight) for sight in accusing):
            codes.append('V-FAIL-BASIS')
        if any(not self.named(sight) for sight in accusing):
            codes.append('V-AWAIT' if open_hearing or self.policy['no_answer'] == 'unresolved' else 'V-NOBASIS')
        return codes

    def kind(self):
        """The display order: agreement, opt-out, necessary."""
        holding = [basis for sight in self.sights for basis in self.holding(sight, sight.visit.day)]
        first = min((basis['basis_type'] for basis in holding), key=ORDER.index)
        return {'agreement': 'G', 'opt_out': 'O', 'necessary': 'N'}[first]

    def basis_code(self, basis):
        """What it is worth; unless it was out of force for an observation that nothing covered on its day, and still is at the end."""
        days = [sight.visit.day for sight in self.sights if self.is_late(sight) and basis in self.named(sight)] if self.sights else [self.judge.end]
        gone = {rules_basis.outside(basis, date) for date in days} - {None}
        if not gone or valid(basis, self.judge.end) or basis['review_status'] == 'rejected':
            return self.worth(basis)[1]
        return 'B-EXPIRED' if 'B-EXPIRED' in gone else 'B-NOTYET'

    def is_pair(self):
        """What is only declared for later is not told of this year."""
        return bool(self.sights) or any(rules_basis.outside(basis, self.judge.end) != 'B-NOTYET' for basis in self.bases)

    def best(self):
        """Of the strongest the first."""
        return min(self.all, key=lambda sight: (sight.grade, EVIDENCE.index(sight.evidence)))

    def result(self):
        pages, captures = {page_of(s.visit) for s in self.sights}, {s.visit.number for s in self.sights}
        fired = ['V-NA'] if not self.party.judged else self.fired() if self.sights else ['V-DECLARED']
        verdict, best = VERDICT.get(fired[0], 'unresolved'), self.best()
        decision = self.judge.decision(self.party.entity, {sight.site for sight in self.all})
        if decision:
            verdict, fired = decision['verdict'], ['V-MANUAL'] + fired
        codes = fired + [self.basis_code(basis) for basis in self.bases]
        return Pair(self.party.entity, self.party.service, verdict, codes, self.party.view, best.grade, len(pages), len(captures),
                    [basis['basis_id'] for basis in self.bases], sorted({sight.host for sight in self.all}))


class UnitJudge:
    def __init__(self, registers, unit, visits, as_of, end):
        self.registers, self.unit, self.end, self.visits = registers, unit, end, visits
        self.parties = Parties(registers, unit)
        self.deadline_passed = registers.deadline is not None and as_of > registers.deadline
        self.bases = [basis for basis in registers.bases if rules_basis.belongs(basis, unit)]

    def is_judged(self, visit):
        """All pages, or by policy those of the flow."""
        flow = cells(self.unit['flow_scope'])
        return self.registers.policy['scope_unit'] != 'flow' or not flow or any(rank(pattern, visit.host, visit.path) for pattern in flow)

    def sights(self):
        """{identity: [sight]} of everything that is not the unit's own, in the order of the pages. Listed parties stand apart by kind."""
        found = collections.defaultdict(list)
        for visit in sorted(filter(self.is_judged, self.visits), key=lambda visit: (f'{visit.host}{visit.path}', visit.second)):
            for sight in self.seen_in(visit):
                if sight.party.view != 'first':
                    found[sight.entity, sight.service, '' if sight.party.judged else sight.party.view].append(sight)
        return found

    def seen_in(self, visit):
        here, setting = [], {request.host for request in visit.requests if request.sets_cookie}
        for request in sorted(visit.requests, key=lambda request: (request.host, request.path)):
            grade = grade_of(request, request.host in setting, self.registers.policy)
            if grade:
                party = self.parties.of(request.host, request.path, request.site, visit)
                here.append(Sight(grade, request.evidence, visit, request.host, request.path, request.site, party.entity, party.service, party,
                                  request.resource))
        return here + self.vendor_cookies(visit, here)

    def vendor_cookies(self, visit, here):
        """K4b: a cookie of one's own with a service's name, and that service or a script of its vendor on the same page."""
        out = []
        for cookie in visit.cookies:
            row = next((row for row in self.registers.services if any(map(cookie.name.startswith, cells(row['cookie_prefixes'])))), None)
            seen = [s for s in here if row and s.grade != 'D' and s.party.judged and s.entity == row['entity']
                    and (s.service == row['service'] or s.resource == 'script')]
            if seen and self.parties.of(cookie.host, '/', cookie.host, visit).view == 'first':
                party = self.parties.third('P9', 'third_cookie', row)
                out.append(Sight('C', seen[0].evidence, visit, cookie.host, '', seen[0].site, party.entity, party.service, party))
        return out

    def decision(self, entity, sites):
        gone = {row['supersedes'] for row in self.registers.decisions}
        return next((row for row in self.registers.decisions
                     if row['unit_id'] == self.unit['unit_id'] and row['year'] == str(self.registers.year) and row['decision_id'] not in gone
                     and row['entity'].lower() in {entity.lower(), *sites}), None)

    def pairs(self, seen):
        judges = {key: PairJudge(self, sights) for key, sights in seen.items()}
        used = {basis['basis_id'] for pair in judges.values() for basis in pair.bases}
        out = {key: pair.result() for key, pair in judges.items() if pair.is_pair()}
        return {**out, **self.declared([basis for basis in self.bases if basis['unit_id'] and basis['basis_id'] not in used], judges)}

    def declared(self, bases, judges):
        """K8: what only the register knows, by the name it gives. A basis of a whole authority tells nothing of a single unit."""
        found = collections.defaultdict(list)
        for basis in bases:
            found[basis['entity'] or basis['service'] or basis['pattern'], basis['service'], ''].append(basis)
        out = {}
        for key, unused in found.items():
            pair = judges.get(key)
            if pair and pair.sights:
                continue  # observed, but the basis speaks of something else of the same name
            known = pair.bases if pair else []
            pair = pair or PairJudge(self, [Sight('', 'C', None, '', '', '', *key[:2], Party('', 'third', True, *key[:2], '', {}))])
            pair.bases, pair.sights = sorted(known + unused, key=lambda basis: (ORDER.index(basis['basis_type']), basis['basis_id'])), []
            if pair.is_pair():
                out[key] = pair.result()._replace(**({} if pair.all[0].visit else {'hosts': []}))
        return out

    def judge(self):
        scope = scope_of(self.unit, self.registers)
        if scope.result != 'in':
            row = 1 if scope.result == 'out' else 2
            return Judged(scope, 'outside' if row == 1 else 'undetermined', row, None, {})
        seen = self.sights()
        pairs = self.pairs(seen)
        measured = measure(self.unit, self.visits, self.presence(seen), self.registers.policy)
        verdict, row = unit_verdict(measured.grade, pairs.values())
        return Judged(scope, verdict, row, measured, pairs)

    @staticmethod
    def presence(seen):
        """On how many usable pages each judged third party stands."""
        pages = [{page_of(s.visit) for s in sights if s.party.judged and s.grade != 'D' and not s.visit.failed} for sights in seen.values()]
        return [len(each) for each in pages if each]


# 5.7 ----------------------------------------------------------------------------------------------------------------------

def unit_verdict(measured, pairs):
    verdicts = [pair.verdict for pair in pairs]
    breach = 'non_compliant' in verdicts
    if measured == 'none' and not breach:
        return 'not_measured', 3
    if breach:
        return 'non_compliant', 4
    if 'unresolved' in verdicts:
        return 'unresolved', 5
    if measured == 'limited':
        return 'limited', 6
    return 'compliant', 8 if 'compliant' in verdicts else 7


def scopes_of(registers):
    """What live units cover: the most specific scope takes the page."""
    return [{'pattern': pattern, 'unit_id': unit['unit_id']} for unit in registers.units if valid(unit, registers.date)
            for pattern in cells(unit['url_scope'])]


def judge(registers, visits, as_of=None):
    """{unit_id: Judged}"""
    by_unit, end = collections.defaultdict(list), max((visit.day for visit in visits), default=registers.date)
    scopes = scopes_of(registers)
    for visit in visits:
        found = best(scopes, visit.host, visit.path)
        by_unit[found['unit_id'] if found else None].append(visit)
    return {unit['unit_id']: UnitJudge(registers, unit, by_unit[unit['unit_id']], as_of or registers.date, end).judge() for unit in registers.units}
