import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys';
import { MediaHostError } from './mediaErrors';

/** WhatsApp's media hosts for one connection. */
export interface MediaConnection {
	/** `host` or `host:port`, best first. */
	hosts: readonly string[];
	/** What uploads are authorised with. */
	auth: string;
}

/** For answers without a readable time to live. */
const DEFAULT_TTL_S = 60;

interface Kept {
	connection: Promise<MediaConnection>;
	expiresAt: number;
}

const kept = new WeakMap<object, Kept>();

/**
 * WhatsApp's answer, kept as long as it says. Baileys' own `refreshMediaConn` would keep a failure for
 * the life of its socket. Throws MediaHostError.
 */
export function readMediaConnection(
	sock: Pick<WASocket, 'query'>,
	{ isFresh = false } = {},
): Promise<MediaConnection> {
	const known = kept.get(sock);
	if (known && !isFresh && Date.now() < known.expiresAt) return known.connection;
	const entry: Kept = {
		connection: query(sock, (at) => (entry.expiresAt = at)),
		expiresAt: Infinity,
	};
	kept.set(sock, entry);
	entry.connection.catch(() => {
		if (kept.get(sock) === entry) kept.delete(sock);
	});
	return entry.connection;
}

async function query(
	sock: Pick<WASocket, 'query'>,
	onExpiry: (at: number) => void,
): Promise<MediaConnection> {
	// A query without an answer resolves with undefined.
	const answer = (await sock.query(toRequest()).catch((cause: unknown) => {
		throw new MediaHostError('WhatsApp did not name its media hosts.', { cause });
	})) as BinaryNode | undefined;
	const node = getBinaryNodeChild(answer, 'media_conn');
	const hosts = getBinaryNodeChildren(node, 'host')
		.map(({ attrs }) => attrs.hostname ?? '')
		.filter((host) => host !== '' && URL.canParse(`https://${host}`));
	const auth = node?.attrs.auth;
	if (!auth || hosts.length === 0) {
		throw new MediaHostError('WhatsApp did not name its media hosts.');
	}
	onExpiry(Date.now() + (Number(node.attrs.ttl) || DEFAULT_TTL_S) * 1000);
	return { hosts, auth };
}

const toRequest = (): BinaryNode => ({
	tag: 'iq',
	attrs: { type: 'set', xmlns: 'w:m', to: S_WHATSAPP_NET },
	content: [{ tag: 'media_conn', attrs: {} }],
});
