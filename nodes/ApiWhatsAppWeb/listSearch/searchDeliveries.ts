import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { DeliveryView } from '../../../contract';
import { listDeliveries } from '../actions/lists';
import { readPages } from '../actions/readEntries';
import { searchWith } from './searchWith';
import { toResult } from './toResult';

/** The latest; those before are found with the operation List Deliveries. Each holds all its attempts. */
const MAX_ENTRIES = 300;

/** Deliveries, newest first, for the field “Delivery”. */
export async function searchDeliveries(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	return await searchWith(this, 'listDeliveries', async (api) => {
		const deliveries = await readPages((page) => listDeliveries(api, page), MAX_ENTRIES);
		const entries = deliveries.map((delivery) => toEntry(delivery, this.getTimezone()));
		const found = entries.filter(({ name, value }) =>
			`${name} ${value}`.toLowerCase().includes(wanted),
		);
		return toResult(found, token);
	});
}

function toEntry(delivery: DeliveryView, timeZone: string): INodeListSearchItems {
	const { id, state, event, createdAt, url } = delivery;
	// Swedish writes times as ISO 8601 does.
	const time = new Date(createdAt).toLocaleString('sv-SE', { timeZone });
	const { host, pathname } = new URL(url);
	return { name: `${state} · ${event} · ${time} · ${host}${pathname}`, value: id };
}
