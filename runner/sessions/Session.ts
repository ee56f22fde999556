import type { Logger } from 'pino';
import { ApiError } from '../ApiError';
import type { Clock, Timer } from '../Clock';
import { MessageJournal } from '../messages/MessageJournal';
import { SendQueueRepository } from '../messages/SendQueueRepository';
import { CredentialRepository } from '../storage/CredentialRepository';
import type { Database } from '../storage/Database';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { CloseReason } from '../whatsapp/closeReason';
import { Connection } from '../whatsapp/Connection';
import type { ConnectionListener } from '../whatsapp/ConnectionListener';
import { createMessageId } from '../whatsapp/createMessageId';
import { QrDesk } from './QrDesk';
import { reconnectDelay } from './reconnectDelay';
import { SendQueue } from './SendQueue';
import { SessionLife } from './SessionLife';
import type {
	LiveQrCode,
	SendOutcome,
	SendTextCommand,
	SessionPort,
	SessionStatus,
} from './SessionPort';
import { SessionRepository } from './SessionRepository';

/** An open connection that has held so long counts as a success: the next pause starts small again. */
const STABLE_MS = 30_000;
/** So often a session takes itself back from another process before it gives way. */
const MAX_REPLACED = 3;
/** Linking that nobody has asked about for so long is given up. */
const LINKING_INTEREST_MS = 180_000;

export interface SessionDependencies {
	database: Database;
	outbox: OutboxPort;
	clock: Clock;
	logger: Logger;
	ttlMs: number;
	/** ws:// URL of a simulator; WhatsApp's own when absent. */
	whatsappUrl?: string;
	/** Gives a newer version of WhatsApp Web after WhatsApp has refused this one. */
	refreshVersion: () => Promise<[number, number, number] | undefined>;
	counters: SessionCounters;
}

/** What the metrics count of sessions. */
export interface SessionCounters {
	closed(code: number): void;
	undecryptable(): void;
}

/** One instance: keeps its connection, its linking and its sends going until it is told otherwise. */
export class Session implements SessionPort {
	private readonly credentials: CredentialRepository;
	private readonly journal: MessageJournal;
	private readonly queue: SendQueue;
	private readonly life: SessionLife;
	private readonly qrCodes: QrDesk;
	private connection: Connection | undefined;
	private isLeaving = false;
	private retryTimer: Timer | undefined;
	private stableTimer: Timer | undefined;
	private attempts = 0;
	private replacedCount = 0;
	private lastInterestAt = 0;
	private version: [number, number, number] | undefined;
	private hasRefreshedVersion = false;

	constructor(
		readonly instanceId: string,
		private readonly dependencies: SessionDependencies,
	) {
		const { database, clock, logger, outbox, ttlMs } = dependencies;
		const repository = new SessionRepository(database);
		this.credentials = new CredentialRepository(database);
		this.journal = new MessageJournal({
			instanceId,
			instanceName: () => repository.nameOf(instanceId),
			ownNumber: () => this.life.status().number,
			database,
			outbox,
			ttlMs,
			clock,
		});
		this.life = new SessionLife({ instanceId, database, clock, logger, journal: this.journal });
		this.queue = new SendQueue({
			instanceId,
			database,
			repository: new SendQueueRepository(database),
			journal: this.journal,
			clock,
			createMessageId: () => createMessageId(this.life.status().number),
		});
		this.qrCodes = new QrDesk(clock);
	}

	status(): SessionStatus {
		return this.life.status();
	}

	/** Whether it was connected, or trying to be, when the runner last ran. */
	get wantsConnection(): boolean {
		return this.isLinked && !['blocked', 'loggedOut', 'unlinked'].includes(this.life.state);
	}

	async connect(): Promise<void> {
		this.lastInterestAt = this.dependencies.clock.now();
		if (this.connection || this.retryTimer) return;
		this.life.begin(this.isLinked);
		this.open();
	}

	async waitForQr(options: { timeoutMs: number; signal?: AbortSignal }): Promise<LiveQrCode> {
		this.assertUnlinked();
		await this.connect();
		return await this.qrCodes.wait(options);
	}

	async requestPairingCode(phone: string): Promise<string> {
		this.assertUnlinked();
		await this.connect();
		if (!this.connection) throw new ApiError('pairing_code_refused');
		return await this.connection.requestPairingCode(phone);
	}

	async restart(): Promise<void> {
		if (!this.isLinked && this.life.state !== 'linking') throw new ApiError('instance_not_linked');
		await this.leave((connection) => connection.close());
		await this.connect();
	}

	async logout(): Promise<void> {
		await this.leave((connection) => connection.logOut());
		await this.discardCredentials('logged_out');
		await this.queue.abandon();
		this.life.ended('loggedOutHere', 'logged_out', null);
	}

	async sendText(command: SendTextCommand): Promise<SendOutcome> {
		const { state } = this.life;
		if (state === 'blocked') throw new ApiError('instance_blocked');
		if (state === 'stopped') throw new ApiError('engine_down');
		if (state !== 'connected' && state !== 'reconnecting')
			throw new ApiError('instance_not_linked');
		return await this.queue.submit(command);
	}

	/** Ends the connection without changing what the next start will do. */
	async stop(): Promise<void> {
		this.life.stop();
		await this.leave((connection) => connection.close());
		this.queue.release();
	}

	private get isLinked(): boolean {
		return this.credentials.read(this.instanceId) !== undefined;
	}

	private assertUnlinked(): void {
		if (this.life.state === 'blocked') throw new ApiError('instance_blocked');
		if (this.isLinked) throw new ApiError('instance_already_linked');
	}

	private open(): void {
		const { database, clock, whatsappUrl, counters } = this.dependencies;
		try {
			this.connection = new Connection({
				instanceId: this.instanceId,
				database,
				clock,
				listener: this.listener,
				...(whatsappUrl ? { url: whatsappUrl } : {}),
				...(this.version ? { version: this.version } : {}),
				onUndecryptable: () => counters.undecryptable(),
			});
		} catch (error) {
			// Credentials that cannot be read: this instance stays down, the others go on.
			const text = error instanceof Error ? error.message : 'unknown error';
			this.dependencies.logger.error({ instance: this.instanceId }, 'instance kept down');
			this.life.ended('gaveUp', 'engine_down', text);
			throw new ApiError('engine_down', text);
		}
	}

	private readonly listener: ConnectionListener = {
		hasJournalled: (key) => this.journal.hasJournalled(key),
		onMessage: (message) => this.journal.received(message),
		onStatus: (change) => this.journal.statusChanged(change),
		onServerAck: (messageId, errorCode) => {
			const staged = this.journal.acknowledged(messageId, errorCode);
			return (
				staged && {
					statements: staged.statements,
					announce: () => {
						staged.announce?.();
						this.queue.settle(messageId, errorCode);
					},
				}
			);
		},
		onProtocolDone: (key) => this.journal.protocolDone(key),
		unfinishedProtocol: () => this.journal.unfinishedProtocol(),
		contentOf: (messageId) => this.journal.textOf(messageId),
		onQrCode: (qr, expiresAt) => this.qrCodes.show({ qr, expiresAt }),
		onLinked: () => {
			this.qrCodes.clear(new ApiError('instance_already_linked'));
			this.life.enter('linked', null);
		},
		onOpen: ({ number, pushName }) => this.opened(number, pushName),
		onClose: (reason, storageError) => this.closed(reason, storageError),
	};

	private opened(number: string | null, pushName: string | null): void {
		const { connection } = this;
		if (!connection) return;
		this.stableTimer = this.dependencies.clock.setTimer(() => {
			this.attempts = 0;
			this.replacedCount = 0;
		}, STABLE_MS);
		this.life.opened(number, pushName);
		this.queue.attach(connection);
	}

	private async closed(reason: CloseReason, storageError?: Error): Promise<void> {
		const isWanted = this.isLeaving;
		this.connection = undefined;
		this.stableTimer?.cancel();
		this.dependencies.counters.closed(reason.code);
		if (storageError) this.journal.forgetUncommitted();
		await this.queue.detach();
		if (isWanted) return;
		this.dependencies.logger.info(
			{ instance: this.instanceId, code: reason.code, kind: reason.kind },
			reason.text,
		);
		await this.react(reason, storageError?.message ?? reason.text);
	}

	/** What the close-code table asks for. */
	private async react({ kind }: CloseReason, text: string): Promise<void> {
		switch (kind) {
			case 'restart':
				return this.open();
			case 'retry':
				return this.retry(text);
			case 'replaced':
				if (++this.replacedCount <= MAX_REPLACED) return this.retry(text);
				return this.life.ended(
					'gaveUp',
					'replaced',
					`Stopped: ${text}. Stop the other process, then restart this instance.`,
				);
			case 'outdated':
				return await this.refreshVersion(text);
			case 'qrExpired':
				this.qrCodes.clear(new ApiError('qr_not_ready'));
				return this.life.enter('qrExpired', text);
			case 'blocked':
				return this.life.ended('banned', 'blocked', text);
			case 'loggedOut':
				// With a pairing code WhatsApp knows the number before there is anything to log out of.
				if (!this.isLinked) return this.retry(text);
				await this.discardCredentials('removed_on_phone');
				await this.queue.abandon();
				return this.life.ended('removedOnPhone', 'logged_out', text);
		}
	}

	private retry(text: string): void {
		const { clock } = this.dependencies;
		this.life.lost(text);
		if (!this.isLinked && clock.now() - this.lastInterestAt > LINKING_INTEREST_MS) {
			this.qrCodes.clear(new ApiError('qr_not_ready'));
			return this.life.enter('qrExpired', text);
		}
		this.retryTimer = clock.setTimer(() => {
			this.retryTimer = undefined;
			this.open();
		}, reconnectDelay(this.attempts++));
	}

	private async refreshVersion(text: string): Promise<void> {
		if (this.hasRefreshedVersion) {
			return this.life.ended('gaveUp', 'outdated', `Stopped: ${text}. Update this package.`);
		}
		this.hasRefreshedVersion = true;
		this.version = await this.dependencies.refreshVersion();
		this.retry(text);
	}

	/** Ends whatever is under way, without the reactions to an end that nobody wanted. */
	private async leave(part: (connection: Connection) => Promise<void>): Promise<void> {
		this.retryTimer?.cancel();
		this.retryTimer = undefined;
		if (!this.connection) return;
		this.isLeaving = true;
		try {
			await part(this.connection);
		} finally {
			this.isLeaving = false;
			this.qrCodes.clear(new ApiError('qr_not_ready'));
		}
	}

	private async discardCredentials(reason: string): Promise<void> {
		const { database, clock } = this.dependencies;
		await database.write([
			...this.credentials.archive(this.instanceId, reason, clock.now()),
			new SignalKeyRepository(database).removeAll(this.instanceId),
		]);
		this.life.forgetAccount();
	}
}
