/* The worker's side of the messages to the front (doc/formats.md). */
#ifndef SIM_CHANNEL_H
#define SIM_CHANNEL_H

#include <jansson.h>
#include <stddef.h>

/* Sends one message, and takes it over. Ends the process if nobody listens any more. */
void channel_send(json_t *message);

/* Sends what the program printed: `n` bytes. */
void channel_send_output(const char *text, size_t n);

#endif
