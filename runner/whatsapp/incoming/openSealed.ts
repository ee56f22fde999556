import { aesDecryptGCM, hkdf } from '@whiskeysockets/baileys';

/** What WhatsApp seals with the secret of an earlier message; the words go into the key. */
export type SealedUse = 'Poll Vote' | 'Message Edit' | 'Event Edit' | 'Enc Reaction';

const KEY_BYTES = 32;

/** What was sealed; only votes also bind the names as additional data. */
export interface Sealed {
	use: SealedUse;
	payload: Uint8Array | null | undefined;
	iv: Uint8Array | null | undefined;
}

/** The message whose secret seals, and the names its author and the sender may have had. */
export interface SealFrame {
	messageId: string;
	/** The `messageSecret` of that message. */
	secret: Uint8Array;
	/** JIDs its author goes by. */
	authors: readonly string[];
	/** JIDs whoever sealed goes by. */
	senders: readonly string[];
}

/**
 * Opens what was sealed under an earlier message (tulir/whatsmeow's `msgsecret.go`, Baileys #2541).
 * The names both sides had at that moment go into the key, phone or LID, so that every pairing is
 * tried. Undefined when none fits: sealed by somebody else, or without the secret.
 */
export function openSealed(sealed: Sealed, frame: SealFrame): Uint8Array | undefined {
	const { payload, iv } = sealed;
	if (!payload?.length || !iv?.length) return undefined;
	for (const author of new Set(frame.authors)) {
		for (const sender of new Set(frame.senders)) {
			const opened = tryPair({ use: sealed.use, payload, iv }, frame, author, sender);
			if (opened) return opened;
		}
	}
	return undefined;
}

function tryPair(
	{ use, payload, iv }: { use: SealedUse; payload: Uint8Array; iv: Uint8Array },
	{ messageId, secret }: SealFrame,
	author: string,
	sender: string,
): Uint8Array | undefined {
	const info = `${messageId}${author}${sender}${use}`;
	const bound = use === 'Poll Vote' ? `${messageId}\0${sender}` : '';
	try {
		return aesDecryptGCM(payload, hkdf(secret, KEY_BYTES, { info }), iv, Buffer.from(bound));
	} catch {
		// Its seal does not fit this pair of names.
		return undefined;
	}
}
