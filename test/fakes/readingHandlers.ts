import type { FakeHandlers, FakeInstance } from './FakeInstance';
import { FakeRefusal } from './FakeInstance';
import type { FakeAnswer, SeenRequest } from './HttpFake';

/** The routes about messages, chats and people. */
export const READING_HANDLERS: FakeHandlers = {
	getMessage: (_request, instance, messageId) => ok(findMessage(instance, messageId)),
	getMedia: (_request, instance, messageId) => {
		const media = instance.media.get(messageId);
		if (!media) throw new FakeRefusal('media_not_found');
		return { status: 200, body: media.bytes, headers: media.headers };
	},
	listMessages: (request, { messages }) => {
		const { query } = request;
		const type = query.get('type');
		const page = toPage(
			messages.filter((each) => type === null || each.type === type),
			request,
		);
		return ok({ messages: page.entries, next: page.next });
	},
	listChats: (request, { chats }) => {
		const page = toPage(chats, request);
		return ok({ chats: page.entries, next: page.next });
	},
	updateChat: ({ body }, _instance, id) => ok({ id, messageId: '3EB0TIMER', ...(body as object) }),
	listContacts: (request, { contacts }) => {
		const page = toPage(contacts, request);
		return ok({ contacts: page.entries, next: page.next });
	},
	markRead: () => ok({ success: 'Marked as read' }),
	rejectCall: () => ok({ success: 'Call rejected' }),
	showTyping: () => ok({ success: 'Shown' }),
	checkNumber: (_request, { contacts }, number) => {
		const found = contacts.find(({ phone }) => phone === number);
		return ok({ number, exists: Boolean(found), jid: found?.id ?? null, lid: found?.lid ?? null });
	},
	getContact: (_request, { contacts }, number) => {
		const found = contacts.find(({ phone, lid }) => phone === number || lid === number);
		if (!found) throw new FakeRefusal('contact_not_found');
		return ok({ ...found, about: 'Busy', picture: null, business: null });
	},
};

function findMessage({ messages, sent }: FakeInstance, messageId: string): object {
	const known = messages.find((message) => message.messageId === messageId);
	if (known) return known;
	const own = sent.find((message) => message.messageId === messageId);
	if (!own) throw new FakeRefusal('message_not_found');
	return { ...own, type: 'text', fromMe: true, status: 'SENT' };
}

/** As the API pages: `next` is the `before` of the following page. */
export function toPage<T extends object>(all: T[], { query }: SeenRequest) {
	const search = query.get('search')?.toLowerCase() ?? '';
	const found = all.filter((each) => JSON.stringify(each).toLowerCase().includes(search));
	const start = Number(query.get('before') ?? 0);
	const end = start + Number(query.get('limit') ?? 50);
	return { entries: found.slice(start, end), next: end < found.length ? String(end) : null };
}

/** 200 with this body. */
export function ok(body: object): FakeAnswer {
	return { status: 200, body };
}
