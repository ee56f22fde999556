import { ProxyError } from '../proxy/ProxyError';

/** What to do after a connection has ended. */
export type CloseKind =
	/** Connect again at once (after linking). */
	| 'restart'
	/** Connect again with growing pauses. */
	| 'retry'
	/** Another process has logged in with these credentials. */
	| 'replaced'
	/** Removed on the phone: these credentials never log in again. */
	| 'loggedOut'
	/** Banned by WhatsApp: never try by itself. */
	| 'blocked'
	/** This version of WhatsApp Web is too old. */
	| 'outdated'
	/** Linking has come to nothing: nobody scanned, or WhatsApp wants something else or is silent. */
	| 'linkingFailed';

export interface CloseReason {
	kind: CloseKind;
	/** WhatsApp's or Baileys' status code; 0 when the end carried none. */
	code: number;
	/** In plain words, free of numbers and names. */
	text: string;
}

const BY_CODE: Record<number, [CloseKind, string]> = {
	515: ['restart', 'WhatsApp asked for a restart of the connection'],
	440: ['replaced', 'another process has logged in with the same credentials'],
	401: ['loggedOut', 'the linked device was removed on the phone'],
	402: ['blocked', 'WhatsApp has banned this account for a time'],
	403: ['blocked', 'WhatsApp has banned this account'],
	406: ['blocked', 'WhatsApp has banned this account'],
	405: ['outdated', 'WhatsApp no longer accepts this version of WhatsApp Web'],
	408: ['retry', 'the connection to WhatsApp was lost'],
	428: ['retry', 'WhatsApp closed the connection'],
	500: ['retry', 'WhatsApp reported an internal error'],
	503: ['retry', 'WhatsApp is not available'],
};

/** The parts of Baileys' errors (Boom) that are read; other errors have none of them. */
interface BaileysError {
	message?: string;
	data?: { attrs?: Record<string, string> } | ProxyError;
	output?: { statusCode: number };
}

/** Baileys' words for QR codes that ran out share their code with lost connections. */
export const QR_EXPIRED = 'QR refs attempts ended';
/** WhatsApp wants the passkey of the account, and nobody has answered. */
export const PASSKEY_REQUIRED = 'passkey_required';
/** WhatsApp has taken everything and did not link. */
export const LINKING_STALLED = 'linking_stalled';

/** What people read of an attempt to link that has failed. */
export const LINKING_FAILURES: Record<string, string> = {
	[QR_EXPIRED]: 'the QR codes ran out before one was scanned',
	[PASSKEY_REQUIRED]:
		'passkey_required: WhatsApp asks for the passkey of this account. Answer its challenge in a browser on web.whatsapp.com (GET /api/instance/passkey, see “Accounts with a passkey” in the documentation of the API); some accounts are not asked any more when the passkey is removed on the phone under Settings, Account, Passkeys',
	[LINKING_STALLED]:
		'linking_stalled: the phone has taken the code, but WhatsApp did not complete the link within a minute. Check the number, look at the phone for a question, then begin again, with the QR code if it was a pairing code',
};

/**
 * Reads why a Baileys connection has ended. `device_removed` may come with the code of "replaced",
 * so the conflict's own type is looked at first.
 */
export function toCloseReason(error: unknown): CloseReason {
	const { message, data, output } = (error ?? {}) as BaileysError;
	const failure = message === undefined ? undefined : LINKING_FAILURES[message];
	if (failure) return { kind: 'linkingFailed', code: 408, text: failure };
	if (data instanceof ProxyError) return { kind: 'retry', code: 0, text: data.message };
	const code = data?.attrs?.type === 'device_removed' ? 401 : (output?.statusCode ?? 0);
	const [kind, text] = BY_CODE[code] ?? ['retry', 'the connection to WhatsApp has ended'];
	return { kind, code, text };
}

/** Whether a call failed because the connection has ended, which says nothing about the call itself. */
export function isConnectionEnd(error: unknown): boolean {
	const { output } = (error ?? {}) as BaileysError;
	return output?.statusCode === 428 || output?.statusCode === 408;
}
