import { EventEmitter } from 'node:events';
import { DeliveryMemory } from '../../../../nodes/ApiWhatsAppWebTrigger/reception/DeliveryMemory';
import type { WebhookResponse } from '../../../../nodes/ApiWhatsAppWebTrigger/reception/WebhookResponse';

/** A response as the memory sees it. */
class Answer extends EventEmitter {
	statusCode = 200;
	writableEnded = false;
	writableFinished = false;

	/** Answered, and the sender got it. */
	finish(statusCode: number): void {
		Object.assign(this, { statusCode, writableEnded: true, writableFinished: true });
		this.emit('close');
	}

	begin(memory: DeliveryMemory, key: string): string {
		return memory.begin(key, this as unknown as WebhookResponse);
	}
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('DeliveryMemory', () => {
	it('knows a delivery again that n8n has answered with success', () => {
		const memory = new DeliveryMemory();
		const answer = new Answer();
		expect(answer.begin(memory, 'a')).toBe('new');
		expect(new Answer().begin(memory, 'a')).toBe('running');
		answer.finish(200);
		expect(new Answer().begin(memory, 'a')).toBe('done');
		expect(new Answer().begin(memory, 'b')).toBe('new');
	});

	it('forgets a delivery that n8n could not take', () => {
		const memory = new DeliveryMemory();
		const answer = new Answer();
		answer.begin(memory, 'a');
		answer.finish(500);
		expect(new Answer().begin(memory, 'a')).toBe('new');
	});

	it('waits for how it ends when the sender hung up before n8n had answered', async () => {
		const memory = new DeliveryMemory(10, 1);
		const [late, never] = [new Answer(), new Answer()];
		late.begin(memory, 'late');
		never.begin(memory, 'never');
		late.emit('close');
		never.emit('close');
		expect(new Answer().begin(memory, 'late')).toBe('running');
		late.writableEnded = true;
		await settled();
		expect(new Answer().begin(memory, 'late')).toBe('done');
		expect(new Answer().begin(memory, 'never')).toBe('new');
	});

	it('stays small: the oldest are forgotten first', () => {
		const memory = new DeliveryMemory(2);
		for (const key of ['a', 'b', 'c']) {
			const answer = new Answer();
			answer.begin(memory, key);
			answer.finish(200);
		}
		expect(new Answer().begin(memory, 'b')).toBe('done');
		expect(new Answer().begin(memory, 'c')).toBe('done');
		expect(new Answer().begin(memory, 'a')).toBe('new');
	});
});
