import {
	BufferJSON,
	initAuthCreds,
	makeCacheableSignalKeyStore,
	makeWASocket,
	proto,
	WA_CERT_DETAILS,
	type AuthenticationState,
	type BaileysEventMap,
	type SignalDataTypeMap,
	type SignalKeyStore,
	type UserFacingSocketConfig,
	type WAMessage,
	type WASocket,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { calmBaileys } from './calmBaileys';
import type { Simulator } from './Simulator';
import { Notifier } from './waiting/Notifier';
import { waitUntil } from './waiting/waitUntil';

calmBaileys();

/** Why a connection of Baileys ended. */
export interface Closing {
	readonly code: number | undefined;
	/** `error.data.attrs.type`, which tells "removed" from "replaced". */
	readonly conflict: string | undefined;
	readonly message: string;
}

/** Unmodified Baileys with credentials in memory, for testing the simulator itself. */
export class PlainClient {
	readonly auth: AuthenticationState = { creds: initAuthCreds(), keys: createMemoryKeys() };
	/** All QR codes shown. */
	readonly qrCodes: string[] = [];
	/** All messages of `messages.upsert`, with the kind of upsert. */
	readonly upserts: Array<WAMessage & { upsertType: string }> = [];
	readonly updates: BaileysEventMap['messages.update'] = [];
	readonly groupReceipts: BaileysEventMap['message-receipt.update'] = [];
	readonly presences: Array<BaileysEventMap['presence.update']> = [];
	/** All ends of connections. */
	readonly closings: Closing[] = [];
	open = false;
	private readonly recorders: Array<(socket: WASocket) => void> = [];
	private readonly changed = new Notifier();
	private current: WASocket | undefined;

	constructor(
		private readonly simulator: Simulator,
		private readonly config: Partial<UserFacingSocketConfig> = {},
	) {}

	/** The socket of the last `connect`. */
	get socket(): WASocket {
		if (!this.current) throw new Error('The client was never connected');
		return this.current;
	}

	/** Connects; a restart that the server asks for (515) is done at once. */
	connect(): this {
		WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(this.simulator.rootKeyHex, 'hex');
		const socket = makeWASocket({
			auth: this.auth,
			waWebSocketUrl: this.simulator.url,
			logger: pino({ level: 'silent' }),
			retryRequestDelayMs: 5,
			...this.config,
		});
		this.current = socket;
		for (const listen of this.recorders) listen(socket);
		socket.ev.on('creds.update', (update) => {
			Object.assign(this.auth.creds, update);
			this.changed.notify();
		});
		socket.ev.on('messages.upsert', ({ messages, type }) => {
			for (const message of messages) this.upserts.push({ ...message, upsertType: type });
			this.changed.notify();
		});
		socket.ev.on('messages.update', (updates) => this.collect(this.updates, updates));
		socket.ev.on('message-receipt.update', (found) => this.collect(this.groupReceipts, found));
		socket.ev.on('presence.update', (found) => this.collect(this.presences, [found]));
		socket.ev.on('connection.update', ({ connection, qr, lastDisconnect }) => {
			if (qr) this.qrCodes.push(qr);
			if (connection === 'open') this.open = true;
			if (connection === 'close') {
				this.open = false;
				const closing = toClosing(lastDisconnect?.error);
				this.closings.push(closing);
				if (closing.code === 515) this.connect();
			}
			this.changed.notify();
		});
		return this;
	}

	/** Ends the connection for good. */
	end(): void {
		void this.current?.end(undefined);
	}

	/** Waits until `look` finds something among what the client saw. */
	until<T>(look: () => T | undefined, what: string, timeoutMs?: number): Promise<T> {
		return waitUntil({
			on: this.changed,
			look,
			describe: () =>
				`${what}; closings ${JSON.stringify(this.closings)}, open ${this.open}, ` +
				`${this.qrCodes.length} codes, ${this.upserts.length} upserts, ` +
				`updates ${JSON.stringify(this.updates, BufferJSON.replacer).slice(0, 400)}`,
			timeoutMs,
		});
	}

	/** The n-th QR code, from 0. */
	qr(index = 0): Promise<string> {
		return this.until(() => this.qrCodes[index], `QR code ${index}`);
	}

	async whenOpen(): Promise<void> {
		await this.until(() => this.open || undefined, 'an open connection');
	}

	/** The next end of a connection after the first `seen`. */
	closing(seen = 0): Promise<Closing> {
		return this.until(() => this.closings[seen], 'the end of the connection');
	}

	/** The message with that id that has a content. */
	message(id: string) {
		return this.until(
			() => this.upserts.find(({ key, message }) => key.id === id && message),
			`message ${id}`,
		);
	}

	/** The update that gives a message that status, wherever Baileys reports it. */
	async status(id: string, status: proto.WebMessageInfo.Status): Promise<void> {
		await this.until(
			() =>
				this.updates.some(({ key, update }) => key.id === id && update.status === status) ||
				this.upserts.some((message) => message.key.id === id && message.status === status) ||
				undefined,
			`status ${status} of ${id}`,
		);
	}

	/** The receipt of one participant; Baileys merges an early one into the echo of the own message. */
	async groupReceipt(
		id: string,
		userJid: string,
		kind: 'receiptTimestamp' | 'readTimestamp',
	): Promise<void> {
		const isIt = (receipt: proto.IUserReceipt): boolean =>
			receipt.userJid === userJid && Boolean(receipt[kind]);
		await this.until(
			() =>
				this.groupReceipts.some(({ key, receipt }) => key.id === id && isIt(receipt)) ||
				this.upserts.some(({ key, userReceipt }) => key.id === id && userReceipt?.some(isIt)) ||
				undefined,
			`${kind} of ${userJid} for ${id}`,
		);
	}

	/** Collects what an event carries from now on, of later connections as well; `until` sees each. */
	record<T extends keyof BaileysEventMap>(event: T): Array<BaileysEventMap[T]> {
		const found: Array<BaileysEventMap[T]> = [];
		const listen = ({ ev }: WASocket): void => {
			ev.on(event, (value) => this.collect(found, [value]));
		};
		listen(this.socket);
		this.recorders.push(listen);
		return found;
	}

	private collect<T>(target: T[], found: T[]): void {
		target.push(...found);
		this.changed.notify();
	}
}

function toClosing(error: unknown): Closing {
	const { output, data, message } = (error ?? {}) as {
		output?: { statusCode?: number };
		data?: { attrs?: { type?: string } };
		message?: string;
	};
	return {
		code: output?.statusCode,
		conflict: data?.attrs?.type,
		message: message ?? '',
	};
}

/** Keys as JSON strings, so that nothing is shared by reference with Baileys. */
function createMemoryKeys(): SignalKeyStore {
	const values = new Map<string, string>();
	const store: SignalKeyStore = {
		get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
			const found: Record<string, SignalDataTypeMap[T]> = {};
			for (const id of ids) {
				const json = values.get(`${type} ${id}`);
				if (json === undefined) continue;
				const value: unknown = JSON.parse(json, BufferJSON.reviver);
				found[id] = (
					type === 'app-state-sync-key'
						? proto.Message.AppStateSyncKeyData.fromObject(value as object)
						: value
				) as SignalDataTypeMap[T];
			}
			return found;
		},
		set: async (data) => {
			for (const [type, entries] of Object.entries(data)) {
				for (const [id, value] of Object.entries(entries ?? {})) {
					if (value === null) values.delete(`${type} ${id}`);
					else values.set(`${type} ${id}`, JSON.stringify(value, BufferJSON.replacer));
				}
			}
		},
	};
	return makeCacheableSignalKeyStore(store, pino({ level: 'silent' }));
}
