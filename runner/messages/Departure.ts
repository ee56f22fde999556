import type { Statement } from '../storage/Statement';

/** What is written of a message with the commit that it leaves with. */
export interface Departure {
	/** It was sent before, and WhatsApp has not said that it has it: whatever it brought may be lost. */
	mayHaveLeft: boolean;
	/** Asked when it leaves; undefined when it is not to be sent any more. */
	rows(): readonly Statement[] | undefined;
	/** They are on disk. */
	committed(): void;
}
