import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceSettings } from '../../../runner/instances/InstanceSettings';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { damage } from '../storage/encryption/support/damage';
import { Database } from '../../../runner/storage/Database';

describe('what an instance does by itself', () => {
	let folder: string;
	let database: Database;
	let id: string;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-settings-'));
		database = Database.open(join(folder, 'runner.db'));
		const instances = new InstanceStore(database);
		const draft = instances.draft('a');
		await instances.insert(draft);
		id = draft.created.id;
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('is nothing that others would notice, until it is told to', () => {
		expect(new InstanceSettings(database).of(id)).toEqual({
			read: false,
			ownMessages: false,
			download: true,
			messagesPerMinute: null,
			rejectCalls: false,
			rejectCallsText: null,
			proxyUrl: null,
		});
	});

	test('changes by what is given, and the rest stays as it is', async () => {
		const settings = new InstanceSettings(database);
		await settings.change(id, { read: true, messagesPerMinute: 0 });
		const others = { ownMessages: false, rejectCalls: false, rejectCallsText: null };
		const proxyUrl = null;
		const expected = { read: true, download: false, messagesPerMinute: 0, proxyUrl, ...others };
		expect(await settings.change(id, { download: false })).toEqual(expected);
		expect(settings.of(id)).toEqual(expected);
	});

	test('is the same after a restart', async () => {
		await new InstanceSettings(database).change(id, {
			...{ ownMessages: true, messagesPerMinute: 7 },
			...{ rejectCalls: true, rejectCallsText: 'Please write.' },
		});
		expect(new InstanceSettings(database).of(id)).toEqual({
			read: false,
			ownMessages: true,
			download: true,
			messagesPerMinute: 7,
			rejectCalls: true,
			rejectCallsText: 'Please write.',
			proxyUrl: null,
		});
	});

	test('null gives the limit back to the runner', async () => {
		const settings = new InstanceSettings(database);
		await settings.change(id, { messagesPerMinute: 7 });
		expect(await settings.change(id, { messagesPerMinute: null })).toMatchObject({
			messagesPerMinute: null,
		});
	});

	test('has its proxy sealed on the disk, and shows it without its password', async () => {
		const proxyUrl = 'socks5://me:hidden-word@proxy.example:1080';
		expect(await new InstanceSettings(database).change(id, { proxyUrl })).toMatchObject({
			proxyUrl: 'socks5://me:***@proxy.example:1080',
		});
		const [row] = database.all<{ proxy_url: Uint8Array }>(
			'SELECT proxy_url FROM instance_settings',
		);
		expect(Buffer.from(row!.proxy_url).includes('proxy.example')).toBe(false);
		const afterRestart = new InstanceSettings(database);
		expect(afterRestart.proxyOf(id)).toMatchObject({ user: 'me', password: 'hidden-word' });
		expect(await afterRestart.change(id, { proxyUrl: null })).toMatchObject({ proxyUrl: null });
		expect(new InstanceSettings(database).proxyOf(id)).toBeNull();
	});

	test('with a proxy that is damaged on the disk, says so and never goes without', async () => {
		await new InstanceSettings(database).change(id, { proxyUrl: 'http://proxy.example:1' });
		await damage(database, 'instance_settings', 'proxy_url');
		const settings = new InstanceSettings(database);
		expect(settings.of(id)).toMatchObject({ download: true, proxyUrl: 'damaged' });
		await settings.change(id, { read: true });
		expect(() => settings.proxyOf(id)).toThrow(/damaged.*Set it once more/);
		await settings.change(id, { proxyUrl: null });
		expect(settings.proxyOf(id)).toBeNull();
	});

	test('is forgotten with its instance', async () => {
		const settings = new InstanceSettings(database);
		await settings.change(id, { read: true });
		await new InstanceStore(database).remove(id);
		settings.forget(id);
		expect(settings.of(id).read).toBe(false);
	});
});
