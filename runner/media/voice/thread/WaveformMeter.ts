const POINTS = 64;
/** 5 ms: fine enough for the shortest note, small enough for two hours. */
const BUCKET_SAMPLES = 240;

/** The 64 points phones draw beside a voice note: mean loudness, the loudest one being 100. */
export class WaveformMeter {
	private readonly buckets: number[] = [];
	private sum = 0;
	private count = 0;

	add(samples: Float32Array): void {
		for (let at = 0; at < samples.length;) {
			const end = Math.min(samples.length, at + BUCKET_SAMPLES - this.count);
			this.sum += sumUp(samples, at, end);
			this.count += end - at;
			at = end;
			if (this.count === BUCKET_SAMPLES) this.closeBucket();
		}
	}

	toWaveform(): Uint8Array {
		if (this.count > 0) this.closeBucket();
		const points = Array.from({ length: POINTS }, (_, point) => this.toPoint(point));
		const loudest = Math.max(...points);
		return Uint8Array.from(points, (point) => (loudest > 0 ? (100 * point) / loudest : 0));
	}

	private toPoint(point: number): number {
		const start = Math.floor((point * this.buckets.length) / POINTS);
		const end = Math.max(start + 1, Math.floor(((point + 1) * this.buckets.length) / POINTS));
		const part = this.buckets.slice(start, end);
		return part.reduce((sum, bucket) => sum + bucket, 0) / Math.max(1, part.length);
	}

	private closeBucket(): void {
		const mean = this.sum / this.count;
		this.buckets.push(Number.isFinite(mean) ? mean : 0);
		this.sum = 0;
		this.count = 0;
	}
}

/** A plain loop without calls: there are 345 million samples in two hours. */
function sumUp(samples: Float32Array, start: number, end: number): number {
	let sum = 0;
	for (let at = start; at < end; at++) {
		const sample = samples[at] ?? 0;
		sum += sample < 0 ? -sample : sample;
	}
	return sum;
}
