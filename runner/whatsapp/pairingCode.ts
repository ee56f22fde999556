import { randomBytes } from 'node:crypto';
import {
	aesEncryptCTR,
	bytesToCrockford,
	derivePairingCodeKey,
	getCompanionPlatformId,
	jidEncode,
	S_WHATSAPP_NET,
	type WABrowserDescription,
	type WASocket,
} from '@whiskeysockets/baileys';
import { ApiError } from '../ApiError';
import { isConnectionEnd } from './closeReason';

/**
 * Asks WhatsApp to let a phone link by a code that is typed in. Baileys' own function resolves before
 * the server has answered, so that a refusal goes unnoticed; this one waits for the answer.
 * Throws ApiError `pairing_code_refused`.
 */
export async function requestPairingCode(
	sock: WASocket,
	browser: WABrowserDescription,
	phone: string,
): Promise<string> {
	const { creds } = sock.authState;
	const code = bytesToCrockford(randomBytes(5));
	const jid = jidEncode(phone, 's.whatsapp.net');
	const salt = randomBytes(32);
	const iv = randomBytes(16);
	const key = await derivePairingCodeKey(code, salt);
	const wrapped = aesEncryptCTR(creds.pairingEphemeralKeyPair.public, key, iv);
	const { pairingCode, me } = creds;
	// Baileys reads both when the phone answers.
	creds.pairingCode = code;
	creds.me = { id: jid, name: '~' };
	const content = (tag: string, value: Uint8Array | string) => ({ tag, attrs: {}, content: value });
	try {
		await sock.query({
			tag: 'iq',
			attrs: { to: S_WHATSAPP_NET, type: 'set', id: sock.generateMessageTag(), xmlns: 'md' },
			content: [
				{
					tag: 'link_code_companion_reg',
					attrs: { jid, stage: 'companion_hello', should_show_push_notification: 'true' },
					content: [
						content(
							'link_code_pairing_wrapped_companion_ephemeral_pub',
							Buffer.concat([salt, iv, wrapped]),
						),
						content('companion_server_auth_key_pub', creds.noiseKey.public),
						content('companion_platform_id', getCompanionPlatformId(browser)),
						// WhatsApp refuses any other form than "Browser (OS)".
						content('companion_platform_display', `${browser[1]} (${browser[0]})`),
						content('link_code_pairing_nonce', '0'),
					],
				},
			],
		});
	} catch (error) {
		// A code asked for earlier may still be typed in.
		creds.pairingCode = pairingCode;
		if (me) creds.me = me;
		else delete creds.me;
		if (!isConnectionEnd(error)) throw new ApiError('pairing_code_refused');
		throw new ApiError('engine_down', 'WhatsApp cannot be reached at the moment; try again.');
	}
	return code;
}
