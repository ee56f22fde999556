import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toKeyHash } from '../../../runner/instances/apiKey';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { Database } from '../../../runner/storage/Database';

describe('InstanceStore', () => {
	let folder: string;
	let database: Database;
	let store: InstanceStore;
	let now: number;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-instances-'));
		database = Database.open(join(folder, 'runner.db'));
		now = 1000;
		store = new InstanceStore(database, () => now++);
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const insert = async (name: string) => {
		const draft = store.draft(name);
		await store.insert(draft);
		return draft.created;
	};

	test('an instance is found by its id and by its key', async () => {
		const { id, apiKey } = await insert('a');
		await insert('b');
		expect(store.find(id)).toEqual({ id, name: 'a' });
		expect(store.findByKeyHash(toKeyHash(apiKey))).toEqual({ id, name: 'a' });
		expect(store.findByKeyHash(toKeyHash(`${apiKey} `))).toBeUndefined();
		expect(store.find('')).toBeUndefined();
	});

	test('the name of an instance is known by its id, after it was renamed and deleted as well', async () => {
		const { id } = await insert('a');
		expect(store.nameOf(id)).toBe('a');
		await store.rename(id, 'b');
		expect(store.nameOf(id)).toBe('b');
		await store.remove(id);
		expect(store.nameOf(id)).toBe('');
	});

	test('they are listed oldest first', async () => {
		await insert('z');
		await insert('a');
		expect(store.list().map(({ name }) => name)).toEqual(['z', 'a']);
	});

	test('no API key is ever on disk', async () => {
		const { id, apiKey } = await insert('a');
		const rotated = await store.rotateKey(id);
		await database.close();
		const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
		expect(bytes.join('')).toContain(id);
		expect(bytes.join('')).not.toContain(apiKey);
		expect(bytes.join('')).not.toContain(rotated);
		database = Database.open(join(folder, 'runner.db'));
	});

	test('ids, keys and secrets are all different', async () => {
		const created = await Promise.all(['a', 'b', 'c'].map(insert));
		for (const field of ['id', 'apiKey', 'webhookSecret'] as const) {
			expect(new Set(created.map((instance) => instance[field])).size).toBe(3);
		}
	});

	test('when what belongs to it cannot be written, the instance is not there either', async () => {
		const draft = store.draft('a');
		const slot = {
			sql: 'INSERT INTO webhook_slots (instance_id, event, url) VALUES (?, ?, ?)',
			params: ['nobody', 'sent', 'https://a.example'],
		};
		await expect(store.insert(draft, [slot])).rejects.toThrow(/FOREIGN KEY/);
		expect(store.list()).toEqual([]);
	});

	test('a name is taken once, also between the look and the write', async () => {
		const outcomes = await Promise.allSettled(['a', 'a'].map(insert));
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(outcomes[1]).toMatchObject({ reason: { code: 'instance_exists' } });
		const { id } = await insert('b');
		await expect(store.rename(id, 'a')).rejects.toMatchObject({ code: 'instance_exists' });
		expect(store.find(id)?.name).toBe('b');
	});

	test('what belonged to a removed instance is gone with it', async () => {
		const { id } = await insert('a');
		await database.write([
			{
				sql: 'INSERT INTO webhook_slots (instance_id, event, url) VALUES (?, ?, ?)',
				params: [id, 'sent', 'https://a.example'],
			},
		]);
		await store.remove(id);
		expect(store.list()).toEqual([]);
		expect(database.all('SELECT * FROM webhook_slots')).toEqual([]);
	});
});
