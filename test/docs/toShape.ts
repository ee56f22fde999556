/** The fields of an answer, without their values. Lists are what their first entry is. */
export function toShape(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(toShape);
	if (typeof value !== 'object' || value === null)
		return typeof value === 'undefined' ? value : 'value';
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toShape(field)]));
}
