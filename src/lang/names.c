#include "lang/names.h"

#include <stdlib.h>
#include <string.h>

#include "lang/names_internal.h"

#define SEARCHES_MAX 200u

/* A clause that did not parse may have held the very names that others use, so
 * with such errors there is nothing reliable to say. A repaired misspelling
 * (CF002) lost nothing. */
static bool text_is_whole(const Diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i]->severity == SEVERITY_ERROR &&
            strcmp(diags->items[i]->code, "CF002"))
            return false;
    return true;
}

static void keep_windows(Names *names)
{
    names->flow->window_at = ARENA_ARRAY(names->arena, names->window_count, WindowAst);
    names->flow->window_count = (uint32_t)names->window_count;
    if (names->window_count)
        memcpy(names->flow->window_at, names->windows,
               names->window_count * sizeof *names->windows);
}

static void clear(Names *names)
{
    for (int i = 0; i < REF_KINDS; i++) {
        free(names->declared[i].items);
        map_clear(&names->declared[i].by_name);
    }
    map_clear(&names->reported);
    map_clear(&names->handled);
    free(names->windows);
    free(names->handled_at);
}

void names_resolve(Bundle *bundle)
{
    if (!text_is_whole(&bundle->diags))
        return;
    Names names = {
        .bundle = bundle,
        .flow = &bundle->flow,
        .arena = &bundle->arena,
        .diags = &bundle->diags,
        .searches_left = SEARCHES_MAX,
    };
    names_declare_all(&names);
    names_blocks_early(&names);
    names_declare_work(&names);
    names_blocks(&names);
    names_scenarios(&names);
    keep_windows(&names);
    names_shape(&names);
    names_circles(&names);
    clear(&names);
}
