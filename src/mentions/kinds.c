// Of what kind a thing is: each mention votes by what the tables know of it, its title, its head noun and what the
// name recogniser said; a thing is what most of its mentions make it.

#include "mentions/inner.h"

#include <string.h>

// Tables know better than the words of a name, those better than the recogniser, which errs on one name in six.
enum { VOTE_KNOWN = 20, VOTE_WORDS = 6, VOTE_DESCRIPTION = 4, VOTE_LABEL = 3, VOTE_GIVEN = 3, VOTE_TOWN = 4 };

enum { LARGE_TOWN = 50000, TOWN = 3000 }; // people: known by its name alone; known where the words before say place

static int kind_of_label(uint8_t ent)
{
    switch (ent) {
    case ENT_PERSON: return ENTITY_PERSON;
    case ENT_ORG: return ENTITY_ORGANISATION;
    case ENT_NORP: return ENTITY_PEOPLE;
    case ENT_GPE:
    case ENT_LOC: return ENTITY_PLACE;
    case ENT_FAC: return ENTITY_FACILITY;
    case ENT_NONE: return -1;
    default: return ENTITY_OTHER;
    }
}

// "in Narok", "near Narok".
static bool follows_locative(const workings *w, const phrase *f)
{
    static const char *const words[] = {"in",   "near", "outside", "around", "across", "throughout",
                                        "from", "to",   "at",      "of",     "toward", "towards"};
    uint32_t                 i = f->m.first;
    if (i == 0 || w->p->v[i - 1].pos != POS_ADP) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(w->p->v[i - 1].lower, words[k])) return true;
    return false;
}

static bool is_number(const token *t) { return t->text.n <= 3 && t->text.p[0] >= '0' && t->text.p[0] <= '9'; }

static bool beside_fits(const workings *w, const beside_row *row, uint32_t first, uint32_t end)
{
    for (uint32_t k = 0; k < row->n; k++) {
        if (row->before ? first <= k : end + k >= w->p->n) return false;
        const token *t = &w->p->v[row->before ? first - 1 - k : end + k];
        if (str_is(row->words[k], "#") ? !is_number(t) : !str_eq(row->words[k], t->lower)) return false;
    }
    return true;
}

const beside_row *mentions_beside(const workings *w, uint32_t first, uint32_t end)
{
    for (int before = 0; before < 2; before++) {
        if (before ? first == 0 : end >= w->p->n) continue;
        uint32_t k = map_get(&w->r->beside_at[before], w->p->v[before ? first - 1 : end].lower);
        for (; k != MAP_NONE; k = w->r->beside[k].next)
            if (beside_fits(w, &w->r->beside[k], first, end)) return &w->r->beside[k];
    }
    return NULL;
}

// "in Narok", "Narok police", "Narok, Ore.": words that only a town stands beside.
static bool is_beside_town_words(const workings *w, const phrase *f, const beside_row *beside)
{
    static const char *const words[] = {"in", "near", "outside"};
    uint32_t                 i = f->m.first, k = f->name_end;
    if (beside && beside->town) return true;
    for (size_t n = 0; n < sizeof words / sizeof *words; n++)
        if (i > 0 && str_is(w->p->v[i - 1].lower, words[n])) return true;
    return k + 1 < w->p->n && str_is(w->p->v[k].text, ",") && map_get(&w->r->province_at, w->p->v[k + 1].text) != MAP_NONE;
}

// Whether the gazetteer has a town of that name that one may have meant; with `any` the smallest too.
static bool is_town(const workings *w, const phrase *f, bool any)
{
    const place *v;
    if (f->role || f->noun || f->name_end - f->name_first > 4) return false;
    size_t n = gazetteer_find(w->r->places, w->a, span_of(w->p->text, parse_span(w->p, f->name_first, f->name_end)), &v);
    bool   held = follows_locative(w, f) || any;
    for (size_t k = 0; k < n; k++) {
        if (!v[k].usual) continue;
        if (any) return true;
        if (held && (v[k].precision == PLACE_PROVINCE || v[k].population > TOWN)) return true;
        if (f->ent != ENT_PERSON && (v[k].precision == PLACE_PROVINCE || v[k].population > LARGE_TOWN)) return true;
    }
    return false;
}

static void vote_name(const workings *w, phrase *f)
{
    if (f->known != NO_THING) {
        const known_name *k = &w->r->known[f->known];
        bool              people = !(k->as & KNOWN_NAME) && !f->adjective;
        f->votes[people ? ENTITY_PEOPLE : w->r->things[k->thing].kind] += VOTE_KNOWN;
        return;
    }
    f->weak = true;
    if (f->role) f->votes[ENTITY_PERSON] += VOTE_WORDS, f->weak = false;
    else if (f->role_end > f->role_first) {
        const head_word *h = mentions_head(w->r, w->fold[f->role_end - 1]);
        if (h && !h->only) f->votes[h->kind] += VOTE_WORDS, f->weak = false;
    }
    if (f->noun) f->votes[f->noun->kind] += VOTE_WORDS, f->weak = false;
    int label = kind_of_label(f->ent);
    if (f->m.at.start == w->art->dateline.start && f->m.at.end <= w->art->dateline.end && !f->role)
        f->votes[ENTITY_PLACE] += VOTE_KNOWN;
    if (label >= 0) f->votes[label] += VOTE_LABEL;
    const beside_row *beside = mentions_beside(w, f->name_first, f->name_end);
    if (beside && !beside->town) f->votes[beside->kind] += VOTE_WORDS, f->weak = false;
    if (is_beside_town_words(w, f, beside) && is_town(w, f, true)) {
        f->votes[ENTITY_PLACE] += VOTE_WORDS;
        f->weak = false;
        f->town = true;
    } else if (label != ENTITY_PLACE && is_town(w, f, false)) f->votes[ENTITY_PLACE] += VOTE_TOWN;
    if (f->name_end - f->name_first >= 2 && map_get(&w->r->given_at, w->fold[f->name_first]) != MAP_NONE && !f->noun)
        f->votes[ENTITY_PERSON] += VOTE_GIVEN, f->weak = f->ent == ENT_NONE;
}

void mentions_vote(const workings *w, phrase *f)
{
    if (f->m.form == MENTION_PRONOUN || f->group) return;
    if (f->m.form == MENTION_NAME) {
        vote_name(w, f);
        return;
    }
    if (f->role) f->votes[f->plural ? ENTITY_PEOPLE : ENTITY_PERSON] += VOTE_DESCRIPTION, f->weak = f->role->body;
    else if (f->noun && !f->noun->only) f->votes[f->noun->kind] += VOTE_DESCRIPTION;
}

int mentions_kind(const phrase *f)
{
    int best = -1, most = 0;
    for (int k = 0; k <= ENTITY_OTHER; k++)
        if (f->votes[k] > most) most = f->votes[k], best = k;
    return best;
}

bool mentions_kinds_fit(int x, int y)
{
    static const uint8_t fits[] = {
        [ENTITY_PERSON] = 1 << ENTITY_PERSON,
        [ENTITY_ORGANISATION] = 1 << ENTITY_ORGANISATION | 1 << ENTITY_ARMED_GROUP | 1 << ENTITY_PEOPLE | 1 << ENTITY_FACILITY,
        [ENTITY_ARMED_GROUP] = 1 << ENTITY_ARMED_GROUP | 1 << ENTITY_ORGANISATION | 1 << ENTITY_PEOPLE,
        [ENTITY_STATE] = 1 << ENTITY_STATE | 1 << ENTITY_PLACE,
        [ENTITY_PEOPLE] = 1 << ENTITY_PEOPLE | 1 << ENTITY_ORGANISATION | 1 << ENTITY_ARMED_GROUP,
        [ENTITY_PLACE] = 1 << ENTITY_PLACE | 1 << ENTITY_STATE | 1 << ENTITY_FACILITY,
        [ENTITY_FACILITY] = 1 << ENTITY_FACILITY | 1 << ENTITY_PLACE | 1 << ENTITY_ORGANISATION,
        [ENTITY_OTHER] = 1 << ENTITY_OTHER,
    };
    return x < 0 || y < 0 || (fits[x] >> y & 1);
}

// The same name is of one kind throughout a report: its mentions vote together.
static void settle_same_names(workings *w)
{
    map       at = {0};
    uint32_t *first = new_array(w->a, uint32_t, w->n + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        first[i] = i;
        if (f->m.form != MENTION_NAME || !f->key.n || f->known != NO_THING) continue;
        uint32_t *to = map_put(w->a, &at, f->key);
        if (*to == MAP_NONE) *to = i;
        else
            for (int k = 0; k <= ENTITY_OTHER; k++)
                w->v[*to].votes[k] = (int16_t)(w->v[*to].votes[k] + (w->v[*to].votes[k] < 9999 ? f->votes[k] : 0));
        if (!f->weak) w->v[*to].weak = false;
        if (f->town) w->v[*to].town = true;
        first[i] = *to;
    }
    for (uint32_t i = 0; i < w->n; i++)
        if (first[i] != i) {
            memcpy(w->v[i].votes, w->v[first[i]].votes, sizeof w->v[i].votes);
            w->v[i].weak = w->v[first[i]].weak;
            w->v[i].town = w->v[first[i]].town;
        }
}

// A surname is a person's, whatever the recogniser took it for, where the report has somebody of that name.
static void settle_surnames(workings *w)
{
    map surnames = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->m.form != MENTION_NAME || f->known != NO_THING || mentions_kind(f) != ENTITY_PERSON) continue;
        const char *blank = memrchr(f->key.p, ' ', f->key.n);
        if (blank) *map_put(w->a, &surnames, str_cut(f->key, (size_t)(blank + 1 - f->key.p), f->key.n)) = 1;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (f->m.form != MENTION_NAME || !f->weak || map_get(&surnames, f->key) == MAP_NONE) continue;
        memset(f->votes, 0, sizeof f->votes);
        f->votes[ENTITY_PERSON] = VOTE_LABEL;
    }
}

// "Turkey and Greece" is of its members' kind.
static void settle_groups(workings *w)
{
    for (uint32_t i = 0; i < w->n; i++) {
        phrase  *f = &w->v[i];
        uint32_t of = f->group ? w->of_head[f->m.head] : NO_MENTION;
        int      k = of == NO_MENTION ? -1 : mentions_kind(&w->v[of]);
        if (k >= 0) f->votes[k == ENTITY_PERSON ? ENTITY_PEOPLE : k] = VOTE_DESCRIPTION;
    }
}

void mentions_settle_kinds(workings *w)
{
    settle_same_names(w);
    settle_surnames(w);
    settle_groups(w);
}
