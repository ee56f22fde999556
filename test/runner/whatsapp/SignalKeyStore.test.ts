import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../runner/storage/Database';
import { SignalKeyRepository } from '../../../runner/storage/SignalKeyRepository';
import { SignalKeyStore } from '../../../runner/whatsapp/SignalKeyStore';

describe('SignalKeyStore', () => {
	let folder: string;
	let database: Database;
	let staged: number;
	const createStore = () =>
		new SignalKeyStore(new SignalKeyRepository(database), 'a', () => staged++);

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-keys-'));
		database = Database.open(join(folder, 'runner.db'));
		staged = 0;
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES ('a', 'a', 'h', seal('whsec_', 'instances.webhook_secret', 'a'), 0, 'unlinked', 0)`,
				params: [],
			},
		]);
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('a key is read the same staged, while it is written, and stored', async () => {
		const store = createStore();
		const session = { _sessions: { a: { registrationId: 7 } } } as unknown as Uint8Array;
		await store.set({ session: { 'x.1': session } });
		expect(staged).toBe(1);
		expect(await store.get('session', ['x.1'])).toEqual({ 'x.1': session });
		const statements = store.takeStaged();
		expect(await store.get('session', ['x.1'])).toEqual({ 'x.1': session });
		await database.write(statements);
		store.committed();
		expect(await store.get('session', ['x.1'])).toEqual({ 'x.1': session });
		expect(await createStore().get('session', ['x.1'])).toEqual({ 'x.1': session });
	});

	test('what Baileys changes after giving it is not what is stored', async () => {
		const store = createStore();
		const memory = { 'y@s.whatsapp.net': true };
		await store.set({ 'sender-key-memory': { group: memory } });
		memory['y@s.whatsapp.net'] = false;
		await database.write(store.takeStaged());
		expect(createStore().read('sender-key-memory', 'group')).toEqual({ 'y@s.whatsapp.net': true });
	});

	test('all keys whose ids begin so are read as they are by now, staged, being written, or stored', async () => {
		const store = createStore();
		const holders = (name: string) => ({ [name]: true });
		await store.set({
			'sender-key-memory': { a1: holders('x'), a2: holders('x'), b1: holders('x') },
		});
		await database.write(store.takeStaged());
		store.committed();
		await store.set({ 'sender-key-memory': { a2: null, a3: holders('y') } });
		store.takeStaged();
		await store.set({
			'sender-key-memory': { a1: holders('z'), b2: holders('z') },
			session: { a5: null },
		});
		const read = Object.fromEntries(store.readAll('sender-key-memory', 'a'));
		expect(read).toEqual({ a1: holders('z'), a3: holders('y') });
		expect([...store.readAll('sender-key-memory').keys()].toSorted()).toEqual([
			'a1',
			'a3',
			'b1',
			'b2',
		]);
	});

	test('a deleted key is gone at once, also while its deletion is being written', async () => {
		const store = createStore();
		await store.set({ 'pre-key': { 7: { public: Buffer.from('p'), private: Buffer.from('q') } } });
		await database.write(store.takeStaged());
		store.committed();
		await store.set({ 'pre-key': { 7: null } });
		expect(await store.get('pre-key', ['7'])).toEqual({});
		await database.write(store.takeStaged());
		expect(await store.get('pre-key', ['7'])).toEqual({});
		store.committed();
		expect(await createStore().get('pre-key', ['7'])).toEqual({});
	});

	test('a session that moves ten times between two commits is written once, in its last state', async () => {
		const store = createStore();
		for (let n = 0; n < 10; n++) {
			await store.set({ session: { 'x.1': { step: n } as unknown as Uint8Array } });
		}
		const statements = store.takeStaged();
		expect(statements).toHaveLength(1);
		await database.write(statements);
		expect(createStore().read('session', 'x.1')).toEqual({ step: 9 });
	});

	test('keys with bytes in them come back as bytes', async () => {
		const store = createStore();
		const key = { public: Buffer.from('p'), private: Buffer.from('q') };
		await store.set({ 'pre-key': { 1: key }, 'sender-key': { group: Buffer.from('s') } });
		await database.write(store.takeStaged());
		expect(createStore().read('pre-key', '1')).toEqual(key);
		expect(createStore().read('sender-key', 'group')).toEqual(Buffer.from('s'));
	});

	test('of a thousand contacts only the recent ones are kept in memory, and all are read right', async () => {
		const store = createStore();
		for (let n = 0; n < 1000; n++) await store.set({ 'lid-mapping': { [n]: `lid ${n}` } });
		await database.write(store.takeStaged());
		store.committed();
		for (let n = 0; n < 1000; n++) expect(store.read('lid-mapping', String(n))).toBe(`lid ${n}`);
	});

	test('reading lets no other task in between', async () => {
		const store = createStore();
		let isOtherTaskRun = false;
		setImmediate(() => (isOtherTaskRun = true));
		for (let n = 0; n < 100; n++) await store.get('session', [String(n)]);
		expect(isOtherTaskRun).toBe(false);
	});
});
