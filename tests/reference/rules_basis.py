# SPDX-License-Identifier: MIT
"""Whether a declared basis holds (5.4), from the page: for an observation on a day, of a third party the catalogue says things about."""
import datetime

from rules_register import day, rank, valid

HOLDS, UNPROVEN, FAILS = 'holds', 'unproven', 'fails'
REVIEW_LIST = ('ad', 'marketing', 'social', 'analytics', 'video', 'font', 'tag_manager')


def either(one, other):
    """What two sources say, of which one may be silent: yes before no."""
    said = {one or 'unknown', other or 'unknown'}
    return 'yes' if 'yes' in said else 'no' if 'no' in said else 'unknown'


def opt_out(basis, facts, _):
    named = basis['setting_name'] and basis['setting_exists'] != 'no'
    setting = either('yes' if named else basis['setting_exists'], facts.get('optout_exists'))
    active, effective = basis['activated'] or 'unknown', basis['effective'] or 'unknown'
    if setting == 'no':
        return FAILS, 'O-NOSETTING'
    if active == 'no':
        return FAILS, 'O-NOTACTIVE'
    if effective == 'no':
        return FAILS, 'O-INEFFECTIVE'
    if 'unknown' in (setting, active):
        return UNPROVEN, 'O-UNKNOWN'
    if effective == 'all':
        return HOLDS, 'O-OK'
    return (HOLDS if basis['review_status'] == 'accepted' else UNPROVEN), 'O-PARTIAL'


def agreement(basis, _, policy):
    clause = basis['own_use_clause']
    if clause == 'allows':
        return FAILS, 'G-OWNUSE'
    if clause != 'bans':
        return UNPROVEN, 'G-UNCLEAR'
    exempt = (basis['anonymised_exempt'] or 'unknown') if policy['anonymised_counts'] == 'yes' else 'no'
    written = (basis['written'] or 'unknown') if policy['agreement_written'] == 'yes' else 'yes'
    if exempt == 'yes':
        return FAILS, 'G-ANON'
    if written != 'yes' and exempt == 'no':
        return UNPROVEN, 'G-UNWRITTEN'
    return (HOLDS, 'G-OK') if exempt == 'no' else (UNPROVEN, 'G-UNCLEAR')


def necessary(basis, facts, _):
    own_use = either(basis['own_use_possible'], facts.get('own_use_possible'))
    if own_use == 'yes':
        return FAILS, 'N-OWNUSE'
    if basis['purpose'] == 'other':
        return FAILS, 'N-NOTNECESSARY'
    if basis['limited_use'] == 'no':
        return FAILS, 'N-EXCESS'
    if own_use != 'no' or basis['purpose'] not in ('precondition', 'security') or basis['limited_use'] != 'yes':
        return UNPROVEN, 'N-UNKNOWN'
    if facts.get('category') in REVIEW_LIST:
        return (HOLDS if basis['review_status'] == 'accepted' else UNPROVEN), 'N-REVIEW'
    return HOLDS, 'N-OK'


BY_TYPE = {'opt_out': opt_out, 'agreement': agreement, 'necessary': necessary}


def outside(basis, date):
    """The code of a day outside the validity, or None."""
    if valid(basis, date):
        return None
    return 'B-NOTYET' if date < day(basis['valid_from'], datetime.date.min) else 'B-EXPIRED'


def on(basis, date, facts, policy):
    """(result, code) for an observation of that day; without a day, all but the validity."""
    if basis['review_status'] == 'rejected':
        return FAILS, 'B-REJECTED'
    if date and outside(basis, date):
        return FAILS, outside(basis, date)
    if policy['documentation'] != 'self_declaration' and not basis['evidence_ref']:
        return UNPROVEN, 'B-NODOC'
    if policy['documentation'] == 'reviewed_document' and basis['review_status'] != 'accepted':
        return UNPROVEN, 'B-PENDING'
    return BY_TYPE[basis['basis_type']](basis, facts, policy)


def names(basis, subject):
    """Whether it names what was observed. A pattern is the most exact name and decides alone; an entity may be called by its domain."""
    if basis['pattern']:
        return rank(basis['pattern'], subject.host, subject.path) is not None
    same_service = basis['service'].lower() == subject.service.lower()
    if not basis['entity']:
        return same_service
    called = basis['entity'].lower() in (subject.entity.lower(), subject.site)
    return called and (same_service or not basis['service'] or not subject.service)


def belongs(basis, unit):
    return basis['unit_id'] == unit['unit_id'] or (basis['authority_id'] and basis['authority_id'] == unit['authority_id'])
