import type { Author } from '../../messages/whoWrote';
import type { Clipper } from './Clipper';
import type { Identities } from './Identities';

/** What it takes to read a message besides itself. */
export interface ReadContext {
	/** It was missed offline. */
	isLate: boolean;
	/** The public name of who sent it, where WhatsApp tells it. */
	username?: string | undefined;
	nowMs: number;
	identities: Identities;
	/** The serialised content of a message of this chat in the journal, of that author if one is named. */
	contentOf: (messageId: string, author?: Author) => Uint8Array | undefined;
}

/** Everything that is read goes through `clipper`. */
export type ClippedContext = ReadContext & { clipper: Clipper };
