#include "lang/messages.h"

#include "lang/messages_lookup.h"

const char *message_find(int state, int token)
{
    return message_written(state, token);
}
