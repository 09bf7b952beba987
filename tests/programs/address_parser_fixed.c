/*
 * A mail server's workers take the recipients of a message apart. Each remembers itself where it is, with strtok_r().
 *
 * SIMCHECK-EXPECT: safe
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { MAX_RECIPIENTS = 4 };

struct message {
	char line[48];
	char recipients[MAX_RECIPIENTS][16];
	int n;
};

static void parse(struct message *message)
{
	char *rest;

	for (char *name = strtok_r(message->line, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
		if (message->n < MAX_RECIPIENTS)
			snprintf(message->recipients[message->n++], sizeof message->recipients[0], "%s", name);
}

static void *worker(void *message)
{
	parse(message);
	return NULL;
}

int main(void)
{
	static struct message messages[] = {{.line = "ann, bob"}, {.line = "carl"}};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, worker, &messages[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 2; i++)
		printf("message %d: %d recipients\n", i, messages[i].n);
	assert(messages[0].n == 2 && messages[1].n == 1 && strcmp(messages[0].recipients[1], "bob") == 0);
	return 0;
}
