/*
 * A game ranks its players by their scores. The function by which qsort() compares locks both players, in the order in
 * which qsort() happens to name them; who gives points to another player locks giver and taker. The two can meet.
 *
 * SIMCHECK-EXPECT: deadlock lock-cycle
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct player {
	pthread_mutex_t lock;
	const char *name;
	int score;
};

static struct player ann = {PTHREAD_MUTEX_INITIALIZER, "ann", 5}, bob = {PTHREAD_MUTEX_INITIALIZER, "bob", 2};

static int by_score(const void *a, const void *b)
{
	struct player *one = *(struct player *const *)a, *two = *(struct player *const *)b;

	pthread_mutex_lock(&one->lock);
	pthread_mutex_lock(&two->lock);
	int result = two->score - one->score;
	pthread_mutex_unlock(&two->lock);
	pthread_mutex_unlock(&one->lock);
	return result;
}

static void *rank(void *unused)
{
	struct player *ranking[] = {&ann, &bob};

	qsort(ranking, 2, sizeof *ranking, by_score);
	printf("first: %s\n", ranking[0]->name);
	return unused;
}

static void *give(void *unused)
{
	pthread_mutex_lock(&bob.lock);
	pthread_mutex_lock(&ann.lock);
	bob.score -= 1;
	ann.score += 1;
	pthread_mutex_unlock(&ann.lock);
	pthread_mutex_unlock(&bob.lock);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, rank, NULL);
	pthread_create(&threads[1], NULL, give, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	assert(ann.score + bob.score == 7);
	return 0;
}
