import {
	Browsers,
	makeWASocket,
	type GroupMetadata,
	type proto,
	type WAMessageKey,
	type WASocket,
	type WAVersion,
} from '@whiskeysockets/baileys';
import type { Credentials } from './Credentials';
import { GroupCache } from './GroupCache';
import type { RawSocket } from './RawSocket';
import type { SignalKeyStore } from './SignalKeyStore';
import { silentLogger } from './silentLogger';

/** What the phone shows under linked devices. WhatsApp refuses pairing codes for anything but a real browser and system. */
export const BROWSER = Browsers.macOS('Chrome');

/** How long WhatsApp may take to answer a query; sends wait for it, and with them everything else. */
export const QUERY_TIMEOUT_MS = 10_000;

/** How long a socket may take to close politely. */
const CLOSE_TIMEOUT_MS = 1000;

export interface SocketOptions {
	credentials: Credentials;
	keys: SignalKeyStore;
	/** ws:// URL of a simulator; WhatsApp's own when absent. */
	url?: string;
	version?: WAVersion;
	/** The content of a message we sent, for phones that ask for it again. */
	getMessage: (key: WAMessageKey) => Promise<proto.IMessage | undefined>;
}

/** A Baileys socket as the runner configures it, and the WebSocket below it. */
export function openSocket(options: SocketOptions): { sock: WASocket; raw: RawSocket } {
	const groups = new GroupCache((jid) => sock.groupMetadata(jid));
	const sock: WASocket = makeWASocket({
		auth: { creds: options.credentials.value, keys: options.keys },
		logger: silentLogger,
		browser: BROWSER,
		...(options.url ? { waWebSocketUrl: options.url } : {}),
		...(options.version ? { version: options.version } : {}),
		// An automation that shows the account online would silence the phone's notifications.
		markOnlineOnConnect: false,
		// The echo of our own sends would arrive merged with receipts; the send queue knows them already.
		emitOwnEvents: false,
		defaultQueryTimeoutMs: QUERY_TIMEOUT_MS,
		syncFullHistory: false,
		getMessage: options.getMessage,
		cachedGroupMetadata: (jid): Promise<GroupMetadata | undefined> => groups.get(jid),
	});
	sock.ev.on('groups.update', (updates) => updates.forEach(({ id }) => id && groups.forget(id)));
	sock.ev.on('group-participants.update', ({ id }) => groups.forget(id));
	const { socket: raw } = sock.ws as unknown as { socket: RawSocket };
	closeInTime(raw);
	guardListeners(sock);
	return { sock, raw };
}

/**
 * Baileys answers some stanzas from listeners whose promises nobody looks at. When the connection ends
 * under them they reject, and an unhandled rejection would end the runner with all its sessions.
 */
function guardListeners({ ws }: WASocket): void {
	for (const event of ws.eventNames()) {
		if (typeof event !== 'string' || !event.startsWith('CB:')) continue;
		const listeners = ws.listeners(event) as Array<(...args: unknown[]) => unknown>;
		ws.removeAllListeners(event);
		for (const listener of listeners) {
			// The result is passed on: the turns wait for it. A failed answer is asked for again.
			ws.on(event, (...args: unknown[]) =>
				Promise.resolve(listener(...args)).catch(() => undefined),
			);
		}
	}
}

/** A dead peer never answers the closing handshake, and Baileys waits for it before it reports the end. */
function closeInTime(raw: RawSocket): void {
	const close = raw.close.bind(raw);
	raw.close = (...parameters) => {
		close(...parameters);
		setTimeout(() => raw.terminate(), CLOSE_TIMEOUT_MS).unref();
	};
}
