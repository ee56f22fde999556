import type { WorldApi } from './WorldApi';

/** A call of the harness to the world process. */
export interface RemoteCall {
	/** 1 and up; 0 is the world's word that it has started. */
	id: number;
	method: keyof WorldApi;
	parameters: unknown[];
}

export type RemoteReply = { id: number; result: unknown } | { id: number; error: string };
