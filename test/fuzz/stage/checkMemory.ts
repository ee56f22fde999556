import type { Memory } from './probeArgs';

const MB = 1024 * 1024;

/** Throws when more is in use afterwards than `maxMb` allow; says how much it is. */
export function checkMemory(
	before: Pick<Memory, 'heapUsed' | 'external'>,
	after: Pick<Memory, 'heapUsed' | 'external'>,
	maxMb: number,
): string {
	const usedBefore = (before.heapUsed + before.external) / MB;
	const usedAfter = (after.heapUsed + after.external) / MB;
	const text = `${usedBefore.toFixed(1)} MB before, ${usedAfter.toFixed(1)} MB after`;
	if (usedAfter - usedBefore > maxMb)
		throw new Error(`Memory grew by more than ${maxMb} MB: ${text}`);
	return text;
}
