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
	media_invalid:
		'Check that the file is complete and of the kind this operation sends; files of any other kind go with Message → Send Document.',
	media_address_refused:
		'Or fetch the file with an HTTP Request node before this one, and choose “Binary File of the Item” as its source.',
	message_not_found:
		'Check the message ID. The operation Message → Get Many lists the messages; they are kept for a limited time, 30 days unless the session runner is set otherwise.',
	group_not_found:
		'Check the group. The operation Group → Get Many lists those this account is in.',
	contact_not_found: 'Check the number. The operation Contact → Get Many lists the known contacts.',
	chat_not_found: 'Check the number. The operation Chat → Get Many lists the known chats.',
	delivery_not_found:
		'Check the delivery ID. The operation Webhook → List Deliveries lists them; they are kept for a limited time, 30 days unless the session runner is set otherwise.',
	subscription_not_found:
		'The trigger it was meant for has gone: its workflow was unpublished, or its test run has ended. A published workflow gets what comes from then on.',
	too_late_to_edit:
		'Texts can be changed for 15 minutes. Send a new message with Message → Send Text instead.',
	engine_down: 'Run the operation Instance → Restart of the node “API WhatsApp Web”.',
};

/** What the API adds to these says all there is to do; a remedy beside it would repeat or contradict it. */
const SAID_BY_API = new Set<ErrorCode>(['group_not_found', 'invalid_number', 'media_invalid']);

/** One way out more, whatever the API said. */
const ADDED_REMEDIES = new Set<ErrorCode>(['media_address_refused']);

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
	const said = toOperationNames(hint);
	if (!remedy) return said;
	if (ADDED_REMEDIES.has(code)) return `${said} ${remedy}`;
	if (hint === ERRORS[code].hint) return remedy;
	return SAID_BY_API.has(code) ? said : `${said} ${remedy}`;
}

/** Users of the nodes know no routes. */
function toOperationNames(hint: string): string {
	return hint
		.replace(/\/api\/(image|video|audio|document|sticker)\b/g, (_, kind: string) => {
			return `Message → Send ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
		})
		.replace('GET /api/groups/<id> shows it', 'the operation Group → Get shows it');
}
