# SPDX-License-Identifier: MIT
"""What the rules of the guidance say about the plan, worked out by hand: scope, verdict, a code per third party.

The first year had no hearing, so nothing without a basis is decided yet. In the second the hearing ended on 15 December.
"""
TAELLEREN = 'Tælleren A/S|Tælleren Web'
COOKIEVAGTEN = 'Cookievagten ApS|Cookievagten'
CAPTCHA = 'Menneskeprøven ApS|Menneskeprøven'
ANNONCEBROEN = 'Annoncebroen Inc.|Annoncebroen'
DATAKNUDEN = 'Dataknuden Inc.|Dataknuden'
BLIK = 'Blikmåling GmbH|Blik Statistik'
KORT = 'Landmåler B.V.|Landmåler Kort'
VIDEO = 'Rolig Video ApS|Rolig Video'
FONTS = 'Skrifthuset Inc.|Skrifthuset Fonts'
DRIFT = 'Driftshuset A/S|Driftshuset Drift'
ANALYSE = 'Driftshuset A/S|Driftshuset Analyse'
CHAT = 'Hjælpelinjen AB|Hjælpelinjen Chat'
SOEG = 'Søgemaskinen Inc.|Søgemaskinen Annoncer'
VARMEKORT = 'Varmekort Ltd|Varmekort'
FEJLFANGER = 'Fejlfanger Inc.|Fejlfanger'
KOE = 'Ventelinjen A/S|Ventelinjen'
PAKKE = 'Pakkelageret Foundation|Pakkelageret'

BOTH = {  # the same in both years
    'U02': ('S-STATE', 'compliant', {'Ubrugt ApS|': 'V-DECLARED'}),
    'U09': ('S-BUSINESS', 'outside', {}),
    'U10': ('S-INFO', 'outside', {}),
    'U11': ('S-LOCAL', 'outside', {}),
    'U14': ('S-STATE', 'not_measured', {}),
    'U15': ('S-UNKNOWN:primary', 'undetermined', {}),
    'U16': ('S-STATE', 'limited', {}),
    'U17': ('S-STATE', 'not_measured', {}),
    'U20': ('S-PORTAL-NOSTATE', 'outside', {}),
}

BY_YEAR = {
    2025: {
        'U01': ('S-PORTAL', 'unresolved', {
            TAELLEREN: 'V-OK-G', COOKIEVAGTEN: 'V-OK-N', 'Etikethuset Inc.|Etikethuset Tags': 'V-AWAIT',
            'Etikethuset Inc.|Etikethuset Analyse': 'V-AWAIT', 'Kampagneluft AB|Kampagneluft': 'V-DECLARED',
            'faellesdesign.example|': 'V-NA'}),
        'U03': ('S-STATE', 'compliant', {TAELLEREN: 'V-OK-O', CAPTCHA: 'V-OK-N'}),
        'U04': ('S-STATE', 'unresolved', {
            ANNONCEBROEN: 'V-AWAIT', 'Fagnetværket Ltd|Fagnetværket Indsigt': 'V-AWAIT', 'sporhund.example|': 'V-UNKNOWN',
            DATAKNUDEN: 'V-AWAIT'}),
        'U05': ('S-SHARED', 'compliant', {BLIK: 'V-OK-G', KORT: 'V-OK-G'}),
        'U06': ('S-STATE', 'unresolved', {'kludetaeppe.example|': 'V-UNKNOWN'}),
        'U07': ('S-NOTLIVE', 'outside', {}),
        'U07A': ('S-PORTAL', 'unresolved', {
            FONTS: 'V-AWAIT', 'Filmtavlen Inc.|Filmtavlen': 'V-AWAIT', ANNONCEBROEN: 'V-AWAIT',
            'afspillermaal.example|': 'V-UNKNOWN'}),
        'U08': ('S-OUTSOURCED', 'unresolved', {DRIFT: 'V-NA', ANALYSE: 'V-UNPROVEN/G-UNCLEAR', CHAT: 'V-OK-G'}),
        'U12': ('S-STATE', 'compliant', {'Oppetid OÜ|Oppetid RUM': 'V-OK-G'}),
        'U13': ('S-NOTLIVE', 'outside', {}),
        'U18': ('S-STATE', 'unresolved', {
            'taagebanke.example|': 'V-UNKNOWN', 'smutvej.example|': 'V-UNKNOWN', 'billedkassen.example|': 'V-UNKNOWN',
            SOEG: 'V-AWAIT'}),
        'U19': ('S-STATE', 'unresolved', {VARMEKORT: 'V-UNPROVEN/G-UNWRITTEN', FEJLFANGER: 'V-UNPROVEN/B-NODOC'}),
        'U21': ('S-STATE', 'non_compliant', {
            KOE: 'V-OK-N', PAKKE: 'V-OK-G', 'Nyhedsmailen Inc.|Nyhedsmailen': 'V-FAIL-BASIS/N-OWNUSE'}),
    },
    2026: {
        'U01': ('S-PORTAL', 'compliant', {
            TAELLEREN: 'V-OK-G', COOKIEVAGTEN: 'V-OK-N', 'Oplæseren AB|Oplæseren': 'V-OK-G',
            'Kampagneluft AB|Kampagneluft': 'V-DECLARED', 'faellesdesign.example|': 'V-NA', 'skydrift.example|': 'V-NA'}),
        'U03': ('S-STATE', 'non_compliant', {
            TAELLEREN: 'V-OK-O', CAPTCHA: 'V-OK-N', 'Varianttest Ltd|Varianttest': 'V-FAIL-BASIS/O-NOTACTIVE'}),
        'U04': ('S-STATE', 'non_compliant', {
            ANNONCEBROEN: 'V-NOBASIS', 'Vennebog Ltd|Vennebog Pixel': 'V-FAIL-BASIS/G-OWNUSE',
            'sporhund.example|': 'V-NOBASIS', DATAKNUDEN: 'V-NOBASIS'}),
        'U05': ('S-SHARED', 'non_compliant', {BLIK: 'V-FAIL-BASIS/B-EXPIRED', KORT: 'V-OK-G'}),
        'U06': ('S-STATE', 'compliant', {VIDEO: 'V-OK-LATE'}),
        'U07': ('S-PORTAL', 'compliant', {VIDEO: 'V-OK-O', FONTS: 'V-OK-N'}),
        'U07A': ('S-NOTLIVE', 'outside', {}),
        'U08': ('S-OUTSOURCED', 'unresolved', {DRIFT: 'V-NA', ANALYSE: 'V-UNPROVEN/G-UNCLEAR', CHAT: 'V-OK-G'}),
        'U12': ('S-NOTLIVE', 'outside', {}),
        'U13': ('S-STATE', 'compliant', {'Formularhuset A/S|Formularhuset': 'V-OK-G', CAPTCHA: 'V-OK-N'}),
        'U18': ('S-STATE', 'non_compliant', {
            'taagebanke.example|': 'V-NOBASIS', 'smutvej.example|': 'V-NOBASIS', 'billedkassen.example|': 'V-NOBASIS',
            'graapixel.example|': 'V-NOBASIS', SOEG: 'V-NOBASIS'}),
        'U19': ('S-STATE', 'unresolved', {VARMEKORT: 'V-UNPROVEN/G-UNWRITTEN', FEJLFANGER: 'V-MANUAL'}),
        'U21': ('S-STATE', 'compliant', {
            KOE: 'V-OK-N', PAKKE: 'V-OK-G', 'Nyhedsmailen Inc.|Nyhedsmailen': 'V-DECLARED'}),
    },
}

# The second year reported on 1 December, while the hearing is open: what then differs from 31 December.
BEFORE_DEADLINE = {
    'U04': ('S-STATE', 'non_compliant', {
        ANNONCEBROEN: 'V-AWAIT', 'Vennebog Ltd|Vennebog Pixel': 'V-FAIL-BASIS/G-OWNUSE',
        'sporhund.example|': 'V-UNKNOWN', DATAKNUDEN: 'V-AWAIT'}),
    'U18': ('S-STATE', 'unresolved', {
        'taagebanke.example|': 'V-UNKNOWN', 'smutvej.example|': 'V-UNKNOWN', 'billedkassen.example|': 'V-UNKNOWN',
        'graapixel.example|': 'V-UNKNOWN', SOEG: 'V-AWAIT'}),
}

COHORTS = {'in_scope': 15, 'entered': 1, 'left': 1, 'matched': 12}


def rows():
    """(unit, year, as_of, scope code, verdict, pairs) in order."""
    for as_of, year, table in (('', 2025, BY_YEAR[2025]), ('', 2026, BY_YEAR[2026]),
                               ('2026-12-01', 2026, {**BY_YEAR[2026], **BEFORE_DEADLINE})):
        for unit, (scope, verdict, pairs) in sorted({**BOTH, **table}.items()):
            text = ';'.join(f'{who}|{code}' for who, code in sorted(pairs.items()))
            yield unit, year, as_of, scope, verdict, text
