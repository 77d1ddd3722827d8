#include "log/ahead.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    PIECES = 4,
    PIECE_BYTES = 256 * 1024, /* fits the cache, so that the digest finds it there */
};

typedef struct Piece {
    unsigned char *bytes; /* owned; PIECE_BYTES */
    ssize_t count;        /* as of read(2) */
    size_t used;
    int error; /* errno, where count is -1 */
} Piece;

struct Ahead {
    int file;                /* borrowed, as the next */
    struct sha256_ctx *hash; /* the thread's */
    Piece pieces[PIECES];    /* those from taken to filled - 1, modulo PIECES, are to be had */
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    uint64_t filled, taken;
    bool is_stopped;
};

/* ---- the thread ------------------------------------------------------------------- */

static bool wait_for_room(Ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled - ahead->taken == PIECES && !ahead->is_stopped)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool goes_on = !ahead->is_stopped;
    pthread_mutex_unlock(&ahead->lock);
    return goes_on;
}

static void fill(Ahead *ahead, Piece *piece)
{
    do
        piece->count = read(ahead->file, piece->bytes, PIECE_BYTES);
    while (piece->count < 0 && errno == EINTR);
    piece->error = errno;
    piece->used = 0;
    if (piece->count > 0)
        sha256_update(ahead->hash, (size_t)piece->count, piece->bytes);
}

static void count_one(Ahead *ahead, uint64_t *counter)
{
    pthread_mutex_lock(&ahead->lock);
    ++*counter;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

/* The piece that tells the end, or an error, is the last. */
static void *read_on(void *context)
{
    Ahead *ahead = context;
    bool goes_on = true;
    for (uint64_t number = 0; goes_on && wait_for_room(ahead); number++) {
        Piece *piece = &ahead->pieces[number % PIECES];
        fill(ahead, piece);
        goes_on = piece->count > 0;
        count_one(ahead, &ahead->filled);
    }
    return NULL;
}

/* ---- whoever asks ------------------------------------------------------------------- */

static void free_all(Ahead *ahead)
{
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->changed);
    for (int i = 0; i < PIECES; i++)
        free(ahead->pieces[i].bytes);
    free(ahead);
}

Ahead *ahead_new(int file, struct sha256_ctx *hash)
{
    Ahead *ahead = mem_alloc(sizeof *ahead);
    ahead->file = file;
    ahead->hash = hash;
    for (int i = 0; i < PIECES; i++)
        ahead->pieces[i].bytes = mem_alloc_raw(PIECE_BYTES);
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    if (pthread_create(&ahead->thread, NULL, read_on, ahead) == 0)
        return ahead;
    free_all(ahead);
    return NULL;
}

/* The oldest piece that is not used up; the last stays there. */
static Piece *piece_at_hand(Ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled == ahead->taken)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    Piece *piece = &ahead->pieces[ahead->taken % PIECES];
    pthread_mutex_unlock(&ahead->lock);
    return piece;
}

ssize_t ahead_read(Ahead *ahead, void *to, size_t size)
{
    Piece *piece = piece_at_hand(ahead);
    if (piece->count <= 0) {
        errno = piece->error;
        return piece->count;
    }
    size_t left = (size_t)piece->count - piece->used, count = left < size ? left : size;
    memcpy(to, piece->bytes + piece->used, count);
    piece->used += count;
    if (count == left)
        count_one(ahead, &ahead->taken);
    return (ssize_t)count;
}

void ahead_free(Ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->is_stopped = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    free_all(ahead);
}
