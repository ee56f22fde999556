import { toErrorBody } from '../../../../contract';
import { toDelivery } from '../../../fakes/deliveryHandlers';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const list = { resource: 'webhook', operation: 'listDeliveries' };
const redeliver = { resource: 'webhook', operation: 'redeliver' };

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance();
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

const toStates = () => instance.deliveries.map(({ state }) => state);

describe('List Deliveries', () => {
	it('gives one item for each, with every attempt as it was', async () => {
		instance.deliveries.push(toDelivery('dlv_2'), toDelivery('dlv_1', { state: 'delivered' }));
		const { items } = await runOperation(list, credential);
		expect(items.map(({ json }) => json)).toEqual(instance.deliveries);
		expect(items[0]?.json.attempts).toEqual([
			{ at: '2026-01-01T00:00:00.000Z', ms: 12, status: 500, error: 'HTTP 500', answer: 'oops' },
		]);
	});

	it.each([
		['all of them', { returnAll: true }, 230],
		['as many as the limit', { limit: 130 }, 130],
		['50 unless told otherwise', {}, 50],
	])('gives %s, page by page', async (_, parameters, count) => {
		for (let each = 0; each < 230; each++) instance.deliveries.push(toDelivery(`dlv_${each}`));
		const { items } = await runOperation({ ...list, ...parameters }, credential);
		expect(items.map(({ json }) => json.id)).toEqual(
			instance.deliveries.slice(0, count).map(({ id }) => id),
		);
	});

	it('asks for those of a state, an event and a time, in UTC', async () => {
		const filters = {
			state: 'failed',
			event: 'status',
			since: '2026-01-01T00:00:00',
			until: '2026-02-01T10:00:00Z',
		};
		await runOperation({ ...list, filters }, credential);
		expect(Object.fromEntries(runner.requests[0]!.query)).toEqual({
			limit: '50',
			state: 'failed',
			event: 'status',
			since: '2026-01-01T05:00:00.000Z',
			until: '2026-02-01T10:00:00.000Z',
		});
	});

	it('refuses an event that does not exist before a request is made', async () => {
		const filters = { event: '={{ "read" }}' };
		expect((await failOperation({ ...list, filters }, credential)).message).toContain(
			'Unknown event',
		);
		expect(runner.requests).toEqual([]);
	});
});

describe('Redeliver', () => {
	beforeEach(() => {
		instance.deliveries.push(
			toDelivery('dlv_4', { event: 'status', createdAt: '2026-01-04T00:00:00.000Z' }),
			toDelivery('dlv_3', { state: 'delivered', createdAt: '2026-01-03T00:00:00.000Z' }),
			toDelivery('dlv_2', { createdAt: '2026-01-02T00:00:00.000Z' }),
			toDelivery('dlv_1', { createdAt: '2026-01-01T00:00:00.000Z' }),
		);
	});

	it.each([
		['an ID', '={{ $json.id }}'],
		['a choice from the list', { __rl: true, mode: 'list', value: 'dlv_2' }],
	])('delivers one again, given by %s, and shows how it stands', async (_, deliveryId) => {
		const { items } = await runOperation({ ...redeliver, deliveryId }, credential, {
			items: [{ json: { id: 'dlv_2' } }],
		});
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: 'dlv_2', state: 'pending' }), pairedItem: { item: 0 } },
		]);
		expect(toStates()).toEqual(['failed', 'delivered', 'pending', 'failed']);
	});

	it('delivers all that failed again, and says how many', async () => {
		const { json } = await runOperation({ ...redeliver, deliveries: 'failed' }, credential);
		expect(json).toEqual({ redelivered: 3, skipped: 0 });
		expect(toStates()).toEqual(['pending', 'delivered', 'pending', 'pending']);
	});

	it.each<[string, object, string[]]>([
		['an event', { event: 'status' }, ['pending', 'delivered', 'failed', 'failed']],
		['a state', { state: 'delivered' }, ['failed', 'pending', 'failed', 'failed']],
		[
			'a range of time',
			{ since: '2026-01-02T00:00:00Z', until: '2026-01-03T00:00:00Z' },
			['failed', 'delivered', 'pending', 'failed'],
		],
	])('delivers those of %s again', async (_, filters, states) => {
		const parameters = { ...redeliver, deliveries: 'filtered', filters: { ...filters } };
		const { json } = await runOperation(parameters, credential);
		expect(json).toEqual({ redelivered: 1, skipped: 0 });
		expect(toStates()).toEqual(states);
	});

	it.each([
		['no filter', { deliveries: 'filtered' }, 'no filter is given', 'All That Failed'],
		[
			'filters that an expression leaves empty',
			{ deliveries: 'filtered', filters: { event: '={{ $json.missing }}', since: '' } },
			'no filter is given',
			'All That Failed',
		],
		['no ID', { deliveryId: '' }, '“Delivery” is empty', 'Fill it in'],
	])('makes no request with %s, and says what to do', async (_, parameters, message, hint) => {
		const error = await failOperation({ ...redeliver, ...parameters }, credential);
		expect(error.message).toContain(message);
		expect(error.description).toContain(hint);
		expect(runner.requests).toEqual([]);
	});

	it('says where to find the ID when there is no such delivery', async () => {
		const error = await failOperation({ ...redeliver, deliveryId: 'dlv_9' }, credential);
		expect(error.message).toContain('Delivery not found');
		expect(error.description).toContain('Webhook → List Deliveries');
		expect(error.description).not.toContain('/api/');
	});

	it('says why there is nobody to deliver to any more', async () => {
		runner.answerNext({ status: 404, body: toErrorBody('subscription_not_found') });
		const error = await failOperation({ ...redeliver, deliveryId: 'dlv_2' }, credential);
		expect(error.description).toContain('unpublished');
		expect(error.description).not.toContain('/api/');
	});
});
