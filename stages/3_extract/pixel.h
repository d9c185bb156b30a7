// SPDX-License-Identifier: MIT
/*
 * pixel.h - images that nobody is meant to see.
 *
 * In:     the bytes of an image, or its first ones
 * Out:    whether it is one pixel or less
 * Owns:   nothing
 * Limits: a JPEG is looked at as far as it goes
 * Errors: none: what is no such image is no pixel
 * Source: GIF89a 18, PNG 11.2.2, JPEG B.2.2, WebP container (VP8, VP8L, VP8X)
 */
#ifndef EXTRACT_PIXEL_H
#define EXTRACT_PIXEL_H

#include "base/span.h"

bool pixel_is(struct span image);

#endif
