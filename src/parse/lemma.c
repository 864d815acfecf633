// The lemmatizer, as spaCy's rule lemmatizer of English: endings are exchanged by rules, a form found in the index of known
// lemmas wins, listed exceptions come before all.
//
//   "bodies" NOUN   ->   rule "ies" -> "y": "body", known   ->   body

#include "base/unicode.h"
#include "net/table.h"
#include "parse/rules.h"
#include "tokens/ids.h"

enum { MOST_RULES = 64, MOST_EXCEPTIONS = 64, NO_TABLE = 255 };

struct lemmatizer {
    uint8_t         table[256];      // POS_… -> its number among the tables, or NO_TABLE
    const uint32_t *rule_first;      // [tables + 1]
    net_strings     rules;           // [2 * rules]: ending, what stands for it
    net_table       index;           // the set of pair keys of table and string id
    net_table       exceptions;      // pair key of table and string id -> number of a form
    const uint32_t *exception_first; // [forms + 1]
    net_strings     exception_lemmas;
};

static bool open_lemma_rules(lemmatizer *l, const net_file *f, uint32_t tables, fault *why)
{
    if (!net_file_strings(f, "lemma.rule", &l->rules, why) ||
        !(l->rule_first = net_file_items(f, "lemma.rule.first", NET_U32, why, 1, (size_t)tables + 1)))
        return false;
    bool ok = l->rule_first[0] == 0 && l->rule_first[tables] * (size_t)2 == l->rules.n;
    for (uint32_t i = 0; ok && i < tables; i++)
        ok = l->rule_first[i] <= l->rule_first[i + 1] && l->rule_first[i + 1] - l->rule_first[i] <= MOST_RULES;
    return ok ? true : fault_set(why, "%s: the rules of the lemmatizer are damaged", f->file);
}

static bool open_exceptions(lemmatizer *l, const net_file *f, fault *why)
{
    net_array first;
    if (!net_file_array(f, "lemma.exception.first", NET_U32, 1, &first, why) ||
        !net_file_strings(f, "lemma.exception", &l->exception_lemmas, why))
        return false;
    const uint32_t *v = l->exception_first = first.data;
    bool            ok = first.n > 0 && v[0] == 0 && v[first.n - 1] == l->exception_lemmas.n;
    for (size_t i = 0; ok && i + 1 < first.n; i++) ok = v[i] <= v[i + 1] && v[i + 1] - v[i] <= MOST_EXCEPTIONS;
    if (!ok) return fault_set(why, "%s: the exceptions of the lemmatizer are damaged", f->file);
    return net_table_open(f, "lemma.exception.id", (uint32_t)first.n - 1, &l->exceptions, why);
}

const lemmatizer *lemma_open(arena *a, const net_file *f, fault *why)
{
    lemmatizer *l = new (a, lemmatizer);
    net_strings names;
    if (!net_file_strings(f, "lemma.pos", &names, why)) return NULL;
    for (int pos = 0; pos < 256; pos++) {
        l->table[pos] = NO_TABLE;
        for (uint32_t i = 0; pos < POS_KNOWN && i < names.n && i < NO_TABLE; i++)
            if (str_is(net_string(names, i), parse_pos_name(NULL, (uint8_t)pos))) l->table[pos] = (uint8_t)i;
    }
    bool ok =
        open_lemma_rules(l, f, names.n, why) && open_exceptions(l, f, why) && net_set_open(f, "lemma.index", &l->index, why);
    return ok ? l : NULL;
}

// The value of a feature in "Number=Sing|Person=3", or empty.
static str feature_value(str morph, const char *name)
{
    for (str rest = morph; rest.n;) {
        str value, key = str_split(str_split(rest, '|', &rest), '=', &value);
        if (str_is(key, name)) return value;
    }
    return (str){0};
}

// A form that is its lemma already, by its features.
static bool is_base_form(uint8_t pos, str morph)
{
    str form = feature_value(morph, "VerbForm"), number = feature_value(morph, "Number");
    if (pos == POS_NOUN && str_is(number, "Sing")) return true;
    if (pos == POS_VERB && str_is(form, "Fin") && str_is(feature_value(morph, "Tense"), "Pres") && !number.n) return true;
    return str_is(form, "Inf") || str_is(form, "None") || str_is(feature_value(morph, "Degree"), "Pos");
}

static bool among(const str *v, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s)) return true;
    return false;
}

// The last exception listed for the form that is no form made by the rules and was not listed before; else `lemma`.
static str prefer_exceptions(const lemmatizer *l, uint8_t table, str lower, str lemma, const str *forms, size_t n)
{
    uint32_t k = net_table_find(&l->exceptions, net_pair_key(table, tokens_id(lower)));
    if (k == NET_NONE) return lemma;
    str    before[MOST_EXCEPTIONS];
    size_t n_before = 0;
    for (uint32_t i = l->exception_first[k]; i < l->exception_first[k + 1]; i++) {
        str x = net_string(l->exception_lemmas, i);
        if (!among(forms, n, x) && !among(before, n_before, x)) lemma = x;
        before[n_before++] = x;
    }
    return lemma;
}

static str lemma_by_rules(arena *a, const lemmatizer *l, uint8_t table, const lexeme *x)
{
    str    forms[MOST_RULES], lemma = {0}, odd = {0}, unknown = {0}; // odd: no word of letters
    size_t n = 0;
    for (uint32_t i = l->rule_first[table]; i < l->rule_first[table + 1]; i++) {
        str from = net_string(l->rules, 2 * i), to = net_string(l->rules, 2 * i + 1);
        if (!str_ends(x->lower, from)) continue;
        str form = arena_join(a, str_cut(x->lower, 0, x->lower.n - from.n), to);
        if (!form.n) continue;
        if (net_table_find(&l->index, net_pair_key(table, tokens_id(form))) != NET_NONE)
            lemma = forms[n++] = form; // the last one wins
        else if (!unicode_all(form, UNICODE_ALPHA)) odd = odd.n ? odd : form, forms[n++] = form;
        else if (!unknown.n) unknown = form;
    }
    lemma = prefer_exceptions(l, table, x->lower, lemma.n ? lemma : odd, forms, n);
    return lemma.n ? lemma : unknown.n ? unknown : x->text;
}

static str lemma_of(arena *a, const lemmatizer *l, const lexeme *x, uint8_t pos, str morph)
{
    if (pos == POS_NONE || pos == POS_EOL || pos == POS_SPACE || is_base_form(pos, morph)) return x->lower;
    if (l->table[pos] == NO_TABLE) return pos == POS_PROPN ? x->text : x->lower;
    return lemma_by_rules(a, l, l->table[pos], x);
}

void lemma_apply(arena *a, const lemmatizer *l, text_tokens t, token *v)
{
    // What was found last for a form; features of one value are one string of the model file.
    struct kept {
        str     morph, lemma;
        uint8_t pos;
    } *kept = new_array(a, struct kept, t.n_lexemes);
    for (size_t i = 0; i < t.n; i++) {
        if (v[i].lemma.p) continue;
        const lexeme *x = t.v[i].lex;
        struct kept  *k = &kept[x->number];
        if (!k->lemma.p || k->pos != v[i].pos || k->morph.p != v[i].morph.p || k->morph.n != v[i].morph.n)
            *k = (struct kept){v[i].morph, lemma_of(a, l, x, v[i].pos, v[i].morph), v[i].pos};
        v[i].lemma = k->lemma;
    }
}
