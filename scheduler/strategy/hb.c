#include "hb.h"

#include <sys/mman.h>

static void *hb_reserve(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return p == MAP_FAILED ? NULL : p;
}

int hb_init(struct hb *hb, const struct sim_execution *x)
{
	*hb = (struct hb){.x = x};
	hb->rows = hb_reserve(x->capacity * sizeof *hb->rows);
	hb->serial = hb_reserve(x->capacity * sizeof *hb->serial);
	return hb->rows && hb->serial ? 0 : -1;
}

void hb_release(struct hb *hb)
{
	munmap(hb->rows, hb->x->capacity * sizeof *hb->rows);
	munmap(hb->serial, hb->x->capacity * sizeof *hb->serial);
}

/* From the latest on: what the row already includes needs no test of dependence. */
static void hb_compute(struct hb *hb, uint32_t position)
{
	const struct sim_event *events = hb->x->events, *event = &events[position];
	struct hb_set *row = &hb->rows[position];
	hb_clear(hb, row);
	for (uint32_t j = position; j-- > 0;)
		if (!hb_has(row, &events[j]) && dependent(&events[j], event))
			hb_join_event(hb, row, j);
	row->n[event->thread] = event->index + 1;
}

void hb_update(struct hb *hb)
{
	const struct sim_execution *x = hb->x;
	while (hb->n_valid && (hb->n_valid > x->n_events || hb->serial[hb->n_valid - 1] != x->events[hb->n_valid - 1].serial))
		hb->n_valid--;
	for (; hb->n_valid < x->n_events; hb->n_valid++) {
		hb_compute(hb, hb->n_valid);
		hb->serial[hb->n_valid] = x->events[hb->n_valid].serial;
	}
}

void hb_past(const struct hb *hb, struct hb_set *past, uint32_t position, const struct hb_set *kept,
             const struct sim_event *event)
{
	const struct sim_event *events = hb->x->events;
	hb_clear(hb, past);
	for (uint32_t j = position; j-- > 0;)
		if (hb_has(kept, &events[j]) && !hb_has(past, &events[j]) && dependent(&events[j], event))
			hb_join_event(hb, past, j);
}
