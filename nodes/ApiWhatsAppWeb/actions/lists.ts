import type { IDataObject } from 'n8n-workflow';
import type { ChatView, ContactView, DeliveryView, MessageView } from '../../../contract';
import type { ApiClient } from '../transport';
import type { Page, PageQuery } from './readEntries';

/** One page of `GET /api/chats` */
export async function listChats(api: ApiClient, page: PageQuery): Promise<Page<ChatView>> {
	const { chats, next } = await api.call('listChats', { query: { ...page } });
	return { entries: chats, next };
}

/** One page of `GET /api/contacts` */
export async function listContacts(api: ApiClient, page: PageQuery): Promise<Page<ContactView>> {
	const { contacts, next } = await api.call('listContacts', { query: { ...page } });
	return { entries: contacts, next };
}

/** One page of `GET /api/deliveries` */
export async function listDeliveries(
	api: ApiClient,
	page: PageQuery,
	filters: IDataObject = {},
): Promise<Page<DeliveryView>> {
	const { deliveries, next } = await api.call('listDeliveries', { query: { ...filters, ...page } });
	return { entries: deliveries, next };
}

/** One page of `GET /api/messages` */
export async function listMessages(
	api: ApiClient,
	page: PageQuery,
	filters: IDataObject,
): Promise<Page<MessageView>> {
	const { messages, next } = await api.call('listMessages', { query: { ...filters, ...page } });
	return { entries: messages, next };
}
