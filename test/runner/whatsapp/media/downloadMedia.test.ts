import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	downloadMedia,
	type DownloadOptions,
} from '../../../../runner/whatsapp/media/downloadMedia';
import {
	MediaDamagedError,
	MediaGoneError,
	MediaHostError,
	MediaTooLargeError,
} from '../../../../runner/whatsapp/media/mediaErrors';
import type { MediaKind, MediaPointer } from '../../../../runner/whatsapp/media/MediaKind';
import { encryptMedia } from '../../../simulator/media/mediaCrypto';
import { unseal } from '../../media/support/sealed';
import { encryptWithBaileys } from './encryptWithBaileys';
import { TestMediaHost } from './TestMediaHost';

const CONTENT = randomBytes(100_000);
const KINDS: MediaKind[] = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

describe('downloading media', () => {
	let host: TestMediaHost;
	let folder: string;
	let file: Buffer;
	let pointer: MediaPointer;

	beforeAll(async () => {
		host = await TestMediaHost.start();
		({ file, pointer } = await encryptWithBaileys(CONTENT, 'image'));
	});
	afterAll(() => host.stop());
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'download-'));
		host.requests.length = 0;
		host.serve(file);
	});
	afterEach(() => rm(folder, { recursive: true }));

	const download = (from: Partial<MediaPointer> = {}, options: Partial<DownloadOptions> = {}) =>
		downloadMedia(
			{ ...pointer, ...from },
			{
				path: join(folder, 'file'),
				maxBytes: 1_000_000,
				timeoutMs: 10_000,
				mediaHosts: [host.name],
				...options,
			},
		);

	/** The download fails so, and nothing remains of it. */
	const expectFailure = async (
		download: Promise<unknown>,
		kind: new (message: string) => Error,
		message = '',
	) => {
		const error: unknown = await download.then(
			() => undefined,
			(failure: unknown) => failure,
		);
		expect(error).toBeInstanceOf(kind);
		expect((error as Error).message).toContain(message);
		expect(await readdir(folder)).toEqual([]);
	};

	test.each(KINDS)('%s: what Baileys has encrypted is decrypted', async (kind) => {
		for (const size of [0, 1, 15, 16, 17, 100_000]) {
			const content = CONTENT.subarray(0, size);
			const encrypted = await encryptWithBaileys(content, kind);
			host.serve(encrypted.file);
			const downloaded = await download(encrypted.pointer);
			expect(downloaded).toMatchObject({
				sha256: createHash('sha256').update(content).digest('hex'),
				sizeBytes: size,
			});
			expect(await unseal({ path: join(folder, 'file'), ...downloaded })).toEqual(content);
		}
		expect(await readdir(folder)).toEqual(['file']);
	});

	test('the file can be read by its owner only', async () => {
		await download();
		expect((await stat(join(folder, 'file'))).mode & 0o777).toBe(0o600);
	});

	test('the authentication code may come in a piece of its own', async () => {
		host.answer = (_, response) => {
			response.write(file.subarray(0, -4), () => {
				setImmediate(() =>
					response.write(file.subarray(-4, -1), () => response.end(file.subarray(-1))),
				);
			});
		};
		expect(await download()).toMatchObject({ sizeBytes: CONTENT.length });
	});

	test('a message that announces neither length nor hashes is verified by its authentication code', async () => {
		const bare = { fileSha256: null, fileEncSha256: null, fileLength: null };
		expect(await download(bare)).toMatchObject({ sizeBytes: CONTENT.length });
		host.serve(flip(file, 50_000));
		await rm(join(folder, 'file'));
		await expectFailure(download(bare), MediaDamagedError, 'authentication code');
	});

	describe('what is not the file of the message is damaged', () => {
		const SIZES = { first: 0, middle: 50_000, 'in the padding': 100_001, 'in the code': 100_017 };
		test.each(Object.entries(SIZES))('one flipped bit, %s', async (_, at) => {
			host.serve(flip(file, at));
			await expectFailure(download(), MediaDamagedError, 'authentication code');
		});

		test.each([true, false])('a file cut short, announced: %s', async (isAnnounced) => {
			for (const length of [0, 5, 10, 26, 50_000, file.length - 1]) {
				host.serve(file.subarray(0, length), { isAnnounced });
				await expectFailure(download(), MediaDamagedError);
			}
		});

		test.each([true, false])('a longer file, announced: %s', async (isAnnounced) => {
			host.serve(Buffer.concat([file, Buffer.alloc(1)]), { isAnnounced });
			await expectFailure(download(), MediaDamagedError);
		});

		test('another hash of the encrypted file', async () => {
			const fileEncSha256 = flip(pointer.fileEncSha256!, 0);
			await expectFailure(download({ fileEncSha256 }), MediaDamagedError, 'SHA-256 of the enc');
		});

		test('another hash of the file, or something that is no hash', async () => {
			const fileSha256 = flip(pointer.fileSha256!, 31);
			await expectFailure(download({ fileSha256 }), MediaDamagedError, 'SHA-256 of the file');
			await expectFailure(download({ fileSha256: Buffer.of(1) }), MediaDamagedError);
		});

		test('another key', async () => {
			await expectFailure(download({ mediaKey: randomBytes(32) }), MediaDamagedError);
		});

		test('a key that is none', async () => {
			await expectFailure(download({ mediaKey: Buffer.of(1) }), MediaDamagedError, 'media key');
		});

		test('the keys of another kind', async () => {
			await expectFailure(download({ kind: 'video' }), MediaDamagedError, 'authentication code');
		});

		test.each([99_999, 100_001, 99_000, 101_000])(
			'an announced length of %d',
			async (fileLength) => {
				await expectFailure(download({ fileLength }), MediaDamagedError, 'length');
			},
		);

		test('a shorter length than the host sends unannounced', async () => {
			host.serve(file, { isAnnounced: false });
			await expectFailure(download({ fileLength: 10 }), MediaDamagedError, 'longer');
		});
	});

	describe('a file beyond the limit is too large', () => {
		test('by what the message announces: the host is not asked', async () => {
			await expectFailure(download({}, { maxBytes: 99_999 }), MediaTooLargeError, '99999');
			expect(host.requests).toEqual([]);
		});

		test.each([true, false])('by what the host sends, announced: %s', async (isAnnounced) => {
			host.serve(file, { isAnnounced });
			const limits = { maxBytes: 50_000 };
			await expectFailure(download({ fileLength: null }, limits), MediaTooLargeError);
		});

		test('by a single byte that the padding hides', async () => {
			const { file: encrypted, pointer: at } = await encryptWithBaileys(
				CONTENT.subarray(0, 99_999),
				'image',
			);
			host.serve(encrypted);
			const bare = { ...at, fileLength: null };
			await expectFailure(download(bare, { maxBytes: 99_998 }), MediaTooLargeError);
			expect(await download(bare, { maxBytes: 99_999 })).toMatchObject({ sizeBytes: 99_999 });
		});

		test('as soon as it is announced: it is not waited for', async () => {
			host.answer = (_, response) => {
				response.writeHead(200, { 'content-length': 10_000_000 }).flushHeaders();
			};
			await expectFailure(download({ fileLength: null }), MediaTooLargeError);
		});

		test('as soon as it is seen: a host that sends without end is left', async () => {
			host.answer = (_, response) => {
				const send = () => void response.write(CONTENT, (error) => !error && send());
				send();
			};
			await expectFailure(download({ fileLength: null }), MediaTooLargeError);
		});
	});

	describe('hosts that do not deliver', () => {
		test.each([403, 404, 410])('%d: the file is gone', async (status) => {
			host.answer = (_, response) => void response.writeHead(status).end('no');
			await expectFailure(download(), MediaGoneError, `${status}`);
		});

		test.each([206, 400, 429, 500, 503])('%d: the host fails', async (status) => {
			host.answer = (_, response) => void response.writeHead(status).end(file);
			await expectFailure(download(), MediaHostError, `${status}`);
		});

		test('a redirect is not followed', async () => {
			host.answer = (_, response) => {
				response.writeHead(302, { location: `https://${host.name}/elsewhere` }).end();
			};
			await expectFailure(download(), MediaHostError, '302');
			expect(host.requests).toEqual([pointer.directPath]);
		});

		test('a connection cut half-way', async () => {
			host.answer = (_, response) => {
				response.writeHead(200, { 'content-length': file.length });
				response.write(file.subarray(0, 50_000), () => response.destroy());
			};
			await expectFailure(download(), MediaHostError, 'ECONNRESET');
		});

		test('a host that never answers', async () => {
			host.answer = () => undefined;
			await expectFailure(download({}, { timeoutMs: 100 }), MediaHostError, '0.1 s');
		});

		test('a host that stops in the middle', async () => {
			host.answer = (_, response) => void response.write(file.subarray(0, 50_000));
			await expectFailure(download({}, { timeoutMs: 300 }), MediaHostError, '0.3 s');
		});

		test('a port where nobody listens', async () => {
			const mediaHosts = ['127.0.0.1:1'];
			await expectFailure(download({}, { mediaHosts }), MediaHostError, 'ECONNREFUSED');
		});

		test('the next host is asked when one cannot be reached', async () => {
			const mediaHosts = ['127.0.0.1:1', host.name];
			expect(await download({}, { mediaHosts })).toMatchObject({ sizeBytes: 100_000 });
		});

		test('no other host is asked for a file that is gone or damaged', async () => {
			host.serve(flip(file, 0));
			const mediaHosts = [host.name, host.name];
			await expectFailure(download({}, { mediaHosts }), MediaDamagedError);
			expect(host.requests).toHaveLength(1);
		});
	});

	test('a download that is called off says so, and leaves nothing', async () => {
		const abort = new AbortController();
		const reason = new Error('the runner stops');
		host.answer = (_, response) => {
			response.write(file.subarray(0, 50_000), () => abort.abort(reason));
		};
		await expect(download({}, { signal: abort.signal })).rejects.toBe(reason);
		await expect(download({}, { signal: abort.signal })).rejects.toBe(reason);
		expect(host.requests).toHaveLength(1);
		expect(await readdir(folder)).toEqual([]);
	});

	test('an error of the disk is not blamed on the host', async () => {
		const path = join(folder, 'missing', 'file');
		await expect(download({}, { path })).rejects.toMatchObject({ code: 'ENOENT' });
	});

	test('the URL of another host is not fetched', async () => {
		const url = `https://${host.name}/file`;
		const elsewhere = { directPath: null, url };
		await expectFailure(download(elsewhere, { mediaHosts: [] }), MediaDamagedError, 'WhatsApp');
		expect(host.requests).toEqual([]);
		expect(await download(elsewhere)).toMatchObject({ sizeBytes: 100_000 });
	});

	test('an error names neither the address nor the key', async () => {
		host.answer = (_, response) => void response.destroy();
		const error = await download().then(String, (failure: Error) => failure.message);
		expect(error).toContain('failed');
		expect(error).not.toMatch(/file\.enc|127\.0\.0\.1/);
	});

	test('what the simulator encrypts and what Baileys encrypts is the same format', async () => {
		const { file: encrypted, ...keys } = encryptMedia(CONTENT, 'image');
		host.serve(encrypted);
		expect(await download(keys)).toMatchObject({ sizeBytes: CONTENT.length });
	});
});

function flip(bytes: Uint8Array, at: number): Buffer {
	const copy = Buffer.from(bytes);
	copy[at]! ^= 1;
	return copy;
}
