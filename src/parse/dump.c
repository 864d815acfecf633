// The parse written out: every token a line, or CoNLL-U.

#include "base/utf8.h"
#include "parse/parse.h"

static void put_tsv_escaped(FILE *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\t') fputs("\\t", out);
        else if (s.p[i] == '\n') fputs("\\n", out);
        else if (s.p[i] == '\r') fputs("\\r", out);
        else fputc(s.p[i], out);
}

void parse_dump_tsv(FILE *out, const parse *p)
{
    fputs("start\tend\ttag\tpos\tmorph\tlemma\thead\tdep\tent\tsent_start\n", out);
    size_t points = 0, from = 0;
    for (size_t i = 0; i < p->n; i++) {
        const token *t = &p->v[i];
        points += utf8_count(str_cut(p->text, from, t->at.start));
        size_t length = utf8_count(t->text);
        fprintf(out, "%zu\t%zu\t%s\t%s\t%.*s\t", points, points + length, parse_tag_name(p, t->tag), parse_pos_name(p, t->pos),
                (int)t->morph.n, t->morph.p);
        put_tsv_escaped(out, t->lemma);
        fprintf(out, "\t%u\t%s\t", t->head, parse_dep_name(p, t->dep));
        if (t->iob == 'O') fputc('O', out);
        else fprintf(out, "%c-%s", t->iob, parse_ent_name(p, t->ent));
        fprintf(out, "\t%d\n", t->starts);
        points += length;
        from = t->at.end;
    }
}

static void conllu_token(FILE *out, const parse *p, const sentence *s, uint32_t i)
{
    const token *t = &p->v[i];
    uint32_t     head = t->head;
    while (p->v[head].pos == POS_SPACE && p->v[head].head != head) head = p->v[head].head;
    bool root = t->head == i || p->v[head].pos == POS_SPACE || head < s->first || head >= s->end;
    fprintf(out, "%u\t%.*s\t%.*s\t%s\t%s\t%.*s\t%u\t%s\t_\t", p->number[i], (int)t->text.n, t->text.p, (int)t->lemma.n,
            t->lemma.p, t->pos ? parse_pos_name(p, t->pos) : "_", t->tag ? parse_tag_name(p, t->tag) : "_",
            t->morph.n ? (int)t->morph.n : 1, t->morph.n ? t->morph.p : "_", root ? 0 : p->number[head],
            root ? "root" : parse_dep_name(p, t->dep));
    const char *bar = "";
    if (t->iob != 'O') {
        fprintf(out, "NER=%c-%s", t->iob, parse_ent_name(p, t->ent));
        bar = "|";
    }
    if (!t->spaced) fprintf(out, "%sSpaceAfter=No", bar), bar = "|";
    if (!*bar) fputc('_', out);
    fputc('\n', out);
}

void parse_dump_conllu(FILE *out, const parse *p)
{
    for (size_t k = 0, shown = 0; k < p->n_sentences; k++) {
        const sentence *s = &p->sentences[k];
        if (s->at.start == s->at.end) continue; // white space alone
        str text = span_of(p->text, s->at);
        fprintf(out, "# sent_id = %zu\n# text = ", ++shown);
        for (size_t i = 0; i < text.n; i++) fputc(text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i], out);
        fputc('\n', out);
        for (uint32_t i = s->first; i < s->end; i++)
            if (p->v[i].pos != POS_SPACE) conllu_token(out, p, s, i);
        fputc('\n', out);
    }
}
