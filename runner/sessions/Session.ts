import type { Logger } from 'pino';
import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import { MessageJournal } from '../messages/MessageJournal';
import { SendQueueRepository } from '../messages/SendQueueRepository';
import { CredentialRepository } from '../storage/CredentialRepository';
import type { Database } from '../storage/Database';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { OutboxPort } from '../webhooks/OutboxPort';
import { Connection } from '../whatsapp/Connection';
import type { ConnectionListener } from '../whatsapp/ConnectionListener';
import { createMessageId } from '../whatsapp/createMessageId';
import { findPhoneOfLid } from '../whatsapp/findPhoneOfLid';
import { ConnectionKeeper, type LifeListener, type WhatsAppVersion } from './ConnectionKeeper';
import { QrDesk } from './QrDesk';
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

export interface SessionDependencies {
	database: Database;
	outbox: OutboxPort;
	clock: Clock;
	logger: Logger;
	ttlMs: number;
	/** ws:// URL of a simulator; WhatsApp's own when absent. */
	whatsappUrl?: string;
	refreshVersion: () => Promise<WhatsAppVersion | undefined>;
	counters: SessionCounters;
}

/** What the metrics count of sessions. */
export interface SessionCounters {
	closed(code: number): void;
	undecryptable(): void;
}

/** One instance: its linking, its connection, its messages in and out. */
export class Session implements SessionPort {
	private readonly credentials: CredentialRepository;
	private readonly keys: SignalKeyRepository;
	private readonly journal: MessageJournal;
	private readonly queue: SendQueue;
	private readonly life: SessionLife;
	private readonly keeper: ConnectionKeeper;
	private readonly qrCodes: QrDesk;
	/** Logged out or deleted from now on: nothing is taken any more, whatever is still under way. */
	private isParting = false;

	constructor(
		readonly instanceId: string,
		private readonly dependencies: SessionDependencies,
	) {
		const { database, clock, logger, outbox, ttlMs, refreshVersion, counters } = dependencies;
		const repository = new SessionRepository(database);
		this.credentials = new CredentialRepository(database);
		this.keys = new SignalKeyRepository(database);
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
			phoneOfLid: (lid) => findPhoneOfLid(this.keys, instanceId, lid),
		});
		this.qrCodes = new QrDesk(clock);
		this.keeper = new ConnectionKeeper({
			instanceId,
			life: this.life,
			clock,
			logger,
			open: (listener, version) => this.open(listener, version),
			isLinked: () => this.isLinked,
			refreshVersion,
			countClosed: (code) => counters.closed(code),
			onQrCode: (qr, expiresAt) => this.qrCodes.show({ qr, expiresAt }),
			onCodesVoid: (reason) => this.qrCodes.clear(reason),
			onOpened: (connection) => this.queue.attach(connection),
			onEnded: async () => {
				await this.queue.detach();
				this.journal.forgetUncommitted();
			},
			onRemoved: () => this.discardAccount('removed_on_phone'),
		});
	}

	status(): SessionStatus {
		return this.life.status();
	}

	/** Whether it was connected, or trying to be, when the runner last ran. */
	get wantsConnection(): boolean {
		return this.isLinked && !['blocked', 'loggedOut', 'unlinked'].includes(this.life.state);
	}

	async connect(): Promise<void> {
		await this.keeper.connect();
	}

	async waitForQr(options: { timeoutMs: number; signal?: AbortSignal }): Promise<LiveQrCode> {
		this.assertUnlinked();
		await this.keeper.connect();
		return await this.qrCodes.wait(options);
	}

	async requestPairingCode(phone: string): Promise<string> {
		this.assertUnlinked();
		await this.keeper.connect();
		const { connection } = this.keeper;
		if (!connection) {
			throw new ApiError('engine_down', 'WhatsApp cannot be reached at the moment; try again.');
		}
		return await connection.requestPairingCode(phone);
	}

	async restart(): Promise<void> {
		if (!this.isLinked && this.life.state !== 'linking') throw new ApiError('instance_not_linked');
		await this.keeper.restart();
	}

	async logout(): Promise<void> {
		this.isParting = true;
		try {
			await this.keeper.logOut(async () => {
				await this.discardAccount('logged_out');
				this.life.ended('loggedOutHere', 'logged_out', null);
			});
		} finally {
			this.isParting = false;
		}
	}

	/** Logs out for good, before the instance is deleted. */
	async remove(): Promise<void> {
		this.isParting = true;
		await this.keeper.logOut(() => this.discardAccount('instance_deleted'));
		await this.keeper.stop();
	}

	async sendText(command: SendTextCommand): Promise<SendOutcome> {
		const { state } = this.life;
		if (this.isParting) throw new ApiError('instance_not_linked');
		if (state === 'blocked') throw new ApiError('instance_blocked');
		if (state === 'stopped') throw new ApiError('engine_down');
		if (state !== 'connected' && state !== 'reconnecting') {
			throw new ApiError('instance_not_linked');
		}
		return await this.queue.submit(command);
	}

	/** Ends the connection without changing what the next start will do. */
	async stop(): Promise<void> {
		this.life.stop();
		this.queue.release();
		await this.keeper.stop();
	}

	private get isLinked(): boolean {
		return this.credentials.read(this.instanceId) !== undefined;
	}

	private assertUnlinked(): void {
		if (this.isParting) throw new ApiError('qr_not_ready');
		if (this.life.state === 'blocked') throw new ApiError('instance_blocked');
		if (this.isLinked) throw new ApiError('instance_already_linked');
	}

	private open(life: LifeListener, version: WhatsAppVersion | undefined): Connection {
		const { database, clock, whatsappUrl, counters } = this.dependencies;
		return new Connection({
			instanceId: this.instanceId,
			database,
			clock,
			listener: { ...this.messageListener, ...life },
			...(whatsappUrl ? { url: whatsappUrl } : {}),
			...(version ? { version } : {}),
			onUndecryptable: () => counters.undecryptable(),
		});
	}

	private readonly messageListener: Omit<ConnectionListener, keyof LifeListener> = {
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
	};

	/** The account is gone: its credentials are kept aside, and nothing that waits may leave from another one. */
	private async discardAccount(reason: string): Promise<void> {
		const { database, clock } = this.dependencies;
		await this.queue.abandon();
		await database.write([
			...this.credentials.archive(this.instanceId, reason, clock.now()),
			this.keys.removeAll(this.instanceId),
		]);
		this.life.forgetAccount();
	}
}
