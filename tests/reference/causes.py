# SPDX-License-Identifier: MIT
"""Why the program and the truth differ in a fact of a page. A cause is read from the server's log or from the archive; None: there is none."""
import collections
from urllib.parse import urlsplit

from crawls import BROWSERS, FACTS, LARGEST_COOKIE, is_open

NEVER_ASKED = 'that run never asked this host (another visit: later phases, mouse, scroll)'
NEVER_SO = {
    'hops': 'that run asked the host and was never redirected so',
    'set': 'that run asked the host, which never set it',
    'sent': 'that run never sent it to this host, though a server of that run had set it',
}
NEVER_SET = {
    'script': 'no server of that run set it: a script did in the visit of the truth',
    'server': 'no server of that run set it: one did in the visit of the truth',
    'socket': 'no server of that run set it, and no WebSocket was opened: the log has no Set-Cookie of their handshakes',
}
NO_PAGE = 'that run never asked the server for the page itself'
OTHER_PAGES = 'that run did it only while other pages were open (browser cache, each URL once in a crawl, other phases)'
NO_RECORD = 'the recorder wrote no record of it'
NO_LINE = 'the recorder wrote a record of it without that line'
CRAWLERS = 'marked as the doing of the crawler: its parser took what a browser need not (origin "crawler")'
THIS_RUN = 'the server saw it in that run, and not while the page was open in the visit of the truth'
TRUTH_TOO = 'the server saw it in the visit of the truth as well: the log of that browser lacks it'
FALSE_LINE = 'the recorder gave the request a Cookie line that the server did not receive'
OF_EXTRAS = (THIS_RUN, TRUTH_TOO, FALSE_LINE)
TOO_LARGE = f'name and value are more than {LARGEST_COOKIE} octets: browsers take no such cookie (RFC 6265bis 5.6)'


def cause_of_miss(portal, kind, page, fact):
    shows = FACTS[kind]
    rows = [row for row in portal.log if fact in shows(row)]
    if not rows:
        return cause_of_never(portal, kind, fact)
    if page not in portal.open:
        return NO_PAGE
    rows = [row for row in rows if is_open(portal.open[page], row.at)]
    if not rows:
        return OTHER_PAGES
    records = [seen for row, seen in portal.pairs(kind) if row in rows]
    if not any(fact in shows(seen) for seen in records):
        return NO_LINE if records else NO_RECORD
    if kind == 'set' and all(seen.set.get(fact[1], LARGEST_COOKIE + 1) > LARGEST_COOKIE for seen in records):
        return TOO_LARGE
    return cause_of_refusal(portal, page, rows)


def cause_of_never(portal, kind, fact):
    if not any(row.host == fact[0] for row in portal.log):
        return NEVER_ASKED
    if kind == 'sent' and not any(fact[1] in row.set for row in portal.log):
        return cause_of_never_set(portal, *fact)
    return NEVER_SO[kind]


def cause_of_never_set(portal, host, name):
    if name in portal.scripts:
        return NEVER_SET['script']
    if any(name in row.set for row in portal.truth_log):
        return NEVER_SET['server']
    opened = any(row.host == host and row.url.startswith('ws') for row in portal.log)
    return NEVER_SET['socket'] if host in portal.sockets and not opened else None


def cause_of_refusal(portal, page, rows):
    """Why the program does not take what a crawler asked for as the page's doing."""
    return CRAWLERS if all((page, row.host, urlsplit(row.url).path) in portal.crawl.crawlers_own for row in rows) else None


def cause_of_extra(portal, kind, page, fact):
    shows = FACTS[kind]
    rows = [row for row, seen in portal.pairs(kind) if fact in shows(seen) and is_open(portal.open[page], row.at)]
    if not rows:
        return None
    if not any(fact in shows(row) for row in rows):
        return FALSE_LINE
    truth = [row for row in portal.truth_log if fact in shows(row) and is_open(portal.truth_open[page], row.at)]
    return TRUTH_TOO if truth else THIS_RUN


class Comparison:
    """Facts of one kind in one crawl."""

    def __init__(self, crawl, kind, ours, excuse=lambda portal, page, fact, cause: cause):
        """`ours`: {page: facts}; `excuse` may give a better cause, or take one away."""
        self.crawl, self.kind, self.unexplained = crawl, kind, []
        self.total, self.causes = collections.Counter(), collections.Counter()
        for portal in crawl.portals:
            for page, facts in portal.wanted(kind).items():
                if page in crawl.visited:
                    self.add(portal, page, facts, ours[page], excuse)
                elif facts:
                    self.causes['page not visited by this crawl'] += len(facts)

    def add(self, portal, page, wanted, ours, excuse):
        held = portal.held(self.kind, page)
        self.total += collections.Counter(truth=len(wanted), ours=len(ours), hit=len(wanted & ours), held=len(held), held_hit=len(held & ours))
        if portal.crawl.kind in BROWSERS:
            self.unexplained += [f'is held and not told, or not held: {portal.id} {page} {" ".join(fact)}' for fact in held ^ ours]
        for what, facts, cause_of in (('miss', wanted - ours, cause_of_miss), ('extra', ours - wanted, cause_of_extra)):
            for fact in facts:
                cause = excuse(portal, page, fact, cause_of(portal, self.kind, page, fact))
                self.causes[f'{what}: {cause}'] += 1
                if not cause:
                    self.unexplained.append(f'{what} {portal.id} {page} {" ".join(fact)}')

    def say(self, name):
        """As a test; the figures and the causes."""
        print(f'ok {name}' if not self.unexplained else f'not ok {name}: {len(self.unexplained)} differences without a cause')
        total = self.total
        print(f'# {name}: {share(total, "hit", "truth")}')
        if self.crawl.kind in BROWSERS:
            print(f'# {name}, of what the archive holds: {share(total, "held_hit", "held")}')
        for cause, count in sorted(self.causes.items()):
            print(f'# {count:5}  {cause}')
        for line in sorted(self.unexplained)[:20]:
            print(f'#   {line}')


def share(total, hit, all_of):
    precision = f'{total[hit] / total["ours"]:.3f}' if total['ours'] else '-'
    recall = f'{total[hit] / total[all_of]:.3f}' if total[all_of] else '-'
    return f'recall {recall} precision {precision} of {total[all_of]}'
