/* The look-up behind message_find, apart so that a test can watch it. Includes
 * the generated table, so it belongs in one source file of a program only. */
#pragma once

#include <stddef.h>

#include "lang/messages.h"

typedef struct Message {
    int state, token;
    int sentence;
} Message;

#include "messages_table.h"

static const Message *message_search(int state, int token)
{
    size_t low = 0, high = sizeof messages / sizeof *messages;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const Message *message = &messages[middle];
        if (message->state == state && message->token == token)
            return message;
        if (message->state < state || (message->state == state && message->token < token))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const char *message_written(int state, int token)
{
    const Message *message = message_search(state, token);
    if (!message)
        message = message_search(state, MESSAGE_ANY_TOKEN);
    return message ? sentences[message->sentence] : NULL;
}
