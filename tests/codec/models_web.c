/* SPDX-License-Identifier: MIT */

/* The models of the web's base64: first the white space is taken out, then groups of four are
 * looked at. See models.h. */

#include "models.h"

#include <string.h>

/* Text without white space, and where each character stood. */
struct squeezed {
    char text[FCT_CODEC_MAX + 1];
    size_t at[FCT_CODEC_MAX + 1];
    size_t count;
};

static void squeeze(struct squeezed *squeezed, const char *text)
{
    squeezed->count = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (strchr(" \t\n\f\r", text[i]) == NULL) {
            squeezed->text[squeezed->count] = text[i];
            squeezed->at[squeezed->count++] = i;
        }
    }
    squeezed->text[squeezed->count] = '\0';
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/* Its place in the alphabet, or -1. */
static int place(char c, bool url)
{
    const char *found = c != '\0' ? strchr(letters, c) : NULL;
    if (found != NULL) {
        return (int)(found - letters);
    }
    return c == (url ? '-' : '+') ? 62 : c == (url ? '_' : '/') ? 63 : -1;
}

/* The end, behind `good` characters of the last group, which begins at `at`. */
static bool web_end(struct fci_web_base64 *scan, const struct squeezed *text, size_t at,
                    size_t good, const fc_base64_options *options, size_t whole, size_t space)
{
    const char *rest = text->text + at + good;
    int last = good != 0 ? place(rest[-1], options->alphabet == FC_BASE64_URL) : 0;
    if (*rest == '\0') {
        if (good != 0 && options->last_chunk == FC_BASE64_STOP_BEFORE_PARTIAL) {
            return true;
        }
        if (good == 1 || (good != 0 && options->last_chunk == FC_BASE64_STRICT)) {
            return false;
        }
    } else if (good == 2 && strcmp(rest, "=") == 0) {
        return options->last_chunk == FC_BASE64_STOP_BEFORE_PARTIAL;
    } else if (!(good == 2 && strcmp(rest, "==") == 0) && !(good == 3 && strcmp(rest, "=") == 0)) {
        return false;
    } else if (options->last_chunk == FC_BASE64_STRICT && last % (good == 2 ? 16 : 4) != 0) {
        return false;
    }
    size_t bytes = good != 0 ? good - 1 : 0;
    scan->read = bytes <= space ? whole : scan->read;
    scan->bytes += bytes <= space ? bytes : 0;
    return true;
}

bool fct_web_base64(struct fci_web_base64 *scan, const char *chars,
                    const fc_base64_options *options, size_t room)
{
    static struct squeezed text;
    squeeze(&text, chars);
    *scan = (struct fci_web_base64){ 0, 0 };
    for (size_t at = 0; room != 0; at += 4) {
        size_t good = 0, space = room - scan->bytes;
        while (good < 4 && at + good < text.count &&
               place(text.text[at + good], options->alphabet == FC_BASE64_URL) >= 0) {
            good++;
        }
        if (good < 4) {
            return web_end(scan, &text, at, good, options, strlen(chars), space);
        }
        if (space < 3) {
            return true;
        }
        scan->bytes += 3;
        scan->read = text.at[at + 3] + 1;
    }
    return true;
}

/* The standard's steps: no white space, then no padding of a whole number of groups. */
bool fct_web_atob(const char *chars)
{
    static struct squeezed text;
    squeeze(&text, chars);
    if (text.count != 0 && text.count % 4 == 0 && text.text[text.count - 1] == '=') {
        text.count -= text.text[text.count - 2] == '=' ? 2 : 1;
    }
    for (size_t i = 0; i < text.count; i++) {
        if (place(text.text[i], false) < 0) {
            return false;
        }
    }
    return text.count % 4 != 1;
}
