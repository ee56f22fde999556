import type { BinaryNode, ConnectionState, WASocket, WAVersion } from '@whiskeysockets/baileys';
import { jidNormalizedUser, S_WHATSAPP_NET } from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../Clock';
import type { SealedFile } from '../media/sealed/SealedFile';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';
import { CredentialRepository } from '../storage/CredentialRepository';
import type { Database } from '../storage/Database';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { Statement } from '../storage/Statement';
import { PASSKEY_REQUIRED, toCloseReason } from './closeReason';
import { CommitBarrier } from './CommitBarrier';
import type { ConnectionListener, Staged } from './ConnectionListener';
import { Credentials } from './Credentials';
import { StoredIdentities } from './incoming/StoredIdentities';
import { MediaFetcher } from './MediaFetcher';
import { GroupActions } from './groups/GroupActions';
import { GroupNames } from './groups/GroupNames';
import { toGroupName } from './groups/toGroupName';
import { Linking } from './Linking';
import { openSocket } from './openSocket';
import { MessageSender } from './outgoing/MessageSender';
import type { RecipientFacts } from './outgoing/RecipientFacts';
import { capturePeople, type PeopleListener } from './people/capturePeople';
import { PeopleActions } from './people/PeopleActions';
import type { PasskeyExchange } from './passkey/PasskeyExchange';
import { rejectCall } from './rejectCall';
import { receiveStanzas } from './receiveStanzas';
import { replayProtocolMessages } from './replayProtocolMessages';
import type { RetryRefusal } from './retries/RetryDesk';
import { SignalKeyStore } from './SignalKeyStore';
import { takeNewIdentity } from './takeNewIdentity';
import { TurnQueue } from './TurnQueue';

/** How long a connection may take until WhatsApp says something. */
const CONNECT_TIMEOUT_MS = 30_000;
/** How long logging out waits for WhatsApp's word, and closing for a turn that is under way. */
const PARTING_TIMEOUT_MS = 5_000;

export interface ConnectionOptions {
	instanceId: string;
	database: Database;
	listener: ConnectionListener;
	clock: Clock;
	/** ws:// URL of a simulator; WhatsApp's own when absent. */
	url?: string;
	/** What goes between this connection, the transfers of its files and WhatsApp. */
	proxy: WhatsAppProxy | undefined;
	version?: WAVersion;
	recipients: RecipientFacts;
	/** Where a file of the store lies. */
	fileOf: (sha256: string) => SealedFile | undefined;
	/** A message that could not be decrypted; Baileys asks the sender for it again. */
	onUndecryptable: () => void;
	/** A message was not sent again to whoever asked for it. */
	onRetryRefused: (reason: RetryRefusal) => void;
}

/**
 * One connection of one instance to WhatsApp, from the handshake to its end. Everything it needs is
 * read from the store when it begins, so a new one after a failed commit starts from the truth.
 */
export class Connection {
	private readonly credentials: Credentials;
	private readonly keys: SignalKeyStore;
	private readonly barrier: CommitBarrier;
	private readonly turns = new TurnQueue();
	private readonly sock: WASocket;
	/** Sends messages; see MessageSender. */
	readonly sender: MessageSender;
	/** Fetches the files of messages. */
	readonly files: MediaFetcher;
	readonly groups: GroupActions;
	private readonly groupNames: GroupNames;
	readonly people: PeopleActions;
	private readonly linking: Linking;
	private readonly watchdog: Timer;
	private isClosing = false;
	private wasLoggedOut = false;
	private storageError: Error | undefined;
	private readonly opened = Promise.withResolvers<undefined>();
	private readonly closed = Promise.withResolvers<undefined>();

	/** Throws UnreadableCredentialsError. */
	constructor(private readonly options: ConnectionOptions) {
		const { instanceId, database, listener, clock, proxy } = options;
		this.credentials = Credentials.load(new CredentialRepository(database), instanceId);
		this.keys = new SignalKeyStore(
			new SignalKeyRepository(database),
			instanceId,
			() => this.barrier.arm(),
			(lid, phone) => this.noteAbout((people) => people.learnedPhone(lid, phone)),
		);
		this.barrier = new CommitBarrier(database, [this.keys, this.credentials], (error) => {
			this.storageError = error;
			this.end(503);
		});
		const { sock, raw, groups, log } = openSocket({
			clock,
			proxy,
			credentials: this.credentials,
			keys: this.keys,
			onGroups: (answer) => this.noteAbout((people) => people.noteGroups(answer.map(toGroupName))),
			...(options.url ? { url: options.url } : {}),
			...(options.version ? { version: options.version } : {}),
		});
		this.sock = sock;
		this.barrier.guard(raw);
		const identities = new StoredIdentities(this.keys, this.credentials.value);
		const { people } = listener;
		const groupNames = new GroupNames({
			cache: groups,
			isKnown: (jid) => people.isNamed(jid),
			clock,
		});
		this.groupNames = groupNames;
		const stagePeople = (statements: Statement[]) => this.stage({ statements });
		receiveStanzas({
			sock,
			turns: this.turns,
			log,
			listener,
			identities,
			capturePeople: (event, data) =>
				capturePeople({ people, groups, identities, stage: stagePeople }, event, data),
			clock,
			stage: this.stage,
			groupOf: (jid) => groups.get(jid),
			learnName: (jid) => groupNames.learn(jid),
			isOver: () => this.isOver,
			takeNotification: async (node) =>
				(await takeNewIdentity({ sock, keys: this.keys, identities }, node)) ||
				(await this.linking.takeNotification(node)),
			onCredentials: () => {
				this.credentials.changed();
				this.barrier.arm();
			},
			onUndecryptable: options.onUndecryptable,
			onRetryRefused: options.onRetryRefused,
			discard: () => this.barrier.discard(),
			failClosed: (capture) => this.failClosed(capture),
		});
		this.sender = new MessageSender({
			sock,
			turns: this.turns,
			log,
			stage: (rows, committed) => this.barrier.stage(rows, committed),
			isOver: () => this.isOver,
			clock,
			fileOf: options.fileOf,
			groupOf: (jid) => groups.get(jid),
			recipients: options.recipients,
			identities,
			proxy,
		});
		this.files = new MediaFetcher(sock, proxy);
		this.groups = new GroupActions({
			sock,
			cache: groups,
			identities,
			spell: options.recipients.spell,
			noteNames: (note) => this.noteAbout(note),
		});
		this.people = new PeopleActions({ sock, clock });
		this.linking = new Linking({
			sock,
			credentials: this.credentials,
			clock,
			onCode: (qr, expiresAt) => {
				this.watchdog.cancel();
				listener.onQrCode(qr, expiresAt);
			},
			onPasskey: () => listener.onPasskey(),
			onFailed: (reason) => this.end(408, reason),
		});
		this.watchdog = clock.setTimer(() => this.end(408), CONNECT_TIMEOUT_MS);
		this.listen();
	}

	/** Whether a phone has accepted these credentials. */
	get isLinked(): boolean {
		return this.credentials.isLinked;
	}

	/** Whether it has ended, or is about to. */
	get isOver(): boolean {
		return this.isClosing || !this.sock.ws.isOpen;
	}

	/** Whether it was open within that time; false as soon as it ends. */
	async whenOpen(timeoutMs: number): Promise<boolean> {
		const { promise, resolve } = Promise.withResolvers<boolean>();
		const timer = this.options.clock.setTimer(() => resolve(false), timeoutMs);
		void this.opened.promise.then(() => resolve(true));
		void this.closed.promise.then(() => resolve(false));
		const isOpen = await promise;
		timer.cancel();
		return isOpen;
	}

	/** See Linking. */
	requestPairingCode(phone: string): Promise<string> {
		return this.linking.requestPairingCode(phone);
	}

	/** See PasskeyExchange. */
	get passkey(): PasskeyExchange {
		return this.linking.passkey;
	}

	/** Tells the caller no; `toRows` makes what is written once WhatsApp has taken it. */
	async rejectCall(callId: string, callerJid: string, toRows: () => Staged | undefined) {
		await rejectCall(this.sock, { callId, callerJid, own: this.credentials.value.me?.id });
		this.failClosed(() => this.stage(toRows()));
	}

	/** Tells WhatsApp that this device is gone, then ends the connection. Gives whether WhatsApp has heard it. */
	async logOut(): Promise<boolean> {
		const jid = this.credentials.value.me?.id;
		if (!this.isLinked || !jid) {
			await this.close();
			return true;
		}
		const farewell = this.sock.query({
			tag: 'iq',
			attrs: { to: S_WHATSAPP_NET, type: 'set', id: this.sock.generateMessageTag(), xmlns: 'md' },
			content: [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }],
		});
		const isHeard = await Promise.race([
			farewell.then(
				(answer) => answer !== undefined,
				() => this.closed.promise.then(() => this.wasLoggedOut),
			),
			// WhatsApp may close the connection instead of answering.
			this.closed.promise.then(() => this.wasLoggedOut),
			this.timeUp(PARTING_TIMEOUT_MS).then(() => false),
		]);
		await this.close();
		return isHeard;
	}

	/** Ends the connection; what was received until then is on disk when it resolves. */
	async close(): Promise<void> {
		this.end(428);
		await this.closed.promise;
	}

	private readonly stage = (staged: Staged | undefined): void => {
		if (staged) this.barrier.stage(staged.statements, staged.announce);
	};

	private noteAbout(note: (people: PeopleListener) => Statement[]): void {
		this.failClosed(() => this.stage({ statements: note(this.options.listener.people) }));
	}

	private listen(): void {
		const { ws, ev } = this.sock;
		ws.on('CB:ack,class:message', ({ attrs: { id, error, from } }: BinaryNode) => {
			const { listener } = this.options;
			const address = jidNormalizedUser(from) || null;
			if (id) this.failClosed(() => this.stage(listener.onServerAck(id, error ?? null, address)));
		});
		// Without this the socket would wait for ever: ws leaves a refused upgrade to its listeners.
		ws.on('unexpected-response', () => this.end(503));
		ev.on('connection.update', (update) => this.connectionChanged(update));
	}

	private connectionChanged({
		connection,
		isNewLogin,
		receivedPendingNotifications,
		lastDisconnect,
	}: Partial<ConnectionState>): void {
		const { listener } = this.options;
		if (isNewLogin) {
			this.linking.linked();
			this.barrier.stage([], () => listener.onLinked());
		}
		if (connection === 'open') {
			this.watchdog.cancel();
			this.linking.opened();
			this.opened.resolve(undefined);
			listener.onOpen({
				number: this.credentials.number,
				pushName: this.credentials.value.me?.name ?? null,
			});
			// Not before: whoever is to be connected need not wait for it.
			this.groupNames.learnAll().catch(() => undefined);
			replayProtocolMessages({
				sock: this.sock,
				turns: this.turns,
				listener,
				stage: this.stage,
				timeUp: (ms) => this.timeUp(ms),
			});
		}
		if (receivedPendingNotifications) this.forgetLeftGroups();
		if (connection === 'close') void this.finish(lastDisconnect?.error);
	}

	/** In its turn after what was missed offline, which may still speak of groups that were left meanwhile. */
	private forgetLeftGroups(): void {
		this.turns
			.take('stanza', async () => {
				// Without an answer they stay until the next connection.
				const forget = () => this.groups.forgetLeft();
				this.groupNames
					.learnAll()
					.then(forget)
					.catch(() => undefined);
			})
			.catch(() => undefined);
	}

	private end(statusCode: number, message = 'The runner has ended the connection'): void {
		void this.sock.end(Object.assign(new Error(message), { output: { statusCode } }));
	}

	private async finish(error: unknown): Promise<void> {
		if (this.isClosing) return;
		this.isClosing = true;
		this.watchdog.cancel();
		const isAskedForPasskey = this.passkey.current !== undefined;
		this.linking.ended();
		// Baileys drops the listeners that would tell pending queries of the end; they wait a minute else.
		this.sock.ws.emit(
			'error',
			Object.assign(new Error('Connection Closed'), { output: { statusCode: 428 } }),
		);
		await Promise.race([this.turns.close(), this.timeUp(PARTING_TIMEOUT_MS)]);
		await this.barrier.close().catch((cause: Error) => (this.storageError ??= cause));
		// WhatsApp closes a connection whose challenge nobody answers; a new QR code would end there too.
		const reason = toCloseReason(isAskedForPasskey ? new Error(PASSKEY_REQUIRED) : error);
		this.wasLoggedOut = reason.kind === 'loggedOut';
		this.closed.resolve(undefined);
		this.options.listener.onClose(reason, this.storageError);
	}

	/**
	 * What cannot be journalled must not be receipted: if reading or staging fails, nothing that belongs
	 * to it leaves any more, and the next connection gets it again.
	 */
	private failClosed(capture: () => void): void {
		try {
			capture();
		} catch (error) {
			this.barrier.abort(error instanceof Error ? error : new Error('The journal cannot be read.'));
		}
	}

	private timeUp(ms: number): Promise<void> {
		return new Promise((resolve) => this.options.clock.setTimer(resolve, ms));
	}
}
