import type { Trouble } from '../world/WorldApi';
import type { GatewayName } from '../gateways/Gateway';

/** Everything one run has measured, by contestant; what was left out has no entries. */
export type Samples = Record<GatewayName, GatewaySamples>;

export interface GatewaySamples {
	/** One entry a pass. */
	inbound: RateSample[];
	outbound: RateSample[];
	latency: LatencySample[];
	sessions: SessionsSample | undefined;
	/** What went wrong, over all measurements. */
	trouble: Trouble;
	/** Messages that came to no webhook, and texts that were answered with an error. */
	lostIn: number;
	failedOut: number;
	/** Measurements that could not be made, in plain words. */
	notes: string[];
}

export interface RateSample {
	perSecond: number;
	/** CPU of the contestant's process; undefined where it cannot be read. */
	cpuMsPerMessage: number | undefined;
}

/** Milliseconds. */
export interface LatencySample {
	sendToWebhookMs: number[];
	receiptToWebhookMs: number[];
}

export interface SessionsSample {
	count: number;
	/** All linked from nothing, seconds. */
	linkedS: number;
	/** From the start of the process until the last session is online again, seconds. */
	backS: number;
	/** Resident memory after a settle, MB. */
	rssMb: { base: number; linked: number; restarted: number } | undefined;
}
