/* sscanf(): what is assigned, and what is not. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	int a = -1, b = -1, used = -1, later = -1;
	short small = -1;
	long large = -1;
	long long huge = -1;
	unsigned char byte = 7;
	float f = 0;
	double d = 0;
	long double ld = 0;
	char word[16] = "................", set[8], three[4] = "...";
	void *pointer;

	printf("%d", sscanf("12 -7 word", "%d%d %s", &a, &b, word));
	printf(" %d %d %s %c\n", a, b, word, word[6]);
	printf("%d", sscanf("12x34", "%d%*c%n%d", &a, &used, &b));
	printf(" %d %d %d\n", a, used, b);
	printf("%d", sscanf("5 y", "%d %d%n", &a, &b, &later));
	printf(" %d %d %d\n", a, b, later);
	printf("%d", sscanf("1 2 3 255", "%hd %ld %lld %hhu", &small, &large, &huge, &byte));
	printf(" %d %ld %lld %d\n", small, large, huge, byte);
	printf("%d", sscanf("1.5,2.5,3.5", "%f,%lf,%Lf", &f, &d, &ld));
	printf(" %g %g %Lg\n", f, d, ld);
	printf("%d", sscanf("abc123;xyz", "%3[a-c]%*d%*[;]%2s", set, word));
	printf(" %s %s\n", set, word);
	printf("%d", sscanf("[x]", "[%[^]]]", set));
	printf(" %s\n", set);
	printf("%d", sscanf("abcdef", "%3c", three));
	printf(" %.4s\n", three);
	printf("%d", sscanf("word 0x10 077", "%s %i %i", word, &a, &b));
	printf(" %s %d %d\n", word, a, b);
	printf("%d %d %d\n", sscanf("", "%d", &a), sscanf("x", "%d", &a), sscanf("50%", "%d%%", &a));
	assert(sscanf("0x10", "%p", &pointer) == 1 && pointer == (void *)16);
	return 0;
}
