import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { ApiError } from '../../../runner/ApiError';
import { ask, orApiError } from '../../../runner/whatsapp/ask';

const IQ: BinaryNode = { tag: 'iq', attrs: { type: 'get' } };
const asker = (answer: () => Promise<unknown>) => ({ query: answer as WASocket['query'] });
/** As Baileys rejects when WhatsApp answers with an error, and when the connection ends. */
const refusal = (code: number) => Object.assign(new Error('refused'), { data: code });
const closed = () => Object.assign(new Error('closed'), { output: { statusCode: 428 } });
const toRefusal = (code: number) => new ApiError('group_change_refused', `code ${code}`);
const failWith = (error: unknown) => orApiError(Promise.reject(error as Error), toRefusal);

describe('asking WhatsApp', () => {
	test('gives the answer', async () => {
		const answer = { tag: 'iq', attrs: { type: 'result' } };
		expect(
			await ask(
				asker(async () => answer),
				IQ,
			),
		).toBe(answer);
	});

	test('no answer is never taken for success', async () => {
		const asking = ask(
			asker(async () => undefined),
			IQ,
		);
		await expect(orApiError(asking, toRefusal)).rejects.toMatchObject({
			code: 'engine_down',
			hint: expect.stringContaining('did not answer'),
		});
	});

	test('a limit is one, with the time to wait left to the answer', async () => {
		await expect(failWith(refusal(429))).rejects.toMatchObject({ code: 'rate_limited' });
	});

	test('a refusal is what the question makes of it', async () => {
		await expect(failWith(refusal(403))).rejects.toMatchObject({
			code: 'group_change_refused',
			hint: 'code 403',
		});
	});

	test.each([
		['an error of the server', refusal(500)],
		['the end of the connection', closed()],
		['what Baileys trips over when there is no answer', new TypeError('cannot destructure')],
	])('%s can be tried again', async (_what, error) => {
		await expect(failWith(error)).rejects.toMatchObject({ code: 'engine_down' });
	});

	test('an error that is one of ours already stays', async () => {
		const error = new ApiError('message_not_found');
		await expect(failWith(error)).rejects.toBe(error);
	});
});
