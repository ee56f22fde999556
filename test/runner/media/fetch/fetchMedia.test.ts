import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AddressGuard } from '../../../../runner/address';
import { MediaReader } from '../../../../runner/media/readMediaSource';
import { FileServer } from '../support/FileServer';
import { MB, MediaFixture } from '../support/MediaFixture';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);

interface ReadOptions {
	/** `host:port` of the only server that may be called. */
	own?: string;
	timeoutMs?: number;
	addresses?: Record<string, string>;
	signal?: AbortSignal;
}

describe('a file from a URL', () => {
	let fixture: MediaFixture;
	let server: FileServer;
	let canary: FileServer;

	beforeAll(async () => {
		fixture = await MediaFixture.open();
		canary = await FileServer.start();
	});
	beforeEach(async () => {
		server = await FileServer.start();
	});
	afterEach(() => server.stop());
	afterAll(async () => {
		await canary.stop();
		await fixture.close();
	});

	/** The server alone may be called; names lead where `addresses` says. */
	const read = (
		url: string,
		{
			own = `127.0.0.1:${server.port}`,
			timeoutMs = 5000,
			addresses = {},
			signal,
		}: ReadOptions = {},
	) => {
		const guard = new AddressGuard({
			allowPrivateHosts: [own],
			allowHttpHosts: [own, 'rebound.example', 'public.example'],
			resolve: (name, callback) => {
				const found: LookupAddress[] = addresses[name]
					? [{ address: addresses[name], family: 4 }]
					: [];
				callback(found.length ? null : Object.assign(new Error(), { code: 'ENOTFOUND' }), found);
			},
		});
		const reader = new MediaReader({ store: fixture.store, guard, timeoutMs });
		return reader.read({ kind: 'url', url }, { ...(signal && { signal }) });
	};
	const serve = (answer: RequestListener) => (server.answer = answer);
	const redirect =
		(location: string, status = 302): RequestListener =>
		(_request, response) =>
			response.writeHead(status, { location }).end();

	/** The read fails with that code, leaves nothing on the disk and no connection open. */
	const expectFailure = async (reading: Promise<unknown>, code: string, hint: RegExp = /./) => {
		const before = fixture.stored;
		const error: unknown = await reading.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) as string });
		expect(JSON.stringify(error)).not.toContain('127.0.0.1');
		expect(fixture.incoming).toEqual([]);
		expect(fixture.stored).toEqual(before);
		await server.untilIdle();
	};

	test('is taken with its name and its type', async () => {
		serve((_request, response) =>
			response
				.writeHead(200, {
					'content-type': 'application/pdf',
					'content-disposition': "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf",
				})
				.end(PDF),
		);
		const file = await read(server.url());
		expect(file).toMatchObject({ mimetype: 'application/pdf', fileName: 'résumé.pdf' });
		expect((await file.content.read()).equals(PDF)).toBe(true);
		await server.untilIdle();
	});

	test('without a name of its own has that of the URL', async () => {
		serve((_request, response) => response.end(PDF));
		expect(await read(server.url('/a/report%201.pdf?x=/y'))).toMatchObject({
			fileName: 'report 1.pdf',
		});
	});

	test.each([
		['gzip', gzipSync],
		['deflate', deflateSync],
		['br', brotliCompressSync],
	])('that is sent as %s without having been asked for is unpacked', async (encoding, compress) => {
		serve((request, response) => {
			expect(request.headers['accept-encoding']).toBe('identity');
			response.writeHead(200, { 'content-encoding': encoding }).end(compress(PDF));
		});
		const file = await read(server.url());
		expect((await file.content.read()).equals(PDF)).toBe(true);
	});

	test('is found over three redirects, relative ones too, with any redirecting status', async () => {
		serve((request, response) => {
			const hop = Number(request.url?.slice(1));
			const status = [301, 303, 308][hop];
			if (status) response.writeHead(status, { location: `${hop + 1}` }).end();
			else response.end(PDF);
		});
		expect(await read(server.url('/0'))).toMatchObject({ sizeBytes: PDF.length, fileName: '3' });
	});

	test('is called a web page when it is one, whatever the server calls it', async () => {
		serve((_request, response) =>
			response
				.writeHead(200, { 'content-type': 'image/png' })
				.end('<!doctype html><h1>Log in</h1>'),
		);
		expect(await read(server.url('/photo.png'))).toMatchObject({ mimetype: 'text/html' });
	});

	test.each([404, 403, 500, 304])(
		'that is answered with %i fails with that number',
		async (status) => {
			serve((_request, response) => response.writeHead(status).end());
			await expectFailure(read(server.url()), 'media_fetch_failed', new RegExp(`${status}`));
		},
	);

	test('that is empty is refused', async () => {
		serve((_request, response) => response.writeHead(204).end());
		await expectFailure(read(server.url()), 'media_invalid', /empty/);
	});

	test('behind a loop of redirects is given up after three', async () => {
		serve(redirect('/again'));
		await expectFailure(read(server.url()), 'media_fetch_failed', /three/);
		expect(server.requests).toBe(4);
	});

	test.each([
		['nothing', ''],
		['no URL', 'http://'],
	])('that redirects to %s fails', async (_title, location) => {
		serve((_request, response) => response.writeHead(302, location ? { location } : {}).end());
		await expectFailure(read(server.url()), 'media_fetch_failed', /nowhere/);
	});

	test.each([
		['another port of this machine', () => canary.url()],
		['localhost', () => `http://localhost:${canary.port}/`],
		['a decimal address', () => `http://2130706433:${canary.port}/`],
		['a hexadecimal address', () => `http://0x7f.1:${canary.port}/`],
		['an octal address', () => `http://0177.0.0.01:${canary.port}/`],
		['a mapped address', () => `http://[::ffff:127.0.0.1]:${canary.port}/`],
		['another scheme', () => 'file:///etc/passwd'],
		['the cloud’s metadata', () => 'http://169.254.169.254/latest/'],
		['a name that leads here', () => `http://rebound.example:${canary.port}/`],
		['a user name that looks like a host', () => `http://public.example@127.0.0.1:${canary.port}/`],
	])('is not fetched from %s, neither directly nor by redirect', async (_title, toUrl) => {
		const options = { addresses: { 'rebound.example': '127.0.0.1' } };
		await expectFailure(read(toUrl(), options), 'media_address_refused');
		serve(redirect(toUrl()));
		await expectFailure(read(server.url(), options), 'media_address_refused');
		expect(canary.requests).toBe(0);
	});

	test('over http is refused with the way to allow it', async () => {
		await expectFailure(
			read('http://files.example/a.jpg'),
			'media_address_refused',
			/https:\/\/ URL.*AWW_ALLOW_HTTP_WEBHOOK_HOSTS/,
		);
	});

	test('of a host that does not exist, or does not listen, fails with the reason', async () => {
		await expectFailure(read('https://nowhere.example/'), 'media_fetch_failed', /unknown/);
		const url = server.url();
		const own = `127.0.0.1:${server.port}`;
		await server.stop();
		const refused = read(url, { own });
		await expect(refused).rejects.toMatchObject({
			hint: expect.stringMatching(/refused/) as string,
		});
		server = await FileServer.start();
	});

	test.each(['https://', 'https://a b/', `https://files.example/${'a'.repeat(8192)}`])(
		'%j is no URL',
		(url) => expectFailure(read(url), 'media_invalid', /not a URL/),
	);

	test('of 10 GB is refused by its announced length, without being read', async () => {
		serve((_request, response) => {
			response.writeHead(200, { 'content-length': String(10 * 1024 * MB) });
			response.write(Buffer.alloc(1000));
		});
		await expectFailure(read(server.url()), 'media_too_large', /1 MB/);
	});

	test('that goes on for ever is cut off at the limit', async () => {
		serve((_request, response) => {
			const write = () => {
				while (!response.destroyed && response.write(Buffer.alloc(65_536)));
			};
			response.on('drain', write);
			write();
		});
		await expectFailure(read(server.url()), 'media_too_large');
	});

	test('that unfolds from some KB to gigabytes is cut off at the limit', async () => {
		const bomb = gzipSync(Buffer.alloc(50 * MB));
		serve((_request, response) =>
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
		);
		await expectFailure(read(server.url()), 'media_too_large');
	});

	test('whose connection is cut half-way is not taken for a whole one', async () => {
		serve((_request, response) => {
			response.writeHead(200, { 'content-length': String(PDF.length) });
			response.write(PDF.subarray(0, 50_000), () => response.destroy());
		});
		await expectFailure(read(server.url()), 'media_fetch_failed');
		serve((_request, response) => {
			response.write(PDF.subarray(0, 50_000), () => response.destroy());
		});
		await expectFailure(read(server.url()), 'media_fetch_failed');
	});

	test('whose compression breaks off or is none is not taken for a whole one', async () => {
		const gzip = gzipSync(PDF);
		for (const body of [gzip.subarray(0, gzip.length / 2), Buffer.from('no gzip')]) {
			serve((_request, response) =>
				response.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
			);
			await expectFailure(read(server.url()), 'media_fetch_failed');
		}
		serve((_request, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end(PDF));
		await expectFailure(read(server.url()), 'media_fetch_failed', /compresses/);
	});

	test('of an announced length that is wrong fails', async () => {
		serve((request) => {
			request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n%PDF-1.7');
		});
		await expectFailure(read(server.url()), 'media_fetch_failed');
		serve((request) => {
			request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: nonsense\r\n\r\n%PDF-1.7');
		});
		await expectFailure(read(server.url()), 'media_fetch_failed');
	});

	test('of a server that does not answer, or falls silent, is given up in time', async () => {
		serve(() => undefined);
		await expectFailure(read(server.url(), { timeoutMs: 100 }), 'media_fetch_failed', /0\.1 s/);
		serve((_request, response) => void response.write(PDF));
		await expectFailure(read(server.url(), { timeoutMs: 100 }), 'media_fetch_failed', /silent/);
	});

	test('that trickles is given up in a time that depends on its size', async () => {
		serve((_request, response) => {
			response.writeHead(200, { 'content-length': '1600' });
			const trickle = setInterval(() => response.write('x'), 20);
			response.on('close', () => clearInterval(trickle));
		});
		await expectFailure(read(server.url(), { timeoutMs: 1_000 }), 'media_fetch_failed', /slowly/);
	});

	test('that the caller no longer wants is called off, before the answer and after', async () => {
		for (const start of [() => undefined, undefined]) {
			const abort = new AbortController();
			serve((_request, response) => {
				if (!start) response.write(PDF);
				setImmediate(() => abort.abort());
			});
			await expect(read(server.url(), { signal: abort.signal })).rejects.toMatchObject({
				name: 'AbortError',
			});
			expect(fixture.incoming).toEqual([]);
			await server.untilIdle();
		}
	});
});

test('64 MB from a URL are never held in memory: the server waits for the disk', async () => {
	const fixture = await MediaFixture.open({ maxFileBytes: 64 * MB });
	const server = await FileServer.start();
	try {
		const chunk = randomBytes(65_536);
		let sentBytes = 0;
		let maxAheadBytes = 0;
		server.answer = (_request, response) => {
			const write = () => {
				while (sentBytes < 64 * MB) {
					maxAheadBytes = Math.max(maxAheadBytes, sentBytes - toIncomingBytes(fixture));
					sentBytes += chunk.length;
					if (!response.write(chunk)) return;
				}
				response.end();
			};
			response.on('drain', write);
			write();
		};
		const host = `127.0.0.1:${server.port}`;
		const guard = new AddressGuard({ allowPrivateHosts: [host], allowHttpHosts: [host] });
		const reader = new MediaReader({ store: fixture.store, guard, timeoutMs: 5000 });
		const file = await reader.read({ kind: 'url', url: server.url() }, {});
		expect(file.sizeBytes).toBe(64 * MB);
		// Both ends of the socket have buffers in the operating system.
		expect(maxAheadBytes).toBeLessThan(16 * MB);
	} finally {
		await server.stop();
		await fixture.close();
	}
});

function toIncomingBytes({ dataDir, incoming: [name] }: MediaFixture): number {
	if (name === undefined) return 0;
	return statSync(join(dataDir, 'media', 'incoming', name), { throwIfNoEntry: false })?.size ?? 0;
}
