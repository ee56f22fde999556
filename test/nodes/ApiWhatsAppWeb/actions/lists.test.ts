import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { toGroup } from '../../../fakes/groupHandlers';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance({
		messages: Array.from({ length: 230 }, (_, index) => ({
			messageId: `M${index}`,
			type: index % 2 ? 'image' : 'text',
		})),
		groups: [toGroup('1203630001@g.us', 'A'), toGroup('1203630002@g.us', 'B')],
	});
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

const getAll = { resource: 'message', operation: 'getAll' };
const toIds = (items: Array<{ json: { messageId?: unknown } }>) =>
	items.map(({ json }) => json.messageId);

it('gives one item for each entry, paired with the item that asked', async () => {
	const { items } = await runOperation({ ...getAll, limit: 2 }, credential, { items: [{}, {}] });
	expect(toIds(items)).toEqual(['M0', 'M1', 'M0', 'M1']);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 0 },
		{ item: 1 },
		{ item: 1 },
	]);
});

it.each([
	['all of them', { returnAll: true }, 230, 3],
	['as many as the limit', { limit: 130 }, 130, 2],
	['50 unless told otherwise', {}, 50, 1],
])('gives %s, page by page', async (_, parameters, count, requests) => {
	const { items } = await runOperation({ ...getAll, ...parameters }, credential);
	expect(toIds(items)).toEqual(instance.messages.slice(0, count).map(({ messageId }) => messageId));
	expect(runner.requests).toHaveLength(requests);
});

it('keeps its filters on every page', async () => {
	const parameters = { ...getAll, returnAll: true, filters: { type: 'image' } };
	const { items } = await runOperation(parameters, credential);
	expect(items).toHaveLength(115);
	expect(runner.requests.map(({ query }) => query.get('type'))).toEqual(['image', 'image']);
});

it('cuts the groups, whose list has no pages, at the limit', async () => {
	const parameters = { resource: 'group', operation: 'getAll', limit: 1 };
	const { items } = await runOperation(parameters, credential);
	expect(items.map(({ json }) => json.subject)).toEqual(['A']);
});

it('reads times of expressions: texts with and without zone, and n8n’s own dates', async () => {
	const since = [
		'={{ DateTime.fromISO("2026-01-01T00:00:00Z") }}',
		'={{ new Date(1767225600000) }}',
		'2026-01-01 00:00:00Z',
		'2025-12-31T19:00:00',
	];
	for (const each of since) {
		await runOperation({ ...getAll, filters: { since: each } }, credential);
	}
	const seen = new Set(runner.requests.map(({ query }) => query.get('since')));
	expect([...seen]).toEqual(['2026-01-01T00:00:00.000Z']);
});

it.each(['yesterday', "2026-01-01').setLocale('en", '2026-13-45'])(
	'refuses “%s” as a time before a request is made',
	async (since) => {
		const error = await failOperation({ ...getAll, filters: { since } }, credential);
		expect(error.message).toContain('the field “Since” holds no time');
		expect(runner.requests).toEqual([]);
	},
);

it('refuses a limit that is no number', async () => {
	const error = await failOperation({ ...getAll, limit: '={{ "many" }}' }, credential);
	expect(error.message).toContain('“Limit” holds no number');
});
