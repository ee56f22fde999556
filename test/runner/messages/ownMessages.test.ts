import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebhookBody } from '../../../contract';
import { systemClock } from '../../../runner/Clock';
import { createJournals } from '../../../runner/messages/createJournals';
import { ChatKeys } from '../../../runner/people/ChatKeys';
import { ChatAddresses } from '../../../runner/people/ChatAddresses';
import { ChatRepository } from '../../../runner/people/ChatRepository';
import { Database } from '../../../runner/storage/Database';
import { open } from '../../../runner/storage/encryption/sealedColumns';
import type { OutgoingEvent } from '../../../runner/webhooks/OutboxPort';
import { readSample } from '../whatsapp/incoming/readSample';

describe('what the owner types on the phone', () => {
	let folder: string;
	let database: Database;
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aww-own-'));
		database = Database.open(join(folder, 'runner.db'));
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

	test.each([true, false])(
		'is journalled, and for every receiver only if asked for: %p',
		async (own) => {
			const events: Array<Pick<OutgoingEvent, 'includeOwn'> & { body: WebhookBody }> = [];
			const { received } = createJournals({
				instanceId: 'a',
				instanceName: () => 'a',
				ownNumber: () => null,
				phoneOfLid: () => null,
				database,
				outbox: {
					stage({ toBody, ...event }) {
						events.push({ ...event, body: toBody() });
						return { statements: [], announce: () => undefined };
					},
				},
				ttlMs: 1000,
				clock: systemClock,
				toMediaUrl: () => '',
				chatName: () => null,
				chatKeys: new ChatKeys({ instanceId: 'a', database, clock: systemClock }),
				ownMessages: () => own,
				downloads: { isAutomatic: () => true, begin: () => undefined },
				onRecovered: () => undefined,
				noteSent: () => [],
				addresses: new ChatAddresses({
					instanceId: 'a',
					chats: new ChatRepository(database, 1000),
					phoneOfLid: () => null,
					lidOfPhone: () => null,
				}),
				applyEdit: (stored) => stored,
			});
			const message = readSample({ conversation: 'typed' }, { key: { fromMe: true } });
			await database.write(received.received(message).statements);
			expect(events).toMatchObject([{ body: { fromMe: true, message: 'typed' }, includeOwn: own }]);
			expect(database.all(`SELECT ${open('messages.text')}, from_me FROM messages`)).toEqual([
				{ text: 'typed', from_me: 1 },
			]);
		},
	);
});
