import * as fc from 'fast-check';
import type { MessageState } from '../../../contract';
import { isFurther, isNews } from '../../../runner/messages/statusOrder';

const PROGRESS: MessageState[] = ['QUEUED', 'SENT', 'RECEIVED', 'READ', 'PLAYED'];

describe('isNews', () => {
	test('a status that was reported is no news, whatever came in between', () => {
		const states = fc.array(
			fc.constantFrom<MessageState>(...PROGRESS, 'REPLIED', 'DELETED', 'FAILED'),
		);
		fc.assert(
			fc.property(states, (arriving) => {
				const reported: MessageState[] = [];
				for (const state of arriving) if (isNews(reported, state)) reported.push(state);
				const progress = reported
					.filter((state) => state !== 'SENT')
					.map((state) => PROGRESS.indexOf(state))
					.filter((at) => at >= 0);
				return (
					new Set(reported).size === reported.length &&
					progress.every((at, index) => index === 0 || at > (progress[index - 1] ?? -1))
				);
			}),
		);
	});

	test('an acceptance that a receipt has overtaken is reported, but the look-up does not go back', () => {
		expect(isNews(['QUEUED', 'RECEIVED'], 'SENT')).toBe(true);
		expect(isFurther(['QUEUED', 'RECEIVED'], 'SENT')).toBe(false);
	});

	test('a read message can still be replied to and deleted', () => {
		expect(isNews(['SENT', 'RECEIVED', 'READ'], 'REPLIED')).toBe(true);
		expect(isNews(['SENT', 'RECEIVED', 'READ', 'REPLIED'], 'DELETED')).toBe(true);
	});

	test('what has reached somebody cannot fail any more', () => {
		expect(isNews(['SENT'], 'FAILED')).toBe(true);
		expect(isNews(['SENT', 'RECEIVED'], 'FAILED')).toBe(false);
	});
});
