// SPDX-License-Identifier: MIT
/*
 * consent_read.h - the notations of consent tools; private to consent*.c.
 *
 * In:     a value, percent-decoded
 * Out:    the state it says; CONSENT_UNKNOWN when it says nothing that is understood
 * Owns:   nothing
 * Limits: CONSENT_ROOM_BYTES
 * Errors: none
 * Source: as consent.h
 */
#ifndef EXTRACT_CONSENT_READ_H
#define EXTRACT_CONSENT_READ_H

#include "3_extract/consent.h"
#include "base/limits.h"

#define CONSENT_ROOM_BYTES LIMIT_COOKIE_PAIR_BYTES

/* Percent-decoded into the room, cut where that ends. */
struct span consent_decode(struct span value, char room[CONSENT_ROOM_BYTES]);

typedef enum consent_state consent_read_fn(struct span value);
consent_read_fn consent_read_onetrust;
consent_read_fn consent_read_cookiebot;
consent_read_fn consent_read_cookie_information;
consent_read_fn consent_read_cookie_script;
consent_read_fn consent_read_cookieyes;
consent_read_fn consent_read_cookiefirst;
consent_read_fn consent_read_civic;
consent_read_fn consent_read_tcf;
consent_read_fn consent_read_allow_deny;
consent_read_fn consent_read_gcs;
consent_read_fn consent_read_gcd;
consent_read_fn consent_read_didomi;

#endif
