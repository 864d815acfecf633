#include "ledger/same_inner.h"

#include <math.h>
#include <string.h>

const same_rules *same_rules_load(const data_set *d, fault *f)
{
    model_file   m;
    str          bytes;
    const float *head, *trees;
    same_rules  *r = new (d->a, same_rules);
    r->tellings = telling_rules_load(d, f);
    if (!r->tellings || !data_text(d, "ledger/merge.weights", &bytes, f)) return NULL;
    if (!model_open(&m, d->a, bytes, "ledger/merge.weights", f) || !model_numbers(&m, "head", 3, &head, f)) return NULL;
    if (head[0] != SAME_FEATURE_COUNT || head[1] < 1 || head[1] > 4096)
        return fault_set(f, "ledger/merge.weights: for another version of what is compared"), NULL;
    r->n_trees = (size_t)head[1], r->bias = head[2];
    if (!model_numbers(&m, "trees", r->n_trees * sizeof(same_tree) / sizeof(float), &trees, f)) return NULL;
    same_tree *v = new_array(d->a, same_tree, r->n_trees);
    memcpy(v, trees, r->n_trees * sizeof *v);
    for (size_t i = 0; i < r->n_trees; i++)
        for (size_t k = 0; k < TREE_SPLITS; k++)
            if (!(v[i].feature[k] >= -1 && v[i].feature[k] < SAME_FEATURE_COUNT))
                return fault_set(f, "ledger/merge.weights: damaged: a question about nothing"), NULL;
    r->trees = v;
    return r;
}

// The next node on the way down, or 0 at a leaf.
static size_t tree_step(const same_tree *t, size_t at, const float *f)
{
    if (at >= TREE_SPLITS) return 0;
    return 2 * at + (t->feature[at] < 0 || f[(size_t)t->feature[at]] < t->bound[at] ? 1 : 2);
}

float same_trees(const same_rules *rules, const float features[SAME_FEATURE_COUNT])
{
    float score = rules->bias;
    for (size_t i = 0; i < rules->n_trees; i++) {
        size_t at = 0;
        for (size_t next; (next = tree_step(&rules->trees[i], at, features)); at = next) continue;
        score += rules->trees[i].value[at];
    }
    return score;
}

// What a report tells in passing has few words of its own, and the trees know main happenings only: such a telling must have
// the day and place in common with the other, and people or figures besides.
static const float passing = -3.5f, passing_day = 1.5f, passing_place = 1.5f, passing_person = 1.5f, passing_figure = 1.0f,
                   passing_apart = -2.0f, passing_people_apart = -1.5f;

static float passing_score(const telling *x, const telling *y, const float *f)
{
    float people = f[SAME_harmed_shared] + f[SAME_people_full], score = passing;
    if (x->family != y->family) return -SAME_NEVER;
    score += f[SAME_day_first] == 2 ? passing_day : 0;
    score += f[SAME_place_first] == 2 ? passing_place : 0;
    score += passing_person * (people > 2 ? 2 : people) + passing_people_apart * (f[SAME_harmed_apart] > 0);
    score += f[SAME_killed] > 0 ? passing_figure : f[SAME_killed] < 0 ? passing_apart : 0;
    return score + (f[SAME_injured] > 0 ? passing_figure : f[SAME_injured] < 0 ? passing_apart : 0);
}

float same_score(const same_rules *rules, const telling *x, const telling *y)
{
    float f[SAME_FEATURE_COUNT];
    if (str_eq(x->report, y->report)) return -SAME_NEVER;
    same_features(rules->tellings, x, y, f);
    return x->main && y->main ? same_trees(rules, f) : passing_score(x, y, f);
}

// --- reasons ---

#define SAME_REASON(id, reason, way) #reason,
static const char *const reasons[] = {SAME_FEATURES(SAME_REASON)};

static void reason_add(arena *a, same_reason_list *l, const char *what, float weight)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->v[i].what, what)) {
            l->v[i].weight += weight;
            return;
        }
    *push(a, l) = (same_reason){what, STR(""), weight};
}

// Each question moves the score from what the trees expect before it to what they expect after it; that is its reason's share.
same_reason_list same_reasons(arena *a, const same_rules *rules, const telling *x, const telling *y)
{
    same_reason_list l = {0};
    float            f[SAME_FEATURE_COUNT];
    same_features(rules->tellings, x, y, f);
    for (size_t i = 0; i < rules->n_trees; i++) {
        const same_tree *t = &rules->trees[i];
        for (size_t at = 0, next; (next = tree_step(t, at, f)); at = next)
            if (t->feature[at] >= 0) reason_add(a, &l, reasons[(size_t)t->feature[at]], t->value[next] - t->value[at]);
    }
    return l;
}
