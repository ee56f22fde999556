import { createHash, timingSafeEqual } from 'node:crypto';
import { eventOfBody, isEventName, toRecipient, type EventName } from '../../../contract';
import type { TriggerSettings } from '../readSettings';
import { isOfChosenType } from './isOfChosenType';
import type { IncomingRequest, Reception } from './Delivery';

/**
 * A delivery of the hosted service, which signs nothing. The random path is what protects a URL
 * that the user pasted; the URL of Sent, which we set ourselves, carries a token besides.
 */
export function readHostedDelivery(
	request: IncomingRequest,
	context: { settings: TriggerSettings; token: string; isTest: boolean },
): Reception {
	const { query, body } = request;
	const { settings, token, isTest } = context;
	const event = toEvent(request);
	// In a test run the user may have pasted the URL of Sent as well.
	const needsToken = event === 'sent' && !isTest;
	if ((needsToken || query.token !== undefined) && !isSame(query.token, token)) {
		return { outcome: 'forged', reason: 'The token in the URL is missing or wrong' };
	}
	if (event === undefined || !settings.events.includes(event)) return { outcome: 'unwanted' };
	if (event === 'received' && !isOfChosenType(body, settings)) return { outcome: 'unwanted' };
	if (!isOfChosenChat(body.number, settings)) return { outcome: 'unwanted' };
	return {
		outcome: 'accepted',
		event,
		body: { event, ...body },
		repeatKey: toRepeatKey(request, event),
	};
}

/** The body tells four of the events apart; what it leaves open, the pasted `?event=` says. */
function toEvent({ query, body }: IncomingRequest): EventName | undefined {
	const byBody = eventOfBody(body);
	if (byBody !== undefined && byBody !== 'status') return byBody;
	return isEventName(query.event) ? query.event : byBody;
}

function isSame(given: unknown, expected: string): boolean {
	if (typeof given !== 'string') return false;
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function isOfChosenChat(number: unknown, { filters }: TriggerSettings): boolean {
	const chat = toRecipient(number);
	if (chat === undefined) return true;
	if (chat.kind === 'group' && !filters.includeGroups) return false;
	return filters.chats.length === 0 || filters.chats.includes(chat.jid);
}

/** The service gives events no id. The same bytes about the same message are a repeat. */
function toRepeatKey({ rawBody, body }: IncomingRequest, event: EventName): string | undefined {
	if (typeof body.messageId !== 'string' || rawBody === undefined) return undefined;
	return `${event}:${createHash('sha256').update(rawBody).digest('base64')}`;
}
