/** Milliseconds of CPU a message; undefined when either reading is missing or there was no message. */
export function toCpuPerMessage(
	beforeMs: number | undefined,
	afterMs: number | undefined,
	messageCount: number,
): number | undefined {
	if (beforeMs === undefined || afterMs === undefined || messageCount === 0) return undefined;
	return (afterMs - beforeMs) / messageCount;
}
