import type { SqlValue } from '../storage/Statement';

/** What a backup is, its first record. */
export interface Manifest {
	kind: 'manifest';
	instanceId: string;
	name: string;
	/** Digits; null when no phone was linked. */
	number: string | null;
	/** ISO 8601 */
	exportedAt: string;
	/** Of the package that wrote it. */
	version: string;
	/** How many steps of the schema its rows have been through. */
	schema: number;
	/** The instance went on where it was: importing it makes a second device with the same login. */
	isCopy: boolean;
}

/** What a column's values were sealed as, and with which columns of their row. */
export type SealedAs = Record<string, { name: string; row: readonly string[] }>;

/** Rows of a table, with the plain values of sealed columns. */
export interface Rows {
	kind: 'rows';
	table: string;
	columns: string[];
	sealed: SealedAs;
	rows: SqlValue[][];
}

/** A media file. Its bytes follow, in as many records as it takes. */
export interface StoredFile {
	kind: 'file';
	sha256: string;
	sizeBytes: number;
	mimetype: string;
	fileName: string | null;
}

export interface Bytes {
	kind: 'bytes';
	bytes: Buffer;
}

/** Without it a backup was cut short. */
export interface End {
	kind: 'end';
}

export type BackupRecord = Manifest | Rows | StoredFile | Bytes | End;

const JSON_RECORD = 1;
const BYTES_RECORD = 2;

export function encodeRecord(record: BackupRecord): Buffer {
	if (record.kind === 'bytes') return Buffer.concat([Buffer.of(BYTES_RECORD), record.bytes]);
	return Buffer.concat([Buffer.of(JSON_RECORD), Buffer.from(JSON.stringify(record, replace))]);
}

/** What `encodeRecord` made; undefined for anything else. */
export function decodeRecord(plain: Buffer): BackupRecord | undefined {
	if (plain[0] === BYTES_RECORD) return { kind: 'bytes', bytes: plain.subarray(1) };
	if (plain[0] !== JSON_RECORD) return undefined;
	return JSON.parse(plain.toString('utf8', 1), revive) as BackupRecord;
}

/** Within rows only an object can be bytes. A Buffer has turned itself into something else before. */
function replace(this: Record<string, unknown>, key: string, value: unknown): unknown {
	const original = this[key];
	if (!(original instanceof Uint8Array)) return value;
	return { base64: Buffer.from(original).toString('base64') };
}

function revive(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('base64' in value)) return value;
	return typeof value.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value;
}
