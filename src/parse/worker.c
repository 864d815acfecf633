#include "parse/worker.h"

#include <pthread.h>
#include <stdlib.h>

struct worker_pool {
    pthread_mutex_t lock;
    worker         *idle;
};

static void free_worker(worker *w)
{
    net_encoder_work_clear(&w->work), net_encoder_work_clear(&w->name_work);
    net_types_clear(&w->types), net_types_clear(&w->name_types);
    arc_work_clear(&w->arcs);
    free(w->scores);
    free(w->name_narrow), free(w->name_features);
    free(w);
}

static bool init_name_buffers(worker *w, const worker_sizes *s)
{
    if (!s->name_encoder) return true;
    w->name_narrow = calloc(NAME_STEP, s->names->inner * sizeof(float));
    w->name_features = calloc(NAME_STEP, net_head_row(s->names) * sizeof(float));
    return w->name_narrow && w->name_features && net_encoder_work_init(&w->name_work, s->name_encoder) &&
           net_types_init(&w->name_types, s->name_encoder);
}

static worker *new_worker(const worker_sizes *s)
{
    worker *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->scores = calloc(NET_BLOCK, s->tag_scores * sizeof(float));
    if (w->scores && net_encoder_work_init(&w->work, s->encoder) && net_types_init(&w->types, s->encoder) &&
        arc_work_init(&w->arcs, s->arcs) && init_name_buffers(w, s))
        return w;
    free_worker(w);
    return NULL;
}

worker_pool *worker_pool_new(void)
{
    worker_pool *p = calloc(1, sizeof *p);
    if (p && pthread_mutex_init(&p->lock, NULL)) {
        free(p);
        return NULL;
    }
    return p;
}

void worker_pool_empty(worker_pool *p)
{
    pthread_mutex_lock(&p->lock);
    for (worker *w = p->idle, *next; w; w = next) {
        next = w->next;
        free_worker(w);
    }
    p->idle = NULL;
    pthread_mutex_unlock(&p->lock);
}

void worker_pool_free(worker_pool *p)
{
    if (!p) return;
    worker_pool_empty(p);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

void worker_give(worker_lease *l)
{
    if (!l->w) return;
    pthread_mutex_lock(&l->from->lock);
    l->w->next = l->from->idle;
    l->from->idle = l->w;
    pthread_mutex_unlock(&l->from->lock);
    l->w = NULL;
}

static void end_lease(void *lease) { worker_give(lease); }

worker_lease *worker_take(worker_pool *p, arena *a, const worker_sizes *sizes)
{
    worker_lease *l = new (a, worker_lease);
    pthread_mutex_lock(&p->lock);
    l->w = p->idle;
    l->from = p;
    if (l->w) p->idle = l->w->next;
    pthread_mutex_unlock(&p->lock);
    if (!l->w && !(l->w = new_worker(sizes))) longjmp(*a->full, ARENA_MEMORY);
    arena_defer(a, end_lease, l);
    return l;
}
