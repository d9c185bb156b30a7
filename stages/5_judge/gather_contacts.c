// SPDX-License-Identifier: MIT
#include "3_extract/site.h"
#include "5_judge/gather_walk.h"
#include "5_judge/grade.h"

/* The note of a row's visit; NULL: nothing to judge there. */
static enum err note_of(const struct walk *walk, uint32_t visit, const struct note **out)
{
    if (visit >= walk->note_count)
        return ERR_INDEX;
    *out = walk->notes[visit].judged ? &walk->notes[visit] : NULL;
    return ERR_OK;
}

/* What a contact shows beside itself: lists, tags and referrers by its evidence, its kind by its resource. */
static void see_contact(struct gather_unit *unit, const struct index_contact *row)
{
    static const struct {
        enum evidence evidence;
        enum capability capability;
    } rows[] = {
        {EVIDENCE_O1, CAPABILITY_PAGE_LIST},
        {EVIDENCE_O2, CAPABILITY_PAGE_ID  },
        {EVIDENCE_O3, CAPABILITY_REFERER  },
        {EVIDENCE_O5, CAPABILITY_INITIATOR},
    };
    uint32_t seen = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        seen |= row->evidence_mask & 1u << rows[i].evidence ? 1u << rows[i].capability : 0;
    if (row->evidence <= EVIDENCE_O5) {
        seen |= row->resource != RESOURCE_OTHER ? 1u << CAPABILITY_RESOURCE_TYPE : 0;
        seen |= row->resource == RESOURCE_PING ? 1u << CAPABILITY_BEACON : 0;
        seen |= row->resource == RESOURCE_REDIRECT ? 1u << CAPABILITY_REDIRECT : 0;
    }
    unit->result.seen |= seen;
}

/* `before`: the cookie before it in the order of the table. */
static void see_cookie(struct gather_unit *unit, const struct index_cookie *row,
                       const struct index_cookie *before)
{
    bool repeated = before->visit == row->visit && before->archive == row->archive && before->at == row->at &&
                    before->inner == row->inner && before->how == row->how;
    switch (row->how) {
    case COOKIE_SET:
        unit->result.seen |= 1u << CAPABILITY_SET_COOKIE;
        unit->result.seen |= repeated ? 1u << CAPABILITY_REPEATED_SET_COOKIE : 0;
        break;
    case COOKIE_SENT:
        unit->result.seen |= 1u << CAPABILITY_COOKIE_SENT;
        break;
    case COOKIE_SCRIPT:
        unit->result.seen |= 1u << CAPABILITY_SCRIPT_COOKIE;
        break;
    }
}

/* What a catalogue says of a name comes before what names usually mean. A page that has two of a kind is one observation. */
static enum err add_owned(struct walk *walk, const struct index_cookie *row)
{
    struct owned_cookie cookie = {.visit = row->visit, .host = row->host, .third = row->third};
    if (vendor_cookie_is_infrastructure(row->name))
        return ERR_OK;
    cookie.service =
        catalogue_find_cookie(walk->out->registers->catalogue, row->name, walk->notes[row->visit].visit.day);
    if (!cookie.service)
        cookie.vendor = vendor_cookie_find(row->name);
    if (!cookie.service && !cookie.vendor)
        return ERR_OK;
    for (size_t i = walk->owned_count; i-- > 0 && walk->owned[i].visit == row->visit;)
        if (walk->owned[i].service == cookie.service && walk->owned[i].vendor == cookie.vendor &&
            span_equal(walk->owned[i].host, row->host))
            return ERR_OK;
    struct owned_cookie *owned =
        ARENA_PUSH(walk->arena, walk->owned, walk->owned_count, walk->owned_capacity);
    if (!owned)
        return ERR_MEMORY;
    *owned = cookie;
    return ERR_OK;
}

/* Before the contacts: who set a cookie, and which cookies belong to a service by name. */
static enum err on_cookie_before(void *context, const struct index_cookie *row)
{
    struct walk *walk = context;
    const struct note *note;
    TRY(note_of(walk, row->visit, &note));
    uint32_t unit = walk->notes[row->visit].visit.unit;
    if (unit != NOTE_NO_UNIT)
        see_cookie(&walk->out->units[unit], row, &walk->cookie_before);
    walk->cookie_before = *row;
    if (!note)
        return ERR_OK;
    if (!tally_is_kept(row))
        return ERR_OK;
    if (row->how == COOKIE_SET) {
        uint32_t host = intern_add(&walk->out->tally.hosts, row->host);
        if (host == INTERN_NONE || !keymap_add(&walk->setters, row->visit, host))
            return ERR_MEMORY;
    }
    return add_owned(walk, row);
}

/* A contact with the service itself, or a script of its company: what else the company serves sets no cookie here. */
static const struct vendor *find_vendor(const struct walk *walk, struct span entity, struct span service)
{
    for (size_t i = 0; i < walk->vendor_count; i++) {
        const struct vendor *vendor = &walk->vendors[i];
        bool sets = vendor->proof.resource == RESOURCE_SCRIPT || span_equal(vendor->service, service);
        if (sets && span_equal(vendor->entity, entity))
            return vendor;
    }
    return NULL;
}

static bool is_first_party(const struct walk *walk, const struct note *note,
                           const struct owned_cookie *cookie)
{
    struct directory_query query = {.unit = &walk->out->registers->units[note->visit.unit],
                                    .host = cookie->host,
                                    .path = SPAN("/"),
                                    .site = site_of(walk->suffixes, cookie->host),
                                    .third = cookie->third,
                                    .day = note->visit.day};
    return directory_find(&walk->out->tally.directory, &query).party == PARTY_FIRST;
}

/* P9: when a visit's contacts are all seen, its cookies find the service that stands behind them, or do not.
 */
static enum err finish_visit(struct walk *walk)
{
    const struct note *note = &walk->notes[walk->visit];
    while (walk->owned_next < walk->owned_count && walk->owned[walk->owned_next].visit < walk->visit)
        walk->owned_next++;
    for (; walk->owned_next < walk->owned_count; walk->owned_next++) {
        const struct owned_cookie *cookie = &walk->owned[walk->owned_next];
        if (cookie->visit != walk->visit)
            break;
        const struct catalogue_service *service = cookie->service;
        const struct vendor *vendor = service ? find_vendor(walk, service->entity, service->service) : NULL;
        const struct index_contact *proof = vendor                ? &vendor->proof
                                            : cookie->proof.count ? &cookie->proof
                                                                  : NULL;
        if (proof && is_first_party(walk, note, cookie))
            TRY(tally_observe_cookie(&walk->out->tally, &note->visit, service ? service : &cookie->seen,
                                     cookie->host, proof));
    }
    walk->vendor_count = 0;
    return ERR_OK;
}

static enum err add_vendor(struct walk *walk, const struct directory_entry *entry,
                           const struct index_contact *contact)
{
    if (!walk->owned_count || !entry->catalogued)
        return ERR_OK;
    for (size_t i = 0; i < walk->vendor_count; i++)
        if (span_equal(walk->vendors[i].entity, entry->entity) &&
            span_equal(walk->vendors[i].service, entry->service) &&
            (walk->vendors[i].proof.resource == RESOURCE_SCRIPT || contact->resource != RESOURCE_SCRIPT))
            return ERR_OK;
    struct vendor *vendor = ARENA_PUSH(walk->arena, walk->vendors, walk->vendor_count, walk->vendor_capacity);
    if (!vendor)
        return ERR_MEMORY;
    *vendor = (struct vendor){entry->entity, entry->service, *contact};
    return ERR_OK;
}

/* A contact with the vendor that is known to name cookies so: whoever the registers say stands behind its host. */
static void see_vendor(struct walk *walk, const struct directory_entry *entry,
                       const struct index_contact *contact)
{
    for (size_t i = walk->owned_next; i < walk->owned_count && walk->owned[i].visit <= contact->visit; i++) {
        struct owned_cookie *cookie = &walk->owned[i];
        if (cookie->visit != contact->visit || !cookie->vendor || cookie->proof.count ||
            !vendor_cookie_is_host(cookie->vendor, contact->host))
            continue;
        cookie->proof = *contact;
        cookie->seen = (struct catalogue_service){.service = entry->service,
                                                  .entity = entry->entity,
                                                  .owner = entry->owner,
                                                  .country = entry->country,
                                                  .category = entry->category,
                                                  .facts = entry->facts,
                                                  .withheld = entry->withheld};
    }
}

static enum err judge_contact(struct walk *walk, struct note note, const struct index_contact *row)
{
    struct tally *tally = &walk->out->tally;
    struct index_contact contact = gather_dated(row, &note);
    struct tally_place *place;
    enum grade grade;
    if (!grade_of(&contact, false, &walk->out->registers->policy, &grade))
        return ERR_OK; /* K9: no use, so not even a pair of what is declared */
    TRY(tally_locate(tally, &note.visit, &contact, &place));
    bool sets_cookie = keymap_find(&walk->setters, contact.visit, place->host);
    if (!grade_of(&contact, sets_cookie, &walk->out->registers->policy, &grade))
        return ERR_OK;
    if (walk->listens) {
        if (grade != GRADE_D && place->pair != TALLY_NO_PAIR)
            tally_hear(tally, place, &note.visit, &contact);
        return ERR_OK;
    }
    if (place->pair == TALLY_NO_PAIR)
        return tally_tell(tally, place, note.visit.unit, &contact, grade);
    if (grade != GRADE_D && party_is_judged(place->entry.party, &walk->out->registers->policy)) {
        TRY(add_vendor(walk, &place->entry, &contact));
        see_vendor(walk, &place->entry, &contact);
    }
    return tally_observe(tally, place, &note.visit, &contact, grade);
}

/* Before the contacts: an opt-out that one contradicts holds for none. */
static enum err on_contact_before(void *context, const struct index_contact *row)
{
    struct walk *walk = context;
    const struct note *note;
    TRY(note_of(walk, row->visit, &note));
    bool counts = note && row->evidence != EVIDENCE_N && !(row->signals & SIGNAL_NAVIGATION);
    return counts ? judge_contact(walk, *note, row) : ERR_OK;
}

static enum err hear_signals(struct walk *walk, const struct index *index)
{
    if (!walk->out->registers->catalogue || !walk->out->registers->catalogue->has_signals)
        return ERR_OK;
    walk->listens = true;
    TRY(index_each_contact(index, on_contact_before, walk));
    walk->listens = false;
    tally_rejudge(&walk->out->tally);
    return ERR_OK;
}

static enum err on_contact(void *context, const struct index_contact *row)
{
    struct walk *walk = context;
    if (row->visit >= walk->note_count || row->visit < walk->visit)
        return ERR_INDEX;
    if (row->visit != walk->visit)
        TRY(finish_visit(walk));
    walk->visit = row->visit;
    const struct note *note = &walk->notes[row->visit];
    if (note->visit.unit == NOTE_NO_UNIT || row->evidence == EVIDENCE_N)
        return ERR_OK;
    see_contact(&walk->out->units[note->visit.unit], row);
    gather_note_entry(walk, note, row);
    if (row->signals & SIGNAL_NAVIGATION)
        return ERR_OK; /* on the way to the page, not in it: 5.2, note iii */
    return note->judged ? judge_contact(walk, *note, row) : ERR_OK;
}

static enum err on_cookie_after(void *context, const struct index_cookie *row)
{
    struct walk *walk = context;
    const struct note *note;
    TRY(note_of(walk, row->visit, &note));
    uint32_t host = note ? intern_find(&walk->out->tally.hosts, row->host) : INTERN_NONE;
    if (host == INTERN_NONE)
        return ERR_OK; /* nothing was fetched from there */
    uint32_t name = intern_add(&walk->cookie_names, row->name);
    return name == INTERN_NONE ? ERR_MEMORY
                               : tally_count_cookie(&walk->out->tally, &note->visit, row, host, name);
}

enum err gather_contacts(struct walk *walk, const struct index *index)
{
    walk->cookie_before.visit = NOTE_NO_UNIT;
    TRY(index_each_cookie(index, on_cookie_before, walk));
    TRY(hear_signals(walk, index));
    TRY(index_each_contact(index, on_contact, walk));
    if (walk->note_count)
        TRY(finish_visit(walk));
    return index_each_cookie(index, on_cookie_after, walk);
}
