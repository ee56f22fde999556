/** WhatsApp offers up to 90 days; what is longer than a year is nonsense. */
const MAX_TIMER_SECONDS = 366 * 86_400;

/** Seconds after which messages disappear; undefined where nothing is said, or nonsense. */
export function readTimer(seconds: number | null | undefined): number | undefined {
	if (typeof seconds !== 'number' || !Number.isInteger(seconds)) return undefined;
	return seconds >= 0 && seconds <= MAX_TIMER_SECONDS ? seconds : undefined;
}
