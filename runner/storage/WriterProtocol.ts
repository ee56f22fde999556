import type { SealingKeys } from './encryption/Sealer.ts';
import type { SqlValue } from './Statement.ts';

/** What the thread is started with. */
export interface WriterData {
	file: string;
	sealing: SealingKeys;
}

/** Statements are sent as indexes of all SQL texts so far, so that each text crosses the thread once. */
export interface WriteRequest {
	newStatements: string[];
	/** Other keys, from this request on. */
	sealing?: SealingKeys | undefined;
	batches: Array<Array<[statement: number, params: SqlValue[]]>>;
}

/** One entry a batch: null, or why it was not written. */
export interface WriteReply {
	errors: Array<string | null>;
}
