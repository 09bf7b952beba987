#include "config.h"

#include <stdlib.h>
#include <string.h>

void config_init(struct sim_config *config)
{
	*config = (struct sim_config){
		.entry = strdup("main"),
		.strategy = strdup("dpor"),
		.time = strdup("any"),
		.input = strdup(""),
		.max_events = 10000,
		.step_timeout_s = 3,
		.nondet_low = 0,
		.nondet_high = 1,
		.stack_size = 8 << 20,
		.memory = 1 << 30,
	};
}

void config_release(struct sim_config *config)
{
	free(config->program);
	free(config->entry);
	for (size_t i = 0; i < config->n_args; i++)
		free(config->args[i]);
	free(config->args);
	for (size_t i = 0; i < config->n_unchecked; i++)
		free(config->unchecked[i]);
	free(config->unchecked);
	for (size_t i = 0; i < config->n_suppressions; i++) {
		free(config->suppressions[i].function);
		free(config->suppressions[i].file);
		free(config->suppressions[i].origin);
	}
	free(config->suppressions);
	free(config->strategy);
	free(config->time);
	free(config->input);
	if (config->replay)
		finding_release(config->replay);
	free(config->replay);
	memset(config, 0, sizeof(*config));
}
