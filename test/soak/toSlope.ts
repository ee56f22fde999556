export interface Point {
	readonly x: number;
	readonly y: number;
}

/** The slope of the straight line that fits best (least squares), and its standard error; NaN for fewer than three points. */
export function toSlope(points: readonly Point[]): { slope: number; error: number } {
	const count = points.length;
	if (count < 3) return { slope: NaN, error: NaN };
	const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
	const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
	const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
	const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
	const residual = points.reduce(
		(sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2,
		0,
	);
	return { slope, error: Math.sqrt(residual / (count - 2) / spread) };
}
