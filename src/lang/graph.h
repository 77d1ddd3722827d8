/* Things that point at things: for definitions that must not go round in a
 * circle. Walks with a stack of its own, so a chain of any length is safe. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

typedef struct GraphEdge {
    uint32_t to;
    int32_t next;     /* of the same node; -1 ends */
    Span span;        /* where it is said */
    const void *data; /* borrowed; the caller's business */
} GraphEdge;

typedef struct Graph {
    uint32_t count;
    int32_t *first, *last; /* owned: per node, into edges; -1 none */
    GraphEdge *edges;      /* owned */
    size_t edge_count, edge_capacity;
} Graph;

Graph graph_new(uint32_t count);
void graph_add(Graph *graph, uint32_t from, uint32_t to, Span span, const void *data);
void graph_clear(Graph *graph);

/* One circle: the edges in order, the last leading back to `start`. */
typedef struct Circle {
    uint32_t start;
    const GraphEdge *const *edges;
    uint32_t count;
} Circle;

typedef void (*CircleFound)(void *context, const Circle *circle);

/* Calls `found` for circles; none is missed altogether, though of circles that
 * share a part some may stay unsaid. `order` (NULL, or room for all nodes) gets
 * the nodes so that each stands after those it points at. */
void graph_circles(const Graph *graph, CircleFound found, void *context, uint32_t *order);
