import { randomUUID } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { CreatedInstance, MessageView } from '../../../contract';
import type { FakeSession } from './FakeSessions';
import { flipBit } from '../media/support/sealed';
import { TestApi } from './TestApi';

describe('files of messages', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };
	let headers: Record<string, string>;
	beforeAll(async () => {
		api = await TestApi.start();
		instance = await api.createInstance('files');
		headers = { apiKey: instance.apiKey, id: instance.id };
	});
	afterAll(() => api.stop());

	/** A message with a file, which its session has. */
	async function addFile(
		content: string,
		facts: { mimetype?: string; fileName?: string | null } = {},
	): Promise<{ messageId: string; sha256: string }> {
		const mimetype = facts.mimetype ?? 'text/plain';
		const file = await api.parts.media.store.add(Readable.from([Buffer.from(content)]), {
			mimetype,
		});
		instance.session.files.set(file.sha256, { ...file, mimetype });
		const messageId = randomUUID();
		const media = { sha256: file.sha256, mimetype, fileName: facts.fileName ?? null };
		api.messages.set(messageId, { messageId, media } as MessageView);
		return { messageId, sha256: file.sha256 };
	}

	test('a file comes whole, with its name in every spelling, and nothing of it can run', async () => {
		const { messageId } = await addFile('hello', { fileName: 'Übung "1".html' });
		const answer = await api.call('GET', `/api/message/${messageId}/media`, { headers });
		expect([answer.status, answer.text]).toEqual([200, 'hello']);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-length': '5',
			'accept-ranges': 'bytes',
			'content-security-policy': 'sandbox',
			'x-content-type-options': 'nosniff',
			'content-disposition': `attachment; filename="_bung _1_.html"; filename*=UTF-8''%C3%9Cbung%20_1_.html`,
		});
	});

	test('a file without a name takes none from another message with the same bytes', async () => {
		const { messageId, sha256 } = await addFile('the same bytes');
		const file = instance.session.files.get(sha256)!;
		instance.session.files.set(sha256, { ...file, fileName: 'salaries of others.txt' });
		const answer = await api.call('GET', `/api/message/${messageId}/media`, { headers });
		expect(answer.headers.get('content-disposition')).toContain(`${sha256.slice(0, 12)}.txt`);
	});

	test('pictures, sound, films and PDF are shown, everything else is saved', async () => {
		const shown = ['image/png', 'audio/ogg; codecs=opus', 'video/mp4', 'application/pdf'];
		const saved = ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'application/zip'];
		for (const mimetype of [...shown, ...saved]) {
			const { messageId } = await addFile(mimetype, { mimetype });
			const answer = await api.call('GET', `/api/message/${messageId}/media`, { headers });
			const disposition = answer.headers.get('content-disposition');
			expect(disposition?.split(';')[0]).toBe(shown.includes(mimetype) ? 'inline' : 'attachment');
		}
	});

	test('a part can be asked for; what makes no sense is answered with the whole', async () => {
		const { messageId } = await addFile('0123456789');
		const part = async (range: string) => {
			const path = `/api/message/${messageId}/media`;
			const {
				status,
				text,
				headers: got,
			} = await api.call('GET', path, {
				headers: { ...headers, range },
			});
			return [status, text, got.get('content-range')];
		};
		expect(await part('bytes=2-4')).toEqual([206, '234', 'bytes 2-4/10']);
		expect(await part('bytes=7-')).toEqual([206, '789', 'bytes 7-9/10']);
		expect(await part('bytes=-3')).toEqual([206, '789', 'bytes 7-9/10']);
		expect(await part('bytes=8-99')).toEqual([206, '89', 'bytes 8-9/10']);
		for (const odd of ['bytes=5-2', 'bytes=10-', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2', 'x']) {
			expect(await part(odd)).toEqual([200, '0123456789', null]);
		}
	});

	test('a file that was damaged on the disk is an error, never other bytes', async () => {
		const { messageId, sha256 } = await addFile('x'.repeat(200_000));
		const { path } = instance.session.files.get(sha256)!.content.location;
		const get = (range?: string) =>
			api.call('GET', `/api/message/${messageId}/media`, {
				headers: { ...headers, ...(range && { range }) },
			});
		await flipBit(path, 150_000);
		expect(await get('bytes=0-99999')).toMatchObject({ status: 206, text: 'x'.repeat(100_000) });
		expect(await get('bytes=149000-149999')).toMatchObject({
			status: 503,
			body: { code: 'storage_unavailable', hint: expect.stringContaining('damaged') as string },
		});
		// The headers were sent when it showed: all that is left is to break off.
		await expect(get()).rejects.toThrow();
		truncateSync(path, 1000);
		const cut = await get();
		expect(cut).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
		expect(cut.headers.get('content-disposition')).toBeNull();
	});

	test('a signed link needs no key, and opens nothing else', async () => {
		const { sha256 } = await addFile('linked');
		const other = await addFile('other');
		const expiresAt = Date.now() + 60_000;
		const path = `/media/${instance.id}/${sha256}`;
		const url = api.parts.media.urls.toUrl(path, expiresAt).replace('https://runner.test', '');
		expect(await api.call('GET', url)).toMatchObject({ status: 200, text: 'linked' });
		const refused = [
			path,
			url.replace(sha256, other.sha256),
			url.replace(instance.id, 'somebody-else'),
			url.replace(/expires=\d+/, `expires=${Math.ceil(expiresAt / 1000) + 1}`),
			api.parts.media.urls.toUrl(path, Date.now() - 2_000).replace('https://runner.test', ''),
		];
		for (const address of refused) {
			expect(await api.call('GET', address)).toMatchObject({
				status: 404,
				body: { code: 'media_not_found' },
			});
		}
	});

	test('a link outlives neither its message nor its instance', async () => {
		const { sha256, messageId } = await addFile('short-lived');
		const path = `/media/${instance.id}/${sha256}`;
		const url = api.parts.media.urls
			.toUrl(path, Date.now() + 60_000)
			.replace('https://runner.test', '');
		api.messages.delete(messageId);
		expect((await api.call('GET', url)).status).toBe(404);
	});

	test('says why there is no file', async () => {
		api.messages.set('text-only', { messageId: 'text-only', media: null } as MessageView);
		const { messageId, sha256 } = await addFile('gone soon');
		instance.session.files.delete(sha256);
		const code = async (id: string) =>
			(await api.call('GET', `/api/message/${id}/media`, { headers })).body;
		expect(await code('nobody')).toMatchObject({ code: 'message_not_found' });
		expect(await code('text-only')).toMatchObject({ code: 'media_not_found' });
		expect(await code(messageId)).toMatchObject({ code: 'media_gone' });
	});

	test('HEAD tells the size without the file', async () => {
		const { messageId } = await addFile('measured');
		const answer = await api.call('HEAD', `/api/message/${messageId}/media`, { headers });
		expect([answer.status, answer.headers.get('content-length'), answer.text]).toEqual([
			200,
			'8',
			'',
		]);
	});
});
