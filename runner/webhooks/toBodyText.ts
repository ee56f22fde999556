import { MAX_TEXT_LENGTH, type WebhookBody } from '../../contract';
import { shorten } from '../limits/shorten';

/** n8n refuses bodies above 16 MB, and other receivers do much earlier. */
export const MAX_BODY_BYTES = 1_000_000;

/** How many entries a list of a body that is too large keeps at first. */
const MAX_ITEMS = 1024;

/**
 * An event's body as the JSON that is delivered, never above `MAX_BODY_BYTES`: what is larger loses the
 * ends of its longest texts and lists until it fits, and says so.
 */
export function toBodyText(body: WebhookBody): string {
	let text = JSON.stringify(body);
	for (let part = 2; Buffer.byteLength(text) > MAX_BODY_BYTES; part *= 2) {
		const maxLength = Math.ceil(MAX_TEXT_LENGTH / part);
		const maxItems = Math.ceil(MAX_ITEMS / part);
		text = JSON.stringify({ ...shorten(body, { maxLength, maxItems }), truncated: true });
	}
	return text;
}
