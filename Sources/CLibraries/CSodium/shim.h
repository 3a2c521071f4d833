#pragma once
#include <sodium.h>

// SipHash-2-4 of one number; the key is the 16 bytes at `keys` plus 16 times `index`. Here rather than in
// Swift because it is called eight times a reference, and a number passes to C without a buffer.
static inline uint64_t siphash(const uint8_t *keys, int index, uint64_t number)
{
    uint8_t in[8], out[crypto_shorthash_BYTES];
    uint64_t hash = 0;
    for (int i = 0; i < 8; i++) in[i] = (uint8_t)(number >> (8 * i));
    crypto_shorthash(out, in, sizeof in, keys + index * crypto_shorthash_KEYBYTES);
    for (int i = 0; i < 8; i++) hash |= (uint64_t)out[i] << (8 * i);
    return hash;
}
