import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import {
	aesDecryptGCM,
	aesEncryptGCM,
	getBinaryNodeChild,
	getBinaryNodeChildBuffer,
	hkdf,
	proto,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys';
import { MediaGoneError, MediaHostError } from '../../../../runner/whatsapp/media/mediaErrors';
import { requestReupload } from '../../../../runner/whatsapp/media/requestReupload';

const { SUCCESS, NOT_FOUND } = proto.MediaRetryNotification.ResultType;
const KEY = { id: 'ABC', remoteJid: '15550002222@s.whatsapp.net', fromMe: false };
const MEDIA_KEY = randomBytes(32);

/** A socket whose phone answers as a test tells it. */
class FakeSocket {
	readonly events = new EventEmitter();
	readonly ev = this.events as unknown as WASocket['ev'];
	readonly authState = {
		creds: { me: { id: '15550001111:7@s.whatsapp.net' } },
	} as unknown as WASocket['authState'];
	onRequest: (request: BinaryNode) => void = () => undefined;
	sendNode = async (node: BinaryNode): Promise<void> => this.onRequest(node);

	answer(key: typeof KEY, notification: proto.IMediaRetryNotification, mediaKey = MEDIA_KEY): void {
		const iv = randomBytes(12);
		const plain = proto.MediaRetryNotification.encode(notification).finish();
		const ciphertext = aesEncryptGCM(plain, toRetryKey(mediaKey), iv, Buffer.from(key.id));
		this.events.emit('messages.media-update', [{ key, media: { ciphertext, iv } }]);
	}

	get listeners(): number {
		return this.events.eventNames().reduce((sum, name) => sum + this.events.listenerCount(name), 0);
	}
}

const toRetryKey = (mediaKey: Buffer) =>
	Buffer.from(hkdf(mediaKey, 32, { info: 'WhatsApp Media Retry Notification' }));

describe('asking the phone for expired media', () => {
	let sock: FakeSocket;
	const ask = (key: object = KEY, timeoutMs = 5000) =>
		requestReupload(sock, { key, mediaKey: MEDIA_KEY }, { timeoutMs });

	beforeEach(() => {
		sock = new FakeSocket();
	});
	afterEach(() => {
		expect(sock.listeners).toBe(0);
	});

	test('the new place is given, others are passed by', async () => {
		sock.onRequest = () => {
			sock.answer({ ...KEY, id: 'OTHER' }, { result: NOT_FOUND });
			sock.answer(KEY, { stanzaId: KEY.id, result: SUCCESS, directPath: '/v/again.enc' });
		};
		expect(await ask()).toEqual({ directPath: '/v/again.enc' });
	});

	test('the phone is told which message, encrypted for the own account', async () => {
		let request: BinaryNode | undefined;
		sock.onRequest = (node) => {
			request = node;
			sock.answer(KEY, { result: SUCCESS, directPath: '/v/again.enc' });
		};
		await ask({ ...KEY, participant: '15550003333@s.whatsapp.net' });
		expect(request).toMatchObject({
			tag: 'receipt',
			attrs: { id: KEY.id, to: '15550001111@s.whatsapp.net', type: 'server-error' },
		});
		expect(getBinaryNodeChild(request, 'rmr')?.attrs).toEqual({
			jid: KEY.remoteJid,
			from_me: 'false',
			participant: '15550003333@s.whatsapp.net',
		});
		const encrypted = getBinaryNodeChild(request, 'encrypt');
		const plain = aesDecryptGCM(
			getBinaryNodeChildBuffer(encrypted, 'enc_p') as Buffer,
			toRetryKey(MEDIA_KEY),
			getBinaryNodeChildBuffer(encrypted, 'enc_iv') as Buffer,
			Buffer.from(KEY.id),
		);
		expect(proto.ServerErrorReceipt.decode(plain).stanzaId).toBe(KEY.id);
	});

	test.each<[string, (sock: FakeSocket) => void]>([
		['refuses', (at) => at.answer(KEY, { result: NOT_FOUND })],
		['succeeds without a place', (at) => at.answer(KEY, { result: SUCCESS })],
		['answers with another key', (at) => at.answer(KEY, { result: SUCCESS }, randomBytes(32))],
		[
			'reports an error',
			(at) => at.events.emit('messages.media-update', [{ key: KEY, error: new Error('404') }]),
		],
		['is silent', () => undefined],
	])('a phone that %s: the file is gone', async (_, onRequest) => {
		sock.onRequest = () => onRequest(sock);
		await expect(ask(KEY, 100)).rejects.toBeInstanceOf(MediaGoneError);
	});

	test('an end of the connection says nothing about the file', async () => {
		sock.onRequest = () => sock.events.emit('connection.update', { connection: 'close' });
		await expect(ask()).rejects.toBeInstanceOf(MediaHostError);
		sock.onRequest = () => {
			throw new Error('Connection Closed');
		};
		await expect(ask()).rejects.toBeInstanceOf(MediaHostError);
	});

	test('a message without an id cannot be asked for', async () => {
		await expect(ask({ remoteJid: KEY.remoteJid })).rejects.toBeInstanceOf(MediaGoneError);
	});
});
