import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInstance } from '../../../runner/instances/createInstance';
import { InstanceSettings } from '../../../runner/instances/InstanceSettings';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { Database } from '../../../runner/storage/Database';
import { FakeSessions } from '../http/FakeSessions';
import { FakeWebhookConfig } from '../http/FakeWebhooks';

describe('createInstance', () => {
	let folder: string;
	let database: Database;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-create-'));
		database = Database.open(join(folder, 'runner.db'));
	});
	afterEach(async () => {
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const createParts = () => ({
		instances: new InstanceStore(database),
		sessions: new FakeSessions(),
		webhookConfig: new FakeWebhookConfig(),
		settings: new InstanceSettings(database),
	});
	const slots = () => database.all('SELECT instance_id, event, url FROM webhook_slots');

	test('instance and webhook URLs are on disk, and its session is there', async () => {
		const parts = createParts();
		const webhooks = { sent: 'https://a.example/sent', received: null };
		const { id } = await createInstance(parts, { name: 'Sales', webhooks });
		expect(slots()).toEqual([{ instance_id: id, event: 'sent', url: 'https://a.example/sent' }]);
		expect(parts.sessions.get(id)).toBeDefined();
	});

	test('a name that is taken writes no webhook URL and starts no session', async () => {
		await createInstance(createParts(), { name: 'Sales' });
		const parts = createParts();
		const second = createInstance(parts, {
			name: 'Sales',
			webhooks: { sent: 'https://a.example/sent' },
		});
		await expect(second).rejects.toMatchObject({ code: 'instance_exists' });
		expect(slots()).toEqual([]);
		expect(parts.sessions.sessions.size).toBe(0);
		expect(parts.webhookConfig.urls.size).toBe(0);
	});
});
