import type { SqlValue } from './Statement';

/** Statements are sent as indexes of all SQL texts so far, so that each text crosses the thread once. */
export interface WriteRequest {
	newStatements: string[];
	batches: Array<Array<[statement: number, params: SqlValue[]]>>;
}

/** One entry a batch: null, or why it was not written. */
export interface WriteReply {
	errors: Array<string | null>;
}
