import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { AddressGuard } from '../../../../runner/address';
import { createLinkPreview } from '../../../../runner/media/preview/createLinkPreview';
import { FileServer } from '../support/FileServer';

describe('the preview of a link', () => {
	let server: FileServer;
	const allowed = { allowHttpHosts: ['127.0.0.1'], allowPrivateHosts: ['127.0.0.1'] };
	const create = (text: string, guard = new AddressGuard(allowed), timeLimitMs?: number) =>
		createLinkPreview(text, { guard, ...(timeLimitMs !== undefined && { timeLimitMs }) });

	beforeAll(async () => {
		server = await FileServer.start();
		picture = await sharp({ create: pixels }).png().toBuffer();
	});
	afterAll(async () => {
		await server.stop();
	});

	const pixels = { width: 400, height: 200, channels: 3, background: 'red' } as const;
	let picture: Buffer;

	/** A page, and the picture that it names. */
	const serve = (head: string, contentType = 'text/html; charset=utf-8') => {
		server.answer = (request, response) => {
			if (request.url === '/picture.png') {
				response.end(picture);
				return;
			}
			response.setHeader('content-type', contentType);
			response.end(Buffer.from(`<html><head>${head}</head></html>`, 'latin1'));
		};
	};

	test('shows title, description and a small picture of the page', async () => {
		serve(
			'<meta property="og:title" content="A shop"><meta property="og:description" content="of tea">' +
				'<meta property="og:image" content="/picture.png">',
		);
		const preview = await create(`Look: ${server.url('/page')}, isn't it nice?`);
		expect(preview).toMatchObject({
			url: server.url('/page'),
			title: 'A shop',
			description: 'of tea',
		});
		expect(await sharp(preview?.thumbnail ?? undefined).metadata()).toMatchObject({
			format: 'jpeg',
			width: 72,
		});
	});

	test('reads pages in the charset they say', async () => {
		serve('<meta property="og:title" content="caf\u00e9">', 'text/html; charset=iso-8859-1');
		expect(await create(server.url())).toMatchObject({ title: 'café', thumbnail: null });
	});

	test('a text without a link asks nobody', async () => {
		const before = server.requests;
		expect(await create('no link here, not even www.example')).toBeUndefined();
		expect(server.requests).toBe(before);
	});

	test.each([
		['has no title', () => serve('<meta name="x">')],
		['does not exist', () => (server.answer = (_, response) => response.writeHead(404).end())],
		[
			'is cut off',
			() =>
				(server.answer = (_, response) => {
					response.writeHead(200, { 'content-length': '1000' });
					response.write('<html>');
					void once(response, 'drain').catch(() => undefined);
					setImmediate(() => response.destroy());
				}),
		],
	])('a page that %s leaves the text without one', async (_what, prepare) => {
		prepare();
		expect(await create(server.url())).toBeUndefined();
	});

	const html = (response: ServerResponse, headers = {}) =>
		response.writeHead(200, { 'content-type': 'text/html', ...headers });
	const TITLE = '<title>A shop</title>';

	test('a page is opened no further than its head', async () => {
		server.answer = (_request, response) => void html(response).write(`${TITLE}</head><body>`);
		expect(await create(server.url())).toMatchObject({ title: 'A shop', thumbnail: null });
		await server.untilIdle();
	});

	test('a page whose head never ends is left after 512 KB', async () => {
		let sentBytes = 0;
		server.answer = (_request, response) => {
			html(response).write(TITLE);
			const write = () => {
				do sentBytes += 65_536;
				while (!response.destroyed && response.write(Buffer.alloc(65_536, '<div>')));
			};
			response.on('drain', write);
			write();
		};
		expect(await create(server.url())).toMatchObject({ title: 'A shop' });
		await server.untilIdle();
		// Both ends of the socket have buffers in the operating system.
		expect(sentBytes).toBeLessThan(16_000_000);
	});

	test('a page that unfolds from some KB to 100 MB is unfolded to 512 KB', async () => {
		const bomb = gzipSync(Buffer.concat([Buffer.from(TITLE), Buffer.alloc(100_000_000, ' ')]));
		server.answer = (_request, response) =>
			html(response, { 'content-encoding': 'gzip' }).end(bomb);
		const before = process.resourceUsage().maxRSS;
		expect(await create(server.url())).toMatchObject({ title: 'A shop' });
		await server.untilIdle();
		expect(process.resourceUsage().maxRSS - before).toBeLessThan(50_000);
	});

	test('what is no page is not read', async () => {
		serve(TITLE, 'application/pdf');
		expect(await create(server.url())).toBeUndefined();
		await server.untilIdle();
	});

	const trickle: RequestListener = (_request, response) => {
		const timer = setInterval(() => response.write(' '), 10);
		response.on('close', () => clearInterval(timer));
	};

	test.each<[string, RequestListener]>([
		['never answers', () => undefined],
		['falls silent in its head', (_request, response) => void html(response).write(TITLE)],
		[
			'trickles for ever',
			(request, response) => {
				html(response).write(TITLE);
				trickle(request, response);
			},
		],
		[
			'is redirected slowly',
			(_request, response) => {
				const timer = setTimeout(() => response.writeHead(302, { location: '/next' }).end(), 200);
				response.on('close', () => clearTimeout(timer));
			},
		],
	])('a page that %s is given up when the time is over', async (_what, answer) => {
		server.answer = answer;
		expect(await create(server.url(), undefined, 300)).toBeUndefined();
		await server.untilIdle();
	});

	const servePicture = (answer: RequestListener) => {
		server.answer = (request, response) => {
			if (request.url === '/picture') answer(request, response);
			else html(response).end(`${TITLE}<meta property="og:image" content="/picture">`);
		};
	};

	test.each<[string, RequestListener]>([
		['does not come in time', trickle],
		['is larger than 5 MB', (_request, response) => response.end(Buffer.alloc(5_000_001))],
		['is no picture', (_request, response) => response.end('nothing')],
	])('a picture that %s is left out', async (_what, answer) => {
		servePicture(answer);
		expect(await create(server.url(), undefined, 2_000)).toMatchObject({
			title: 'A shop',
			thumbnail: null,
		});
		await server.untilIdle();
	});

	test('a picture that unfolds to more than 100 MB is left out', async () => {
		const wide = sharp({ create: { ...pixels, width: 4_000, height: 4_000 } });
		const bomb = await wide.jpeg({ progressive: true }).toBuffer();
		servePicture((_request, response) => response.end(bomb));
		expect(await create(server.url())).toMatchObject({ title: 'A shop', thumbnail: null });
	});

	test('a picture address that is none is left out', async () => {
		serve(`${TITLE}<meta property="og:image" content="http://">`);
		expect(await create(server.url())).toMatchObject({ title: 'A shop', thumbnail: null });
	});

	test('private addresses are not asked', async () => {
		const before = server.requests;
		const guard = new AddressGuard({ allowHttpHosts: [], allowPrivateHosts: [] });
		expect(await create(server.url(), guard)).toBeUndefined();
		expect(server.requests).toBe(before);
	});
});
