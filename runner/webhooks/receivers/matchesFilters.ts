import { toRecipient, type SubscriptionFilters, type WebhookBody } from '../../../contract';

/**
 * Whether a receiver wants this event. Events of the instance itself pass every filter. What the owner
 * types on the phone is for who asks for it, and with `includeOwn` for who says nothing about it. What
 * happens to groups is for who asks for it alone, the owner's own doing included.
 */
export function matchesFilters(
	body: WebhookBody,
	filters: SubscriptionFilters | undefined,
	{ includeOwn = false } = {},
): boolean {
	if (body.event === 'connected' || body.event === 'disconnected') return true;
	const takesOwn = filters?.includeFromMe ?? includeOwn;
	if (isGroupChange(body)) {
		if (!filters?.includeGroupChanges) return false;
	} else if (body.event === 'received' && body.fromMe && !takesOwn) return false;
	if (!filters) return true;
	if (filters.includeGroups === false && isOfGroup(body)) return false;
	if (!filters.chats || filters.chats.length === 0) return true;
	const identities = toIdentities(body);
	return filters.chats.some((chat) => identities.has(toIdentity(chat)));
}

type MessageBody = Exclude<WebhookBody, { event: 'connected' | 'disconnected' }>;

function isGroupChange(body: MessageBody): boolean {
	return body.event === 'received' && body.type === 'group_change';
}

function isOfGroup(body: MessageBody): boolean {
	return body.event === 'status' ? body.number.endsWith('@g.us') : body.isGroup;
}

/** Every name the other side of this chat goes by; in groups the group's alone. */
function toIdentities(body: MessageBody): Set<string> {
	const identities = new Set([toIdentity(body.number)]);
	if (body.event === 'status') return identities;
	identities.add(toIdentity(body.chat.id));
	if (body.isGroup || body.fromMe) return identities;
	if (body.sender.phone !== null) identities.add(toIdentity(body.sender.phone));
	if (body.sender.lid !== null) identities.add(toIdentity(body.sender.lid));
	return identities;
}

function toIdentity(number: string): string {
	return toRecipient(number)?.jid ?? number;
}
