import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DamagedFileError } from '../../../../runner/media/sealed/DamagedFileError';
import { SealedFile, type SealedLocation } from '../../../../runner/media/sealed/SealedFile';
import { MediaHostError, MediaTooLargeError } from '../../../../runner/whatsapp/media/mediaErrors';
import type { MediaKind } from '../../../../runner/whatsapp/media/MediaKind';
import { uploadMedia, type UploadOptions } from '../../../../runner/whatsapp/media/uploadMedia';
import { decryptMedia } from '../../../simulator/media/mediaCrypto';
import { seal } from '../../media/support/sealed';
import { FakeMediaQuery } from './FakeMediaQuery';
import { TestMediaHost } from './TestMediaHost';

const CONTENT = randomBytes(200_000);
const PLACE = { url: 'https://mmg.whatsapp.net/v/1.enc?x=1', direct_path: '/v/1.enc?x=1' };

/** It speaks of a place, but no host needs that many words. */
const BLOATED = `${JSON.stringify(PLACE)}${' '.repeat(70_000)}`;

const PATHS: Record<MediaKind, string> = {
	image: '/mms/image/',
	video: '/mms/video/',
	audio: '/mms/audio/',
	voice: '/mms/audio/',
	document: '/mms/document/',
	sticker: '/mms/image/',
};

describe('uploading media', () => {
	let host: TestMediaHost;
	let sock: FakeMediaQuery;
	let folder: string;
	let path: string;
	let stored: SealedLocation;
	let received: Buffer;

	beforeAll(async () => {
		host = await TestMediaHost.start();
		folder = await mkdtemp(join(tmpdir(), 'upload-'));
		path = join(folder, 'file');
	});
	afterAll(async () => {
		await host.stop();
		await rm(folder, { recursive: true });
	});
	beforeEach(async () => {
		stored = await seal(path, CONTENT);
		host.requests.length = 0;
		host.answer = (request, response) => void take(request, response);
		sock = new FakeMediaQuery([host.name]);
	});
	afterEach(async () => {
		expect(await readdir(folder)).toEqual(['file']);
	});

	const take = async (
		request: IncomingMessage,
		response: ServerResponse,
		answer: unknown = PLACE,
	) => {
		// A client that breaks off its upload gets no answer.
		const chunks = await request.toArray().catch(() => undefined);
		if (!chunks) return;
		received = Buffer.concat(chunks as Buffer[]);
		response.end(JSON.stringify(answer));
	};

	/** Reads all of it first: a host that closes at once may cut off its own answer. */
	const refuse = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
		request.resume().on('end', () => {
			response.writeHead(status, { location: `https://${host.name}/elsewhere` }).end();
		});
	};

	const upload = (options: Partial<UploadOptions> = {}) =>
		uploadMedia(sock, { file: new SealedFile(stored), kind: 'image', ...options });

	test.each(Object.entries(PATHS) as Array<[MediaKind, string]>)(
		'%s: WhatsApp gets what the message says, and a phone can decrypt it',
		async (kind, prefix) => {
			const before = Math.floor(Date.now() / 1000);
			const sent = await upload({ kind });
			const plain = decryptMedia(received, sent.mediaKey, kind === 'voice' ? 'audio' : kind);
			expect(plain.equals(CONTENT)).toBe(true);
			expect(sent).toMatchObject({
				url: PLACE.url,
				directPath: PLACE.direct_path,
				fileLength: CONTENT.length,
				fileSha256: createHash('sha256').update(CONTENT).digest(),
				fileEncSha256: createHash('sha256').update(received).digest(),
			});
			expect(sent.mediaKeyTimestamp).toBeGreaterThanOrEqual(before);
			const { pathname, searchParams } = new URL(`https://host${host.requests[0]}`);
			const token = sent.fileEncSha256.toString('base64url');
			expect(pathname).toBe(`${prefix}${token}`);
			expect(Object.fromEntries(searchParams)).toEqual({ auth: 'auth+1', token });
		},
	);

	test('every size is padded as WhatsApp wants it', async () => {
		for (const size of [0, 1, 15, 16, 17, 65_536]) {
			stored = await seal(path, CONTENT.subarray(0, size));
			const sent = await upload();
			expect(decryptMedia(received, sent.mediaKey, 'image').length).toBe(size);
		}
	});

	test('no two uploads have the same key', async () => {
		expect((await upload()).mediaKey).not.toEqual((await upload()).mediaKey);
	});

	test('the next host is tried when one fails', async () => {
		sock.hosts = ['127.0.0.1:1', host.name];
		expect(await upload()).toMatchObject({ directPath: PLACE.direct_path });
		expect(sock.asked).toBe(1);
	});

	test('an authorisation that has run out is renewed, once', async () => {
		host.answer = (request, response) => {
			if (request.url?.includes('auth%2B2')) void take(request, response);
			else refuse(401)(request, response);
		};
		expect(await upload()).toMatchObject({ directPath: PLACE.direct_path });
		host.answer = refuse(401);
		host.requests.length = 0;
		await expect(upload()).rejects.toThrow('401');
		expect(host.requests).toHaveLength(2);
	});

	test.each([302, 400, 500, 503])('an answer of %d is an error of the host', async (status) => {
		host.answer = refuse(status);
		await expect(upload()).rejects.toBeInstanceOf(MediaHostError);
		expect(host.requests.filter((url) => url.includes('elsewhere'))).toEqual([]);
	});

	test('a host that takes no file of this size is not asked again', async () => {
		host.answer = refuse(413);
		await expect(upload()).rejects.toBeInstanceOf(MediaTooLargeError);
		expect(host.requests).toHaveLength(1);
	});

	test.each([null, [], {}, { direct_path: 1 }, { direct_path: 'x' }])(
		'an answer without a place is an error of the host: %j',
		async (answer) => {
			host.answer = (request, response) => void take(request, response, answer);
			await expect(upload()).rejects.toThrow(MediaHostError);
		},
	);

	test.each(['', '<html>', BLOATED])('so is one that cannot be read (%#)', async (text) => {
		host.answer = (request, response) => void request.resume().on('end', () => response.end(text));
		await expect(upload()).rejects.toThrow(MediaHostError);
	});

	test('an answer that breaks off is an error of the host', async () => {
		host.answer = (request, response) => {
			request.resume().on('end', () => {
				response.writeHead(200, { 'content-length': 500 });
				response.write('{', () => response.destroy());
			});
		};
		await expect(upload()).rejects.toThrow(MediaHostError);
	});

	test('a connection that breaks off in the middle is an error of the host', async () => {
		host.answer = (request) => void request.once('data', () => request.destroy());
		await expect(upload()).rejects.toThrow(MediaHostError);
	});

	test('a host that does not move is given up', async () => {
		host.answer = () => undefined;
		await expect(upload({ idleTimeoutMs: 100 })).rejects.toThrow(MediaHostError);
	});

	test('WhatsApp that names no hosts is an error of the host', async () => {
		sock.instead = async () => undefined;
		await expect(upload()).rejects.toThrow(MediaHostError);
	});

	test('an upload that is called off says so', async () => {
		const abort = new AbortController();
		const reason = new Error('the runner stops');
		host.answer = () => abort.abort(reason);
		await expect(upload({ signal: abort.signal })).rejects.toBe(reason);
		await expect(upload({ signal: abort.signal })).rejects.toBe(reason);
		expect(host.requests).toHaveLength(1);
	});

	test('a file that changes meanwhile is not sent as another one', async () => {
		sock.instead = async () => {
			await seal(path, randomBytes(CONTENT.length));
			sock.instead = undefined;
			return sock.query();
		};
		await expect(upload()).rejects.toBeInstanceOf(DamagedFileError);
		stored = await seal(path, CONTENT);
		sock = new FakeMediaQuery([host.name]);
		sock.instead = async () => {
			await truncate(path, 10);
			sock.instead = undefined;
			return sock.query();
		};
		await expect(upload()).rejects.toBeInstanceOf(DamagedFileError);
	});

	test('a file that is not there is an error of the disk', async () => {
		await expect(
			upload({ file: new SealedFile({ ...stored, path: `${path}2` }) }),
		).rejects.toMatchObject({ code: 'ENOENT' });
		expect(sock.asked).toBe(0);
	});
});
