#include "lang/graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

Graph graph_new(uint32_t count)
{
    Graph graph = {.count = count};
    graph.first = mem_alloc_array(count, sizeof *graph.first);
    graph.last = mem_alloc_array(count, sizeof *graph.last);
    for (uint32_t i = 0; i < count; i++)
        graph.first[i] = graph.last[i] = -1;
    return graph;
}

void graph_add(Graph *graph, uint32_t from, uint32_t to, Span span, const void *data)
{
    graph->edges = mem_grow(graph->edges, &graph->edge_capacity, graph->edge_count + 1,
                            sizeof *graph->edges);
    int32_t edge = (int32_t)graph->edge_count++;
    graph->edges[edge] = (GraphEdge){.to = to, .next = -1, .span = span, .data = data};
    if (graph->last[from] >= 0)
        graph->edges[graph->last[from]].next = edge;
    else
        graph->first[from] = edge;
    graph->last[from] = edge;
}

void graph_clear(Graph *graph)
{
    free(graph->first);
    free(graph->last);
    free(graph->edges);
    *graph = (Graph){0};
}

/* A depth-first walk. `path[i]` is the edge taken from `nodes[i]`, and depth of a
 * node on the path is kept in `at`, -1 when it is not on it. */
typedef struct Walk {
    const Graph *graph;
    uint32_t *nodes;
    const GraphEdge **path;
    int32_t *cursor; /* the next edge of nodes[i] to follow */
    int32_t *at;
    bool *done;
    uint32_t depth;
    uint32_t *order, ordered;
    CircleFound found;
    void *context;
} Walk;

static void enter(Walk *walk, uint32_t node)
{
    walk->nodes[walk->depth] = node;
    walk->cursor[walk->depth] = walk->graph->first[node];
    walk->at[node] = (int32_t)walk->depth++;
}

static void leave(Walk *walk)
{
    uint32_t node = walk->nodes[--walk->depth];
    walk->at[node] = -1;
    walk->done[node] = true;
    if (walk->order)
        walk->order[walk->ordered++] = node;
}

static void follow(Walk *walk, const GraphEdge *edge)
{
    walk->path[walk->depth - 1] = edge;
    walk->cursor[walk->depth - 1] = edge->next;
    int32_t at = walk->at[edge->to];
    if (at >= 0) {
        Circle circle = {edge->to, walk->path + at, walk->depth - (uint32_t)at};
        walk->found(walk->context, &circle);
    } else if (!walk->done[edge->to]) {
        enter(walk, edge->to);
    }
}

static void walk_from(Walk *walk, uint32_t node)
{
    enter(walk, node);
    while (walk->depth) {
        int32_t edge = walk->cursor[walk->depth - 1];
        if (edge < 0)
            leave(walk);
        else
            follow(walk, &walk->graph->edges[edge]);
    }
}

void graph_circles(const Graph *graph, CircleFound found, void *context, uint32_t *order)
{
    size_t count = graph->count;
    Walk walk = {
        .graph = graph,
        .nodes = mem_alloc_array(count, sizeof *walk.nodes),
        .path = mem_alloc_array(count, sizeof *walk.path),
        .cursor = mem_alloc_array(count, sizeof *walk.cursor),
        .at = mem_alloc_array(count, sizeof *walk.at),
        .done = mem_alloc_array(count, sizeof *walk.done),
        .order = order,
        .found = found,
        .context = context,
    };
    memset(walk.at, 0xFF, count * sizeof *walk.at); /* -1 */
    for (uint32_t i = 0; i < graph->count; i++)
        if (!walk.done[i])
            walk_from(&walk, i);
    free(walk.nodes);
    free(walk.path);
    free(walk.cursor);
    free(walk.at);
    free(walk.done);
}
