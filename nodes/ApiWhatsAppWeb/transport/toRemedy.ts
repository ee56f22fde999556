import type { ErrorCode } from '../../../contract';
import { ERRORS } from '../../../contract';
import type { ConnectionKind } from './Connection';

/** The error table's remedies speak to callers of the API; these say the same to users of the nodes. */
const FIELD_REMEDIES: Partial<Record<ErrorCode, string>> = {
	invalid_api_key: 'Correct the API key in the credential.',
	instance_not_found: 'Correct the instance ID in the credential.',
	invalid_number:
		'Give the number with country code, such as 5554991997181. With a session runner, the ID of a group (…@g.us) or of a contact (…@lid) works as well.',
};

/** Only session runners have these operations. */
const OPERATION_REMEDIES: Partial<Record<ErrorCode, string>> = {
	instance_not_linked:
		'Run the operation Instance → Connect of the node “API WhatsApp Web” and scan the QR code in its output.',
	instance_already_linked:
		'To link another phone, run the operation Instance → Log Out of the node “API WhatsApp Web” first.',
	webhook_not_set:
		'Run the operation Webhook → Change URL of the node “API WhatsApp Web” for this event first.',
	engine_down: 'Run the operation Instance → Restart of the node “API WhatsApp Web”.',
};

/**
 * What to do in n8n about an error of the table. `hint` is what the API said: where it is more than
 * the table's own words, it stays.
 */
export function toRemedy(
	code: ErrorCode,
	kind?: ConnectionKind,
	hint: string = ERRORS[code].hint,
): string {
	const remedy = FIELD_REMEDIES[code] ?? (kind === 'hosted' ? undefined : OPERATION_REMEDIES[code]);
	if (!remedy) return hint;
	return hint === ERRORS[code].hint ? remedy : `${hint} ${remedy}`;
}
