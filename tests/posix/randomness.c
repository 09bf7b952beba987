/* Generators whose sequences the standards or the library define, and what holds for all others. */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

int main(void)
{
	unsigned seed = 7;
	unsigned short x[3] = {1, 2, 3}, p[7] = {1, 2, 3, 4, 5, 6, 7}, old[3];
	char state[64], bytes[300] = {0};

	printf("rand_r %d %d %u\n", rand_r(&seed), rand_r(&seed), seed);
	printf("drand48 %g %ld %ld\n", drand48(), lrand48(), mrand48());
	srand48(42);
	printf("srand48 %g %ld\n", drand48(), lrand48());
	memcpy(old, seed48(x), sizeof old);
	printf("seed48 %d %d %d %g\n", old[0], old[1], old[2], drand48());
	printf("erand48 %g %ld %ld", erand48(x), nrand48(x), jrand48(x));
	printf(" %d %d %d\n", x[0], x[1], x[2]);
	lcong48(p);
	printf("lcong48 %ld\n", lrand48());

	srandom(5);
	long first = random();
	srandom(5);
	assert(random() == first && first >= 0 && first <= RAND_MAX);
	char *before = initstate(5, state, sizeof state);
	assert(before && random() >= 0 && setstate(before) == state);
	srand(1);
	int one = rand();
	srand(1);
	assert(rand() == one && one >= 0);

	assert(getrandom(bytes, 16, 0) == 16 && getentropy(bytes, 8) == 0);
	assert(getentropy(bytes, 300) == -1 && errno == EIO);
	assert(arc4random_uniform(10) < 10 && arc4random_uniform(1) == 0);
	arc4random_buf(bytes, 4);
	return 0;
}
