import type { EventEmitter } from 'node:events';
import type { Directory } from './accounts/Directory';
import type { Counters } from './counters';
import type { SimulatorEvents } from './events';
import type { Faults } from './Faults';
import type { MediaStore } from './media/MediaStore';
import type { ServerIdentity } from './noise/ServerIdentity';
import type { PairingDesk } from './pairing/PairingDesk';

/** What the parts of one simulator share. */
export interface SimulatorContext {
	readonly counters: Counters;
	readonly events: EventEmitter<SimulatorEvents>;
	readonly faults: Faults;
	readonly directory: Directory;
	readonly identity: ServerIdentity;
	readonly pairing: PairingDesk;
	readonly media: MediaStore;
	/** Milliseconds after which an unsettled stanza is handed to an online client again; undefined: only at login. */
	readonly redeliverAfterMs: number | undefined;
}
