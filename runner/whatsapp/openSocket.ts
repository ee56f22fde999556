import {
	Browsers,
	DEFAULT_CONNECTION_CONFIG,
	makeWASocket,
	type GroupMetadata,
	type WASocket,
	type WAVersion,
} from '@whiskeysockets/baileys';
import type { Clock } from '../Clock';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';
import { BaileysLog } from './BaileysLog';
import type { Credentials } from './Credentials';
import { askAllGroups, askMetadata } from './groups/askGroup';
import { forgetJournalled } from './forgetJournalled';
import { greetOnce } from './greetOnce';
import { GroupCache } from './groups/GroupCache';
import { toFetchOptions } from './media/teachFetchProxies';
import { readFramesInTurn } from './readFramesInTurn';
import type { RawSocket } from './RawSocket';
import type { SignalKeyStore } from './SignalKeyStore';

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
	proxy: WhatsAppProxy | undefined;
	version?: WAVersion;
	clock: Pick<Clock, 'now'>;
	/** Hears what WhatsApp says of groups, before whoever asked for them. */
	onGroups: (groups: GroupMetadata[]) => void;
}

/** A Baileys socket as the runner configures it, the WebSocket below it, and what it knows of groups. */
export function openSocket(options: SocketOptions): {
	sock: WASocket;
	raw: RawSocket;
	groups: GroupCache;
	log: BaileysLog;
} {
	const { proxy, url = String(DEFAULT_CONNECTION_CONFIG.waWebSocketUrl) } = options;
	const log = new BaileysLog();
	const groups = new GroupCache({
		load: (jid) => askMetadata(sock, jid),
		loadAll: () => askAllGroups(sock),
		onAnswer: options.onGroups,
		clock: options.clock,
	});
	const sock: WASocket = makeWASocket({
		auth: { creds: options.credentials.value, keys: options.keys },
		logger: log.logger,
		// Called when all is known that a message is encrypted for: the last moment to keep it back.
		patchMessageBeforeSending: (message) => {
			log.assertAnswered();
			return message;
		},
		browser: BROWSER,
		waWebSocketUrl: url,
		// The second one is for what Baileys fetches itself, see teachFetchProxies.
		...(proxy ? { agent: proxy.agentFor(url), options: toFetchOptions(proxy) } : {}),
		...(options.version ? { version: options.version } : {}),
		// An automation that shows the account online would silence the phone's notifications.
		markOnlineOnConnect: false,
		// The echo of our own sends would arrive merged with receipts; the send queue knows them already.
		emitOwnEvents: false,
		defaultQueryTimeoutMs: QUERY_TIMEOUT_MS,
		syncFullHistory: false,
		// Baileys would wait after each message it cannot read and has asked for again, and with it all that
		// follows: when a session is lost, the new one is at the end of them.
		retryRequestDelayMs: 0,
		cachedGroupMetadata: (jid): Promise<GroupMetadata | undefined> => groups.get(jid),
	});
	const { socket: raw } = sock.ws as unknown as { socket: RawSocket };
	closeInTime(raw);
	guardListeners(sock);
	readFramesInTurn(sock);
	greetOnce(sock);
	forgetJournalled(sock);
	return { sock, raw, groups, log };
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
