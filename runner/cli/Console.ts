import type { Readable, Writable } from 'node:stream';

/** Where a command hears and speaks: the parts of `process` it needs. */
export interface Console {
	env: Readonly<Record<string, string | undefined>>;
	input: Readable & { isTTY?: boolean };
	output: Writable;
	/** Questions and progress, so that what is piped on stays clean. */
	errorOutput: Writable;
}
