import { toErrorBody, type CreatedInstance } from '../../../contract';
import type { FakeSession } from './FakeSessions';
import { TestApi, type CallOptions } from './TestApi';

describe('POST /api/text', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };

	beforeAll(async () => {
		api = await TestApi.start();
	});
	beforeEach(async () => {
		instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
	});
	afterAll(() => api.stop());

	const send = (json: unknown, headers: CallOptions['headers'] = {}) =>
		api.call('POST', '/api/text', {
			headers: { apiKey: instance.apiKey, id: instance.id, ...headers },
			json,
		});

	test('answers as the hosted service does, with the number as a number', async () => {
		const answer = await send({ number: 5554991997181, message: 'Hello' });
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			message: 'Text sent successfully!',
			phone: 5554991997181,
			messageId: '3EB01',
		});
	});
});
