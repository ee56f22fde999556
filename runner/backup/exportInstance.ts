import type { InstanceRecord } from '../instances/InstanceStore';
import { InstanceStore } from '../instances/InstanceStore';
import type { MediaStore } from '../media/MediaStore';
import { SessionRepository } from '../sessions/SessionRepository';
import type { Database } from '../storage/Database';
import { MIGRATIONS } from '../storage/migrations';
import { BackupError } from './BackupError';
import { BackupReader } from './BackupReader';
import type { Manifest } from './BackupRecord';
import { BackupWriter } from './BackupWriter';
import { handOver, isHandedOver } from './handOver';
import { loadBackup } from './loadBackup';
import { writeBackup, type BackupSummary } from './writeBackup';

export interface ExportOptions {
	database: Database;
	media: MediaStore;
	/** Id or name. */
	instance: string;
	file: string;
	passphrase: string;
	/** Less than usual, for tests of everything else. */
	scryptCost?: number;
	withMedia: boolean;
	/** The instance stays as it is. Otherwise it is handed over: it cannot log in here any more. */
	isCopy: boolean;
	now: Date;
	/** Of this package. */
	version: string;
}

/**
 * Writes an instance into a new file, reads that again, and only then hands the instance over. The
 * caller owns the data folder. Throws BackupError, and leaves no file then.
 */
export async function exportInstance(
	options: ExportOptions,
): Promise<BackupSummary & { name: string }> {
	const { database, file, passphrase, media } = options;
	const instance = findInstance(database, options.instance);
	const writer = await BackupWriter.create(file, passphrase, options.scryptCost);
	try {
		const summary = await writeBackup(writer, toManifest(instance, options), {
			database,
			withMedia: options.withMedia,
			findFile: (sha256) => media.find(sha256),
		});
		await writer.finish();
		await loadBackup(await BackupReader.open(file, passphrase));
		if (!options.isCopy) await database.write(handOver(database, instance.id, options.now));
		return { ...summary, name: instance.name };
	} catch (error) {
		await writer.discard();
		throw error;
	}
}

function findInstance(database: Database, idOrName: string): InstanceRecord {
	const all = new InstanceStore(database).list();
	const found = all.find(({ id }) => id === idOrName) ?? all.find(({ name }) => name === idOrName);
	if (!found) {
		const names = all.map(({ name }) => `"${name}"`).join(', ');
		throw new BackupError(
			`There is no instance "${idOrName}" here, only ${names || 'none at all'}.`,
		);
	}
	if (isHandedOver(database, found.id)) {
		throw new BackupError(
			`The instance "${found.name}" was exported before: its login is in that backup and not here.`,
		);
	}
	return found;
}

function toManifest({ id, name }: InstanceRecord, options: ExportOptions): Manifest {
	const { database, now, version, isCopy } = options;
	return {
		kind: 'manifest',
		instanceId: id,
		name,
		number: new SessionRepository(database).read(id)?.number ?? null,
		exportedAt: now.toISOString(),
		version,
		schema: MIGRATIONS.length,
		isCopy,
	};
}
