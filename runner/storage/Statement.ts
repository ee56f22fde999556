/** What SQLite takes and gives; booleans are stored as 0 and 1, times as Unix milliseconds. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** One write. Repositories make these; whoever needs several of them to be atomic puts them into one batch. */
export interface Statement {
	sql: string;
	params: SqlValue[];
}
