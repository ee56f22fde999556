import type { Statement } from '../storage/Statement';

/** What is written of a message with the commit that it leaves with. */
export interface Departure {
	/** Asked when it leaves; undefined when it is not to be sent any more. */
	rows(): readonly Statement[] | undefined;
	/** They are on disk. */
	committed(): void;
}
