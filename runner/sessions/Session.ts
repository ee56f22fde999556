import { ApiError } from '../ApiError';
import type { MediaFile } from '../media/MediaFile';
import type { AwaitedMessages } from '../messages/AwaitedMessages';
import { createJournals } from '../messages/createJournals';
import { SendQueueRepository } from '../messages/SendQueueRepository';
import { CredentialRepository } from '../storage/CredentialRepository';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import { Connection } from '../whatsapp/Connection';
import type { ConnectionListener } from '../whatsapp/ConnectionListener';
import { createMessageId } from '../whatsapp/createMessageId';
import { findPhoneOfLid } from '../whatsapp/findPhoneOfLid';
import { applyOwnEdit } from '../whatsapp/outgoing/applyOwnEdit';
import { readOwnIdentity } from '../whatsapp/outgoing/readOwnIdentity';
import type { PasskeyPort } from '../whatsapp/passkey/PasskeyExchange';
import { AccountPeople } from './AccountPeople';
import { CallDesk } from './CallDesk';
import { ConnectionKeeper, type LifeListener, type WhatsAppVersion } from './ConnectionKeeper';
import { MediaDownloads } from './downloads/MediaDownloads';
import { QrDesk } from './QrDesk';
import { Pacer } from './sending/Pacer';
import { prepareMessage } from './sending/prepareMessage';
import { SendQueue } from './sending/SendQueue';
import type { GroupsPort } from './GroupsPort';
import type { PeoplePort, ProfilePort } from './PeoplePort';
import type { SessionDependencies } from './SessionDependencies';
import { SessionLife } from './SessionLife';
import type {
	LiveQrCode,
	SendCommand,
	SendOutcome,
	SessionPort,
	SessionStatus,
} from './SessionPort';
import { toMessageListener } from './toMessageListener';

/** One instance: its linking, its connection, its messages in and out. */
export class Session implements SessionPort {
	private readonly credentials: CredentialRepository;
	private readonly keys: SignalKeyRepository;
	private readonly messages: Omit<ConnectionListener, keyof LifeListener>;
	private readonly awaited: AwaitedMessages;
	private readonly queue: SendQueue;
	private readonly downloads: MediaDownloads;
	private readonly life: SessionLife;
	private readonly keeper: ConnectionKeeper;
	private readonly qrCodes: QrDesk;
	private readonly account: AccountPeople;
	private readonly calls: CallDesk;
	/** Logged out or deleted from now on: nothing is taken any more, whatever is still under way. */
	private isParting = false;

	constructor(
		readonly instanceId: string,
		private readonly dependencies: SessionDependencies,
	) {
		const { database, clock, logger, outbox, ttlMs, refreshVersion, counters } = dependencies;
		this.credentials = new CredentialRepository(database);
		this.keys = new SignalKeyRepository(database);
		const phoneOfLid = (lid: string) => findPhoneOfLid(this.keys, instanceId, lid);
		this.account = new AccountPeople({
			instanceId,
			database,
			clock,
			ttlMs,
			phoneOfLid,
			isReadingOn: () => dependencies.settings.of(instanceId).read,
			online: () => this.online().people,
		});
		this.downloads = new MediaDownloads({
			instanceId,
			database,
			media: dependencies.media,
			clock,
			logger,
			isAutomatic: () => dependencies.settings.of(instanceId).download,
		});
		const journals = createJournals({
			instanceId,
			instanceName: () => dependencies.instanceName(instanceId),
			ownNumber: () => this.life.status().number,
			phoneOfLid,
			database,
			outbox,
			ttlMs,
			clock,
			toMediaUrl: (sha256) => dependencies.toMediaUrl(instanceId, sha256),
			chatName: (chat) =>
				this.account.journal.groupName(chat) ?? dependencies.chatName(instanceId, chat),
			chatKeys: this.account.journal.chatKeys,
			ownMessages: () => dependencies.settings.of(instanceId).ownMessages,
			downloads: this.downloads,
			onRecovered: (recovery) => counters.onRecovered(recovery),
			noteSent: this.account.sent,
			addresses: this.account.addresses,
			applyEdit: applyOwnEdit,
		});
		const { received, sent } = journals;
		this.awaited = journals.awaited;
		this.life = new SessionLife({ instanceId, database, clock, logger, journal: received });
		this.queue = new SendQueue({
			instanceId,
			database,
			repository: new SendQueueRepository(database),
			journal: sent,
			recipients: this.account.recipients,
			pacer: new Pacer({
				messagesPerMinute: () =>
					dependencies.settings.of(instanceId).messagesPerMinute ?? dependencies.messagesPerMinute,
				now: () => clock.now(),
			}),
			clock,
			expiry: dependencies.expiry,
			keepFile: (sha256) =>
				dependencies.media.keep(instanceId, sha256, clock.now() + ttlMs, { outgoing: true }),
			createMessageId: () => createMessageId(this.life.status().number),
			phoneOfLid,
		});
		this.calls = new CallDesk({
			settings: () => dependencies.settings.of(instanceId),
			journal: received,
			online: () => this.online(),
			answer: (jid, text) => this.send({ jid, draft: () => ({ kind: 'text', text }) }),
		});
		this.messages = toMessageListener({
			journal: received,
			sent,
			account: this.account,
			queue: this.queue,
			calls: this.calls,
		});
		this.qrCodes = new QrDesk(clock);
		this.keeper = new ConnectionKeeper({
			instanceId,
			life: this.life,
			clock,
			logger,
			open: (listener, version) => this.open(listener, version),
			isLinked: () => this.isLinked,
			refreshVersion: () => refreshVersion(dependencies.proxyOf(instanceId)),
			countClosed: (code) => counters.closed(code),
			onQrCode: (qr, expiresAt) => this.qrCodes.show({ qr, expiresAt }),
			onCodesVoid: (reason) => this.qrCodes.clear(reason),
			onOpened: (connection) => {
				this.queue.attach(connection.sender);
				this.downloads.attach(connection.files);
				this.account.attach();
				this.awaited.start();
			},
			onEnded: async () => {
				this.awaited.stop();
				await Promise.all([this.queue.detach(), this.downloads.detach()]);
				received.forgetUncommitted();
				this.account.detach();
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
		if (this.keeper.connection?.passkey.current) throw new ApiError('passkey_required');
		try {
			return await this.qrCodes.wait(options);
		} catch (error) {
			throw this.withReason(error);
		}
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

	async renewConnection(): Promise<void> {
		await this.keeper.renew();
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

	rejectCall(callId: string): Promise<void> {
		return this.calls.reject(callId);
	}

	async send(command: SendCommand): Promise<SendOutcome> {
		this.assertLinked();
		const { jid, typing = false, idempotency } = command;
		return await this.queue.submit({
			jid,
			typing,
			prepare: () =>
				prepareMessage(command, {
					me: () => readOwnIdentity(this.credentials, this.instanceId),
					groups: () => this.groups,
				}),
			...(idempotency ? { idempotency } : {}),
		});
	}

	/** The file of a message, fetched from WhatsApp first if need be; see MediaDownloads. */
	async fetchFile(sha256: string, timeoutMs: number): Promise<MediaFile> {
		const stored = this.downloads.find(sha256);
		if (stored) return stored;
		const { state } = this.life;
		if (state !== 'connected' && state !== 'reconnecting') {
			throw new ApiError('instance_not_linked');
		}
		return await this.downloads.fetch(sha256, timeoutMs);
	}

	/** Ends the connection without changing what the next start will do. */
	async stop(): Promise<void> {
		this.life.stop();
		await this.queue.release();
		await this.keeper.stop();
	}

	get people(): PeoplePort {
		return this.account.port;
	}

	get groups(): GroupsPort {
		return this.online().groups;
	}

	get profile(): ProfilePort {
		return this.online().people;
	}

	get passkey(): PasskeyPort {
		this.assertUnlinked();
		const { connection } = this.keeper;
		if (!connection) throw new ApiError('passkey_not_asked');
		return connection.passkey;
	}

	/** The open connection. */
	private online(): Connection {
		this.assertLinked();
		const { connection } = this.keeper;
		if (connection && this.life.state === 'connected') return connection;
		throw new ApiError(
			'engine_down',
			'The connection to WhatsApp is being restored. Try again in a moment.',
		);
	}

	private assertLinked(): void {
		const { state } = this.life;
		if (this.isParting) throw new ApiError('instance_not_linked');
		if (state === 'blocked') throw new ApiError('instance_blocked');
		if (state === 'stopped') throw new ApiError('engine_down');
		if (state !== 'connected' && state !== 'reconnecting') {
			throw new ApiError('instance_not_linked');
		}
	}

	/** Without a code, what keeps the connection from being made is what its caller has to know. */
	private withReason(error: unknown): unknown {
		const { lastError } = this.life.status();
		const isWaiting = error instanceof ApiError && error.code === 'qr_not_ready';
		return isWaiting && lastError !== null ? new ApiError('qr_not_ready', lastError) : error;
	}

	private get isLinked(): boolean {
		return this.credentials.has(this.instanceId);
	}

	private assertUnlinked(): void {
		if (this.isParting) throw new ApiError('qr_not_ready');
		if (this.life.state === 'blocked') throw new ApiError('instance_blocked');
		if (this.isLinked) throw new ApiError('instance_already_linked');
	}

	private open(life: LifeListener, version: WhatsAppVersion | undefined): Connection {
		const { database, clock, whatsappUrl, counters, proxyOf } = this.dependencies;
		return new Connection({
			instanceId: this.instanceId,
			database,
			clock,
			proxy: proxyOf(this.instanceId),
			listener: { ...this.messages, ...life },
			...(whatsappUrl ? { url: whatsappUrl } : {}),
			...(version ? { version } : {}),
			...counters,
			recipients: this.account,
			fileOf: (sha256) => this.dependencies.media.find(sha256)?.content,
		});
	}

	/** The account is gone: its credentials are kept aside, and nothing that waits may leave from another one. */
	private async discardAccount(reason: string): Promise<void> {
		const { database, clock } = this.dependencies;
		await this.queue.abandon();
		await database.write([
			...this.credentials.archive(this.instanceId, reason, clock.now()),
			this.keys.removeAll(this.instanceId),
			...this.account.removeAll(),
		]);
		this.life.forgetAccount();
	}
}
