import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { addSealing } from './encryption/addSealing.ts';
import { Sealer, type SealingKeys } from './encryption/Sealer.ts';
import type { WriteReply, WriterData, WriteRequest } from './WriterProtocol.ts';

/**
 * The only writer of the database. It runs in a thread of its own so that waiting for the disk never
 * stops the sockets, and puts every batch that has gathered meanwhile into one transaction. Values are
 * sealed here as well. It and what it imports need no compiling, so that Node runs it from source too.
 */
const { file, sealing } = workerData as WriterData;
const sealer = new Sealer(sealing);
/** Some 32 MB, should there never be a quiet moment. */
const MAX_WAL_PAGES = 8000;
const QUIET_MS = 400;
const database = new DatabaseSync(file, { timeout: 5000 });
// FULL: a commit that was answered survives a power cut, not just a crash of the process.
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
// A checkpoint inside a commit would hold up whoever waits for it; it is made when nobody does.
database.exec(`PRAGMA wal_autocheckpoint = ${MAX_WAL_PAGES}`);
// Costs next to nothing, and what was deleted does not linger in pages that stay in use.
database.exec('PRAGMA secure_delete = FAST');
addSealing(database, sealer);
/** Noted in the transaction that uses the first of them: nothing sealed is on disk unnoted. */
const NONCES_AT_ONCE = 2 ** 20;
let notedNonces = 0;
const texts: string[] = [];
const prepared = new Map<number, StatementSync>();
let checkpointTimer: NodeJS.Timeout | undefined;

parentPort?.on('message', (request: WriteRequest) => {
	parentPort?.postMessage(commitGroup(request));
	clearTimeout(checkpointTimer);
	checkpointTimer = setTimeout(checkpoint, QUIET_MS).unref();
});

function checkpoint(): void {
	try {
		database.exec('PRAGMA wal_checkpoint(PASSIVE)');
	} catch {
		// A full disk, say: the next commit reports it to somebody who can do something about it.
	}
}

function commitGroup(request: WriteRequest): WriteReply {
	texts.push(...request.newStatements);
	if (request.sealing) useKeys(request.sealing);
	try {
		database.exec('BEGIN IMMEDIATE');
	} catch (error) {
		return { errors: request.batches.map(() => toMessage(error)) };
	}
	try {
		const errors = request.batches.map(runBatch);
		const noted = noteNonces();
		database.exec('COMMIT');
		notedNonces = noted;
		return { errors };
	} catch (error) {
		if (database.isTransaction) database.exec('ROLLBACK');
		return { errors: request.batches.map(() => toMessage(error)) };
	}
}

function useKeys(sealing: SealingKeys): void {
	if (sealing.activeId !== sealer.activeId) notedNonces = 0;
	sealer.use(sealing);
}

/** How many nonces are noted once this transaction is on disk. */
function noteNonces(): number {
	if (sealer.sealedCount <= notedNonces) return notedNonces;
	const more = Math.ceil((sealer.sealedCount - notedNonces) / NONCES_AT_ONCE) * NONCES_AT_ONCE;
	const sql = 'UPDATE encryption_keys SET sealed_count = sealed_count + ? WHERE id = ?';
	database.prepare(sql).run(more, sealer.activeId);
	return notedNonces + more;
}

/** A batch that fails is undone alone; the others of its group are not held liable. */
function runBatch(batch: WriteRequest['batches'][number]): string | null {
	database.exec('SAVEPOINT batch');
	try {
		for (const [index, params] of batch) prepare(index).run(...params);
		database.exec('RELEASE batch');
		return null;
	} catch (error) {
		// After SQLITE_FULL and the like SQLite has rolled everything back already.
		if (!database.isTransaction) throw error;
		database.exec('ROLLBACK TO batch; RELEASE batch');
		return toMessage(error);
	}
}

function prepare(index: number): StatementSync {
	const known = prepared.get(index);
	if (known) return known;
	const text = texts[index];
	if (text === undefined) throw new Error('an unknown statement was to be written');
	const statement = database.prepare(text);
	prepared.set(index, statement);
	return statement;
}

function toMessage(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
