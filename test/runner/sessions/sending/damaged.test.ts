import { damage } from '../../storage/encryption/support/damage';
import { ANN, BOB, type FakeSender, QueueFixture } from './QueueFixture';

let fixture: QueueFixture;
beforeEach(async () => {
	fixture = await QueueFixture.open();
});
afterEach(() => fixture.close());

const textsOf = (sender: FakeSender) =>
	sender.sent.map(({ content }) => Buffer.from(content).toString());

/** They wait on the disk, as after a crash. */
async function store(...texts: Array<[jid: string, text: string]>): Promise<string[]> {
	for (const [jid, text] of texts) {
		fixture.submit(jid, text, { file: text === 'file' }).catch(() => undefined);
	}
	await fixture.settle();
	await fixture.queue.release();
	fixture.crash();
	return fixture.stored;
}

test.each(['content', 'upload'])(
	'a waiting message whose %s is damaged has failed and says why; the others go out',
	async (column) => {
		const [first] = await store([ANN, 'file'], [ANN, 'second'], [BOB, 'third']);
		await damage(fixture.database, 'send_queue', column, `message_id = '${first}'`);
		const sender = fixture.connect();
		await fixture.until(() => sender.sent.length === 2 && fixture.failures.length === 1);
		expect(textsOf(sender).sort()).toEqual(['second', 'third']);
		expect(fixture.failures).toEqual(['damaged']);
		expect(fixture.stored).not.toContain(first);
	},
);

test('an Idempotency-Key of which nobody can tell what it was for fits no call: nothing is sent twice', async () => {
	const idempotency = { key: 'once', bodyHash: 'hash' };
	const sender = fixture.connect();
	const sending = fixture.submit(ANN, 'text', { idempotency });
	await fixture.until(() => sender.sent.length === 1);
	await fixture.acknowledge('M1');
	await sending;
	await damage(fixture.database, 'idempotency_keys', 'body_hash');
	await expect(fixture.submit(ANN, 'text', { idempotency })).rejects.toMatchObject({
		code: 'idempotency_conflict',
	});
	expect(sender.sent).toHaveLength(1);
});
