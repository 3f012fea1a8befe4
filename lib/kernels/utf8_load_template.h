/* SPDX-License-Identifier: MIT */

/* A vector of UTF-8 for utf8_template.h, where the tier cannot load under a mask. The utf8.h that
 * includes it brings FCI_TIER(name), and with that fci_vector, a type, and fci_load. */

/* The bytes, and those one, two and three places before each. */
struct FCI_TIER(fci_utf8) {
    FCI_TIER(fci_vector) bytes, first, second, third;
};

static FCI_ALWAYS_INLINE struct FCI_TIER(fci_utf8) FCI_TIER(fci_utf8_load)(const uint8_t *at)
{
    return (struct FCI_TIER(fci_utf8)){ FCI_TIER(fci_load)(at), FCI_TIER(fci_load)(at - 1),
                                        FCI_TIER(fci_load)(at - 2), FCI_TIER(fci_load)(at - 3) };
}

/* Out of a copy, which has zeroes behind, and before if the text begins here. */
static FCI_ALWAYS_INLINE struct FCI_TIER(fci_utf8)
    FCI_TIER(fci_utf8_load_some)(const uint8_t *at, size_t left, bool begins)
{
    uint8_t copy[3 + FCI_UTF8_BYTES] = { 0 };
    size_t before = begins ? 0 : 3;
    __builtin_memcpy(copy + 3 - before, at - before, before + left);
    return FCI_TIER(fci_utf8_load)(copy + 3);
}
