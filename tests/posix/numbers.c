/* Numbers from strings: values, where they end, and errors. */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const integers[] = {
	"0", "  42 ", "-17x", "+5", "0x1Fg", "0xg", "017", "089", "zz", "", " - 1", "99999999999999999999", "-99999999999999999999",
	"1010102",
};
static const int bases[] = {0, 2, 8, 10, 16, 36};

static void integer(const char *text, int base)
{
	char *end;

	errno = 0;
	long value = strtol(text, &end, base);
	printf("strtol(\"%s\", %d) = %ld, \"%s\", %d\n", text, base, value, end, errno);
	errno = 0;
	unsigned long positive = strtoul(text, &end, base);
	printf("strtoul(\"%s\", %d) = %lu, \"%s\", %d\n", text, base, positive, end, errno);
	assert(strtoll(text, NULL, base) == value && strtoull(text, NULL, base) == positive);
	assert(strtoimax(text, NULL, base) == value && strtoumax(text, NULL, base) == positive);
}

static void real(const char *text)
{
	char *end;

	errno = 0;
	double value = strtod(text, &end);
	printf("strtod(\"%s\") = %g, \"%s\", %d\n", text, value, end, errno);
	assert(value != value || (strtold(text, NULL) == (long double)value && strtof(text, NULL) == (float)value) || errno);
}

int main(void)
{
	static const char *const reals[] = {"1.5", " -2.25e2kg", "1e", "1e+", ".5.5", "0x1.8p1", "inf", "INFINITYs", "-nan", "nan(1)",
		"2-1", "e5", "-", "1e999"};

	for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
		for (size_t j = 0; j < sizeof bases / sizeof *bases; j++)
			integer(integers[i], bases[j]);
	for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
		real(reals[i]);
	printf("%d %ld %lld %g\n", atoi(" 12cm"), atol("-3"), atoll("x"), atof("2.5s"));
	printf("%ld %ld\n", a64l("zz"), a64l("./12345678"));
	return 0;
}
