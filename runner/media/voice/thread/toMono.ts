/** Front left, right, centre, low, two at the back: speech is in the centre of such recordings. */
const SURROUND_WEIGHTS = [0.5, 0.5, 0.7, 0, 0.35, 0.35];

/** Mixes channels into one that cannot be louder than the loudest of them. */
export function toMono(channels: readonly Float32Array[]): Float32Array {
	const [first, ...others] = channels;
	if (!first) return new Float32Array(0);
	if (others.length === 0) return first;
	const weights = channels.length === 6 ? SURROUND_WEIGHTS : channels.map(() => 1);
	const sum = weights.reduce((total, weight) => total + weight, 0);
	const mono = new Float32Array(first.length);
	channels.forEach((channel, index) => {
		const weight = (weights[index] ?? 0) / sum;
		for (let at = 0; at < mono.length; at++)
			mono[at] = (mono[at] ?? 0) + (channel[at] ?? 0) * weight;
	});
	return mono;
}
