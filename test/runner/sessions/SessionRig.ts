import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import tls from 'node:tls';
import { join } from 'node:path';
import pino from 'pino';
import {
	toRecipient,
	type EventName,
	type InstanceState,
	type WebhookBody,
} from '../../../contract';
import { AddressGuard } from '../../../runner/address';
import { systemClock, type Clock } from '../../../runner/Clock';
import { InstanceSettings } from '../../../runner/instances/InstanceSettings';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { MediaStore } from '../../../runner/media/MediaStore';
import type { Draft } from '../../../runner/messages/Draft';
import type { ProxyAddress } from '../../../runner/proxy/ProxyAddress';
import { Proxies } from '../../../runner/proxy/Proxies';
import type { Session } from '../../../runner/sessions/Session';
import { SessionRegistry } from '../../../runner/sessions/SessionRegistry';
import type { SendCommand, SendOutcome } from '../../../runner/sessions/SessionPort';
import { ChatNames } from '../../../runner/people/ChatNames';
import { Database } from '../../../runner/storage/Database';
import { startSimulator, type LinkedDevice, type Phone, type Simulator } from '../../simulator';

const WAIT_TIMEOUT_MS = 30_000;
export const INSTANCE = 'instance-1';

/** Timers that are set, with what they wait for. */
const pending = new Set<{ delayMs: number; fire: () => void }>();

/** Reconnects at once, so that tests need not wait for pauses that are tested elsewhere. */
const impatientClock: Clock = {
	now: () => Date.now(),
	setTimer(callback, delayMs) {
		const fire = () => {
			timer.cancel();
			pending.delete(entry);
			callback();
		};
		const entry = { delayMs, fire };
		pending.add(entry);
		const timer = systemClock.setTimer(fire, delayMs > 0 && delayMs <= 1_000 ? 1 : delayMs);
		return {
			cancel: () => {
				pending.delete(entry);
				timer.cancel();
			},
		};
	},
};

async function openMedia(dataDir: string, database: Database): Promise<MediaStore> {
	const limits = { maxFileBytes: 100_000_000, quotaBytes: 1_000_000_000 };
	const media = new MediaStore({ dataDir, database, clock: impatientClock, ...limits });
	await media.open();
	return media;
}

/** The proxies of tests are on this machine. */
const guard = new AddressGuard({ allowHttpHosts: [], allowPrivateHosts: ['127.0.0.1'] });

/** The simulator's media host speaks https with a certificate of its own. */
function trust(certificate: string): void {
	tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
}

/** One session with real storage and a simulated WhatsApp, its events kept instead of delivered. */
export class SessionRig {
	readonly events: WebhookBody[] = [];
	readonly logLines: string[] = [];
	/** The runner's own setting. */
	runnerProxy: ProxyAddress | undefined;
	readonly phone: Phone;
	private readonly listeners = new Set<() => void>();
	private readonly timer: NodeJS.Timeout;

	private constructor(
		readonly simulator: Simulator,
		readonly folder: string,
		public database: Database,
		public media: MediaStore,
		public settings: InstanceSettings,
		public registry: SessionRegistry,
		public session: Session,
	) {
		this.phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		// State changes have no event of their own.
		this.timer = setInterval(() => this.listeners.forEach((listener) => listener()), 5);
	}

	static async create(): Promise<SessionRig> {
		const simulator = await startSimulator();
		const folder = mkdtempSync(join(tmpdir(), 'aww-session-'));
		const database = Database.open(join(folder, 'runner.db'));
		await database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?, 'sales', 'hash', seal('whsec_', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
				params: [INSTANCE],
			},
		]);
		const parts = {} as { rig: SessionRig };
		trust(simulator.caCertificate);
		const media = await openMedia(folder, database);
		const settings = new InstanceSettings(database, guard);
		const stores = { database, media, settings };
		const registry = SessionRig.createRegistry(simulator, stores, () => parts.rig);
		const session = registry.add(INSTANCE);
		parts.rig = new SessionRig(simulator, folder, database, media, settings, registry, session);
		return parts.rig;
	}

	/** Links the phone by scanning the QR code, and waits until it is connected. */
	async link(): Promise<LinkedDevice> {
		const { qr } = await this.session.waitForQr({ timeoutMs: WAIT_TIMEOUT_MS });
		const device = await this.phone.scan(qr);
		await this.untilState('connected');
		await device.whenOnline();
		return device;
	}

	send(
		number: string,
		text: string,
		idempotency?: { key: string; bodyHash: string },
	): Promise<SendOutcome> {
		const recipient = toRecipient(number);
		if (!recipient) throw new Error('The test uses a number that is none.');
		return this.session.send({
			jid: recipient.jid,
			draft: () => ({ kind: 'text', text }),
			...(idempotency ? { idempotency } : {}),
		});
	}

	/** Any message to a chat. */
	sendDraft(
		jid: string,
		draft: Draft,
		options: Partial<Omit<SendCommand, 'jid' | 'draft'>> = {},
	): Promise<SendOutcome> {
		return this.session.send({ jid, draft: () => draft, ...options });
	}

	of<T extends EventName>(event: T): Array<Extract<WebhookBody, { event: T }>> {
		return this.events.filter(
			(body): body is Extract<WebhookBody, { event: T }> => body.event === event,
		);
	}

	/** The nth event of a kind, once it is there. */
	async event<T extends EventName>(event: T, nth = 1): Promise<Extract<WebhookBody, { event: T }>> {
		return await this.until(() => this.of(event)[nth - 1], `${event} event number ${nth}`);
	}

	/** Lets the timers fire that were set for so long, once there is one. */
	async elapse(delayMs: number): Promise<void> {
		const due = () => [...pending].filter((timer) => timer.delayMs === delayMs);
		await this.until(() => due().length > 0, `a timer of ${delayMs} ms`);
		for (const { fire } of due()) fire();
	}

	async untilState(state: InstanceState): Promise<void> {
		await this.until(() => this.session.status().state === state, `state ${state}`);
	}

	async until<T>(look: () => T | undefined | false, what: string): Promise<T> {
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		const listener = () => {
			const found = look();
			if (found !== undefined && found !== false) resolve(found);
		};
		const timer = setTimeout(
			() =>
				reject(
					new Error(
						`Waited in vain for ${what}; state ${JSON.stringify(this.session.status())}, events ${this.events.map(({ event }) => event).join(', ')}`,
					),
				),
			WAIT_TIMEOUT_MS,
		);
		this.listeners.add(listener);
		listener();
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.listeners.delete(listener);
		}
	}

	/** The runner stops and starts again on the same data. */
	async restart(): Promise<void> {
		await this.registry.stopAll();
		await this.database.close();
		this.database = Database.open(join(this.folder, 'runner.db'));
		this.media = await openMedia(this.folder, this.database);
		this.settings = new InstanceSettings(this.database, guard);
		this.registry = SessionRig.createRegistry(this.simulator, this, () => this);
		await this.registry.startAll();
		const session = this.registry.get(INSTANCE);
		if (!session) throw new Error('The session did not come back.');
		this.session = session;
	}

	async remove(): Promise<void> {
		clearInterval(this.timer);
		await this.registry.stopAll();
		await this.database.close();
		await this.simulator.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private static createRegistry(
		simulator: Simulator,
		{ database, media, settings }: Pick<SessionRig, 'database' | 'media' | 'settings'>,
		rig: () => SessionRig,
	): SessionRegistry {
		return new SessionRegistry({
			database,
			outbox: {
				stage: ({ toBody }) => {
					const body = toBody();
					return {
						statements: [],
						announce: () => {
							rig().events.push(body);
							rig().listeners.forEach((listener) => listener());
						},
					};
				},
			},
			config: {
				messageTtlDays: 30,
				messagesPerMinute: 0,
				whatsappUrl: simulator.url,
				whatsappRootKey: simulator.rootKeyHex,
			},
			media,
			toMediaUrl: (instanceId, sha256) => `https://runner.test/media/${instanceId}/${sha256}`,
			settings,
			proxyOf: (id) =>
				new Proxies({
					guard,
					ofRunner: rig().runnerProxy,
					ofInstance: (instanceId) => settings.proxyOf(instanceId),
				}).of(id),
			instanceName: (instanceId) => new InstanceStore(database).nameOf(instanceId),
			chatName: (instanceId, chat) => new ChatNames(database).nameOf(instanceId, chat),
			logger: pino({ level: 'debug' }, { write: (line: string) => rig().logLines.push(line) }),
			clock: impatientClock,
		});
	}
}
