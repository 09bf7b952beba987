/*
 * A game ranks its players by their scores. Scores are copied one at a time, each under its player's lock; qsort() compares
 * the copies and locks nothing.
 *
 * SIMCHECK-EXPECT: safe
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

struct place {
	const char *name;
	int score;
};

static struct place place_of(struct player *player)
{
	pthread_mutex_lock(&player->lock);
	struct place place = {player->name, player->score};
	pthread_mutex_unlock(&player->lock);
	return place;
}

static int by_score(const void *a, const void *b)
{
	return ((const struct place *)b)->score - ((const struct place *)a)->score;
}

static void *rank(void *unused)
{
	struct place ranking[] = {place_of(&ann), place_of(&bob)};

	qsort(ranking, 2, sizeof *ranking, by_score);
	assert(ranking[0].name == ann.name);
	printf("first: %s\n", ranking[0].name);
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
