import { createHash, randomBytes } from 'node:crypto';
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pino from 'pino';
import type { MediaFile } from '../../../runner/media/MediaFile';
import type { Database } from '../../../runner/storage/Database';
import { KeyRotation } from '../../../runner/storage/encryption/KeyRotation';
import type { Statement } from '../../../runner/storage/Statement';
import { DamagedFileError } from '../../../runner/media/sealed/DamagedFileError';
import { SealedFile } from '../../../runner/media/sealed/SealedFile';
import { MB, MediaFixture } from './support/MediaFixture';
import { seal } from './support/sealed';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const toHash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('MediaStore', () => {
	let fixture: MediaFixture;
	const open = async (limits?: { maxFileBytes?: number; quotaBytes?: number }) => {
		fixture = await MediaFixture.open(limits);
		return fixture.store;
	};
	const add = (bytes: Uint8Array, facts: { mimetype?: string; fileName?: string } = {}) =>
		fixture.store.add(Readable.from([bytes]), facts);
	const keep = (file: MediaFile, expiresAtMs: number, instance = 'a', outgoing = false) =>
		fixture.database.write([fixture.store.keep(instance, file.sha256, expiresAtMs, { outgoing })]);

	afterEach(() => fixture.close());

	test('a stream becomes a file under its hash that only its owner may read', async () => {
		const store = await open();
		const bytes = Buffer.concat([Buffer.from('no signature\0'), randomBytes(300_000 - 13)]);
		const file = await add(bytes, { mimetype: 'application/x-thing', fileName: 'a/b.thing' });
		expect(file).toEqual({
			content: expect.any(SealedFile) as SealedFile,
			sha256: toHash(bytes),
			sizeBytes: 300_000,
			mimetype: 'application/x-thing',
			fileName: 'b.thing',
		});
		expect((await file.content.read()).equals(bytes)).toBe(true);
		const { path } = file.content.location;
		expect(path).toBe(fixture.pathOf(toHash(bytes)));
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
		expect(statSync(join(fixture.dataDir, 'media')).mode & 0o777).toBe(0o700);
		expect(store.find(file.sha256)).toEqual(file);
		expect(fixture.incoming).toEqual([]);
	});

	test('the same content is kept once, however often it comes, also at the same time', async () => {
		await open();
		const bytes = randomBytes(1000);
		const files = await Promise.all([1, 2, 3, 4].map(() => add(bytes)));
		for (const file of files) expect(await file.content.read()).toEqual(bytes);
		expect(fixture.stored).toEqual([toHash(bytes)]);
		expect(fixture.incoming).toEqual([]);
	});

	test('a file can be read in parts', async () => {
		await open();
		const { content } = await add(Buffer.from('0123456789'));
		expect(String(await buffer(content.createReadStream()))).toBe('0123456789');
		expect(String(await buffer(content.createReadStream({ start: 2, end: 4 })))).toBe('234');
	});

	test('nobody reads another file by a made-up hash', async () => {
		const store = await open();
		expect(store.find('../../runner.db')).toBeUndefined();
	});

	test('an empty file is refused, and nothing is left of it', async () => {
		await open();
		await expect(add(Buffer.alloc(0))).rejects.toMatchObject({ code: 'media_invalid' });
		expect(fixture.incoming).toEqual([]);
		expect(fixture.stored).toEqual([]);
	});

	test('a file above the limit is refused as soon as that shows, and its source is stopped', async () => {
		await open({ maxFileBytes: MB });
		let givenBytes = 0;
		const endless = new Readable({
			read() {
				givenBytes += 65_536;
				this.push(Buffer.alloc(65_536));
			},
		});
		await expect(fixture.store.add(endless, {})).rejects.toMatchObject({
			code: 'media_too_large',
			hint: expect.stringContaining('1 MB') as string,
		});
		expect(endless.destroyed).toBe(true);
		expect(givenBytes).toBeLessThan(2 * MB);
		expect(fixture.incoming).toEqual([]);
	});

	test('a file of exactly the limit is taken', async () => {
		await open({ maxFileBytes: 1000 });
		await expect(add(randomBytes(1000))).resolves.toMatchObject({ sizeBytes: 1000 });
		await expect(add(randomBytes(1001))).rejects.toMatchObject({ code: 'media_too_large' });
	});

	test('a source that fails half-way, or is called off, leaves nothing', async () => {
		await open();
		const failing = Readable.from(
			(function* () {
				yield randomBytes(1000);
				throw new Error('half-way');
			})(),
		);
		await expect(fixture.store.add(failing, {})).rejects.toThrow('half-way');
		const early = new Readable({ read: () => undefined });
		const adding = fixture.store.add(early, {});
		early.destroy(new Error('before it was read'));
		await expect(adding).rejects.toThrow('before it was read');
		const abort = new AbortController();
		const stalled = new Readable({ read: () => setImmediate(() => abort.abort()) });
		await expect(fixture.store.add(stalled, { signal: abort.signal })).rejects.toMatchObject({
			name: 'AbortError',
		});
		expect(fixture.incoming).toEqual([]);
		expect(fixture.stored).toEqual([]);
	});

	test('a large file is never held in memory: its source waits for the disk', async () => {
		const store = await open({ maxFileBytes: 64 * MB });
		const chunk = randomBytes(65_536);
		let givenBytes = 0;
		let maxAheadBytes = 0;
		const source = new Readable({
			read() {
				const [name] = fixture.incoming;
				const path = join(fixture.dataDir, 'media', 'incoming', name ?? '');
				maxAheadBytes = Math.max(maxAheadBytes, givenBytes - statSync(path).size);
				givenBytes += chunk.length;
				this.push(givenBytes > 64 * MB ? null : chunk);
			},
		});
		expect(await store.add(source, {})).toMatchObject({ sizeBytes: 64 * MB });
		expect(maxAheadBytes).toBeLessThan(MB);
	});

	test('a temporary file is adopted, or discarded', async () => {
		const store = await open();
		const bytes = randomBytes(500);
		const facts = { mimetype: 'image/jpeg', fileName: null };
		const temporary = await store.createTemporary();
		expect(statSync(temporary.path).mode & 0o777).toBe(0o600);
		const { key, sha256, sizeBytes } = await seal(temporary.path, bytes);
		const file = await store.adopt(temporary.path, { key, sha256, sizeBytes, ...facts });
		expect(file).toMatchObject({ sha256: toHash(bytes), sizeBytes: 500, ...facts });
		expect(await store.find(sha256)?.content.read()).toEqual(bytes);
		const tooLarge = await store.createTemporary();
		const finished = { key, sha256, sizeBytes: 2 * MB, ...facts };
		const refused = store.adopt(tooLarge.path, finished);
		await expect(refused).rejects.toMatchObject({ code: 'media_too_large' });
		expect(fixture.incoming).toEqual([]);
		const other = await store.createTemporary();
		await other.discard();
		await other.discard();
		expect(fixture.incoming).toEqual([]);
	});

	test('what is written by somebody else is measured, typed and taken', async () => {
		const store = await open();
		const file = await store.addWritten((path) => seal(path, Buffer.from('<html></html>')), {
			fileName: 'page.jpg',
		});
		expect(file).toMatchObject({ sizeBytes: 13, mimetype: 'text/html', fileName: 'page.jpg' });
		const failing = store.addWritten(() => Promise.reject(new Error('conversion')), {});
		await expect(failing).rejects.toThrow('conversion');
		expect(fixture.incoming).toEqual([]);
	});

	test('a disk that cannot be written is an error with a remedy, and nothing is left', async () => {
		await open();
		const bytes = randomBytes(100);
		const folder = join(fixture.dataDir, 'media', toHash(bytes).slice(0, 2));
		writeFileSync(folder, 'in the way');
		await expect(add(bytes)).rejects.toMatchObject({
			code: 'storage_unavailable',
			hint: expect.stringContaining('permissions') as string,
		});
		expect(fixture.incoming).toEqual([]);
		rmSync(join(fixture.dataDir, 'media', 'incoming'), { recursive: true });
		await expect(add(randomBytes(100))).rejects.toMatchObject({ code: 'storage_unavailable' });
		mkdirSync(join(fixture.dataDir, 'media', 'incoming'));
	});

	test('a database that cannot be written leaves no file in incoming', async () => {
		await open();
		const sql = `CREATE TRIGGER broken BEFORE INSERT ON media_files
			BEGIN SELECT raise(ABORT, 'disk full'); END`;
		await fixture.database.write([{ sql, params: [] }]);
		await expect(add(randomBytes(100))).rejects.toThrow(/disk full/);
		expect(fixture.incoming).toEqual([]);
	});

	test('after a crash half-written files and files without a row are removed, the others stay', async () => {
		const store = await open();
		const kept = await add(randomBytes(100));
		await store.createTemporary();
		const stranger = toHash(randomBytes(8));
		mkdirSync(join(fixture.dataDir, 'media', stranger.slice(0, 2)), { recursive: true });
		writeFileSync(join(fixture.dataDir, 'media', stranger.slice(0, 2), stranger), 'x');
		await fixture.createStore({}).open();
		expect(fixture.incoming).toEqual([]);
		expect(fixture.stored).toEqual([kept.sha256]);
	});

	test('a file whose content was deleted from the folder is not found', async () => {
		const store = await open();
		const file = await add(randomBytes(100));
		rmSync(file.content.location.path);
		expect(store.find(file.sha256)).toBeUndefined();
		expect(await add(randomBytes(100))).toMatchObject({ sizeBytes: 100 });
	});

	describe('on the disk', () => {
		const WORDS = 'words that somebody wrote into a file. ';
		const read = () =>
			readdirSync(fixture.dataDir, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map(({ parentPath, name }) => readFileSync(join(parentPath, name)));

		test('nothing of a file is in plain, neither when it is there nor while it comes', async () => {
			await open();
			const seen: Buffer[] = [];
			const source = Readable.from(
				(function* () {
					for (let n = 0; n < 20; n++) {
						yield Buffer.from(WORDS.repeat(1_000));
						seen.push(...read());
					}
				})(),
			);
			const { content } = await fixture.store.add(source, {});
			seen.push(...read());
			expect(seen.some((bytes) => bytes.length > 500_000)).toBe(true);
			expect(seen.filter((bytes) => bytes.includes('somebody'))).toEqual([]);
			expect(String(await content.read())).toBe(WORDS.repeat(20_000));
		});

		test('a change of the data key touches rows and no file, and all can be read afterwards', async () => {
			const store = await open();
			const contents = [randomBytes(10), randomBytes(65_536), randomBytes(200_000)];
			const files = await Promise.all(contents.map((bytes) => add(bytes, { fileName: 'a' })));
			const raw = () => files.map(({ sha256 }) => readFileSync(fixture.pathOf(sha256)));
			const before = raw();
			const logger = pino({ level: 'silent' });
			await new KeyRotation({ database: fixture.database, logger, pauseMs: 0 }).rotate();
			expect(fixture.database.keyIds).toEqual({ active: 2, retired: [] });
			expect(raw()).toEqual(before);
			for (const [index, { sha256 }] of files.entries()) {
				expect(await store.find(sha256)?.content.read()).toEqual(contents[index]);
			}
		});

		test('without its row nobody can read a file: another key does not open it', async () => {
			const store = await open();
			const bytes = randomBytes(1000);
			const { sha256, content } = await add(bytes);
			const left = readFileSync(content.location.path);
			await fixture.database.write([{ sql: 'DELETE FROM media_files', params: [] }]);
			expect(store.find(sha256)).toBeUndefined();
			await add(bytes);
			writeFileSync(content.location.path, left);
			const found = store.find(sha256)?.content;
			await expect(found?.read()).rejects.toBeInstanceOf(DamagedFileError);
		});

		test('a file that is gone or cut short is replaced when it comes again', async () => {
			const store = await open();
			const bytes = randomBytes(1000);
			const { sha256, content } = await add(bytes);
			for (const spoil of [rmSync, (path: string) => truncateSync(path, 500)]) {
				spoil(content.location.path);
				expect(store.find(sha256)).toBeUndefined();
				await add(bytes);
				expect(await store.find(sha256)?.content.read()).toEqual(bytes);
			}
		});

		test('a crash between file and row leaves no row with the key of another file', async () => {
			const store = await open();
			const bytes = randomBytes(1000);
			const { sha256, content } = await add(bytes);
			truncateSync(content.location.path, 500);
			const sql = `CREATE TRIGGER crash BEFORE INSERT ON media_files
				BEGIN SELECT raise(ABORT, 'crash'); END`;
			await fixture.database.write([{ sql, params: [] }]);
			await expect(add(bytes)).rejects.toThrow(/crash/);
			expect(store.find(sha256)).toBeUndefined();
			await fixture.database.write([{ sql: 'DROP TRIGGER crash', params: [] }]);
			await fixture.createStore({}).open();
			expect(fixture.stored).toEqual([]);
			await add(bytes);
			expect(await store.find(sha256)?.content.read()).toEqual(bytes);
		});
	});

	describe('sweep', () => {
		test('a file stays for as long as one instance keeps it, then goes', async () => {
			const store = await open();
			await fixture.addInstance('b');
			const file = await add(randomBytes(100));
			const start = fixture.clock.now();
			await keep(file, start + DAY_MS);
			await keep(file, start + 2 * DAY_MS, 'b');
			await keep(file, start + 3 * HOUR_MS, 'b');
			fixture.clock.advance(DAY_MS + HOUR_MS);
			expect(await store.sweep(fixture.clock.now())).toEqual({ removed: 0, bytes: 0 });
			expect(store.find(file.sha256)).toBeDefined();
			fixture.clock.advance(DAY_MS);
			expect(await store.sweep(fixture.clock.now())).toEqual({ removed: 1, bytes: 100 });
			expect(store.find(file.sha256)).toBeUndefined();
			expect(fixture.stored).toEqual([]);
		});

		test('files of a deleted instance go, those another one keeps stay', async () => {
			const store = await open();
			await fixture.addInstance('b');
			const [shared, own] = [await add(randomBytes(10)), await add(randomBytes(10))];
			const until = fixture.clock.now() + 30 * DAY_MS;
			for (const file of [shared, own]) await keep(file, until);
			await keep(shared, until, 'b');
			await fixture.database.write([{ sql: "DELETE FROM instances WHERE id = 'a'", params: [] }]);
			fixture.clock.advance(2 * HOUR_MS);
			await store.sweep(fixture.clock.now());
			expect(fixture.stored).toEqual([shared.sha256]);
		});

		test('what has just come is not swept away before somebody can keep it', async () => {
			const store = await open();
			const file = await add(randomBytes(100));
			fixture.clock.advance(HOUR_MS / 2);
			await store.sweep(fixture.clock.now());
			expect(store.find(file.sha256)).toBeDefined();
			fixture.clock.advance(HOUR_MS);
			await store.sweep(fixture.clock.now());
			expect(store.find(file.sha256)).toBeUndefined();
		});

		test('a file that comes again in the middle of its removal is there afterwards', async () => {
			await open();
			const bytes = randomBytes(1000);
			const { sha256 } = await add(bytes);
			fixture.clock.advance(2 * HOUR_MS);
			let markPosted: () => void = () => undefined;
			const posted = new Promise<void>((resolve) => (markPosted = resolve));
			const database = Object.assign(Object.create(fixture.database) as Database, {
				write(statements: Statement[]) {
					const written = fixture.database.write(statements);
					if (statements.some(({ sql }) => sql.includes('FROM media_files'))) markPosted();
					return written;
				},
			});
			const store = fixture.createStore({ database });
			const temporary = await store.createTemporary();
			const written = await seal(temporary.path, bytes);
			const sweeping = store.sweep(fixture.clock.now());
			await posted;
			// The row is gone before the sweep hears of it and removes the file.
			while (store.find(sha256));
			const finished = { ...written, mimetype: 'image/jpeg', fileName: null };
			await Promise.all([sweeping, store.adopt(temporary.path, finished)]);
			expect(await store.find(sha256)?.content.read()).toEqual(bytes);
		});
	});

	describe('quota', () => {
		const until = () => fixture.clock.now() + 30 * DAY_MS;

		test('when it is used up the oldest received files make room', async () => {
			const store = await open({ quotaBytes: 1000 });
			const files: MediaFile[] = [];
			for (let n = 0; n < 4; n++) {
				const file = await add(randomBytes(300));
				await keep(file, until());
				files.push(file);
				fixture.clock.advance(2 * HOUR_MS);
			}
			expect(files.map(({ sha256 }) => store.find(sha256) !== undefined)).toEqual([
				false,
				true,
				true,
				true,
			]);
		});

		test('what was sent goes after everything that was received', async () => {
			const store = await open({ quotaBytes: 1000 });
			const sent = await add(randomBytes(400));
			await keep(sent, until(), 'a', true);
			fixture.clock.advance(2 * HOUR_MS);
			const received = await add(randomBytes(400));
			await keep(received, until());
			fixture.clock.advance(2 * HOUR_MS);
			await add(randomBytes(400));
			expect(store.find(sent.sha256)).toBeDefined();
			expect(store.find(received.sha256)).toBeUndefined();
		});

		test('what a stranger has just sent makes room, for what is to be sent and for what others send', async () => {
			const store = await open({ quotaBytes: 1000 });
			const flood: MediaFile[] = [];
			for (let n = 0; n < 10; n++) {
				const file = await add(randomBytes(300));
				await keep(file, until());
				flood.push(file);
			}
			const own = await add(randomBytes(600));
			await keep(own, until(), 'a', true);
			const anns = await add(randomBytes(300));
			await keep(anns, until());
			expect(store.find(own.sha256)).toBeDefined();
			expect(store.find(anns.sha256)).toBeDefined();
			expect(flood.filter(({ sha256 }) => store.find(sha256))).toEqual([]);
		});

		test('files to be sent of the last hour make no room: the new one is refused, and nothing is left', async () => {
			await open({ quotaBytes: 1000 });
			const first = await add(randomBytes(600));
			await expect(add(randomBytes(600))).rejects.toMatchObject({
				code: 'storage_unavailable',
				hint: expect.stringContaining('AWW_MEDIA_QUOTA_MB') as string,
			});
			expect(fixture.stored).toEqual([first.sha256]);
			expect(fixture.incoming).toEqual([]);
		});

		test('a sweep brings the folder below a quota that was lowered', async () => {
			await open();
			for (let n = 0; n < 5; n++) await keep(await add(randomBytes(300)), until());
			fixture.clock.advance(2 * HOUR_MS);
			const store = fixture.createStore({ quotaBytes: 1000 });
			expect(await store.sweep(fixture.clock.now())).toEqual({ removed: 2, bytes: 600 });
			expect(fixture.stored).toHaveLength(3);
		});
	});
});
