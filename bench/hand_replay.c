#include "hand_replay.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- one line --------------------------------------------------------------------- */

typedef struct Line {
    const char *id;
    uint32_t id_length;
    uint64_t hash;
    LogEntry entry;
} Line;

static int two(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms", days_from_civil). */
static int64_t days_of(int year, int month, int day)
{
    year -= month <= 2;
    int64_t era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* "2021-02-01T09:30:00Z" */
static int64_t time_of(const char *p)
{
    int64_t days = days_of(two(p) * 100 + two(p + 2), two(p + 5), two(p + 8));
    return ((days * 24 + two(p + 11)) * 60 + two(p + 14)) * 60000;
}

static uint8_t event_of(const char *p)
{
    switch (p[0]) {
    case 'r':
        return p[2] == 'f' ? LOG_REFER : LOG_REVIEW;
    case 'a':
        return p[1] == 's' ? LOG_ASSESS : p[2] == 'a' ? LOG_ALARM : LOG_ALLOT;
    case 's':
        return p[1] == 'c' ? LOG_SCREEN : p[1] == 't' ? LOG_STRATEGY : LOG_SEE;
    case 'h':
        return LOG_HOLD;
    case 'g':
        return LOG_GO_ON;
    case 'p':
        return LOG_PLAN;
    }
    return LOG_CLOSE;
}

static const char *next_cell(const char *p)
{
    while (*p != ',')
        p++;
    return p + 1;
}

/* The second cell. */
static const char *read_id(const char *p, Line *line)
{
    uint64_t hash = 14695981039346656037u;
    line->id = p;
    for (; *p != ','; p++)
        hash = (hash ^ (uint8_t)*p) * 1099511628211u;
    line->id_length = (uint32_t)(p - line->id);
    line->hash = hash ^ hash >> 29;
    return p + 1;
}

/* The beginning of the next line. */
static const char *read_cells(const char *p, Line *line)
{
    line->entry.event = event_of(p);
    p = next_cell(p);
    line->entry.at = time_of(p);
    p = next_cell(next_cell(p)); /* the time, the person */
    line->entry.role = *p == 'i' ? LOG_INTAKE : *p == 'w' ? LOG_WORKER : LOG_MANAGER;
    p = next_cell(p);
    line->entry.value = -1;
    if (*p != ',') /* risk */
        line->entry.value = *p == 'l' ? 0 : *p == 'm' ? 1 : 2;
    p = next_cell(p);
    if (*p != '\n') { /* score */
        line->entry.value = 0;
        for (; *p != '\n'; p++)
            line->entry.value = (int16_t)(line->entry.value * 10 + *p - '0');
    }
    return p + 1;
}

/* ---- cases -------------------------------------------------------------------------- */

typedef struct Slot {
    const char *id;
    uint32_t id_length, index;
    uint64_t hash;
} Slot;

typedef struct Cases {
    Slot *slots;
    HandCase *cases;
    size_t slot_count, count, capacity;
} Cases;

static void place(Cases *all, Slot slot)
{
    size_t at = slot.hash & (all->slot_count - 1);
    while (all->slots[at].id)
        at = (at + 1) & (all->slot_count - 1);
    all->slots[at] = slot;
}

static void grow(Cases *all)
{
    size_t count = all->slot_count;
    Slot *old = all->slots;
    all->slot_count = count ? count * 2 : 1024;
    all->slots = calloc(all->slot_count, sizeof *all->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i].id)
            place(all, old[i]);
    free(old);
}

static HandCase *find_case(Cases *all, const Line *line)
{
    if (all->count * 2 >= all->slot_count)
        grow(all);
    size_t at = line->hash & (all->slot_count - 1);
    for (; all->slots[at].id; at = (at + 1) & (all->slot_count - 1)) {
        const Slot *slot = &all->slots[at];
        if (slot->hash == line->hash && slot->id_length == line->id_length &&
            memcmp(slot->id, line->id, line->id_length) == 0)
            return &all->cases[slot->index];
    }
    if (all->count == all->capacity) {
        all->capacity = all->capacity ? all->capacity * 2 : 1024;
        all->cases = realloc(all->cases, all->capacity * sizeof *all->cases);
    }
    all->slots[at] = (Slot){line->id, line->id_length, (uint32_t)all->count, line->hash};
    all->cases[all->count] = (HandCase){0};
    return &all->cases[all->count++];
}

static void judge(Cases *all, const Line *line, HandReplay *result)
{
    hand_apply(find_case(all, line), &line->entry, &result->sums);
}

/* Everything as it stands at `now`. */
static void end(Cases *all, int64_t now, HandReplay *result)
{
    result->cases += all->count;
    for (size_t i = 0; i < all->count; i++) {
        HandCase *one = &all->cases[i];
        hand_advance(one, now, &result->sums);
        result->open_overdue += one->first.open && one->first.missed;
        result->open_overdue += one->second.open && one->second.missed;
        result->open_not_due += one->first.open && !one->first.missed;
        result->open_not_due += one->second.open && !one->second.missed;
    }
    free(all->slots);
    free(all->cases);
}

/* ---- one thread ----------------------------------------------------------------------- */

static void run_alone(const char *p, const char *past, HandReplay *result)
{
    Cases all = {0};
    Line line = {0};
    while (p < past) {
        p = read_cells(read_id(p, &line), &line);
        judge(&all, &line, result);
    }
    end(&all, line.entry.at, result);
}

/* ---- two threads ------------------------------------------------------------------- */

/* Each reads the whole file, and takes the lines of its own half of the cases apart. */
typedef struct Half {
    const char *from, *past;
    uint64_t number; /* the upper bit of the hashes of its cases */
    HandReplay result;
} Half;

static void *judge_half(void *context)
{
    Half *half = context;
    Cases all = {0};
    Line line = {0};
    for (const char *p = half->from; p < half->past;) {
        const char *cells = read_id(p, &line);
        if (line.hash >> 63 == half->number) {
            p = read_cells(cells, &line);
            judge(&all, &line, &half->result);
        } else {
            p = (const char *)memchr(cells, '\n', (size_t)(half->past - cells)) + 1;
        }
    }
    const char *last = half->past - 1; /* as of the last line, whoever's it is */
    while (last > half->from && last[-1] != '\n')
        last--;
    read_cells(read_id(last, &line), &line);
    end(&all, line.entry.at, &half->result);
    return NULL;
}

static void add(HandReplay *to, const HandReplay *from)
{
    to->sums.accepted += from->sums.accepted;
    to->sums.refused += from->sums.refused;
    to->sums.met += from->sums.met;
    to->sums.late += from->sums.late;
    to->sums.missed += from->sums.missed;
    to->sums.closed_cases += from->sums.closed_cases;
    to->cases += from->cases;
    to->open_overdue += from->open_overdue;
    to->open_not_due += from->open_not_due;
}

static void run_two(const char *p, const char *past, HandReplay *result)
{
    Half halves[2] = {{.from = p, .past = past, .number = 0},
                      {.from = p, .past = past, .number = 1}};
    pthread_t other;
    pthread_create(&other, NULL, judge_half, &halves[1]);
    judge_half(&halves[0]);
    pthread_join(other, NULL);
    add(result, &halves[0].result);
    add(result, &halves[1].result);
}

bool hand_replay(const char *path, int threads, HandReplay *result)
{
    int file = open(path, O_RDONLY);
    struct stat info;
    *result = (HandReplay){0};
    if (file < 0 || fstat(file, &info) != 0)
        return false;
    size_t size = (size_t)info.st_size;
    const char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (text == MAP_FAILED)
        return false;
    const char *rows = (const char *)memchr(text, '\n', size) + 1;
    hand_prepare();
    if (threads == 1)
        run_alone(rows, text + size, result);
    else
        run_two(rows, text + size, result);
    munmap((void *)text, size);
    result->sums.check = 0;
    return true;
}
