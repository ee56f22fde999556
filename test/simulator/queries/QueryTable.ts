import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { LoggedInClient } from '../connection/LoggedInClient';
import type { SimulatorContext } from '../SimulatorContext';

/** One query of a client. */
export interface Query {
	readonly context: SimulatorContext;
	readonly client: LoggedInClient;
	readonly device: LinkedDevice;
	readonly request: BinaryNode;
}

/** Why a query is answered with an error. */
export interface QueryError {
	readonly code: number;
	readonly text: string;
}

/** The children of the result, or an error; `after` runs once the answer is written. */
export type Answer = (
	query: Query,
) => BinaryNode[] | QueryError | { readonly result: BinaryNode[]; readonly after: () => void };

/** Answers by `xmlns/type/first child`. */
export type QueryTable = ReadonlyMap<string, Answer>;
