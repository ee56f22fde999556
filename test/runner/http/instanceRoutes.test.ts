import { toErrorBody, type CreatedInstance } from '../../../contract';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

describe('the instance of a call', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };

	beforeAll(async () => {
		api = await TestApi.start();
		instance = await api.createInstance('Sales');
	});
	afterAll(() => api.stop());

	const call = (method: string, path: string) =>
		api.call(method, path, { headers: { apiKey: instance.apiKey, id: instance.id } });

	test('is shown with its state and times in ISO 8601', async () => {
		expect((await call('GET', '/api/instance')).body).toEqual({
			id: instance.id,
			name: 'Sales',
			state: 'connected',
			number: '15550001111',
			pushName: 'Tester',
			since: '2023-11-14T22:13:20.000Z',
			lastError: null,
		});
	});

	test.each([
		['restart', 'reconnecting'],
		['logout', 'unlinked'],
		['connect', 'linking'],
	])('%s answers with the state it leads to', async (route, state) => {
		const answer = await call('POST', `/api/instance/${route}`);
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({ id: instance.id, state });
	});

	test('a client that sends the JSON header without a body is understood', async () => {
		const answer = await api.call('POST', '/api/instance/restart', {
			headers: {
				apiKey: instance.apiKey,
				id: instance.id,
				'content-type': 'application/json; charset=utf-8',
			},
		});
		expect(answer.status).toBe(200);
	});

	test('without a session it is stopped, and cannot be asked to send', async () => {
		const lone = await api.createInstance('lone');
		api.sessions.sessions.delete(lone.id);
		const headers = { apiKey: lone.apiKey, id: lone.id };
		const view = await api.call('GET', '/api/instance', { headers });
		expect(view.body).toMatchObject({ state: 'stopped', number: null });
		const restart = await api.call('POST', '/api/instance/restart', { headers });
		expect(restart.status).toBe(503);
		expect(restart.body).toEqual(toErrorBody('engine_down'));
		expect(restart.headers.get('retry-after')).toMatch(/^\d+$/);
	});
});
