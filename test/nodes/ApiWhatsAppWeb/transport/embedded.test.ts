import { FakeRunner } from '../../../fakes/FakeRunner';
import { publishAsEmbedded } from '../../../fakes/publishAsEmbedded';
import { failOperation, runOperation } from '../runOperation';

let runner: FakeRunner;
let withdraw: () => Promise<void>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	withdraw = publishAsEmbedded(runner);
});
afterEach(async () => {
	await withdraw();
	await runner.stop();
});

const embedded = { connection: 'embedded' };
const getStatus = { resource: 'instance', operation: 'getStatus' };

it('needs nothing but the default credential: makes the instance “default” on first use', async () => {
	const first = await runOperation(getStatus, {});
	const second = await runOperation(getStatus, {});
	expect(first.json).toMatchObject({ name: 'default', state: 'unlinked' });
	expect(second.json).toEqual(first.json);
	expect(runner.instances).toHaveLength(1);
});

it('finds the instance by its name and acts for it with the admin key', async () => {
	runner.addInstance({ name: 'default' });
	const shop = runner.addInstance({ name: 'shop' });
	await runOperation(
		{ resource: 'message', operation: 'sendText', number: '15550001001', message: 'Hello' },
		{ ...embedded, instanceName: ' shop ' },
	);
	expect(shop.sent).toHaveLength(1);
	expect(runner.requests.at(-1)?.headers).toMatchObject({ apikey: runner.adminKey, id: shop.id });
});

it('uses the instance that another execution made in the same moment', async () => {
	runner.beforeCreate = (name) => runner.addInstance({ name, id: 'the-other-one' });
	const { json } = await runOperation(getStatus, embedded);
	expect(json).toMatchObject({ id: 'the-other-one' });
	expect(runner.instances).toHaveLength(1);
});

it('looks the instance up once for all items of an execution', async () => {
	runner.addInstance({ name: 'default' });
	await runOperation(getStatus, embedded, { items: [{}, {}, {}] });
	const lookups = runner.requests.filter(({ path }) => path === '/api/instances');
	expect(lookups).toHaveLength(1);
});

it('names the instance in an error, and what to do next', async () => {
	const error = await failOperation(
		{ resource: 'message', operation: 'sendText', number: '15550001001', message: 'Hello' },
		{ ...embedded, instanceName: 'shop' },
	);
	expect(error.message).toBe(
		'Could not send the text (instance “shop”): This instance is not linked to a phone',
	);
	expect(error.description).toContain('Instance → Connect');
});

it('passes on why the runner could not be started', async () => {
	await withdraw();
	process.env.AWW_DATA_DIR = '/dev/null/nowhere';
	try {
		const error = await failOperation(getStatus, embedded);
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain('The embedded session runner could not be started');
		expect(error.description.length).toBeGreaterThan(20);
	} finally {
		delete process.env.AWW_DATA_DIR;
		withdraw = publishAsEmbedded(runner);
	}
});
