import type { INodeListSearchItems } from 'n8n-workflow';
import type { ContactView } from '../../../contract';
import { toNumber } from '../../../contract';

/** Somebody by name; people of the same name are told apart by their numbers. */
export function toPersonEntry({ id, name, pushName }: ContactView): INodeListSearchItems {
	return toNamedEntry(toNumber(id), name ?? pushName);
}

/** Ids of groups and contacts say nothing to anybody, so the name stands alone. */
export function toNamedEntry(value: string, name: string | null): INodeListSearchItems {
	if (!name) return { name: value, value };
	return { name: value.includes('@') ? name : `${name} (${value})`, value };
}
