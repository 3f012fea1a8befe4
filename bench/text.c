/* SPDX-License-Identifier: MIT */

/* Text: every slot of the kernel table in every tier of this machine, and the public function that
 * rests on it, which also checks and measures. The program has the kernels of its own, since the
 * shared library hides them. `size` counts bytes: of the binary side of hex and base64, of the
 * UTF-8 side of UTF-16. All is warm: the same text again and again. */
#include "harness.h"

#include "text_ops.h"

#include "kernels/cpu.h"

#include <stdio.h>
#include <string.h>

/* ---- peers ----------------------------------------------------------------------------------- */

static void run_tier(struct fcb_texts *t, size_t times, size_t index)
{
    const struct fci_kernels *tier = t->tiers[index];
    for (size_t i = 0; i < times; i++) {
        FCB_BARRIER();
        t->result = t->op->kernel(tier, t);
    }
}

static void run_0(void *context, size_t times)
{
    run_tier(context, times, 0);
}

static void run_1(void *context, size_t times)
{
    run_tier(context, times, 1);
}

static void run_2(void *context, size_t times)
{
    run_tier(context, times, 2);
}

static void run_3(void *context, size_t times)
{
    run_tier(context, times, 3);
}

static void run_call(void *context, size_t times)
{
    struct fcb_texts *t = context;
    for (size_t i = 0; i < times; i++) {
        FCB_BARRIER();
        t->result = t->op->call(t);
    }
}

static bool check(void *context)
{
    const struct fcb_texts *t = context;
    return t->result == t->expected;
}

static void measure(struct fcb_texts *t, const char *group, const char *op)
{
    static void (*const runs[FCB_TEXT_TIERS])(void *, size_t) = { run_0, run_1, run_2, run_3 };
    struct fcb_peer peers[FCB_TEXT_TIERS + 1];
    size_t count = 0;
    memset(peers, 0, sizeof peers);
    for (; count < FCB_TEXT_TIERS && t->tiers[count] != NULL; count++) {
        peers[count].name = t->tiers[count]->name;
        peers[count].run = runs[count];
    }
    peers[count].name = "fc";
    peers[count].run = run_call;
    t->expected = t->op->kernel(&fci_kernels_scalar, t);
    fcb_measure(&(struct fcb_group){ group, op, t->size, t, peers, count + 1, NULL, check });
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* Whole characters of a script, random ones of `first`..`last`, one in `rare` of them ASCII. */
struct script {
    const char *name;
    uint32_t first, last, rare;
};

static const struct script scripts[] = {
    { "ascii", 0x20, 0x7e, 0 },       { "latin", 0xc0, 0x17f, 2 },    { "cjk", 0x4e00, 0x9fff, 0 },
    { "emoji", 0x1f300, 0x1f64f, 0 }, { "mixed", 0x100, 0x1ffff, 2 },
};

/* Fills with whole characters, and with spaces what is left. */
static void fill_script(uint8_t *to, size_t size, const struct script *script)
{
    uint64_t state = script->first;
    size_t done = 0, used;
    while (size - done >= 4) {
        uint32_t code = script->first + fcb_random(&state) % (script->last - script->first + 1);
        if (script->rare != 0 && fcb_random(&state) % script->rare == 0) {
            code = 'a' + code % 26;
        }
        code = code >= 0xd800 && code < 0xe000 ? code - 0x2000 : code;
        uint32_t top = 0xd800 + ((code - 0x10000) >> 10), low = 0xdc00 + (code & 0x3ff);
        uint16_t units[2] = { (uint16_t)(code < 0x10000 ? code : top), (uint16_t)low };
        size_t count = code < 0x10000 ? 1 : 2;
        done += fci_kernels_scalar.utf16_to_utf8(to + done, SIZE_MAX, units, count, &used);
    }
    memset(to + done, ' ', size - done);
}

/* The work and the source are made anew for each size: only then are the last characters whole. */
static void measure_op(struct fcb_texts *t, const char *group, const struct script *script)
{
    static const size_t sizes[] = { 1 << 16, 16, 64, 256, 1024, FCB_TEXT_LARGEST };
    size_t count = fcb_quick() ? 1 : FCB_COUNT(sizes);
    uint8_t *utf8 = fcb_pages(FCB_TEXT_LARGEST), *from = fcb_pages(2 * FCB_TEXT_LARGEST);
    char name[64];
    (void)snprintf(name, sizeof name, "%s_%s", t->op->name, script->name);
    for (size_t i = 0; i < count; i++) {
        fill_script(utf8, sizes[i], script);
        t->size = sizes[i];
        t->length = t->op->source(from, utf8, sizes[i]);
        t->from = from;
        measure(t, group, name);
    }
    fcb_pages_free(utf8);
    fcb_pages_free(from);
}

static void measure_ops(struct fcb_texts *t, const char *group, const struct fcb_text_op *ops,
                        const struct script *script)
{
    for (t->op = ops; t->op->name != NULL; t->op++) {
        measure_op(t, group, script);
    }
}

void fcb_text(const char *group)
{
    static struct fcb_texts t;
    size_t tiers = 0;
    unsigned features = fci_cpu_features();
    for (size_t i = 0; tiers < FCB_TEXT_TIERS && fci_kernels_tier(i) != NULL; i++) {
        if (fci_kernels_run_with(fci_kernels_tier(i), features)) {
            t.tiers[tiers++] = fci_kernels_tier(i);
        }
    }
    t.to = fcb_pages(2 * FCB_TEXT_LARGEST);
    for (size_t i = 0; i < FCB_COUNT(scripts); i++) {
        measure_ops(&t, group, fcb_text_every, &scripts[i]);
    }
    measure_ops(&t, group, fcb_text_ascii, &scripts[0]);
    measure_ops(&t, group, fcb_text_bytes, &scripts[1]);
    fcb_pages_free(t.to);
}
