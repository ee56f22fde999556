import { ApiError } from '../../ApiError';
import type { ErrorCode } from '../../../contract';

const CODES: Record<string, ErrorCode> = {
	logged_out: 'instance_not_linked',
	not_on_whatsapp: 'not_on_whatsapp',
	file_missing: 'media_not_found',
	file_too_large: 'media_too_large',
	damaged: 'storage_unavailable',
};

const HINTS: Record<string, string> = {
	no_answer:
		'WhatsApp did not say how to reach this recipient. Check the number and try again later.',
	not_sendable:
		'The message could not be encrypted for this recipient: check that the number is on WhatsApp, or that the account is a member of the group.',
	upload_failed: 'WhatsApp’s media server did not take the file; try again later.',
	damaged:
		'What was stored of this message is damaged, so it was not sent. Send it again, with another Idempotency-Key.',
	send_failed: 'Sending failed several times within the session runner; try again later.',
	file_too_large: 'WhatsApp’s media server does not take files of this size.',
	'463':
		'WhatsApp restricts this account from starting new chats (463); neither number nor LID was taken. Let the contact write first, or wait until the restriction ends.',
};

/** Why a message was not accepted, as the caller is told. `reason` is a word of ours or WhatsApp's code. */
export function toRefusal(reason: string): ApiError {
	const code = CODES[reason];
	if (code) return new ApiError(code, HINTS[reason]);
	const hint =
		HINTS[reason] ??
		`WhatsApp answered with code ${reason}. Check that the number is on WhatsApp and that this account may write to it.`;
	return new ApiError('rejected_by_whatsapp', hint);
}
