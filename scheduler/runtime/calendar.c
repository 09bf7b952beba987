/* Dates of <time.h>, in UTC: there is no other time zone. What returns a pointer has one result for all threads. */
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "library.h"
#include "runtime.h"
#include "scratch.h"
#include "view.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

static time_t calendar_time(const time_t *from)
{
	runtime_reads(from, sizeof *from);
	return *from;
}

static struct tm calendar_date(const struct tm *from)
{
	runtime_reads(from, sizeof *from);
	return *from;
}

static struct tm *calendar_split(const time_t *from, struct tm *to)
{
	time_t time = calendar_time(from);
	struct tm date;
	if (!RUNTIME_CALL(gmtime_r(&time, &date)))
		return NULL;
	runtime_put(to, &date, sizeof date);
	return to;
}

/* The names of the time zone differ: localtime() says "UTC", gmtime() "GMT". */
static struct tm *calendar_split_local(const time_t *from, struct tm *to)
{
	time_t time = calendar_time(from);
	struct tm date;
	if (!RUNTIME_CALL(localtime_r(&time, &date)))
		return NULL;
	runtime_put(to, &date, sizeof date);
	return to;
}

static char *calendar_spell(const struct tm *from, char *to)
{
	struct tm date = calendar_date(from);
	char text[sizeof library.time_text];
	if (!RUNTIME_CALL(asctime_r(&date, text)))
		return NULL;
	runtime_put(to, text, strlen(text) + 1);
	return to;
}

static char *calendar_spell_time(const time_t *from, char *to)
{
	time_t time = calendar_time(from);
	struct tm date;
	return RUNTIME_CALL(localtime_r(&time, &date)) ? calendar_spell(&date, to) : NULL;
}

/* The result is the library's: who makes a new one changes what others may still look at. */
#define CALENDAR_SHARED(type, name, from_type, call, part) \
	RUNTIME_API type *__wrap_##name(const from_type *from) \
	{ \
		world_running->effects++; \
		return call(from, part); \
	} \
	RUNTIME_API type *__wrap_##name##_r(const from_type *from, type *to) \
	{ \
		return call(from, to); \
	}

CALENDAR_SHARED(struct tm, gmtime, time_t, calendar_split, &library.time)
CALENDAR_SHARED(struct tm, localtime, time_t, calendar_split_local, &library.time)
CALENDAR_SHARED(char, asctime, struct tm, calendar_spell, library.time_text)
CALENDAR_SHARED(char, ctime, time_t, calendar_spell_time, library.time_text)

/* What goes beyond the range of a field is carried over, for the program to see. */
#define CALENDAR_JOIN(name) \
	RUNTIME_API time_t __wrap_##name(struct tm *date) \
	{ \
		struct tm copy = calendar_date(date); \
		time_t result = RUNTIME_CALL(name(&copy)); \
		runtime_put(date, &copy, sizeof copy); \
		return result; \
	}

CALENDAR_JOIN(mktime)
CALENDAR_JOIN(timegm)
CALENDAR_JOIN(timelocal)

RUNTIME_API size_t __wrap_strftime(char *to, size_t n, const char *format, const struct tm *from)
{
	char *top = scratch_top();
	struct view view = view_string(format, SIZE_MAX, 1);
	struct tm date = calendar_date(from);
	char *text = scratch_reserve(n);
	size_t length = strftime(text, n, view.at, &date);
	if (length)
		runtime_put(to, text, length + 1);
	scratch_release(top);
	return length;
}

RUNTIME_API char *__wrap_strptime(const char *s, const char *format, struct tm *to)
{
	char *top = scratch_top();
	struct view view = view_string(s, SIZE_MAX, 1), pattern = view_string(format, SIZE_MAX, 1);
	struct tm date = calendar_date(to);
	char *end = strptime(view.at, pattern.at, &date);
	runtime_put(to, &date, sizeof date);
	end = view_origin(view, s, end);
	scratch_release(top);
	return end;
}

RUNTIME_API void __wrap_tzset(void)
{
}
