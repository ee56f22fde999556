/**
 * Plain Baileys behind a small HTTP endpoint, in two ways: `raw` keeps credentials and keys in memory
 * and stores nothing, which is as fast as Baileys gets; `naive` does what the usual gateways do:
 * `useMultiFileAuthState` and a bare `axios.post`. Node runs this file as it is, types stripped, so
 * that no compiler sits in the process that is measured: hence only packages are imported.
 */
import {
	BufferJSON,
	generateMessageIDV2,
	initAuthCreds,
	makeWASocket,
	useMultiFileAuthState,
	type AuthenticationState,
	type BinaryNode,
	type SignalDataSet,
	type UserFacingSocketConfig,
	type WAMessage,
} from '@whiskeysockets/baileys';
import axios from 'axios';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';

interface Auth {
	state: AuthenticationState;
	save: () => Promise<void>;
	/** The state as text, for the restart of one that stores nothing. */
	snapshot: () => string;
}

interface Session {
	webhookUrl: string;
	auth: Auth;
	sock: ReturnType<typeof makeWASocket>;
	qr: PromiseWithResolvers<string>;
	acks: Map<string, (error: string | undefined) => void>;
}

type Keys = Record<string, Record<string, unknown>>;

const isRaw = process.env.BENCH_GATEWAY === 'raw';
const dataDir = process.env.BENCH_DATA_DIR ?? '';
const whatsappUrl = process.env.BENCH_WHATSAPP_URL ?? '';
const ACK_TIMEOUT_MS = 5_000;
const logger = pino({ level: 'silent' });
const sessions = new Map<string, Session>();
/** `raw` gives itself the best there is; `naive` takes what comes. */
const post = isRaw
	? axios.create({ httpAgent: new Agent({ keepAlive: true, maxSockets: 8 }), proxy: false })
	: axios;
const socketOptions: Partial<UserFacingSocketConfig> = isRaw
	? { emitOwnEvents: false, markOnlineOnConnect: false, syncFullHistory: false }
	: {};

// libsignal prints whole sessions, private keys included.
for (const level of ['log', 'info', 'warn', 'error'] as const) console[level] = () => undefined;

function toMemoryAuth(stored: string | undefined): Auth {
	const { creds, keys } = (
		stored === undefined
			? { creds: initAuthCreds(), keys: {} }
			: JSON.parse(stored, BufferJSON.reviver)
	) as { creds: AuthenticationState['creds']; keys: Keys };
	const state: AuthenticationState = {
		creds,
		keys: {
			get: async (type, ids) =>
				Object.fromEntries(
					ids.flatMap((id) => (keys[type]?.[id] ? [[id, keys[type][id]]] : [])),
				) as never,
			set: async (data: SignalDataSet) => {
				for (const [type, entries] of Object.entries(data)) {
					const kept = (keys[type] ??= {});
					for (const [id, value] of Object.entries(entries)) {
						if (value === null || value === undefined) delete kept[id];
						else kept[id] = value;
					}
				}
			},
		},
	};
	const snapshot = () => JSON.stringify({ creds, keys }, BufferJSON.replacer);
	return { state, save: async () => undefined, snapshot };
}

async function openAuth(session: string): Promise<Auth> {
	if (isRaw) {
		const file = join(dataDir, `${session}.json`);
		return toMemoryAuth(existsSync(file) ? readFileSync(file, 'utf8') : undefined);
	}
	const { state, saveCreds } = await useMultiFileAuthState(join(dataDir, session));
	return { state, save: saveCreds, snapshot: () => '' };
}

async function open(name: string, webhookUrl: string): Promise<Session> {
	const session: Session = {
		webhookUrl,
		auth: await openAuth(name),
		qr: Promise.withResolvers<string>(),
		acks: new Map(),
		sock: undefined as never,
	};
	sessions.set(name, session);
	connect(session);
	return session;
}

function connect(session: Session): void {
	const sock = makeWASocket({
		auth: session.auth.state,
		waWebSocketUrl: whatsappUrl,
		logger,
		...socketOptions,
	});
	session.sock = sock;
	sock.ev.on('creds.update', (update) => {
		Object.assign(session.auth.state.creds, update);
		void session.auth.save();
	});
	sock.ev.on('connection.update', ({ connection, qr }) => {
		if (qr) session.qr.resolve(qr);
		if (connection === 'close' && !isStopping) connect(session);
	});
	sock.ev.on('messages.upsert', ({ messages }) => {
		for (const message of messages) deliver(session, message);
	});
	sock.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
		session.acks.get(attrs.id ?? '')?.(attrs.error);
		session.acks.delete(attrs.id ?? '');
	});
}

function deliver({ webhookUrl }: Session, { key, message, pushName }: WAMessage): void {
	const text = message?.conversation ?? message?.extendedTextMessage?.text;
	if (key.fromMe || typeof text !== 'string') return;
	const body = {
		event: 'received',
		messageId: key.id,
		number: key.remoteJid,
		senderName: pushName ?? 'Unknown',
		message: text,
		timestamp: new Date().toISOString(),
	};
	// A webhook that fails is lost, and counted at the receiver.
	post.post(webhookUrl, body).catch(() => undefined);
}

async function sendText(name: string, number: string, message: string): Promise<string> {
	const session = sessions.get(name);
	if (!session) throw new Error('no such session');
	const messageId = generateMessageIDV2(session.sock.user?.id);
	const acknowledged = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('no acknowledgement')), ACK_TIMEOUT_MS);
		// Before it is sent: the answer may overtake the files that are written meanwhile.
		session.acks.set(messageId, (error) => {
			clearTimeout(timer);
			if (error === undefined) resolve();
			else reject(new Error(`refused: ${error}`));
		});
	});
	const jid = `${number}@s.whatsapp.net`;
	await Promise.all([
		session.sock.sendMessage(jid, { text: message }, { messageId }),
		acknowledged,
	]);
	return messageId;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, string>;
	const reply = (status: number, content: unknown) => {
		const json = JSON.stringify(content);
		response.writeHead(status, {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(json),
		});
		response.end(json);
	};
	const { session = '', webhookUrl = '', number = '', message = '' } = body;
	try {
		if (request.url === '/link') {
			const { qr } = await open(session, webhookUrl);
			return reply(200, { qr: await qr.promise });
		}
		if (request.url === '/text') {
			return reply(200, { messageId: await sendText(session, number, message) });
		}
		reply(200, { ready: true });
	} catch (error) {
		reply(500, { error: error instanceof Error ? error.message : String(error) });
	}
}

let isStopping = false;

/** What must survive a restart for the comparison's sake: where the webhooks go, and raw's memory. */
function stop(): void {
	isStopping = true;
	const urls = Object.fromEntries(
		[...sessions].map(([name, { webhookUrl }]) => [name, webhookUrl]),
	);
	writeFileSync(join(dataDir, 'webhooks.json'), JSON.stringify(urls));
	if (isRaw) {
		for (const [name, { auth }] of sessions) {
			writeFileSync(join(dataDir, `${name}.json`), auth.snapshot());
		}
	}
	process.exit(0);
}

process.once('SIGTERM', stop);
process.once('disconnect', () => process.exit(0));
// An error of one session must not end the others, as in gateways that keep running.
process.on('unhandledRejection', () => undefined);

mkdirSync(dataDir, { recursive: true });
if (readdirSync(dataDir).includes('webhooks.json')) {
	const urls = JSON.parse(readFileSync(join(dataDir, 'webhooks.json'), 'utf8')) as object;
	for (const [name, url] of Object.entries(urls)) void open(name, String(url));
}
createServer((request, response) => void answer(request, response)).listen(
	Number(process.env.BENCH_PORT),
	'127.0.0.1',
);
