import type { Clock } from '../Clock';
import type { Database } from '../storage/Database';
import type { AddressGuard } from '../address';
import type { Dispatcher } from './dispatch/Dispatcher';
import type { ReceiverDirectory } from './receivers/ReceiverDirectory';

/** What the ports share. */
export interface WebhookParts {
	database: Database;
	clock: Clock;
	guard: AddressGuard;
	directory: ReceiverDirectory;
	dispatcher: Dispatcher;
	isEmbedded: boolean;
}

/** How long a secret goes on signing after it was rotated. */
export const SECRET_OVERLAP_MS = 24 * 3_600_000;
