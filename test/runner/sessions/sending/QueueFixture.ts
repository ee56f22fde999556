import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebhookBody } from '../../../../contract';
import { createJournals } from '../../../../runner/messages/createJournals';
import type { Outgoing, PreparedMessage } from '../../../../runner/messages/Outgoing';
import { SendQueueRepository } from '../../../../runner/messages/SendQueueRepository';
import { ChatAddresses } from '../../../../runner/people/ChatAddresses';
import { ChatRepository } from '../../../../runner/people/ChatRepository';
import {
	type NumberAnswer,
	RecipientDirectory,
} from '../../../../runner/people/RecipientDirectory';
import { ChatKeys } from '../../../../runner/people/ChatKeys';
import { Pacer } from '../../../../runner/sessions/sending/Pacer';
import type { Departure } from '../../../../runner/messages/Departure';
import type { Sender } from '../../../../runner/sessions/sending/Sender';
import { SendQueue } from '../../../../runner/sessions/sending/SendQueue';
import type { Submission } from '../../../../runner/sessions/sending/Submission';
import { Database } from '../../../../runner/storage/Database';
import { FakeClock } from '../../webhooks/support/FakeClock';

const INSTANCE = 'i';
export const ANN = '15550001111@s.whatsapp.net';
export const BOB = '15550002222@s.whatsapp.net';
export const GROUP = '120363041234567890@g.us';

/** A connection that does what the test tells it. */
export class FakeSender implements Sender {
	/** What was sent over it, by id, in order. */
	readonly sent: Outgoing[] = [];
	readonly uploaded: string[] = [];
	readonly typed: Array<{ state: string; durationMs: number }> = [];
	readonly asked: string[][] = [];
	/** Awaited by each upload, and by each message before it leaves. */
	beforeUpload: (message: Outgoing) => Promise<void> = async () => undefined;
	beforeSend: (message: Outgoing) => Promise<void> = async () => undefined;
	/** Awaited while its rows are part of a commit that has not ended. */
	beforeCommit: (message: Outgoing) => Promise<void> = async () => undefined;
	numbers: (phones: string[]) => Promise<NumberAnswer[] | undefined> = async (phones) =>
		phones.map((phone) => ({ phone, jid: `${phone}@s.whatsapp.net`, exists: true }));

	constructor(private readonly database: Database) {}

	async complete(message: Outgoing): Promise<Outgoing> {
		if (!message.upload) return message;
		this.uploaded.push(message.messageId);
		await this.beforeUpload(message);
		return { ...message, upload: null, content: Buffer.from('uploaded') };
	}

	async send(message: Outgoing, departure: Departure): Promise<void> {
		await this.beforeSend(message);
		const rows = departure.rows();
		if (!rows) return;
		await this.beforeCommit(message);
		await this.database.write(rows);
		departure.committed();
		this.sent.push(message);
	}

	async showTyping(_jid: string, state: string, durationMs: number): Promise<void> {
		this.typed.push({ state, durationMs });
	}

	async askNumbers(phones: string[]): Promise<NumberAnswer[] | undefined> {
		this.asked.push(phones);
		return await this.numbers(phones);
	}
}

/** A send queue over a real database and a clock that stands still. */
export class QueueFixture {
	readonly clock = new FakeClock();
	readonly events: WebhookBody[] = [];
	readonly folder = mkdtempSync(join(tmpdir(), 'aww-queue-'));
	readonly database = Database.open(join(this.folder, 'runner.db'));
	messagesPerMinute = 0;
	private journals!: ReturnType<typeof createJournals>;
	private lastId = 0;
	queue = this.createQueue();

	static async open(): Promise<QueueFixture> {
		const fixture = new QueueFixture();
		await fixture.database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?, 'sales', 'hash', seal('whsec_', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
				params: [INSTANCE],
			},
		]);
		return fixture;
	}

	createSender(): FakeSender {
		return new FakeSender(this.database);
	}

	/** A new connection opens. */
	connect(): FakeSender {
		const sender = this.createSender();
		this.queue.attach(sender);
		return sender;
	}

	/** As after a crash: nothing but the disk is left. */
	crash(): void {
		this.queue = this.createQueue();
	}

	submit(jid: string, text: string, more: Partial<Submission> & { file?: boolean } = {}) {
		const { file = false, ...rest } = more;
		return this.queue.submit({
			jid,
			typing: false,
			prepare: async () => toPrepared(text, file),
			...rest,
		});
	}

	/** WhatsApp's server answers. */
	async acknowledge(messageId: string, code: string | null = null): Promise<void> {
		const staged = this.journals.sent.acknowledged(messageId, code);
		if (!staged) throw new Error('There is no such message.');
		await this.database.write(staged.statements);
		staged.announce?.();
		this.queue.settle(messageId, code);
	}

	/** Ids of what is still to be sent, in order. */
	get stored(): string[] {
		return this.repository.ids(INSTANCE);
	}

	contentOf(messageId: string): string {
		return Buffer.from(this.journals.sent.copyOf(messageId)?.content ?? []).toString();
	}

	get failures(): string[] {
		return this.events.flatMap((body) =>
			body.event === 'status' && body.status === 'FAILED' ? [body.reason ?? ''] : [],
		);
	}

	async until(isTrue: () => boolean): Promise<void> {
		const deadline = Date.now() + 5_000;
		while (!isTrue()) {
			if (Date.now() > deadline) throw new Error(`Waited in vain for ${isTrue.toString()}`);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	/** Everything that needs no more than the disk has happened. */
	async settle(): Promise<void> {
		for (let turn = 0; turn < 5; turn++) {
			await this.database.write([{ sql: 'DELETE FROM send_queue WHERE 0', params: [] }]);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	async close(): Promise<void> {
		await this.database.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private get repository(): SendQueueRepository {
		return new SendQueueRepository(this.database);
	}

	private createQueue(): SendQueue {
		const { database, clock } = this;
		this.journals = createJournals({
			instanceId: INSTANCE,
			instanceName: () => 'sales',
			ownNumber: () => '15550009999',
			phoneOfLid: () => null,
			database,
			outbox: {
				stage: ({ toBody }) => {
					const body = toBody();
					return { statements: [], announce: () => void this.events.push(body) };
				},
			},
			ttlMs: 86_400_000,
			clock,
			toMediaUrl: () => '',
			chatName: () => null,
			chatKeys: new ChatKeys({ instanceId: INSTANCE, database, clock }),
			ownMessages: () => false,
			downloads: { isAutomatic: () => false, begin: () => undefined },
			onRecovered: () => undefined,
			noteSent: () => [],
			addresses: new ChatAddresses({
				instanceId: INSTANCE,
				chats: new ChatRepository(database, 86_400_000),
				phoneOfLid: () => null,
				lidOfPhone: () => null,
			}),
			applyEdit: (stored) => stored,
		});
		return new SendQueue({
			instanceId: INSTANCE,
			database,
			repository: this.repository,
			journal: this.journals.sent,
			recipients: new RecipientDirectory({ instanceId: INSTANCE, database, clock }),
			pacer: new Pacer({
				messagesPerMinute: () => this.messagesPerMinute,
				now: () => clock.now(),
				random: () => 0,
			}),
			clock,
			createMessageId: () => `M${++this.lastId}`,
			phoneOfLid: () => null,
			keepFile: () => ({ sql: 'DELETE FROM send_queue WHERE 0', params: [] }),
		});
	}
}

function toPrepared(text: string, hasFile: boolean): PreparedMessage {
	return {
		type: hasFile ? 'image' : 'text',
		text,
		details: {},
		content: Buffer.from(text),
		...(hasFile ? { upload: { sha256: 'ab', kind: 'image' } } : {}),
	};
}
