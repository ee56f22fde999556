import type { BinaryNode } from '@whiskeysockets/baileys';

/** Something no server should send. Bytes are texts with one character each, so that a case can be read. */
export type Attack =
	/** Bytes beside all framing; the connection is dropped afterwards, as its stream is lost anyway. */
	| { readonly kind: 'raw'; readonly bytes: string }
	/** A text instead of bytes. */
	| { readonly kind: 'text'; readonly text: string }
	/** A frame that nobody encrypted. */
	| { readonly kind: 'frame'; readonly bytes: string }
	/** A frame that is encrypted, and holds no stanza. */
	| { readonly kind: 'plaintext'; readonly bytes: string }
	/** A stanza of nonsense. */
	| { readonly kind: 'node'; readonly node: BinaryNode }
	/** A message of a contact whose stanza lost attributes, or got others. */
	| { readonly kind: 'bentMessage'; readonly attrs: Readonly<Record<string, string | null>> }
	/** A message that can be decrypted, and holds these bytes instead of a message. */
	| { readonly kind: 'content'; readonly bytes: string; readonly inGroup: boolean }
	/** Handshakes of reconnects whose first frame is not what it should be. */
	| { readonly kind: 'hello'; readonly bytes: string; readonly at: number };

/** The bytes of such a text. */
export const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');
