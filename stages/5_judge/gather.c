// SPDX-License-Identifier: MIT
#include "5_judge/gather.h"

#include "4_index/href.h"
#include "4_index/session.h"
#include "5_judge/gather_walk.h"
#include "5_judge/page_key.h"

#define NS_PER_S INT64_C(1000000000)
#define DAY_NS   (86400 * NS_PER_S)

date_days gather_day_of(int64_t time_ns)
{
    int64_t day = time_ns / DAY_NS - (time_ns % DAY_NS < 0);
    return (date_days)day; /* 64 bits of nanoseconds are 584 years */
}

/* An address without scheme and final slash, so that http and https, "/a" and "/a/" are one entry page. */
static struct span entry_key(struct span url)
{
    struct span key = span_from(url, span_find_span(url, SPAN("://"), 0) + 3);
    while (key.bytes && key.at[key.bytes - 1] == '/')
        key.bytes--;
    return key;
}

static enum err add_entries(struct walk *walk, uint32_t unit)
{
    const struct span_list *urls = &walk->out->registers->units[unit].entry_urls;
    for (size_t i = 0; i < urls->count; i++) {
        uint32_t id = intern_add(&walk->entries, entry_key(urls->items[i]));
        if (id == INTERN_NONE || !keymap_add(&walk->entry_of, unit, id))
            return ERR_MEMORY;
    }
    return ERR_OK;
}

/* Whoever uses an app enters it: every session begins there. */
static bool is_entry(const struct walk *walk, uint32_t unit, struct span url)
{
    if (session_unit(url).bytes || !walk->out->registers->units[unit].entry_urls.count)
        return true;
    uint32_t id = intern_find(&walk->entries, entry_key(url));
    return id != INTERN_NONE && keymap_find(&walk->entry_of, unit, id);
}

/* Units that do not live on the day take no visits from those that do. */
static enum err add_units(struct walk *walk)
{
    const struct registers *registers = walk->out->registers;
    for (size_t i = 0; i < registers->unit_count; i++) {
        const struct unit *unit = &registers->units[i];
        struct gather_unit *counts = &walk->out->units[i];
        counts->in_scope = walk->scopes[i].scope == SCOPE_IN;
        counts->facts = (struct measurement_facts){.is_app = unit->channel == CHANNEL_APP,
                                                   .has_flow = unit->flow_scope.count > 0};
        counts->result.known_page_count = unit->known_page_count;
        counts->result.window_from_ns = counts->result.window_to_ns = RECORD_NO_DATE;
        TRY(add_entries(walk, (uint32_t)i));
        for (size_t k = 0; k < unit->url_scope.count; k++)
            if (unit->valid_from <= walk->day && walk->day <= unit->valid_to)
                TRY(pattern_map_add(&walk->scope_map, unit->url_scope.items[k], (uint32_t)i));
    }
    return pattern_map_sort(&walk->scope_map);
}

static bool in_flow(const struct unit *unit, struct span host, struct span path)
{
    for (size_t i = 0; i < unit->flow_scope.count; i++)
        if (register_pattern_covers(unit->flow_scope.items[i], host, path))
            return true;
    return false;
}

/* A page counts once, however often it was captured. */
static void count_page(uint32_t *count, uint32_t *last_page, uint32_t page)
{
    *count += *last_page != page + 1;
    *last_page = page + 1;
}

static void count_entry(struct gather_unit *counts, uint32_t page)
{
    count_page(&counts->facts.entry_page_count, &counts->last_entry_page, page);
}

static void widen_window(struct measurement_result *result, int64_t time_ns)
{
    if (time_ns == RECORD_NO_DATE)
        return;
    if (result->window_from_ns == RECORD_NO_DATE || time_ns < result->window_from_ns)
        result->window_from_ns = time_ns;
    if (result->window_to_ns == RECORD_NO_DATE || time_ns > result->window_to_ns)
        result->window_to_ns = time_ns;
}

static void count_shown(struct gather_unit *counts, enum producer producer, uint32_t page)
{
    struct measurement_result *result = &counts->result;
    result->producers |= 1u << producer;
    result->script_executing |= producer_traits(producer)->runs_scripts;
    for (int c = 0; c < CAPABILITY_COUNT; c++)
        if (producer_ability(producer, (enum capability)c) == ABILITY_RELIABLE)
            count_page(&result->shown_page_counts[c], &counts->last_shown_page[c], page);
}

static enum err count_visit(struct walk *walk, const struct index_visit *row, struct note *note,
                            struct span path)
{
    const struct unit *unit = &walk->out->registers->units[note->visit.unit];
    struct gather_unit *counts = &walk->out->units[note->visit.unit];
    struct measurement_result *result = &counts->result;
    uint32_t *seen = keymap_add(&walk->archives, note->visit.unit, row->archive);
    if (!seen)
        return ERR_MEMORY;
    result->archive_count += !*seen;
    *seen = 1;
    bool flow = in_flow(unit, row->host, path);
    note->judged =
        counts->in_scope && (flow || !unit->flow_scope.count || !walk->out->registers->policy.flow_only);
    note->visit.usable = row->has_text && row->status < 400;
    result->visit_count++;
    widen_window(result, row->time_ns);
    if (row->time_ns != RECORD_NO_DATE && row->time_ns % NS_PER_S)
        result->seen |= 1u << CAPABILITY_DATE;
    if (!note->visit.usable) {
        result->failed_count++;
        return ERR_OK;
    }
    count_page(&result->page_count, &counts->last_usable_page, note->visit.page);
    if (flow)
        count_page(&result->flow_page_count, &counts->last_flow_page, note->visit.page);
    struct judged_page *page = &walk->out->pages[note->visit.page];
    page->is_captured |= note->judged;
    if (is_entry(walk, note->visit.unit, row->page_url)) {
        count_entry(counts, note->visit.page);
        page->is_entry = true;
    }
    count_shown(counts, row->producer, note->visit.page);
    result->script_executing |= session_unit(row->page_url).bytes > 0; /* the app itself ran */
    result->consent_states |= 1u << row->consent.state;
    return ERR_OK;
}

/* The unit whose visit it is: an app's by its session, any other by the most specific scope. */
static uint32_t unit_of(const struct walk *walk, const struct index_visit *row, struct span path)
{
    const struct registers *registers = walk->out->registers;
    struct span app = session_unit(row->page_url);
    struct pattern_cursor cursor = pattern_map_find(row->host, path);
    if (!app.bytes)
        return pattern_map_next(&walk->scope_map, &cursor) ? cursor.entry->value : NOTE_NO_UNIT;
    const struct unit *unit = register_unit(registers, app);
    bool lives =
        unit && unit->channel == CHANNEL_APP && unit->valid_from <= walk->day && walk->day <= unit->valid_to;
    return lives ? (uint32_t)(unit - registers->units) : NOTE_NO_UNIT;
}

static enum err count_outside(struct walk *walk, const struct index_visit *row)
{
    struct gather *out = walk->out;
    uint32_t number = intern_add(&out->outside_hosts, row->host.bytes ? row->host : row->page_url);
    if (number == INTERN_NONE)
        return ERR_MEMORY;
    if (number == out->outside_count) {
        struct judge_outside *fresh =
            ARENA_PUSH(walk->arena, out->outside, out->outside_count, out->outside_capacity);
        if (!fresh)
            return ERR_MEMORY;
        *fresh = (struct judge_outside){intern_text(&out->outside_hosts, number), 0};
    }
    out->outside[number].count++;
    out->visits_outside++;
    return ERR_OK;
}

/* Visits of one URL follow each other. */
static enum err add_page(struct walk *walk, const struct note *note, const struct index_visit *row)
{
    struct gather *out = walk->out;
    if (out->page_count == (size_t)walk->page + 1)
        return ERR_OK;
    struct judged_page *page = ARENA_PUSH(walk->arena, out->pages, out->page_count, out->page_capacity);
    if (!page)
        return ERR_MEMORY;
    page->unit = note->visit.unit;
    if (note->visit.unit == NOTE_NO_UNIT)
        return ERR_OK;
    struct arena_mark mark = arena_mark(walk->arena);
    page->key = page_key_of(page_key_text(row->page_url, walk->arena));
    page->host_key = page_key_of(row->host);
    bool full = walk->arena->full;
    arena_back_to(walk->arena, mark);
    return full ? ERR_MEMORY : ERR_OK;
}

static enum err on_visit(void *context, const struct index_visit *row)
{
    struct walk *walk = context;
    struct note *note = ARENA_PUSH(walk->arena, walk->notes, walk->note_count, walk->note_capacity);
    if (!note)
        return ERR_MEMORY;
    if (row->id != walk->note_count - 1)
        return ERR_INDEX;
    if (walk->note_count > 1 && !span_equal(row->page_url, walk->page_url))
        walk->page++;
    walk->page_url = row->page_url;
    bool dated = row->time_ns != RECORD_NO_DATE;
    *note = (struct note){
        .visit = {.unit = NOTE_NO_UNIT,
                  .page = walk->page,
                  .day = dated ? gather_day_of(row->time_ns) : walk->day},
        .time_ns = row->time_ns
    };
    if (dated && (!walk->has_dates || note->visit.day > walk->out->window_end))
        walk->out->window_end = note->visit.day;
    walk->has_dates |= dated;
    struct span path = href_of(row->page_url).path;
    note->visit.unit = unit_of(walk, row, path);
    TRY(add_page(walk, note, row));
    if (note->visit.unit == NOTE_NO_UNIT)
        return count_outside(walk, row);
    return count_visit(walk, row, note, path);
}

/* A redirect away from the entry address is part of the visit it led to. */
void gather_note_entry(struct walk *walk, const struct note *note, const struct index_contact *row)
{
    bool leads = row->resource == RESOURCE_DOCUMENT || row->resource == RESOURCE_REDIRECT ||
                 row->resource == RESOURCE_OTHER;
    struct gather_unit *counts = &walk->out->units[note->visit.unit];
    if (note->visit.usable && leads && row->evidence <= EVIDENCE_O5 && counts->facts.entry_page_count == 0 &&
        is_entry(walk, note->visit.unit, row->first_url)) {
        count_entry(counts, note->visit.page);
        walk->out->pages[note->visit.page].is_entry = true;
    }
}

struct index_contact gather_dated(const struct index_contact *row, struct note *note)
{
    struct index_contact contact = *row;
    if (contact.first_time_ns == RECORD_NO_DATE)
        contact.first_time_ns = note->time_ns;
    else
        note->visit.day = gather_day_of(contact.first_time_ns);
    return contact;
}

enum err gather_index(const struct index *index, const struct registers *registers,
                      const struct suffixes *suffixes, const struct scope_result *scopes, date_days day,
                      const struct judge_watch *watch, struct arena *arena, struct gather *out)
{
    struct walk walk = {.out = out, .suffixes = suffixes, .scopes = scopes, .day = day, .arena = arena};
    *out = (struct gather){.registers = registers, .window_end = day};
    out->units = arena_alloc(arena, registers->unit_count * sizeof *out->units);
    if (!out->units)
        return ERR_MEMORY;
    TRY(tally_init(&out->tally, registers, arena));
    out->tally.watch = watch;
    TRY(gather_aliases(index, arena, &out->tally.directory));
    pattern_map_init(&walk.scope_map, arena);
    intern_init(&walk.entries, arena);
    intern_init(&out->outside_hosts, arena);
    intern_init(&walk.cookie_names, arena);
    keymap_init(&walk.entry_of, arena);
    keymap_init(&walk.archives, arena);
    keymap_init(&walk.setters, arena);
    TRY(add_units(&walk));
    TRY(index_each_visit(index, on_visit, &walk));
    out->tally.window_end = out->window_end;
    return gather_contacts(&walk, index);
}
