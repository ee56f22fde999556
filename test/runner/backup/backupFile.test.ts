import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupError } from '../../../runner/backup/BackupError';
import { BackupReader } from '../../../runner/backup/BackupReader';
import type { BackupRecord, Manifest } from '../../../runner/backup/BackupRecord';
import { BackupWriter } from '../../../runner/backup/BackupWriter';

const PASSPHRASE = 'four words nobody guesses';
/** So little that the tests are quick. */
const COST = 2 ** 10;

const manifest: Manifest = {
	kind: 'manifest',
	instanceId: 'i-1',
	name: 'shop',
	number: '15550001111',
	exportedAt: '2026-01-01T00:00:00.000Z',
	version: '0.1.0',
	schema: 1,
	isCopy: false,
};

const records: BackupRecord[] = [
	manifest,
	{ kind: 'file', sha256: 'ab', sizeBytes: 3, mimetype: 'text/plain', fileName: null },
	{ kind: 'bytes', bytes: Buffer.from([0, 1, 255]) },
	{
		kind: 'rows',
		table: 'messages',
		columns: ['a', 'b', 'c'],
		sealed: { a: { name: 'messages.a', row: ['b'] } },
		rows: [
			['héllo 🎉', 1, null],
			['', -0.5, Buffer.from([1, 2])],
		],
	},
];

async function listOf(backup: BackupReader): Promise<BackupRecord[]> {
	const all: BackupRecord[] = [];
	for await (const record of backup.records()) all.push(record);
	return all;
}

describe('a backup file', () => {
	let folder: string;
	let path: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-backup-'));
		path = join(folder, 'file');
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	async function write(): Promise<Buffer> {
		const writer = await BackupWriter.create(path, PASSPHRASE, COST);
		for (const record of records) await writer.write(record);
		await writer.finish();
		return readFileSync(path);
	}

	async function read(passphrase = PASSPHRASE): Promise<BackupRecord[]> {
		return await listOf(await BackupReader.open(path, passphrase));
	}

	test('gives back what was written, again and again', async () => {
		await write();
		const backup = await BackupReader.open(path, PASSPHRASE);
		expect(await listOf(backup)).toEqual(records);
		expect(await listOf(backup)).toEqual(records);
	});

	test('is its owner’s alone, and shows nothing of what is in it', async () => {
		const bytes = await write();
		expect(statSync(path).mode & 0o777).toBe(0o600);
		for (const text of ['shop', '15550001111', 'messages', PASSPHRASE]) {
			expect(bytes.includes(text)).toBe(false);
		}
	});

	test('makes each guess of its passphrase cost 128 MB', async () => {
		await (await BackupWriter.create(path, PASSPHRASE)).finish();
		expect(readFileSync(path, 'utf8')).toContain('"cost":131072,"blockSize":8');
		expect(await read()).toEqual([]);
	});

	test('has another key each time, the passphrase being the same', async () => {
		const first = await write();
		rmSync(path);
		const second = await write();
		const bodyOf = (bytes: Buffer) => bytes.subarray(bytes.indexOf('\n') + 5).toString('hex');
		expect(bodyOf(first)).not.toBe(bodyOf(second));
	});

	test('never takes the place of a file that is there', async () => {
		writeFileSync(path, 'mine');
		await expect(BackupWriter.create(path, PASSPHRASE, COST)).rejects.toThrow(/is there already/);
		expect(readFileSync(path, 'utf8')).toBe('mine');
		const nowhere = join(folder, 'no', 'such', 'folder');
		await expect(BackupWriter.create(nowhere, PASSPHRASE)).rejects.toThrow(/cannot be written/);
	});

	test('leaves nothing when it is discarded', async () => {
		const writer = await BackupWriter.create(path, PASSPHRASE, COST);
		await writer.discard();
		expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
	});

	test('does not open with another passphrase, but however its characters are composed', async () => {
		await write();
		await expect(read('four other words here')).rejects.toThrow(/passphrase is wrong/);
		rmSync(path);
		const writer = await BackupWriter.create(path, 'caf\u00e9 caf\u00e9 caf\u00e9', COST);
		await writer.finish();
		expect(await read('cafe\u0301 cafe\u0301 cafe\u0301')).toEqual([]);
	});

	test('that was cut short anywhere is not taken for a whole one', async () => {
		const bytes = await write();
		for (const length of [bytes.length - 1, bytes.length - 25, bytes.length - 60]) {
			writeFileSync(path, bytes.subarray(0, length));
			await expect(read()).rejects.toThrow(/damaged or was cut short/);
		}
		writeFileSync(path, bytes.subarray(0, 20));
		await expect(read()).rejects.toThrow(/is no backup/);
	});

	test.each([
		['no object', '5'],
		['null', 'null'],
		['texts for numbers', '{"cost":"x","blockSize":8,"parallelization":1,"salt":"c2FsdA=="}'],
		['a number for the salt', '{"cost":1024,"blockSize":8,"parallelization":1,"salt":5}'],
		['nothing', '{}'],
		['more than memory', '{"cost":1073741824,"blockSize":8,"parallelization":1,"salt":"c2FsdA=="}'],
		['broken numbers', '{"cost":0.5,"blockSize":8,"parallelization":1,"salt":"c2FsdA=="}'],
		['negative ones', '{"cost":-1024,"blockSize":-8,"parallelization":1,"salt":"c2FsdA=="}'],
	])('whose header says %s of its key is said to be damaged', async (_, scrypt) => {
		const bytes = await write();
		const header = `{"format":"api-whatsapp-web backup","version":1,"scrypt":${scrypt}}`;
		writeFileSync(path, Buffer.concat([Buffer.from(header), bytes.subarray(bytes.indexOf('\n'))]));
		const error: unknown = await read().catch((failure: unknown) => failure);
		expect(error).toBeInstanceOf(BackupError);
		expect(error).toMatchObject({ message: expect.stringMatching(/damaged/) });
	});

	test('with a changed byte, or with frames in another order, does not open', async () => {
		const bytes = await write();
		const start = bytes.indexOf('\n') + 1;
		const changed = Buffer.from(bytes);
		changed[bytes.length - 30] = (changed[bytes.length - 30] ?? 0) ^ 1;
		writeFileSync(path, changed);
		await expect(read()).rejects.toThrow(/damaged/);

		const frames: Buffer[] = [];
		for (let at = start; at < bytes.length;) {
			const length = 4 + bytes.readUInt32BE(at);
			frames.push(bytes.subarray(at, at + length));
			at += length;
		}
		const [first, second, third, ...rest] = frames as [Buffer, Buffer, Buffer, ...Buffer[]];
		for (const order of [
			[first, third, second, ...rest],
			[first, second, second, third, ...rest],
			[first, ...rest],
		]) {
			writeFileSync(path, Buffer.concat([bytes.subarray(0, start), ...order]));
			await expect(read()).rejects.toThrow(/damaged/);
		}
	});

	test('with a header that asks for all memory, or of a later version, is refused at once', async () => {
		const bytes = await write();
		const end = bytes.indexOf('\n');
		const header = bytes.toString('utf8', 0, end);
		const withHeader = (text: string) => {
			writeFileSync(path, Buffer.concat([Buffer.from(text), bytes.subarray(end)]));
		};
		withHeader(header.replace('"cost":1024', '"cost":1073741824'));
		await expect(read()).rejects.toThrow(/damaged/);
		withHeader(header.replace('"version":1', '"version":2'));
		await expect(read()).rejects.toThrow(/newer version/);
		// Weaker parameters are another key, so nobody can make a guess cheaper.
		withHeader(header.replace('"cost":1024', '"cost":512'));
		await expect(read()).rejects.toThrow(/passphrase is wrong/);
	});

	test.each(['', 'PK\u0003\u0004', '{}\n', '[]\n', 'null\n', '{"format":"x"}\n'])(
		'is not %j',
		async (text) => {
			writeFileSync(path, text);
			await expect(read()).rejects.toThrow(/is no backup/);
		},
	);
});
