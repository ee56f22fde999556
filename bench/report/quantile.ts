/** The value below which that part of the values lies (nearest rank); NaN when there are none. */
export function quantile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

export const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of ratios: half and double cancel out. */
export const geometricMean = (values: readonly number[]): number =>
	Math.exp(mean(values.map(Math.log)));
