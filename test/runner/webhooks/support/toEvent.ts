import type { WebhookBody } from '../../../../contract';
import type { OutgoingEvent } from '../../../../runner/webhooks/OutboxPort';

/** A body as whatever makes events would hand it to the outbox. */
export function toEvent(
	body: WebhookBody,
	chat = 'chat' in body ? body.chat.id : '',
): OutgoingEvent {
	return { event: body.event, instanceId: body.instanceId, toBody: () => body, chat };
}
