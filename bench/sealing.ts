import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../runner/storage/Database';
import { Sealer } from '../runner/storage/encryption/Sealer';
import { open, seal } from '../runner/storage/encryption/sealedColumns';

/*
 * How long sealing takes, as CPU time of one value: by itself, and as part of what SQLite reads.
 * Start it with: node -r @swc-node/register bench/sealing.ts
 */
const ROUNDS = 100_000;
const SIZES = [20, 300, 1500];

function measure(name: string, act: () => unknown, rounds = ROUNDS): void {
	for (let n = 0; n < rounds / 20; n++) act();
	const before = process.cpuUsage();
	for (let n = 0; n < rounds; n++) act();
	const { user, system } = process.cpuUsage(before);
	console.log(`${name.padEnd(34)} ${((user + system) / rounds).toFixed(2)} µs`);
}

function measureSealer(): void {
	const key = createSecretKey(randomBytes(32));
	const sealer = new Sealer({ activeId: 1, keys: new Map([[1, key]]) });
	const place = ['messages.text', 'instance-1', '3EB0C767D097B7C7A5A3', '', 0];
	for (const size of SIZES) {
		const text = 'x'.repeat(size);
		const sealed = sealer.seal(text, place);
		measure(`seal ${size} characters`, () => sealer.seal(text, place));
		measure(`open ${size} characters`, () => sealer.open(sealed, place));
	}
}

async function measureDatabase(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'aww-sealing-'));
	const database = Database.open(join(folder, 'runner.db'));
	await database.write([
		{
			sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
				VALUES ('a', 'a', 'h', ${seal('instances.webhook_secret', '?', `'a'`)}, 0, 'unlinked', 0)`,
			params: ['x'.repeat(50)],
		},
	]);
	const plain = `SELECT webhook_secret FROM instances WHERE id = 'a'`;
	const opened = `SELECT ${open('instances.webhook_secret')} FROM instances WHERE id = 'a'`;
	measure('read a row', () => database.get(plain));
	measure('read a row and open one value', () => database.get(opened));
	await database.close();
	rmSync(folder, { recursive: true });
}

measureSealer();
void measureDatabase();
