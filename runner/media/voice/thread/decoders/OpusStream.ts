/** Opus packets as a container holds them. */
export interface OpusStream {
	channels: number;
	/** Samples at 48 kHz to be cut at the beginning. */
	preSkip: number;
	packets: Iterable<Uint8Array>;
	/** Samples at 48 kHz including the pre-skip, where the container says it; after the last packet. */
	totalSamples: () => number | undefined;
}
