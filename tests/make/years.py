# SPDX-License-Identifier: MIT
"""Three years of small crawls by a browser, and registers: findings in every state of 6.2.

Two pages are enough for an adequate measurement here, one is not. The truth in STATES was worked out by hand.
"""
import tape

YEARS = ('2024', '2025', '2026')
# By year: what was captured, and what contacts the third party. 'a': front page and another, the third party on both; '/': the two, the
# third party on the front page; '/!': the front page alone; else the front page and the page of that name, the third party on that one.
# Behind the colon 'x': it is there. '@HOST' before: not on the unit's usual host. Empty: nothing was captured.
UNITS = {
    'new': ('a:', 'a:', 'a:x'),
    'repeat3': ('a:x', 'a:x', 'a:x'),
    'repeat2': ('a:', 'a:x', 'a:x'),
    'relapsed': ('a:x', 'a:', 'a:x'),
    'documented': ('a:', 'a:x', 'a:x'),
    'removed': ('a:', 'a:x', 'a:'),
    'otherpage': ('a:', 'b:x', 'c:'),      # scenario 36: the page was not captured again
    'limited': ('a:', '/:x', '/!:'),       # captured again, but too little else
    'closed': ('a:', 'a:x', ''),
    'disputed': ('a:', 'a:', 'a:x'),
    'moved': ('a:', 'a:x', '@ny.moved.example a:x'),      # scenario 37: the same id, another domain
    'movedclean': ('a:', '/:x', '@ny.movedclean.example a:'),  # moved, and gone: its front page stands for the old one
    'oldname': ('a:', 'a:x', ''),
    'newname': ('', '', 'a:x'),            # continues oldname under another id
    'half1': ('a:', 'a:x', ''),
    'half2': ('a:', 'a:x', ''),
    'whole': ('', '', 'a:x'),              # scenario 38: half1 and half2 merged
    'clean': ('a:', 'a:', 'a:'),
}
ENDS = {'closed': '2026-06-30', 'oldname': '2025-12-31', 'half1': '2025-12-31', 'half2': '2025-12-31'}
BEGINS = {'newname': '2026-01-01', 'whole': '2026-01-01'}
PREDECESSORS = {'newname': 'oldname', 'whole': 'half1;half2'}
SAME_THIRD = {'newname': 'oldname'}
STATES = {  # unit: (state, label, years in a row, year last seen)
    'new': ('new', 'Ny', '1', '2026'),
    'repeat3': ('repeat', 'Gentagen (3. år)', '3', '2026'),
    'repeat2': ('repeat', 'Gentagen (2. år)', '2', '2026'),
    'relapsed': ('relapsed', 'Genopstået', '1', '2026'),
    'documented': ('documented', 'Dokumenteret', '1', '2026'),
    'removed': ('removed', 'Fjernet', '1', '2025'),
    'otherpage': ('not_remeasured', 'Ikke genmålt', '1', '2025'),
    'limited': ('not_remeasured', 'Ikke genmålt', '1', '2025'),
    'closed': ('left', 'Udgået', '1', '2025'),
    'disputed': ('disputed', 'Bestridt', '1', '2026'),
    'moved': ('repeat', 'Gentagen (2. år)', '2', '2026'),
    'movedclean': ('removed', 'Fjernet', '1', '2025'),
    'newname': ('repeat', 'Gentagen (2. år)', '2', '2026'),
    'half1': ('left', 'Udgået', '1', '2025'),
    'half2': ('left', 'Udgået', '1', '2025'),
    'whole': ('new', 'Ny', '1', '2026'),
}
LEVELS = {  # by the ladder; every unit has an authority of its own
    'new': ('2', 'new_breach'), 'repeat3': ('4', 'long_repeat'), 'repeat2': ('3', 'repeat'), 'relapsed': ('3', 'repeat'),
    'disputed': ('1', 'unresolved'), 'moved': ('3', 'repeat'), 'newname': ('3', 'repeat'), 'whole': ('3', 'unanswered'),
}
CASES = 'case_id,finding_id,level,sent_on,deadline,answered_on,outcome\n' \
        'C1,2026-disputed-x-disputed.example,2,2026-11-01,2026-11-20,2026-11-11,disputed\n' \
        'C2,2026-whole-x-whole.example,2,2026-11-01,2026-11-20,,\n' \
        'C3,2025-repeat3-x-repeat3.example,3,2026-03-01,2026-04-01,2026-03-21,\n' \
        'C4,2026-nobody-x,2,2026-11-01,,,\n'
POLICY = 'key,value,source,valid_from\nmin_pages,2,test,\nmin_coverage,0,test,\n' \
         + ''.join(f'hearing_deadline.{year},{year}-12-01,test,\n' for year in YEARS)


def third(unit):
    """Its registrable domain: nobody knows it, so that it is its own identity."""
    return f'x-{SAME_THIRD.get(unit, unit)}.example'


def crawl(year):
    """The archive of a year: every page, with its third party as an image."""
    tape.when, kept = (lambda second: f'{year}-10-01T{8 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z'), tape.when
    t, second = tape.Tape('list'), 0
    for unit, plan in UNITS.items():
        text = plan[YEARS.index(year)]
        if not text:
            continue
        host = text.split()[0][1:] if text.startswith('@') else f'www.{unit}.example'
        path, _, seen = text.split()[-1].partition(':')
        paths = ['', 'side'] if path == 'a' else [''] if path == '/!' else ['', 'anden'] if path == '/' else ['', path]
        for at in paths:
            contacts = seen and (path == 'a' or (path in ('/', '/!') and not at) or at == path)
            second += 100
            add_page(t, second, f'https://{host}/{at}', f'https://cdn.{third(unit)}/p.gif' if contacts else '')
    tape.when = kept
    return t.gz()


def add_page(t, second, url, image):
    number = f'page{second}'
    t.tagged(second, number, 'document', url, tape.asks('document'), tape.page(*([tape.img(image)] if image else [])))
    listed = [(200, 'document', url)]
    if image:
        t.tagged(second + 1, number, 'image', image, tape.asks('image', url), 'x', 'image/gif')
        listed.append((200, 'image', image))
    t.list(second, number, url, listed)


def registers():
    """{file: text}"""
    units = 'unit_id,name_da,unit_type,authority_id,url_scope,entry_urls,audience,interaction,provision,primary_channel,valid_from,' \
            'valid_to,predecessor_ids\n'
    authorities = 'authority_id,name_da,ministry,domains\n'
    for unit in UNITS:
        hosts = [f'www.{unit}.example'] + [f'ny.{unit}.example'] * any(text.startswith('@') for text in UNITS[unit])
        authorities += f'A-{unit},Kontoret for {unit},Ministeriet,{unit}.example\n'
        entries = ';'.join(f'https://{host}/' for host in hosts)
        units += f'{unit},Løsningen {unit},self_service,A-{unit},{";".join(hosts)},{entries},citizens,yes,state,statutory,' \
                 f'{BEGINS.get(unit, "")},{ENDS.get(unit, "")},{PREDECESSORS.get(unit, "")}\n'
    bases = 'basis_id,unit_id,entity,basis_type,own_use_clause,written,anonymised_exempt,evidence_ref,valid_from\n' \
            f'B1,documented,{third("documented")},agreement,bans,yes,no,a.pdf,2026-01-01\n'
    return {'units.csv': units, 'authorities.csv': authorities, 'bases.csv': bases, 'policy.csv': POLICY, 'cases.csv': CASES}
