import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { CreatedInstance } from '../../../contract';
import type { MediaDraft } from '../../../runner/messages/Draft';
import { noise, plain } from '../media/image/testImages';
import { FileServer } from '../media/support/FileServer';
import { MAX_FILE_BYTES } from './createTestMedia';
import type { FakeSession } from './FakeSessions';
import { TestApi, type Answer } from './TestApi';

const NUMBER = '15550001234';
const KINDS = ['image', 'video', 'audio', 'document', 'sticker'] as const;
const sound = (name: string) => readFileSync(join(__dirname, '../media/voice/fixtures', name));
const MP3 = sound('tone.mp3');
const MP4 = sound('silent-video.mp4');
const HTML = Buffer.from('<!doctype html><html><body>404</body></html>');

let api: TestApi;
let instance: CreatedInstance & { session: FakeSession };
let png: Buffer;
beforeAll(async () => {
	api = await TestApi.start();
	png = await plain(20, 10).png().toBuffer();
});
beforeEach(async () => {
	instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
});
afterAll(() => api.stop());
afterEach(() => expect(incoming()).toEqual([]));

const incoming = () => readdirSync(join(api.folder, 'media', 'incoming'));
const headers = (more: Record<string, string> = {}) => ({
	apiKey: instance.apiKey,
	id: instance.id,
	...more,
});
const sendJson = (kind: string, json: object, more?: Record<string, string>) =>
	api.call('POST', `/api/${kind}`, { headers: headers(more), json: { number: NUMBER, ...json } });

type Part = [name: string, value: string | { bytes: Buffer; name?: string; type?: string }];

async function sendForm(
	kind: string,
	parts: Part[],
	more?: Record<string, string>,
): Promise<Answer> {
	const form = new FormData();
	for (const [name, value] of parts) {
		if (typeof value === 'string') form.append(name, value);
		else {
			const { bytes, name: fileName = 'file', type = '' } = value;
			form.append(name, new Blob([Uint8Array.from(bytes)], { type }), fileName);
		}
	}
	return await api.call('POST', `/api/${kind}`, { headers: headers(more), form });
}

const draft = () => instance.session.drafts.at(-1) as MediaDraft;
const sampleOf = (kind: (typeof KINDS)[number]): Buffer =>
	({ image: png, video: MP4, audio: MP3, document: HTML, sticker: png })[kind];
const base64 = (bytes: Buffer) => bytes.toString('base64');

describe.each(KINDS)('POST /api/%s', (kind) => {
	const title = `${kind[0]?.toUpperCase()}${kind.slice(1)} sent successfully!`;

	test('takes base64 and data URIs in JSON', async () => {
		for (const given of [
			base64(sampleOf(kind)),
			`data:application/octet-stream;base64,${base64(sampleOf(kind))}`,
		]) {
			const answer = await sendJson(kind, { [kind]: given });
			expect(answer).toMatchObject({ status: 200, body: { message: title } });
			expect(draft()).toMatchObject({ kind });
		}
	});

	test('a form of thousands of parts without a name is refused at once', async () => {
		const part = '--x\r\nContent-Type: text/plain\r\n\r\na\r\n';
		const answer = await api.call('POST', '/api/image', {
			headers: { ...headers(), 'content-type': 'multipart/form-data; boundary=x' },
			raw: `${part.repeat(5_000)}--x--\r\n`,
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ hint: expect.stringContaining('too many parts') });
	});

	test('takes a form, with fields before and after the file', async () => {
		const answer = await sendForm(kind, [
			['number', NUMBER],
			[kind, { bytes: sampleOf(kind), name: 'my file.bin' }],
			['typing', 'true'],
			['mentions', '15550001111, 15550002222'],
		]);
		expect(answer).toMatchObject({ status: 200, body: { message: title } });
		const [command] = instance.session.commands;
		expect(command).toMatchObject({
			jid: `${NUMBER}@s.whatsapp.net`,
			typing: true,
			mentions: ['15550001111@s.whatsapp.net', '15550002222@s.whatsapp.net'],
		});
		expect(draft().sha256).toMatch(/^[0-9a-f]{64}$/);
	});

	test('refuses a form without a file, with two, and with the file under another name', async () => {
		const file = { bytes: sampleOf(kind) };
		const refused: Array<[Part[], string]> = [
			[[['number', NUMBER]], `${kind} is missing.`],
			[
				[
					['number', NUMBER],
					[kind, file],
					[kind, file],
				],
				'Send one file',
			],
			[
				[
					['number', NUMBER],
					['attachment', file],
				],
				`in the part named "${kind}"`,
			],
		];
		for (const [parts, hint] of refused) {
			const answer = await sendForm(kind, parts);
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({
				code: 'invalid_body',
				hint: expect.stringContaining(hint) as string,
			});
		}
		expect(instance.session.commands).toEqual([]);
	});

	test('refuses an empty file, and one over the limit, however it comes', async () => {
		const empty = await sendForm(kind, [
			['number', NUMBER],
			[kind, { bytes: Buffer.alloc(0) }],
		]);
		expect(empty).toMatchObject({ status: 400, body: { code: 'media_invalid' } });
		const large = Buffer.alloc(MAX_FILE_BYTES + 1, sampleOf(kind));
		const form = await sendForm(kind, [
			['number', NUMBER],
			[kind, { bytes: large }],
		]);
		expect(form).toMatchObject({ status: 413, body: { code: 'media_too_large' } });
		const json = await sendJson(kind, { [kind]: base64(large) });
		expect(json).toMatchObject({ status: 413, body: { code: 'media_too_large' } });
		const larger = await sendJson(kind, { [kind]: base64(Buffer.alloc(2 * MAX_FILE_BYTES)) });
		expect(larger).toMatchObject({ status: 413, body: { code: 'media_too_large' } });
		expect(instance.session.drafts).toEqual([]);
	});

	test('refuses other kinds of bodies', async () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'image/png']) {
			const answer = await api.call('POST', `/api/${kind}`, {
				headers: headers({ 'content-type': type }),
				raw: 'x',
			});
			expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
		}
	});
});

describe('files', () => {
	test('come from a URL under its name, or under the one that is given', async () => {
		const server = await FileServer.start();
		try {
			server.answer = (_request, response) => response.end(png);
			await sendJson('document', { document: server.url('/picture.png') });
			expect(draft()).toMatchObject({ fileName: 'picture.png', mimetype: 'image/png' });
			await sendJson('document', { document: server.url('/x'), fileName: '../../Ünïcode.png' });
			expect(draft()).toMatchObject({ fileName: 'Ünïcode.png' });
		} finally {
			await server.stop();
		}
	});

	test('of forms and of base64 may be given a name and a type', async () => {
		const given = { fileName: 'report.xyz', mimetype: 'application/x-report' };
		await sendJson('document', { document: base64(HTML), ...given });
		expect(draft()).toMatchObject(given);
		await sendForm('document', [
			['document', { bytes: HTML, name: 'a.html', type: 'text/html' }],
			['number', NUMBER],
			...Object.entries(given),
		]);
		expect(draft()).toMatchObject(given);
	});

	test.each([
		['image', 'image/png'],
		['video', 'video/mp4'],
		['audio', 'audio/mpeg'],
		['sticker', 'image/webp'],
	])('that are web pages are no %s, whatever they are called', async (kind, mimetype) => {
		const json = await sendJson(kind, { [kind]: base64(HTML), mimetype });
		expect(json).toMatchObject({ status: 400, body: { code: 'media_invalid' } });
		const form = await sendForm(kind, [
			['number', NUMBER],
			[kind, { bytes: HTML, name: 'file.png', type: mimetype }],
			['mimetype', mimetype],
		]);
		expect(form).toMatchObject({ status: 400, body: { code: 'media_invalid' } });
		expect(instance.session.drafts).toEqual([]);
	});

	test('that are damaged or cut off are refused as images and stickers', async () => {
		const cutOff = (await noise(200, 200).jpeg().toBuffer()).subarray(0, 4000);
		for (const kind of ['image', 'sticker']) {
			const answer = await sendJson(kind, { [kind]: base64(cutOff) });
			expect(answer).toMatchObject({ status: 400, body: { code: 'media_invalid' } });
		}
	});

	test('without sound in them become no voice notes', async () => {
		const answer = await sendJson('audio', {
			audio: base64(sound('tone.opus.ogg').subarray(0, 100)),
			voice: true,
		});
		expect(answer).toMatchObject({ status: 422, body: { code: 'media_not_readable' } });
		const empty = await sendForm('audio', [
			['number', NUMBER],
			['voice', 'true'],
			['audio', { bytes: Buffer.alloc(0), name: 'a.mp3' }],
		]);
		expect(empty).toMatchObject({ status: 400, body: { code: 'media_invalid' } });
	});

	test.each(['not a file', '', '/etc/passwd', 'ftp://host/file', 'data:image/png,raw'])(
		'given as "%s" are refused with the remedy',
		async (image) => {
			const answer = await sendJson('image', { image });
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({ code: 'media_invalid' });
			expect((answer.body as { hint: string }).hint).toMatch(/https:\/\/|data URI/);
		},
	);
});

describe('the other fields', () => {
	test('of a form are read in the types they have in JSON', async () => {
		await sendForm('video', [
			['video', { bytes: MP4 }],
			['gif', 'true'],
			['viewOnce', 'false'],
			['caption', 'true'],
			['mentions', '["15550001111"]'],
			['number', '+1 555 000-1234'],
		]);
		expect(draft()).toMatchObject({ gif: true, viewOnce: false, caption: 'true' });
		expect(instance.session.commands[0]?.mentions).toEqual(['15550001111@s.whatsapp.net']);
	});

	test.each([
		['viewOnce', 'maybe', 'viewOnce must be'],
		['mentions', '[15550001111', 'mentions must'],
	])('of a form that cannot be read so are refused: %s %s', async (name, value, hint) => {
		const answer = await sendForm('image', [
			['number', NUMBER],
			['image', { bytes: png }],
			[name, value],
		]);
		expect(answer).toMatchObject({
			status: 400,
			body: { code: 'invalid_body', hint: expect.stringContaining(hint) as string },
		});
	});

	test('of a form may name everybody in a group', async () => {
		const group = '120363000000000001@g.us';
		await sendForm('image', [
			['number', group],
			['image', { bytes: png }],
			['mentions', ' all'],
		]);
		expect(instance.session.commands[0]).toMatchObject({ jid: group, mentions: 'all' });
	});

	test('a caption longer than WhatsApp allows is refused before any file is fetched', async () => {
		const answer = await sendJson('image', {
			image: 'https://nowhere.invalid/x.png',
			caption: 'a'.repeat(10_000),
		});
		expect(answer).toMatchObject({ status: 400, body: { code: 'text_too_long' } });
		expect(instance.session.commands).toEqual([]);
	});

	test('an unknown quoted message is refused', async () => {
		const answer = await sendJson('image', { image: base64(png), quotedMessageId: 'nope' });
		expect(answer).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
	});

	test('the text of a form that is longer than 1 MB is refused, not cut', async () => {
		const answer = await sendForm('document', [
			['number', NUMBER],
			['document', 'A'.repeat(2 * 1024 * 1024)],
		]);
		expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
	});

	test('the same file under the same key is the same request, another file is not', async () => {
		const other = await plain(9, 9).png().toBuffer();
		for (const bytes of [png, png, other]) {
			await sendForm(
				'image',
				[
					['image', { bytes }],
					['number', NUMBER],
				],
				{
					'Idempotency-Key': 'one',
				},
			);
		}
		for (const image of [base64(png), base64(png), base64(other)]) {
			await sendJson('image', { image }, { 'Idempotency-Key': 'two' });
		}
		const hashes = instance.session.commands.map(({ idempotency }) => idempotency?.bodyHash);
		expect(hashes[1]).toBe(hashes[0]);
		expect(hashes[2]).not.toBe(hashes[0]);
		expect(hashes[4]).toBe(hashes[3]);
		expect(hashes[5]).not.toBe(hashes[3]);
	});
});

test('a caller without the key cannot make the runner read a file', async () => {
	const form = new FormData();
	form.append('image', new Blob([Uint8Array.from(png)]), 'a.png');
	const answer = await api.call('POST', '/api/image', {
		headers: { apiKey: 'wrong', id: instance.id },
		form,
	});
	expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_api_key' } });
});

test('an upload that breaks off leaves nothing behind', async () => {
	const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
	const head = [
		'POST /api/document HTTP/1.1',
		'host: runner.test',
		`apiKey: ${instance.apiKey}`,
		`id: ${instance.id}`,
		'content-type: multipart/form-data; boundary=XX',
		'content-length: 3000000',
		'',
		'--XX',
		'content-disposition: form-data; name="document"; filename="a.bin"',
		'',
		'',
	];
	socket.write(head.join('\r\n'));
	socket.write(Buffer.alloc(1_000_000, 7));
	while (incoming().length === 0) await new Promise((resolve) => setImmediate(resolve));
	socket.destroy();
	while (incoming().length > 0) await new Promise((resolve) => setImmediate(resolve));
	expect(instance.session.commands).toEqual([]);
});

test('base64 that is still coming holds so much memory for one instance, and for all, and no more', async () => {
	const others = await Promise.all(
		['one', 'two', 'three'].map((name) => api.createInstance(`base64 of ${name}`)),
	);
	const small = { number: NUMBER, document: base64(Buffer.alloc(500_000, 7)) };
	const document = base64(Buffer.alloc(3_000_000, 7));
	const send = (owner: CreatedInstance, json: object) =>
		api.call('POST', '/api/document', { headers: { apiKey: owner.apiKey, id: owner.id }, json });
	const pending = await Promise.all([instance, ...others.slice(0, 2)].map(beginBase64));
	try {
		const refused = await send(instance, { number: NUMBER, document });
		expect(refused).toMatchObject({
			status: 429,
			body: {
				code: 'rate_limited',
				hint: expect.stringContaining('multipart/form-data') as string,
			},
		});
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await send(others[2]!, { number: NUMBER, document })).toMatchObject({ status: 429 });
		// What takes little memory, or none, always passes.
		expect(await send(instance, small)).toMatchObject({ status: 200 });
		const form: Part[] = [
			['number', NUMBER],
			['document', { bytes: Buffer.alloc(3_000_000, 7) }],
		];
		expect(await sendForm('document', form)).toMatchObject({ status: 200 });
	} finally {
		for (const socket of pending) socket.destroy();
	}
	let answer: Answer;
	do answer = await send(instance, { number: NUMBER, document });
	while (answer.status === 429);
	expect(answer).toMatchObject({ status: 200 });
});

/** A caller who sends the head of a large JSON body and waits; resolved when the runner has read it. */
async function beginBase64({ apiKey, id }: CreatedInstance): Promise<Socket> {
	const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
	const head = [
		'POST /api/document HTTP/1.1',
		'host: runner.test',
		`apiKey: ${apiKey}`,
		`id: ${id}`,
		'content-type: application/json',
		'content-length: 7000000',
		'expect: 100-continue',
		'',
		'',
	];
	socket.write(head.join('\r\n'));
	await once(socket, 'data');
	return socket;
}

test('a text does not come as a form', async () => {
	const answer = await sendForm('text', [
		['number', NUMBER],
		['message', 'Hi'],
	]);
	expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
});

test('the OpenAPI document shows that files come in forms too', async () => {
	const { body } = await api.call('GET', '/openapi.json');
	const { paths } = body as { paths: Record<string, Record<string, unknown>> };
	expect(paths['/api/image']?.post).toMatchObject({
		requestBody: {
			content: {
				'application/json': { schema: { required: ['number', 'image'] } },
				'multipart/form-data': { schema: { required: ['number', 'image'] } },
			},
		},
	});
});
