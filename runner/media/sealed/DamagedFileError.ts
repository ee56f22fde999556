/** A stored file was changed, cut short or exchanged: none of what could not be verified was given out. */
export class DamagedFileError extends Error {
	override readonly name = 'DamagedFileError';

	constructor() {
		super('A stored file is damaged: it is not as it was written.');
	}
}
