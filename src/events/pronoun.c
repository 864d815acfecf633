// Whom pronouns mean: "I" whoever is speaking, "he", "it", "they" the likeliest noun phrase before them that fits in
// number, kind and gender; subjects rather than objects, near ones rather than far ones.
//
//   "Rebels shelled the port. Their attack killed two."   ->   Their: Rebels

#include "events/finding.h"

#include <stdlib.h>

// Points for a candidate; tried on annotated reports.
enum {
    POINTS_SAME_SENTENCE = 30,
    POINTS_LAST_SENTENCE = 14,
    POINTS_SUBJECT = 22,
    POINTS_MAIN_CLAUSE = 8,
    POINTS_OBJECT = 5,
    POINTS_NAMED = 6,
    POINTS_AGAIN = 4,
    POINTS_PER_TOKEN = -1,
    POINTS_SPEAKER = 12,
    POINTS_LEAST = 1,
    PRONOUN_SENTENCES = 3,
    PRONOUN_TOKENS_COUNTED = 24,
    PRONOUN_STEPS = 10,
    PRONOUN_REACH = 240
};

typedef enum { MEANS_NONE, MEANS_SPEAKER, MEANS_SPEAKERS, MEANS_MAN, MEANS_WOMAN, MEANS_THING, MEANS_MANY } pronoun_meaning;

static pronoun_meaning meaning_of(const token *t)
{
    static const struct {
        const char     *word;
        pronoun_meaning means;
    } words[] = {{"i", MEANS_SPEAKER},   {"me", MEANS_SPEAKER},  {"my", MEANS_SPEAKER},     {"myself", MEANS_SPEAKER},
                 {"we", MEANS_SPEAKERS}, {"us", MEANS_SPEAKERS}, {"our", MEANS_SPEAKERS},   {"ourselves", MEANS_SPEAKERS},
                 {"he", MEANS_MAN},      {"him", MEANS_MAN},     {"his", MEANS_MAN},        {"himself", MEANS_MAN},
                 {"she", MEANS_WOMAN},   {"her", MEANS_WOMAN},   {"hers", MEANS_WOMAN},     {"herself", MEANS_WOMAN},
                 {"it", MEANS_THING},    {"its", MEANS_THING},   {"itself", MEANS_THING},   {"they", MEANS_MANY},
                 {"them", MEANS_MANY},   {"their", MEANS_MANY},  {"themselves", MEANS_MANY}};
    if (t->pos != POS_PRON && t->pos != POS_DET && t->tag != TAG_PRP && t->tag != TAG_PRPS) return MEANS_NONE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(t->lower, words[i].word)) return words[i].means;
    return MEANS_NONE;
}

static char gender_of(const finding *f, const mention *m)
{
    for (uint32_t i = m->first; i < m->end; i++) {
        uint32_t g = map_get(&f->r->gender, f->p->v[i].lower);
        if (g != MAP_NONE) return (char)g;
    }
    const entity *e = &f->m->entities[m->entity];
    for (str rest = e->name; rest.p;) {
        str      word = str_split(rest, ' ', &rest);
        uint32_t g = map_get(&f->r->gender, word);
        if (g != MAP_NONE) return (char)g;
    }
    return 0;
}

static bool plural_mention(const finding *f, const mention *m)
{
    const token *t = &f->p->v[m->head];
    return t->tag == TAG_NNS || t->tag == TAG_NNPS || parse_has_child(f->p, m->head, DEP_conj);
}

static bool pronoun_fits(const finding *f, const mention *m, pronoun_meaning means)
{
    const entity *e = &f->m->entities[m->entity];
    const token  *t = &f->p->v[m->head];
    if (t->ent == ENT_DATE || t->ent == ENT_TIME || t->ent == ENT_MONEY || t->ent == ENT_PERCENT || t->pos == POS_PRON)
        return false;
    bool many = plural_mention(f, m),
         body = e->kind == ENTITY_ORGANISATION || e->kind == ENTITY_STATE || e->kind == ENTITY_ARMED_GROUP;
    char g;
    switch (means) {
    case MEANS_MAN:
    case MEANS_WOMAN:
        if (e->kind != ENTITY_PERSON || many) return false;
        g = gender_of(f, m);
        return !g || g == (means == MEANS_MAN ? 'm' : 'f');
    case MEANS_THING: return !many && e->kind != ENTITY_PERSON && e->kind != ENTITY_PEOPLE;
    case MEANS_MANY: return many || body || e->kind == ENTITY_PEOPLE;
    default: return false;
    }
}

// "it is clear that": stands for no noun.
static bool empty_it(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    if (!str_is(t->lower, "it")) return false;
    if (t->dep == DEP_expl) return true;
    if (t->dep != DEP_nsubj && t->dep != DEP_nsubjpass) return false;
    uint32_t v = t->head;
    if (!str_is(p->v[v].lemma, "be") && t->dep == DEP_nsubj) return false;
    return parse_has_child(p, v, DEP_ccomp) || parse_has_child(p, v, DEP_xcomp) || parse_has_child(p, v, DEP_csubj);
}

// The verb whose clause a token stands in, as its subject, object or oblique.
static uint32_t clause_verb(const parse *p, uint32_t i)
{
    for (int step = 0; step < PRONOUN_STEPS && p->v[i].head != i; step++) {
        i = p->v[i].head;
        if (clause_is_verb(p, i)) return i;
    }
    return i;
}

// "its offensive", "it began its offensive", "it says": only who can act can be meant.
static bool must_act(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    const token *t = &p->v[i];
    uint32_t     h = t->head;
    if (t->tag == TAG_PRPS) return (kind_of(f, h) & (IS_ACT | IS_VIOLENT)) != 0;
    if (t->dep != DEP_nsubj || !clause_is_verb(p, h)) return false;
    uint32_t o = parse_child(p, h, DEP_dobj);
    return (o != TOKEN_NONE && (kind_of(f, o) & (IS_ACT | IS_VIOLENT))) || parse_has_child(p, h, DEP_ccomp);
}

static int points_of(const finding *f, uint32_t i, const mention *m)
{
    const parse *p = f->p;
    const token *t = &p->v[m->head];
    uint32_t     apart = p->v[i].sentence - t->sentence, gap = i - m->head;
    bool         subject = t->dep == DEP_nsubj || t->dep == DEP_nsubjpass;
    uint32_t     verb = clause_verb(p, m->head);
    int          points = apart == 0 ? POINTS_SAME_SENTENCE : apart == 1 ? POINTS_LAST_SENTENCE : 0;
    if (subject) points += POINTS_SUBJECT + (p->v[verb].dep == DEP_ROOT ? POINTS_MAIN_CLAUSE : 0);
    else if (t->dep == DEP_dobj || t->dep == DEP_poss) points += POINTS_OBJECT;
    if (f->m->entities[m->entity].named) points += POINTS_NAMED;
    uint32_t often = f->mention_count[m->entity];
    points += POINTS_AGAIN * (int)(often > 4 ? 4 : often);
    points += POINTS_PER_TOKEN * (int)(gap > PRONOUN_TOKENS_COUNTED ? PRONOUN_TOKENS_COUNTED : gap);
    uint32_t over = f->said_in[i];
    if (over != NO_STATEMENT && f->sources->v[over].source != NO_SOURCE &&
        f->sources->sources[f->sources->v[over].source].entity == m->entity)
        points += f->sources->v[over].mode == SAID_INDIRECT ? POINTS_SPEAKER : -2 * POINTS_SPEAKER;
    return points;
}

static uint32_t speaker_at(const finding *f, uint32_t i)
{
    uint32_t over = f->said_in[i];
    if (over == NO_STATEMENT || f->sources->v[over].mode == SAID_INDIRECT || f->sources->v[over].source == NO_SOURCE)
        return NO_ENTITY;
    return f->sources->sources[f->sources->v[over].source].entity;
}

// Not the other party of its own verb ("Rebels freed them"), not what it stands within ("the man with his dog").
static bool barred(const finding *f, uint32_t i, const mention *m)
{
    const parse *p = f->p;
    bool         own = p->v[i].tag == TAG_PRPS;
    if (i >= m->first && i < m->end) return true;
    return !own && clause_verb(p, i) == clause_verb(p, m->head) && !str_ends(p->v[i].lower, STR("self")) &&
           !str_ends(p->v[i].lower, STR("selves"));
}

static uint32_t antecedent_of(const finding *f, uint32_t i, pronoun_meaning means)
{
    uint32_t sentence_of_i = f->p->v[i].sentence, best = NO_ENTITY;
    bool     acts = must_act(f, i);
    int      most = POINTS_LEAST - 1;
    for (uint32_t s = sentence_of_i + 1; s-- > 0 && sentence_of_i - s < PRONOUN_SENTENCES;)
        for (uint32_t k = f->mention_first[s]; k < f->mention_first[s + 1]; k++) {
            const mention *m = &f->m->v[f->mention_of[k]];
            if (m->head >= i || i - m->head > PRONOUN_REACH || m->entity == NO_ENTITY || !pronoun_fits(f, m, means) ||
                (acts && !is_person_kind(f->m->entities[m->entity].kind)) || barred(f, i, m))
                continue;
            int points = points_of(f, i, m);
            if (points > most) most = points, best = m->entity;
        }
    return best;
}

void pronouns_resolve(finding *f)
{
    const parse *p = f->p;
    f->pronoun = new_array(f->a, uint32_t, p->n + 1);
    for (uint32_t i = 0; i < p->n; i++) {
        f->pronoun[i] = NO_ENTITY;
        pronoun_meaning means = meaning_of(&p->v[i]);
        if (means == MEANS_NONE || empty_it(p, i)) continue;
        f->pronoun[i] = means == MEANS_SPEAKER || means == MEANS_SPEAKERS ? speaker_at(f, i) : antecedent_of(f, i, means);
    }
}

uint32_t holder_of(const finding *f, uint32_t i)
{
    if (i == TOKEN_NONE) return NO_ENTITY;
    if (f->pronoun[i] != NO_ENTITY) return f->pronoun[i];
    return mentions_entity(f->m, f->p, i);
}

typedef struct {
    uint32_t statement, size;
} said_size;

// Longest first: shorter ones then overwrite what they stand within.
static int longer_first(const void *x, const void *y)
{
    const said_size *a = x, *b = y;
    if (a->size != b->size) return a->size < b->size ? 1 : -1;
    return a->statement < b->statement ? 1 : -1;
}

static uint32_t *statements_by_token(const finding *f)
{
    const source_list *s = f->sources;
    said_size         *order = new_array(f->a, said_size, s->n + 1);
    uint32_t          *said = new_array(f->a, uint32_t, f->p->n + 1);
    for (size_t i = 0; i < f->p->n; i++) said[i] = NO_STATEMENT;
    for (size_t i = 0; i < s->n; i++) {
        order[i].statement = (uint32_t)i;
        for (size_t k = 0; k < s->v[i].n_content; k++) order[i].size += s->v[i].content[k].end - s->v[i].content[k].start;
    }
    qsort(order, s->n, sizeof *order, longer_first);
    for (size_t i = 0; i < s->n; i++) {
        const statement *q = &s->v[order[i].statement];
        for (size_t k = 0; k < q->n_content; k++)
            for (uint32_t t = parse_at(f->p, q->content[k].start); t < f->p->n && f->p->v[t].at.start < q->content[k].end; t++)
                if (f->p->v[t].at.start >= q->content[k].start) said[t] = order[i].statement;
    }
    return said;
}

// Mentions by the sentence of their head, and how many each entity has.
void finding_index(finding *f)
{
    const mention_list *m = f->m;
    uint32_t           *first = new_array(f->a, uint32_t, f->p->n_sentences + 2), *list = new_array(f->a, uint32_t, m->n + 1);
    f->mention_count = new_array(f->a, uint32_t, m->n_entities + 1);
    for (size_t i = 0; i < m->n; i++) {
        first[f->p->v[m->v[i].head].sentence + 1]++;
        if (m->v[i].entity != NO_ENTITY) f->mention_count[m->v[i].entity]++;
    }
    for (size_t i = 0; i < f->p->n_sentences; i++) first[i + 1] += first[i];
    uint32_t *next = new_array(f->a, uint32_t, f->p->n_sentences + 1);
    for (size_t i = 0; i < f->p->n_sentences; i++) next[i] = first[i];
    for (size_t i = 0; i < m->n; i++) list[next[f->p->v[m->v[i].head].sentence]++] = (uint32_t)i;
    f->mention_first = first;
    f->mention_of = list;
    f->said_in = statements_by_token(f);
}
