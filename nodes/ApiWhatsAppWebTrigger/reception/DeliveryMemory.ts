import type { WebhookResponse } from './WebhookResponse';

/**
 * Which deliveries have started a workflow, so that a repeat does not start it again.
 *
 * In memory, on purpose. n8n's static data is written as a whole and later, by several processes
 * that overwrite one another; worse, an event noted there before its execution exists would be lost
 * if n8n died in between. Here a delivery counts as done once n8n has answered it with success,
 * which it does after it has made the execution; whatever dies before that is delivered again.
 */
export class DeliveryMemory {
	private readonly done = new Set<string>();
	private readonly running = new Set<string>();

	constructor(
		private readonly capacity = 20_000,
		private readonly lateAnswerMs = 60_000,
	) {}

	/** `new` starts watching the answer; `running` means that another request is at it right now. */
	begin(key: string, response: WebhookResponse): 'new' | 'running' | 'done' {
		if (this.done.has(key)) return 'done';
		if (this.running.has(key)) return 'running';
		this.running.add(key);
		response.once('close', () => {
			// The sender hung up, but n8n may be starting the workflow all the same: see how it ends.
			if (response.writableFinished) this.settle(key, response);
			else setTimeout(() => this.settle(key, response), this.lateAnswerMs).unref();
		});
		return 'new';
	}

	private settle(key: string, response: WebhookResponse): void {
		this.running.delete(key);
		if (!response.writableEnded || response.statusCode >= 300) return;
		this.done.add(key);
		const [oldest] = this.done;
		if (this.done.size > this.capacity && oldest !== undefined) this.done.delete(oldest);
	}
}
