import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { toGroup } from '../../../fakes/groupHandlers';
import { keepBinaryOnDisk, readBinary, storeBinary } from '../../keepBinaryOnDisk';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const number = '15550001001';
const sendImage = { resource: 'message', operation: 'sendImage', number };
const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251));

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance();
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

const toItem = (binary: IBinaryData, name = 'data') => ({ json: {}, binary: { [name]: binary } });
const photo = { fileName: 'Fête "1".jpg', mimeType: 'image/jpeg' };

describe.each(['in memory', 'on disk'])('a file that n8n keeps %s', (where) => {
	let undo = () => undefined as unknown;
	beforeEach(async () => {
		if (where === 'on disk') ({ undo } = await keepBinaryOnDisk());
	});
	afterEach(() => undo());

	it.each([
		['sendImage', 'image'],
		['sendVideo', 'video'],
		['sendAudio', 'audio'],
		['sendDocument', 'document'],
		['sendSticker', 'sticker'],
	])('goes with %s as the part “%s” of a form, byte for byte', async (operation, field) => {
		const items = [toItem(await storeBinary(bytes, photo))];
		const parameters = { resource: 'message', operation, number };
		const { json } = await runOperation(parameters, credential, { items });
		expect(json).toMatchObject({ messageId: 'MESSAGE1', waitedMs: 0 });
		const { file, headers } = runner.requests[0]!;
		expect(file).toEqual({ field, name: 'Fête "1".jpg', type: 'image/jpeg', bytes });
		expect(Number(headers['content-length'])).toBeGreaterThan(bytes.length);
		expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{64}$/);
	});

	it('takes its fields along, lists with commas', async () => {
		const items = [toItem(await storeBinary(bytes, photo), 'photo')];
		const options = {
			viewOnce: true,
			quotedMessageId: 'A1',
			mentions: '15550001002,15550001003',
			fileName: 'other.png',
			mimetype: 'image/png',
		};
		const parameters = {
			...sendImage,
			binaryPropertyName: 'photo',
			caption: 'Olá\r\n"x"',
			options,
		};
		await runOperation(parameters, credential, { items });
		expect(runner.requests[0]!.body).toEqual({
			number,
			caption: 'Olá\r\n"x"',
			viewOnce: 'true',
			quotedMessageId: 'A1',
			mentions: '15550001002,15550001003',
			fileName: 'other.png',
			mimetype: 'image/png',
		});
		expect(instance.sent[0]).toMatchObject({ mentions: ['15550001002', '15550001003'] });
	});

	it('is sent once when n8n retries the item', async () => {
		const items = [toItem(await storeBinary(bytes, photo))];
		await runOperation(sendImage, credential, { items, executionId: '7' });
		await runOperation(sendImage, credential, { items, executionId: '7' });
		expect(runner.requests).toHaveLength(2);
		expect(instance.sent).toHaveLength(1);
	});

	it('becomes the picture of the account or of a group', async () => {
		instance.groups.push(toGroup('120363000000000001@g.us', 'Team'));
		const items = [toItem(await storeBinary(bytes, photo))];
		const groupId = '120363000000000001@g.us';
		for (const parameters of [
			{ resource: 'instance', operation: 'setProfilePicture' },
			{ resource: 'group', operation: 'setPicture', groupId },
		]) {
			const { json } = await runOperation(parameters, credential, { items });
			expect(json).toEqual({ success: 'Image changed' });
		}
		expect(runner.requests.map(({ file }) => [file?.field, file?.bytes.length])).toEqual([
			['image', bytes.length],
			['image', bytes.length],
		]);
	});

	it.each([
		['another name', { binaryPropertyName: 'photo' }, /no binary field 'photo'/],
		['no file', {}, /binary file 'data', but none was found/],
	])('is missed with the item when there is %s', async (what, given, message) => {
		const file = await storeBinary(bytes, photo);
		const second = what === 'no file' ? { json: {} } : toItem(file);
		const first = toItem(
			file,
			(given as { binaryPropertyName?: string }).binaryPropertyName ?? 'data',
		);
		const error = await failOperation({ ...sendImage, ...given }, credential, {
			items: [first, second],
		});
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toMatch(message);
		expect(error.context.itemIndex).toBe(1);
		expect(instance.sent).toHaveLength(1);
	});

	it('keeps the other items going when the node goes on after errors', async () => {
		const items = [{ json: {} }, toItem(await storeBinary(bytes, photo))];
		const result = await runOperation(sendImage, credential, { items, continueOnFail: true });
		expect(result.items[0]?.json.error).toContain('none was found');
		expect(result.items[1]?.json).toHaveProperty('messageId');
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('may be refused as too large before it has arrived', async () => {
		const large = Buffer.alloc(8_000_000, 1);
		const items = [toItem(await storeBinary(large, photo))];
		runner.answerNext({
			status: 413,
			body: { error: 'The file is too large', code: 'media_too_large', hint: 'Smaller, please.' },
			isEarly: true,
		});
		const error = await failOperation(sendImage, credential, { items });
		expect(error.message).toContain('Could not send the image');
		expect(error.message).toContain('The file is too large');
		expect(error.httpCode).toBe('413');
	});
});

it('is read as it goes when n8n keeps it on disk, and never as a whole', async () => {
	const { undo } = await keepBinaryOnDisk();
	try {
		const items = [toItem(await storeBinary(bytes, photo))];
		const readWhole = jest.spyOn(Container.get(BinaryDataService), 'getAsBuffer');
		await runOperation(sendImage, credential, { items });
		expect(runner.requests[0]!.file?.bytes).toEqual(bytes);
		expect(readWhole).not.toHaveBeenCalled();
	} finally {
		undo();
	}
});

it('says that a file is gone which n8n has removed meanwhile', async () => {
	const { folder, undo } = await keepBinaryOnDisk();
	try {
		const items = [toItem(await storeBinary(bytes, photo))];
		rmSync(join(folder, 'workflows'), { recursive: true });
		const error = await failOperation(sendImage, credential, { items });
		expect(error.message).toMatch(/not found/i);
		expect(error.context.itemIndex).toBe(0);
		expect(runner.requests).toEqual([]);
	} finally {
		undo();
	}
});

it('is found in n8n’s combined binary mode as well', async () => {
	const file = await storeBinary(bytes, photo);
	const items = [{ json: { files: [{ ...file }] } }];
	const parameters = { ...sendImage, binaryPropertyName: 'files[0]' };
	await runOperation(parameters, credential, {
		items: items,
		workflowSettings: { binaryMode: 'combined' },
	});
	expect(runner.requests[0]!.file?.bytes).toEqual(bytes);
});

it('calls a file without name and type by what is known of it', async () => {
	const items = [toItem(await storeBinary(bytes, { mimeType: '', fileExtension: 'png' }))];
	await runOperation(sendImage, credential, { items });
	expect(runner.requests[0]!.file).toMatchObject({
		name: 'file.png',
		type: 'application/octet-stream',
	});
});

it.each([
	['a URL that is none', { fileSource: 'url', fileUrl: 'photo.jpg' }, /not a URL of a file/],
	['an empty URL', { fileSource: 'url', fileUrl: ' ' }, /“URL” is empty/],
	['empty base64', { fileSource: 'base64', fileBase64: '' }, /“Base64” is empty/],
	['an unknown source', { fileSource: 'ftp' }, /no such file source/],
])('refuses %s before a request is made', async (_, parameters, message) => {
	const error = await failOperation({ ...sendImage, ...parameters }, credential);
	expect(error.message).toMatch(message);
	expect(runner.requests).toEqual([]);
});

it('sends a data URI as it is, in the body', async () => {
	const fileBase64 = 'data:image/png;base64,aGVs\nbG8=';
	await runOperation({ ...sendImage, fileSource: 'base64', fileBase64 }, credential);
	expect(runner.requests[0]!.body).toEqual({ number, image: 'data:image/png;base64,aGVsbG8=' });
});

describe('Download Media', () => {
	const download = { resource: 'message', operation: 'downloadMedia', messageId: 'A1' };

	it.each(['in memory', 'on disk'])('puts the file into the item, kept %s', async (where) => {
		const disk = where === 'on disk' ? await keepBinaryOnDisk() : undefined;
		try {
			instance.media.set('A1', {
				bytes,
				headers: {
					'content-type': 'application/pdf',
					'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''%C3%A9%2F..%2Fb.pdf`,
				},
			});
			const { items } = await runOperation(
				{ ...download, binaryPropertyName: 'invoice' },
				credential,
			);
			const { json, binary } = items[0]!;
			expect(json).toEqual({
				messageId: 'A1',
				fileName: 'b.pdf',
				mimetype: 'application/pdf',
				size: bytes.length,
			});
			expect(binary?.invoice).toMatchObject({ fileName: 'b.pdf', mimeType: 'application/pdf' });
			expect(await readBinary(binary?.invoice)).toEqual(bytes);
			expect(binary?.invoice?.id !== undefined).toBe(where === 'on disk');
		} finally {
			disk?.undo();
		}
	});

	it.each([
		['image/jpeg', 'A1.jpg'],
		['audio/ogg; codecs=opus', 'A1.ogg'],
		['image/webp', 'A1.webp'],
		['video/3gpp', 'A1.3gp'],
	])('calls %s without a name %s', async (type, fileName) => {
		instance.media.set('A1', { bytes, headers: { 'content-type': type } });
		const { json } = await runOperation(download, credential);
		expect(json).toMatchObject({ fileName, mimetype: type.split(';')[0] });
	});

	it('gives the reason of a refusal as with any other call', async () => {
		const error = await failOperation(download, credential);
		expect(error.message).toContain('Could not download the file');
		expect(error.message).toContain('This message has no file');
		expect(error.httpCode).toBe('404');
	});

	it('fails and leaves nothing on disk when the file breaks off', async () => {
		const { folder, undo } = await keepBinaryOnDisk();
		try {
			const half = Readable.from(
				(async function* () {
					yield bytes;
					await Promise.resolve();
					throw new Error('The disk of the runner is gone');
				})(),
			);
			instance.media.set('A1', { bytes: half, headers: { 'content-type': 'image/jpeg' } });
			const error = await failOperation(download, credential);
			expect(error.message).toContain('broke off before the file was complete');
			expect(error.description).toContain('Try again');
			expect(toFiles(folder)).toEqual([]);
		} finally {
			undo();
		}
	});
});

const toFiles = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
