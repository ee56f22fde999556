import type { MessageType } from '../../contract';
import type { IncomingMessage } from '../messages/IncomingMessage';
import type { KnownMessage } from '../messages/MessageMemory';
import type { MessageNews } from './PeopleNews';

/** What nobody reads one by one. */
const ASIDES: ReadonlySet<MessageType | 'protocol'> = new Set([
	'reaction',
	'poll_vote',
	'call',
	'group_change',
	'protocol',
]);

/** What a message says of its chat and sender; undefined for what is not told to anybody. */
export function toMessageNews(message: IncomingMessage): MessageNews | undefined {
	const { chatId, key, type, edit, sentAtMs, sender, details, isForReceivers, timerSeconds } =
		message;
	// How a call goes on is told by LID alone, also of somebody whose phone came with its beginning.
	const isOfCall = details.call !== undefined && details.call.status !== 'ringing';
	if (!isForReceivers || isOfCall) return undefined;
	const isContent = !edit && !ASIDES.has(type);
	// Calls are offered under either name.
	const isByLid = details.call ? undefined : isLidOf(key.chat);
	return { chatId, isFromMe: key.isFromMe, isContent, sentAtMs, timerSeconds, isByLid, sender };
}

/** What a message that was sent from here says of its chat; `address` is where WhatsApp has taken it. */
export function toSentNews(
	{ chatId, type, target, sentAtMs }: KnownMessage,
	address: string | null,
): MessageNews {
	const isContent = target === null && !ASIDES.has(type);
	const sender = { phone: null, lid: null, name: null };
	const isByLid = isLidOf(address ?? '');
	return { chatId, isFromMe: true, isContent, sentAtMs, isByLid, sender };
}

/** Whether a person's JID is that of a LID; undefined for groups and lists. */
function isLidOf(jid: string): boolean | undefined {
	return jid.endsWith('@lid') || (jid.endsWith('@s.whatsapp.net') ? false : undefined);
}
