import type { Proof } from './Row';

/** Names tests of one file by their titles. */
export const proofsIn =
	(file: string) =>
	(title: string): Proof => ({ file, title });
