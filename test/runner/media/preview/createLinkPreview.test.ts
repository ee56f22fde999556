import { once } from 'node:events';
import sharp from 'sharp';
import { AddressGuard } from '../../../../runner/address';
import { createLinkPreview } from '../../../../runner/media/preview/createLinkPreview';
import { FileServer } from '../support/FileServer';

describe('the preview of a link', () => {
	let server: FileServer;
	const allowed = { allowHttpHosts: ['127.0.0.1'], allowPrivateHosts: ['127.0.0.1'] };
	const create = (text: string, guard = new AddressGuard(allowed)) =>
		createLinkPreview(text, { guard });

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

	test('private addresses are not asked', async () => {
		const before = server.requests;
		const guard = new AddressGuard({ allowHttpHosts: [], allowPrivateHosts: [] });
		expect(await create(server.url(), guard)).toBeUndefined();
		expect(server.requests).toBe(before);
	});
});
