import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { CreatedInstance, MessageView } from '../../../contract';
import type { HttpParts } from '../../../runner/http/HttpParts';
import { HttpServer } from '../../../runner/http/HttpServer';
import { Readiness } from '../../../runner/http/Readiness';
import { createInstance } from '../../../runner/instances/createInstance';
import { InstanceSettings } from '../../../runner/instances/InstanceSettings';
import { PeopleLists } from '../../../runner/people/PeopleLists';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import type { MessageListQuery } from '../../../runner/messages/MessageLookup';
import type { StoredMessage } from '../../../runner/messages/StoredMessage';
import { createMetrics } from '../../../runner/metrics/createMetrics';
import { Database } from '../../../runner/storage/Database';
import { createTestMedia } from './createTestMedia';
import { FakeSessions, type FakeSession } from './FakeSessions';
import { FakeDeliveries, FakeSubscriptions, FakeWebhookConfig } from './FakeWebhooks';

export const ADMIN_KEY = 'admin-key-of-the-tests';

export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
	text: string;
}

export interface CallOptions {
	headers?: Record<string, string>;
	/** A JSON body. */
	json?: unknown;
	/** A body as it is. */
	raw?: string | Uint8Array<ArrayBuffer>;
	form?: FormData;
	signal?: AbortSignal;
}

/** The real server on a real port, over real instances; sessions and webhooks are fakes. */
export class TestApi {
	readonly sessions = new FakeSessions();
	readonly webhookConfig = new FakeWebhookConfig();
	readonly subscriptions = new FakeSubscriptions();
	readonly deliveries = new FakeDeliveries();
	readonly messages = new Map<string, MessageView>();
	/** Messages that can be quoted, forwarded and changed. */
	readonly stored = new Map<string, StoredMessage>();
	/** What lists of messages were asked for. */
	readonly listQueries: MessageListQuery[] = [];
	readonly logLines: string[] = [];
	readonly readiness: Readiness;
	readonly parts: HttpParts;
	private server: HttpServer | undefined;
	readonly folder = mkdtempSync(join(tmpdir(), 'aww-http-'));
	readonly database = Database.open(join(this.folder, 'runner.db'));

	private constructor() {
		const instances = new InstanceStore(this.database);
		this.readiness = new Readiness({
			database: () => {
				this.database.get('SELECT 1');
			},
		});
		const sessions = this.sessions.sessions;
		this.parts = {
			instances,
			sessions: this.sessions,
			messages: {
				find: (_instanceId, { messageId }) => this.messages.get(messageId),
				findStored: (_instanceId, { messageId }) => this.stored.get(messageId),
				list: (_instanceId, query) => {
					this.listQueries.push(query);
					return { messages: [...this.messages.values()], next: null };
				},
				findFile: (_instanceId, sha256) =>
					[...this.messages.values()].find(({ media }) => media?.sha256 === sha256)?.media ??
					undefined,
			},
			media: createTestMedia(this.folder, this.database),
			settings: new InstanceSettings(this.database),
			people: new PeopleLists(this.database),
			webhookConfig: this.webhookConfig,
			subscriptions: this.subscriptions,
			deliveries: this.deliveries,
			metrics: createMetrics(() => [...sessions.values()].map((session) => session.status().state)),
			handover: { accept: () => undefined },
			readiness: this.readiness,
			adminKey: ADMIN_KEY,
			version: '0.0.0',
			startedAt: '2026-01-01T00:00:00.000Z',
			logger: pino({ level: 'trace' }, { write: (line) => this.logLines.push(line) }),
		};
	}

	static async start(): Promise<TestApi> {
		const api = new TestApi();
		await api.parts.media.store.open();
		api.server = await HttpServer.listen(api.parts, { host: '127.0.0.1', port: 0 });
		api.readiness.markReady();
		return api;
	}

	get url(): string {
		if (!this.server) throw new Error('The server is not listening.');
		return this.server.url;
	}

	/** A linked instance. */
	async createInstance(name: string): Promise<CreatedInstance & { session: FakeSession }> {
		const created = await createInstance(this.parts, { name });
		return { ...created, session: this.sessions.get(created.id)! };
	}

	async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
		const { headers = {}, json, raw, form, signal } = options;
		const response = await fetch(this.url + path, {
			method,
			headers: {
				...(json === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: json === undefined ? (raw ?? form ?? null) : JSON.stringify(json),
			signal: signal ?? null,
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		return {
			status: response.status,
			headers: response.headers,
			body: isJson && text !== '' ? JSON.parse(text) : undefined,
			text,
		};
	}

	closeServer(graceMs: number): Promise<void> {
		return this.server?.close(graceMs) ?? Promise.resolve();
	}

	async stop(): Promise<void> {
		await this.closeServer(1_000);
		await this.database.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
