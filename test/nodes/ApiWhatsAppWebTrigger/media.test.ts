import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MediaDetails, MessageType, ReceivedBody } from '../../../contract';
import { FakeHostedService } from '../../fakes/FakeHostedService';
import type { FakeAnswer, SeenRequest } from '../../fakes/HttpFake';
import { keepBinaryOnDisk, readBinary } from '../keepBinaryOnDisk';
import { toReceived } from './bodies';
import { LocalN8n, type TriggerWorkflow } from './LocalN8n';
import { SubscribingRunner } from './SubscribingRunner';

const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));

/** As the runner tells of a file; the link names a host that n8n cannot reach. */
function toMedia(mimetype: string, fileName: string | null = null): MediaDetails {
	return {
		url: 'http://runner.invalid/media/x',
		mimetype,
		fileName,
		size: bytes.length,
		sha256: '00',
		caption: null,
		seconds: null,
		width: null,
		height: null,
	};
}

const toPhoto = (given: Partial<ReceivedBody> = {}) =>
	toReceived({ type: 'image', media: toMedia('image/jpeg'), ...given });

describe('the file of a received message, with a session runner', () => {
	let runner: SubscribingRunner;
	let n8n: LocalN8n;

	beforeEach(async () => {
		runner = await new SubscribingRunner().start();
		runner.addInstance().media.set('MESSAGE1', {
			bytes,
			headers: { 'content-type': 'application/octet-stream' },
		});
		n8n = await new LocalN8n().start();
	});
	afterEach(async () => {
		await Promise.all([runner.stop(), n8n.stop()]);
	});

	async function activate(options: object = { downloadMedia: true }): Promise<TriggerWorkflow> {
		const { apiKey, id } = runner.instances[0]!;
		const workflow: TriggerWorkflow = {
			webhookId: randomUUID(),
			parameters: { options } as never,
			credential: { connection: 'runner', url: runner.url, apiKey, instanceId: id },
		};
		await n8n.activate(workflow);
		return workflow;
	}

	const mediaRequests = () => runner.requests.filter(({ path }) => path.endsWith('/media'));

	it.each<[MessageType, string, string | null, string]>([
		['image', 'image/jpeg', null, 'MESSAGE1.jpg'],
		['video', 'video/mp4', null, 'MESSAGE1.mp4'],
		['audio', 'audio/mpeg', null, 'MESSAGE1.mp3'],
		['voice', 'audio/ogg; codecs=opus', null, 'MESSAGE1.ogg'],
		['document', 'application/pdf', 'Rechnung ü.pdf', 'Rechnung ü.pdf'],
		['sticker', 'image/webp', null, 'MESSAGE1.webp'],
	])('comes as a file of n8n: %s', async (type, mimetype, name, fileName) => {
		await activate();
		const body = toReceived({ type, media: toMedia(mimetype, name) });
		expect(await runner.deliver(body)).toEqual([200]);
		const { json, binary } = await n8n.outputs[0]!;
		expect(json).toEqual(body);
		expect(binary?.data).toMatchObject({ fileName, mimeType: mimetype.split(';')[0] });
		expect(await readBinary(binary?.data)).toEqual(bytes);
	});

	it('is kept on disk where n8n keeps files there', async () => {
		const { undo } = await keepBinaryOnDisk();
		try {
			await activate({ downloadMedia: true, binaryPropertyName: 'photo' });
			await runner.deliver(toPhoto());
			const { binary } = await n8n.outputs[0]!;
			expect(binary?.photo?.id).toMatch(/^filesystem-v2:/);
			expect(await readBinary(binary?.photo)).toEqual(bytes);
		} finally {
			undo();
		}
	});

	it('is fetched only when the user wants it, and only where there is one', async () => {
		await activate({});
		await runner.deliver(toPhoto());
		expect((await n8n.outputs[0]!).binary).toBeUndefined();
		await activate();
		await runner.deliver(toReceived());
		for (const output of n8n.outputs) expect((await output).binary).toBeUndefined();
		expect(mediaRequests()).toEqual([]);
	});

	it.each<[string, FakeAnswer, object]>([
		[
			'WhatsApp no longer has it',
			{ status: 422, body: { error: 'WhatsApp no longer has this file', code: 'media_gone' } },
			{ code: 'media_gone', hint: expect.stringContaining('phone has to be online') as unknown },
		],
		[
			'it is too large for the runner',
			{ status: 413, body: { error: 'The file is too large', code: 'media_too_large' } },
			{ code: 'media_too_large', hint: expect.stringContaining('AWW_MEDIA_MAX_MB') as unknown },
		],
		[
			'it breaks off',
			{
				status: 200,
				body: Readable.from(
					(async function* () {
						yield bytes;
						await Promise.resolve();
						throw new Error('gone');
					})(),
				),
			},
			{ message: 'The download broke off before the file was complete' },
		],
	])('is missed, not the message, when %s', async (_, answer, mediaError) => {
		await activate();
		const body = toPhoto();
		runner.answerNext(answer);
		expect(await runner.deliver(body)).toEqual([200]);
		const { json, binary } = await n8n.outputs[0]!;
		expect(binary).toBeUndefined();
		expect(json).toEqual({ ...body, mediaError: expect.objectContaining(mediaError) as unknown });
		expect(Object.keys(json.mediaError as object)).toContain('message');
	});

	it('is missed, not the message, when the runner is in trouble', async () => {
		await activate();
		const body = toPhoto();
		await runner.deliver(body);
		await n8n.outputs[0];
		runner.refuseAll = true;
		await runner.deliver(toPhoto());
		const { json } = await n8n.outputs[1]!;
		expect(json.mediaError).toMatchObject({ code: 'internal_error' });
	});

	it('does not hold up the answer to the runner, however long it takes', async () => {
		await activate();
		let finish: () => void = () => undefined;
		const slow = new Promise<void>((resolve) => (finish = resolve));
		const body = Readable.from(
			(async function* () {
				yield bytes;
				await slow;
				yield bytes;
			})(),
		);
		runner.answerNext({ status: 200, body, headers: { 'content-type': 'image/jpeg' } });
		expect(await runner.deliver(toPhoto())).toEqual([200]);
		finish();
		const { binary } = await n8n.outputs[0]!;
		expect(await readBinary(binary?.data)).toEqual(Buffer.concat([bytes, bytes]));
	});

	it('is not fetched for a forged delivery', async () => {
		await activate();
		const { url } = runner.subscriptions[0]!;
		const headers = { 'content-type': 'application/json' };
		const { status } = await fetch(url, {
			method: 'POST',
			body: JSON.stringify(toPhoto()),
			headers,
		});
		expect(status).toBe(401);
		expect(n8n.outputs).toEqual([]);
		expect(mediaRequests()).toEqual([]);
	});

	it('starts the workflow for the chosen kinds only', async () => {
		await activate({ types: ['voice', 'document'] });
		expect(await runner.deliver(toPhoto())).toEqual([200]);
		await runner.deliver(toReceived());
		expect(n8n.executions).toEqual([]);
		await runner.deliver(toReceived({ type: 'document' }));
		expect(n8n.executions).toHaveLength(1);
	});

	it.each(['unknown', 'group_change'] as const)(
		'starts nothing for what nobody has a word for, or happens to groups, unless it is chosen: %s',
		async (type) => {
			await activate();
			await runner.deliver(toReceived({ type, message: '' }));
			expect(n8n.executions).toEqual([]);
			await activate({ types: [type] });
			await runner.deliver(toReceived({ type, message: '' }));
			expect(n8n.executions).toHaveLength(1);
		},
	);

	it('asks the runner for what happens to groups only when it is chosen', async () => {
		const { filters } = await activate({ types: ['image'] }).then(() => runner.subscriptions[0]!);
		expect(filters).not.toHaveProperty('includeGroupChanges');
		await activate({ types: ['image', 'group_change'] });
		const asked = { filters: { includeGroupChanges: true } };
		expect(runner.subscriptions.at(-1)).toMatchObject(asked);
	});

	it('needs no new subscription when only what n8n does itself has changed', async () => {
		const workflow = await activate({});
		const options = { downloadMedia: true, types: ['image'] };
		expect(await n8n.activate({ ...workflow, parameters: { options } })).toBe(false);
		expect(runner.subscriptions).toHaveLength(1);
	});
});

describe('the file of a received message, with the hosted service', () => {
	/** It also has the files, at its own address. */
	class ServiceWithFiles extends FakeHostedService {
		file: FakeAnswer = { status: 200, body: bytes, headers: { 'content-type': 'image/jpeg' } };

		protected override answer(request: SeenRequest): FakeAnswer {
			return request.path === '/files/x' ? this.file : super.answer(request);
		}
	}

	let service: ServiceWithFiles;
	let n8n: LocalN8n;
	let webhookId: string;

	beforeEach(async () => {
		webhookId = randomUUID();
		service = await new ServiceWithFiles().start();
		n8n = await new LocalN8n().start();
		const { url: hostedUrl, apiKey, instanceId } = service;
		await n8n.activate({
			webhookId,
			parameters: { options: { downloadMedia: true } },
			credential: { connection: 'hosted', hostedUrl, apiKey, instanceId },
		});
	});
	afterEach(async () => {
		await Promise.all([service.stop(), n8n.stop()]);
	});

	async function receive(links: { photo?: string; video?: string }) {
		const body = {
			messageId: 'HOSTED1',
			message: '',
			number: '5554991997181',
			photo: null,
			video: null,
			whatsappStatus: { message: 'Received' },
			...links,
		};
		await fetch(`${n8n.url}/webhook/${webhookId}/webhook`, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		return await n8n.outputs[0]!;
	}

	it.each(['photo', 'video'])('comes from the link in “%s”, without the key', async (field) => {
		const { binary } = await receive({ [field]: `${service.url}/files/x` });
		expect(await readBinary(binary?.data)).toEqual(bytes);
		expect(binary?.data).toMatchObject({ fileName: 'HOSTED1.jpg', mimeType: 'image/jpeg' });
		expect(JSON.stringify(service.requests[0]!.headers)).not.toContain(service.apiKey);
	});

	it.each([
		['http://169.254.169.254/latest', 'The address of the file is not https'],
		['https://169.254.169.254/latest', 'The address of the file is not public'],
		['https://localhost/secret', 'The address of the file is not public'],
		['file:///etc/passwd', 'The address of the file is not https'],
		['no link', 'The address of the file is no URL'],
	])('is not fetched from %s, as anybody may have sent it', async (photo, message) => {
		const { json, binary } = await receive({ photo });
		expect(binary).toBeUndefined();
		expect(json.mediaError).toMatchObject({ message });
	});

	it('is not fetched when it says to be larger than 100 MB', async () => {
		const headers = { 'content-type': 'image/jpeg', 'content-length': '100000001' };
		service.file = { status: 200, body: Readable.from([bytes]), headers };
		const { json, binary } = await receive({ photo: `${service.url}/files/x` });
		expect(binary).toBeUndefined();
		expect(json.mediaError).toMatchObject({ message: 'The file is larger than 100 MB' });
	});

	it('is cut off when it turns out to be larger than 100 MB', async () => {
		const { undo } = await keepBinaryOnDisk();
		try {
			const megabyte = Buffer.alloc(1_000_000);
			service.file = {
				status: 200,
				body: Readable.from(Array.from({ length: 120 }, () => megabyte)),
				headers: { 'content-type': 'video/mp4' },
			};
			const { json, binary } = await receive({ video: `${service.url}/files/x` });
			expect(binary).toBeUndefined();
			expect(json.mediaError).toMatchObject({ message: 'The file is larger than 100 MB' });
		} finally {
			undo();
		}
	});

	it.each([
		[404, 'does not give the file (HTTP 404)'],
		[302, 'does not give the file (HTTP 302)'],
	])('is missed, not the message, when the link answers %s', async (status, message) => {
		service.file = { status, body: 'x', headers: { location: 'http://127.0.0.1/' } };
		const { json } = await receive({ photo: `${service.url}/files/x` });
		expect(json.mediaError).toMatchObject({ message: expect.stringContaining(message) as unknown });
	});
});
