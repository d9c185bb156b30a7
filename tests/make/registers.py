# SPDX-License-Identifier: MIT
"""The registers of the demo estate as CSV files; columns in no particular order, as people keep them."""
import csv
import hashlib
import io

from parties import SERVICES
from plan import AUTHORITIES, PORTAL_LINKS, UNITS

KNOWN_PAGES = {'U16': '9'}

OWN_PARTIES = (  # unit, pattern, relation, service
    ('*', '*.faellesdesign.example', 'public_component', ''),
    ('*', 'sso.faelleslogin.example', 'public_component', ''),
    ('U01', '*.edge.skydrift.example', 'infrastructure', ''),
    ('U08', '*.driftshuset.example', 'operator', 'Driftshuset Drift'),
)

AGREEMENT = {'basis_type': 'agreement', 'basis_form': 'databehandleraftale', 'own_use_clause': 'bans', 'written': 'yes',
             'anonymised_exempt': 'no'}
OPT_OUT = {'basis_type': 'opt_out', 'basis_form': 'indstilling', 'setting_name': 'Del ikke data', 'setting_exists': 'yes',
           'activated': 'yes', 'effective': 'all'}
NECESSARY = {'basis_type': 'necessary', 'basis_form': 'andet', 'purpose': 'precondition', 'limited_use': 'yes',
             'own_use_possible': 'no'}

BASES = (  # unit or authority, entity, service, kind, what differs
    ('U01', 'Tælleren A/S', 'Tælleren Web', AGREEMENT, {}),
    ('U01', 'Cookievagten ApS', 'Cookievagten', NECESSARY, {}),
    ('U01', 'Kampagneluft AB', 'Kampagneluft', AGREEMENT, {'note': 'Indlæses kun efter samtykke'}),
    ('A01', 'Oplæseren AB', '', AGREEMENT, {}),
    ('A01', 'Menneskeprøven ApS', 'Menneskeprøven', NECESSARY, {'purpose': 'security'}),
    ('U03', 'Tælleren A/S', 'Tælleren Web', OPT_OUT, {}),
    ('A02', 'Menneskeprøven ApS', 'Menneskeprøven', NECESSARY, {'purpose': 'security'}),
    ('U03', 'Varianttest Ltd', 'Varianttest', OPT_OUT, {'activated': 'no', 'valid_from': '2026-01-01'}),
    ('U04', 'Vennebog Ltd', 'Vennebog Pixel', AGREEMENT, {'own_use_clause': 'allows', 'valid_from': '2026-01-01'}),
    ('U05', 'Blikmåling GmbH', 'Blik Statistik', AGREEMENT, {'valid_to': '2025-12-31'}),
    ('A04', 'Landmåler B.V.', 'Landmåler Kort', AGREEMENT, {}),
    ('U06', 'Rolig Video ApS', 'Rolig Video', AGREEMENT, {'valid_from': '2026-03-01', 'declared_on': '2026-03-02'}),
    ('U07', 'Rolig Video ApS', 'Rolig Video', OPT_OUT, {'review_status': 'accepted', 'valid_from': '2026-05-01'}),
    ('U07', 'Skrifthuset Inc.', 'Skrifthuset Fonts', NECESSARY, {'review_status': 'accepted', 'valid_from': '2026-05-01'}),
    ('U08', 'Driftshuset A/S', 'Driftshuset Analyse', AGREEMENT, {'own_use_clause': 'unclear'}),
    ('U08', 'Hjælpelinjen AB', 'Hjælpelinjen Chat', AGREEMENT, {}),
    ('U12', 'Oppetid OÜ', 'Oppetid RUM', AGREEMENT, {}),
    ('U13', 'Formularhuset A/S', 'Formularhuset', AGREEMENT, {}),
    ('U19', 'Varmekort Ltd', 'Varmekort', AGREEMENT, {'written': 'no', 'note': 'Mundtlig aftale'}),
    ('U19', 'Fejlfanger Inc.', 'Fejlfanger', AGREEMENT, {'evidence_ref': ''}),
    ('U21', 'Ventelinjen A/S', 'Ventelinjen', NECESSARY, {}),
    ('U21', '', '', AGREEMENT, {'pattern': 'cdn.pakkelageret.example'}),
    ('U21', 'Nyhedsmailen Inc.', 'Nyhedsmailen', NECESSARY, {}),
    ('U02', 'Ubrugt ApS', '', AGREEMENT, {'note': 'Bruges ikke længere'}),
)

POLICY = (  # key, value, source, valid_from
    ('reference_date.2025', '2025-12-31', 'Demo: opgørelsesdato', ''),
    ('reference_date.2026', '2026-12-31', 'Demo: opgørelsesdato', ''),
    ('hearing_deadline.2026', '2026-12-15', 'Demo: høringsbrev af 17. november 2026', ''),
    ('agreement_written', 'yes', 'Demo: som myndighedens side siger', ''),
    ('anonymised_counts', 'yes', 'Demo: som myndighedens side siger', ''),
    ('documentation', 'document_reference', 'Demo: første år', ''),
    ('no_answer', 'non_compliant', 'Demo: vejledningens afsnit 3.1', ''),
    ('min_pages', '10', 'Demo', ''),
)

DECISIONS = (
    {'decision_id': 'D1', 'unit_id': 'U19', 'entity': 'Fejlfanger Inc.', 'year': '2026', 'verdict': 'compliant',
     'reason': 'Aftalen er set ved møde den 3. december 2026', 'evidence_ids': 'møde-2026-44',
     'decided_by': 'Sagsbehandler Åse Østergård', 'decided_on': '2026-12-04'},
)


def basis_rows():
    for number, (owner, entity, service, kind, more) in enumerate(BASES, 1):
        name = f'B{number:02}'
        row = {'basis_id': name, 'unit_id': owner if owner.startswith('U') else '',
               'authority_id': owner if owner.startswith('A') else '', 'entity': entity, 'service': service, 'pattern': '',
               'evidence_ref': f'journal/{name}.pdf', 'valid_from': '2024-01-01', 'valid_to': '',
               'declared_on': '2025-09-15', 'review_status': 'pending', 'reviewed_by': '', 'reviewed_on': '', 'note': ''}
        row.update(kind)
        row.update(more)
        row['evidence_sha256'] = hashlib.sha256(name.encode()).hexdigest() if row['evidence_ref'] else ''
        yield row


def unit_rows():
    for unit in UNITS:
        yield {'unit_id': unit.id, 'name_da': unit.name, 'unit_type': unit.type, 'authority_id': unit.authority,
               'channel': unit.channel, 'url_scope': unit.scope, 'entry_urls': unit.entry, 'flow_scope': unit.flow,
               'audience': unit.audience, 'interaction': unit.interaction, 'provision': unit.provision,
               'primary_channel': unit.primary, 'law_ref': unit.law, 'national': unit.national,
               'exemptions_exist': 'yes', 'login': 'no', 'known_pages': KNOWN_PAGES.get(unit.id, ''),
               'valid_from': unit.valid_from, 'valid_to': unit.valid_to, 'predecessor_ids': unit.predecessor,
               'decided_by': 'Demo', 'decided_on': '2025-09-01', 'evidence_ref': f'journal/{unit.id}.pdf'}


def tables():
    """{file name: [row]}."""
    services = ('pattern', 'service', 'entity', 'country', 'category', 'cookie_prefixes', 'own_use_possible',
                'optout_exists')
    return {
        'authorities.csv': [{'authority_id': a.id, 'name_da': a.name, 'ministry': a.ministry, 'cvr': f'9900000{n}',
                             'level': a.level, 'domains': a.domains, 'contact_role': 'Webansvarlig'}
                            for n, a in enumerate(AUTHORITIES)],
        'units.csv': list(unit_rows()),
        'portal_links.csv': [{'portal_id': portal, 'target_id': target, 'valid_from': '', 'valid_to': '',
                              'evidence_ref': ''} for portal, target in PORTAL_LINKS],
        'own_parties.csv': [{'unit_id': unit, 'pattern': pattern, 'relation': relation, 'service': service,
                             'valid_from': '', 'valid_to': '', 'evidence_ref': 'journal/driftsaftale.pdf'}
                            for unit, pattern, relation, service in OWN_PARTIES],
        'bases.csv': list(basis_rows()),
        'decisions.csv': list(DECISIONS),
        'policy.csv': [dict(zip(('key', 'value', 'source', 'valid_from'), row)) for row in POLICY],
        'services.csv': [dict(zip(services, row), source='Demo') for row in SERVICES],
    }


def as_csv(rows):
    names = []
    for row in rows:
        names += [name for name in row if name not in names]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval='', lineterminator='\r\n')
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode('utf-8')
