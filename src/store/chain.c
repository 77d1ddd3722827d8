/* What an entry's hash covers, and how. Every field is written as its length (four
 * bytes, most significant first) and its bytes, so that no two rows can be read as
 * one another; what is missing has the length FFFFFFFF. Numbers are eight bytes,
 * most significant first. The order of the fields is part of the format. */
#include "store/store_internal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define MISSING 0xFFFFFFFFu

static_assert(crypto_hash_sha256_BYTES == STORE_HASH_BYTES, "hash");
static_assert(crypto_auth_hmacsha256_BYTES == STORE_HASH_BYTES, "commitment");
static_assert(crypto_auth_hmacsha256_KEYBYTES == STORE_SALT_BYTES, "salt");

static void put_big_endian(uint8_t *out, uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; i--, value >>= 8)
        out[i] = (uint8_t)value;
}

/* ---- the row -------------------------------------------------------------------- */

static void hash_bytes(crypto_hash_sha256_state *state, const void *bytes, size_t length)
{
    uint8_t prefix[4];
    put_big_endian(prefix, bytes ? length : MISSING, 4);
    crypto_hash_sha256_update(state, prefix, sizeof prefix);
    if (bytes)
        crypto_hash_sha256_update(state, bytes, length);
}

static void hash_text(crypto_hash_sha256_state *state, const char *text)
{
    hash_bytes(state, text, text ? strlen(text) : 0);
}

static void hash_number(crypto_hash_sha256_state *state, int64_t value)
{
    uint8_t bytes[8];
    put_big_endian(bytes, (uint64_t)value, 8);
    hash_bytes(state, bytes, sizeof bytes);
}

void chain_hash(const StoreMeta *meta, const EntryRow *row, const char *person_login,
                const char *on_behalf_login, uint8_t out[STORE_HASH_BYTES])
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, row->previous, STORE_HASH_BYTES);
    hash_bytes(&state, meta->database_id, STORE_ID_BYTES);
    hash_number(&state, row->number);
    hash_number(&state, row->case_id);
    hash_number(&state, row->seq);
    hash_text(&state, log_kind_text(row->kind));
    hash_number(&state, row->imported);
    hash_text(&state, row->name);
    hash_number(&state, row->effective);
    hash_number(&state, row->effective_day);
    hash_number(&state, row->date_only);
    hash_number(&state, row->recorded);
    hash_number(&state, row->person);
    hash_text(&state, person_login);
    hash_text(&state, row->role);
    hash_number(&state, row->on_behalf_of);
    hash_text(&state, on_behalf_login);
    hash_text(&state, row->on_behalf_role);
    hash_number(&state, row->refers_to);
    hash_text(&state, row->key);
    hash_bytes(&state, row->case_id ? row->definition : NULL, STORE_HASH_BYTES);
    hash_bytes(&state, row->has_calendar ? row->calendar : NULL, STORE_HASH_BYTES);
    hash_bytes(&state, row->commitment, STORE_HASH_BYTES);
    crypto_hash_sha256_final(&state, out);
}

/* ---- the content ------------------------------------------------------------------ */

static void seal_text(crypto_auth_hmacsha256_state *state, const char *text)
{
    uint8_t prefix[4];
    size_t length = text ? strlen(text) : 0;
    put_big_endian(prefix, text ? length : MISSING, 4);
    crypto_auth_hmacsha256_update(state, prefix, sizeof prefix);
    if (text)
        crypto_auth_hmacsha256_update(state, (const unsigned char *)text, length);
}

void chain_commitment(const EntryRow *row, uint8_t out[STORE_HASH_BYTES])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, row->salt, STORE_SALT_BYTES);
    seal_text(&state, row->facts);
    seal_text(&state, row->reason);
    crypto_auth_hmacsha256_final(&state, out);
}
