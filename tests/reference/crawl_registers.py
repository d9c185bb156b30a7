# SPDX-License-Identifier: MIT
"""Registers for the shared crawl of a fictional estate: its plain lists in the columns of the registers, and bases made up here."""
import csv
import os

TYPES = {'national portal': {'unit_type': 'portal', 'national': 'yes', 'interaction': 'yes'},
         'selvbetjeningsløsning': {'unit_type': 'self_service', 'national': '', 'interaction': 'yes'},
         'informationsside': {'unit_type': 'self_service', 'national': '', 'interaction': 'no'}}
AUDIENCES = {'borgere': 'citizens', 'borgere og virksomheder': 'both', 'virksomheder': 'businesses'}
PROVISIONS = {'statslig': 'state', 'delvist statslig': 'shared', 'udliciteret': 'outsourced_by_state', 'kommunal': 'municipal_only'}
CATEGORIES = {'statistik': 'analytics', 'marketing': 'marketing', 'some': 'social', 'video': 'video', 'samtykke': 'consent_provider',
              'tagmanager': 'tag_manager', 'skrifttype': 'font', 'cdn': 'cdn', 'bibliotek': 'cdn'}
AGREEMENT = {'basis_type': 'agreement', 'basis_form': 'databehandleraftale', 'own_use_clause': 'bans', 'written': 'yes', 'anonymised_exempt': 'no'}
OPT_OUT = {'basis_type': 'opt_out', 'basis_form': 'indstilling', 'setting_name': 'x', 'setting_exists': 'yes', 'activated': 'yes',
           'effective': 'all'}
NECESSARY = {'basis_type': 'necessary', 'basis_form': 'andet', 'own_use_possible': 'no', 'purpose': 'precondition', 'limited_use': 'yes'}
BASES = (('P01', 'Siteimprove', AGREEMENT), ('P01', 'InnoCraft (Matomo Cloud)', AGREEMENT), ('P01', 'Cookie Information', NECESSARY),
         ('P03', 'Adobe', dict(AGREEMENT, own_use_clause='allows')), ('P05', 'Google', dict(OPT_OUT, activated='no')),
         ('P08', 'Hotjar', dict(AGREEMENT, written='no')), ('P13', 'Usercentrics (Cookiebot)', NECESSARY),
         ('P15', 'Cookie Information', NECESSARY))


def read(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def host_of(url):
    return url.split('//')[1].split('/')[0]


def units(folder, year, pages):
    for row in read(folder, os.path.join(year, 'solutions.csv')):
        urls = row['urls'].split('|')
        domain = '.'.join(host_of(urls[0]).split('.')[-2:])
        yield {'unit_id': row['id'], 'name_da': row['name'], 'authority_id': row['authority'], 'channel': 'web', 'url_scope': f'*.{domain}',
               'entry_urls': urls[0], 'audience': AUDIENCES[row['audience']], 'provision': PROVISIONS[row['ownership']],
               'primary_channel': 'statutory', 'known_pages': pages.get(row['id'], ''), **TYPES[row['type']]}


def authorities(folder, rows):
    domains = read(folder, 'owned-domains.csv')
    owners = {row['owner']: 'municipality' if 'Kommune' in row['owner'] else 'state' for row in domains}
    ministries = {row['authority']: row['ministry'] for row in rows}
    for owner, level in owners.items():
        yield {'authority_id': owner, 'name_da': owner, 'ministry': ministries.get(owner, ''), 'cvr': '', 'level': level,
               'domains': ';'.join(row['domain'] for row in domains if row['owner'] == owner)}


def services(folder):
    """A service for every host that is somebody's; who is behind a cloud's tenant nobody knows."""
    seen = {}
    for row in read(folder, 'third-party-hosts.csv'):
        vendor, pattern = row['declared_by_service_vendor'], row['host']
        if row['public_body'] != '1' and not vendor.startswith('ukendt'):
            seen[pattern] = {'pattern': pattern, 'service': vendor, 'entity': vendor, 'country': '',
                             'category': CATEGORIES.get(row['category'].split(';')[0].strip(), 'other')}
    return list(seen.values())


def tables(folder, year, pages):
    """{register: rows}. `pages`: how many pages each portal is known to have."""
    solutions = read(folder, os.path.join(year, 'solutions.csv'))
    made = list(units(folder, year, pages))
    state = next(row['unit_id'] for row in made if row['unit_type'] == 'self_service' and row['provision'] == 'state')
    return {
        'units': made, 'authorities': list(authorities(folder, solutions)),
        'portal_links': [{'portal_id': row['unit_id'], 'target_id': state} for row in made if row['unit_type'] == 'portal'],
        'own_parties': [{'unit_id': '*', 'pattern': f'*.{row["domain"]}', 'relation': 'public_component', 'service': ''}
                        for row in read(folder, 'owned-domains.csv') if not row['portal']],
        'aliases': [{'host': row['host'], 'canonical': row['cname_target']} for row in read(folder, 'cnames.csv')],
        'services': services(folder) + [{'pattern': f'*.{row["cname_target"].split(".", 1)[1]}', 'service': 'Adobe', 'entity': 'Adobe',
                                         'country': '', 'category': 'analytics'} for row in read(folder, 'cnames.csv')],
        'bases': [dict(kind, basis_id=f'B{number}', unit_id=unit, entity=entity, evidence_ref=f'{number}.pdf', review_status='accepted')
                  for number, (unit, entity, kind) in enumerate(BASES, 1) if any(row['unit_id'] == unit for row in made)],
        'policy': [{'key': key, 'value': value, 'source': 'test', 'valid_from': ''}
                   for key, value in (('hearing_deadline.2026', '2026-11-01'), ('base_catalogue', 'no'))],
    }
