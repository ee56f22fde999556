import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceStore } from '../../../runner/instances/InstanceStore';
import { Database, type Row } from '../../../runner/storage/Database';
import { FakeClock } from '../webhooks/support/FakeClock';

/** A real database with one instance, and a clock that stands still. */
export class PeopleFixture {
	readonly clock = new FakeClock();

	private constructor(
		private readonly folder: string,
		readonly database: Database,
		readonly instanceId: string,
	) {}

	static async create(): Promise<PeopleFixture> {
		const folder = mkdtempSync(join(tmpdir(), 'aww-people-'));
		const database = Database.open(join(folder, 'runner.db'));
		const instances = new InstanceStore(database);
		const draft = instances.draft('a');
		await instances.insert(draft);
		return new PeopleFixture(folder, database, draft.created.id);
	}

	/** Everything in a table. */
	rows<T extends Row>(table: string): T[] {
		return this.database.all<T>(`SELECT * FROM ${table}`);
	}

	async remove(): Promise<void> {
		await this.database.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
