import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Database } from '../../../runner/storage/Database';
import type { WriteRequest } from '../../../runner/storage/WriterProtocol';

describe('what crosses to the thread that writes', () => {
	const { postMessage } = Worker.prototype;
	let folder: string;
	let database: Database;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-storage-'));
		database = Database.open(join(folder, 'runner.db'));
	});
	afterEach(async () => {
		Worker.prototype.postMessage = postMessage;
		await database.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('bytes come alone, without the slab of small buffers that they are part of', async () => {
		const sent: WriteRequest[] = [];
		Worker.prototype.postMessage = function (this: Worker, request: WriteRequest) {
			sent.push(request);
			postMessage.call(this, request);
		};
		const bytes = Buffer.from('part of a slab');
		expect(bytes.buffer.byteLength).toBeGreaterThan(bytes.byteLength);
		await database.write([
			{ sql: 'CREATE TABLE kept (value BLOB)', params: [] },
			{ sql: 'INSERT INTO kept VALUES (?)', params: [bytes] },
		]);
		const crossed = sent.flatMap(({ batches }) => batches.flat().flatMap(([, params]) => params));
		expect(crossed.map((value) => (value as Uint8Array).buffer.byteLength)).toEqual([14]);
		const stored = database.get<{ value: Uint8Array }>('SELECT value FROM kept');
		expect(Buffer.from(stored?.value ?? []).toString()).toBe('part of a slab');
	});
});
