import type { IDataObject } from 'n8n-workflow';

/** Takes out what says nothing. */
export function withoutEmpty(body: IDataObject): IDataObject {
	const hasMeaning = (value: unknown) =>
		Array.isArray(value) ? value.length > 0 : ![undefined, null, '', false].includes(value as null);
	return Object.fromEntries(Object.entries(body).filter(([, value]) => hasMeaning(value)));
}
