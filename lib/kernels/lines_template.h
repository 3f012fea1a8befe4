/* SPDX-License-Identifier: MIT */

/* Base64 in lines: one loop for every tier. The file that includes it brings
 *
 *   FCI_TIER(name)   the name with the tier's suffix: what is defined here, and
 *     values    what the tier knows of an alphabet, a struct values
 *     line      decodes the groups of one line, with nothing stored behind them; false if one is
 * bad
 *
 * Where a line begins does not depend on what the one before holds, as it does for who looks for
 * its end: so many lines are under way at once. */

size_t FCI_TIER(fci_base64_decode_lines)(uint8_t *to, const uint8_t *from, size_t lines,
                                         size_t groups, size_t end, unsigned alphabet)
{
    const struct values values = FCI_TIER(values)(alphabet);
    size_t i = 0;
    for (; i < lines; i++, from += end + 4 * groups, to += 3 * groups) {
        bool ends = from[end - 1] == '\n' && (end == 1 || from[0] == '\r');
        if (!ends || !FCI_TIER(line)(to, from + end, groups, values)) {
            break;
        }
    }
    return i;
}
