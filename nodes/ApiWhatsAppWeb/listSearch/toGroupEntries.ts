import type { INodeListSearchItems } from 'n8n-workflow';
import type { GroupView } from '../../../contract';

/** The groups that match the search box; the API gives all of them. */
export function toGroupEntries(groups: GroupView[], filter = ''): INodeListSearchItems[] {
	const wanted = toPlain(filter);
	return groups
		.filter(({ id, subject }) => toPlain(`${subject} ${id}`).includes(wanted))
		.map(({ id, subject }) => ({ name: subject || id, value: id }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** Without case and accents: “jose” finds José. */
function toPlain(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
