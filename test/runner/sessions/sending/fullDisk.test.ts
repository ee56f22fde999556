import { ANN, QueueFixture } from './QueueFixture';

let fixture: QueueFixture;
beforeEach(async () => {
	fixture = await QueueFixture.open();
});
afterEach(() => fixture.close());

const TABLES = ['send_queue', 'messages', 'message_statuses'];
const write = (toSql: (table: string) => string) =>
	fixture.database.write(TABLES.map((table) => ({ sql: toSql(table), params: [] })));
const fillDisk = () =>
	write(
		(table) => `CREATE TRIGGER full_${table} BEFORE INSERT ON ${table}
			BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
	);
const emptyDisk = () => write((table) => `DROP TRIGGER full_${table}`);
const gate = () => Promise.withResolvers<void>();

const CALLERS_WAIT_MS = 20_000;

test('what was committed before the disk was full is not refused: it waits for the next connection', async () => {
	const first = fixture.connect();
	const sending = fixture.submit(ANN, 'on disk');
	await fixture.until(() => first.sent.length === 1);
	await fillDisk();
	await fixture.queue.detach();
	const second = fixture.connect();
	await fixture.until(() => second.sent.length === 1);
	expect(second.sent[0]?.messageId).toBe(first.sent[0]?.messageId);
	await emptyDisk();
	await fixture.acknowledge(second.sent[0]!.messageId);
	await expect(sending).resolves.toMatchObject({ state: 'sent' });
});

test('who is told that nothing could be stored is told the truth: it does not leave later', async () => {
	const sender = fixture.connect();
	const turn = gate();
	sender.beforeSend = () => turn.promise;
	const sending = fixture.submit(ANN, 'never');
	const refused = expect(sending).rejects.toMatchObject({ code: 'storage_unavailable' });
	await fixture.settle();
	await fillDisk();
	fixture.clock.advance(CALLERS_WAIT_MS);
	await refused;
	await emptyDisk();
	turn.resolve();
	await fixture.settle();
	expect(sender.sent).toEqual([]);
	expect(fixture.stored).toEqual([]);
});

test('of what is just leaving the commit it leaves with decides, not a failure beside it', async () => {
	const sender = fixture.connect();
	const [reached, committing] = [gate(), gate()];
	sender.beforeCommit = () => {
		reached.resolve();
		return committing.promise;
	};
	const sending = fixture.submit(ANN, 'leaving');
	await reached.promise;
	await fillDisk();
	fixture.clock.advance(CALLERS_WAIT_MS);
	await fixture.settle();
	await emptyDisk();
	committing.resolve();
	await fixture.until(() => sender.sent.length === 1);
	fixture.clock.advance(1_000);
	await expect(sending).resolves.toMatchObject({ state: 'queued' });
});
