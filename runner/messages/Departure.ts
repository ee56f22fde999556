import type { Statement } from '../storage/Statement';
import type { Roster } from './Roster';

/** What is written of a message with the commit that it leaves with. */
export interface Departure {
	/** It was sent before, and WhatsApp has not said that it has it: whatever it brought may be lost. */
	mayHaveLeft: boolean;
	/** Asked when it leaves, in a group for these; undefined when it is not to be sent any more. */
	rows(roster?: Roster): readonly Statement[] | undefined;
	/** They are on disk. */
	committed(): void;
}
