#include "cli/clock.h"

bool clock_now(const Invocation *call, Zone zone, Instant *now, Error *err)
{
    const char *pretended = option_text(call, "now");
    if (pretended) {
        TypedTime time;
        if (!time_parse(zone, pretended, &time, err))
            return error_kind(err, ERROR_USAGE,
                              "'--now %s' is not a time like 2021-02-01T09:00", pretended);
        *now = time.at;
        return true;
    }
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    *now = (Instant)time.tv_sec * SECOND_MS + time.tv_nsec / 1000000;
    return true;
}
