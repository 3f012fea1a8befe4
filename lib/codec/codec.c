/* SPDX-License-Identifier: MIT */

/* The table of tables, in the order of the FC_ENCODING_... numbers, which begin at 1. */

#include "base/common.h"

#include "codec/codec.h"

static const struct fci_codec *const codecs[] = {
    &fci_codec_utf8, &fci_codec_utf16le, &fci_codec_latin1,    &fci_codec_ascii,
    &fci_codec_hex,  &fci_codec_base64,  &fci_codec_base64url,
};

#define CODECS (sizeof codecs / sizeof codecs[0])

const struct fci_codec *fci_codec(unsigned encoding)
{
    return encoding - 1 < CODECS ? codecs[encoding - 1] : NULL;
}
