/** Takes out what was put in first, should there be more than `atMost`. */
export function forgetOldest<K>(remembered: Map<K, unknown> | Set<K>, atMost: number): void {
	if (remembered.size <= atMost) return;
	const oldest = remembered.keys().next().value;
	if (oldest !== undefined) remembered.delete(oldest);
}
