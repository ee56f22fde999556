import { pino } from 'pino';
import { Database } from '../../../../runner/storage/Database';
import { createSampleBody } from '../../../../runner/webhooks/createSampleBody';
import { Webhooks } from '../../../../runner/webhooks/Webhooks';
import { toEvent } from './toEvent';

/*
 * A process that is meant to be killed: stores and delivers events of five chats as fast as it can.
 * Arguments: database file, receiver URL, number of this round, how many events to make.
 */
async function run(): Promise<void> {
	const [file = '', url = '', round = '', count = '0'] = process.argv.slice(2);
	const database = Database.open(file);
	const webhooks = new Webhooks({
		database,
		logger: pino({ level: 'silent' }),
		config: {
			schedule: [0, 0.05, 0.05, 0.05, 0.05],
			allowHttpHosts: [],
			allowPrivateHosts: [],
			embedded: true,
			ttlDays: 30,
		},
	});
	const instanceId = 'instance-1';
	if (round === '0') {
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?, 'name', 'hash', seal('whsec_', 'instances.webhook_secret', ?1), 0, 'connected', 0)`,
				params: [instanceId],
			},
		]);
		await webhooks.subscriptions.create(instanceId, { url, events: ['received'] });
	}
	await webhooks.start();
	for (let n = 0; n < Number(count); n++) {
		const body = createSampleBody({
			event: 'received',
			eventId: `evt_${round}_${n}`,
			nowMs: Date.now(),
			instanceId,
			instanceName: 'name',
		});
		const chat = `chat ${n % 5}`;
		if ('chat' in body) body.chat.id = chat;
		const staged = webhooks.outbox.stage(toEvent(body, chat));
		await database.write(staged.statements);
		staged.announce();
	}
	await webhooks.idle();
	await webhooks.stop();
	await database.close();
}

void run();
