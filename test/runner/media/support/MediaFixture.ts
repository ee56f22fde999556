import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaStore } from '../../../../runner/media/MediaStore';
import { Database } from '../../../../runner/storage/Database';
import { FakeClock } from '../../webhooks/support/FakeClock';

export const MB = 1_048_576;

/** A media store over a real database in a folder of its own. */
export class MediaFixture {
	readonly clock = new FakeClock();
	readonly dataDir = mkdtempSync(join(tmpdir(), 'aww-media-'));
	readonly database = Database.open(join(this.dataDir, 'runner.db'));
	readonly store: MediaStore;

	private constructor(limits: { maxFileBytes?: number; quotaBytes?: number }) {
		this.store = this.createStore(limits);
	}

	static async open(
		limits: { maxFileBytes?: number; quotaBytes?: number } = {},
	): Promise<MediaFixture> {
		const fixture = new MediaFixture(limits);
		await fixture.store.open();
		await fixture.addInstance('a');
		return fixture;
	}

	createStore({
		maxFileBytes = MB,
		quotaBytes = 100 * MB,
		database = this.database,
	}: {
		maxFileBytes?: number;
		quotaBytes?: number;
		database?: Database;
	}): MediaStore {
		const { dataDir, clock } = this;
		return new MediaStore({ dataDir, database, maxFileBytes, quotaBytes, clock });
	}

	async addInstance(id: string): Promise<void> {
		await this.database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?1, ?1, ?1, seal('', 'instances.webhook_secret', ?1), 0, 'unlinked', 0)`,
				params: [id],
			},
		]);
	}

	/** Where the file with that hash lies. */
	pathOf(sha256: string): string {
		return join(this.dataDir, 'media', sha256.slice(0, 2), sha256);
	}

	/** Names of half-written files. */
	get incoming(): string[] {
		return readdirSync(join(this.dataDir, 'media', 'incoming'));
	}

	/** Hashes of the files in the folder. */
	get stored(): string[] {
		return readdirSync(join(this.dataDir, 'media'), { recursive: true })
			.map((name) => String(name).split('/').at(-1) ?? '')
			.filter((name) => name.length === 64)
			.sort();
	}

	async close(): Promise<void> {
		await this.database.close();
		rmSync(this.dataDir, { recursive: true, force: true });
	}
}
