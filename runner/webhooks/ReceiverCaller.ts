import { ERRORS, type KnownCertificates } from '../../contract';
import type { Clock } from '../Clock';
import type { AddressGuard } from '../address';
import type { AttemptKind, AttemptResult } from './attempt/AttemptResult';
import { createAgents, type Agents } from './attempt/createAgents';
import { type ABORTED, deliverWebhook } from './attempt/deliverWebhook';
import { MAX_IN_FLIGHT } from './dispatch/ReceiverLane';
import { type Receiver, validSecrets } from './receivers/Receiver';

const SECRET_ERROR =
	'The secret that signs these deliveries is damaged: rotate it, or restore the database from a backup';
const BODY_ERROR =
	'What was stored of this event is damaged and cannot be sent: restore the database from a backup';

interface CallerOptions {
	guard: AddressGuard;
	clock: Clock;
	isEmbedded: boolean;
	/** Of the n8n that runs this runner, believed on loopback whatever their names. */
	parentCertificates?: KnownCertificates | undefined;
	attemptTimeoutMs: number;
}

/** Makes the attempts at one receiver: its own connections, its address rule, its signature. */
export class ReceiverCaller {
	private agents: Agents | undefined;

	constructor(private readonly options: CallerOptions) {}

	async call(
		receiver: Receiver,
		delivery: { eventId: string; body: string | null; receiverSeq?: number | null },
		signal?: AbortSignal,
	): Promise<AttemptResult | typeof ABORTED> {
		const { guard, clock, attemptTimeoutMs, parentCertificates } = this.options;
		const allowance = { allowLoopback: isLoopbackAllowed(receiver.kind, this.options.isEmbedded) };
		const nowMs = clock.now();
		// Again, although it was checked when it was set: the operator's lists may have changed since.
		const refusal = guard.refusalOf(receiver.url, allowance);
		if (refusal) return toUnmade('refused', ERRORS[refusal].error, nowMs);
		if (!receiver.secrets) return toUnmade('refused', SECRET_ERROR, nowMs);
		if (delivery.body === null) return toUnmade('damaged', BODY_ERROR, nowMs);
		this.agents ??= createAgents({
			lookup: guard.lookupFor(receiver.url, allowance),
			maxSockets: MAX_IN_FLIGHT,
			...(guard.isLoopback(receiver.url, allowance) && { known: parentCertificates }),
		});
		return deliverWebhook({
			url: receiver.url,
			body: delivery.body,
			eventId: delivery.eventId,
			receiverSeq: delivery.receiverSeq ?? null,
			secrets: validSecrets(receiver.secrets, nowMs),
			agents: this.agents,
			timeoutMs: attemptTimeoutMs,
			nowMs,
			signal,
		});
	}

	/** Closes its connections. */
	destroy(): void {
		this.agents?.destroy();
		this.agents = undefined;
	}
}

/** An attempt of which nothing has left. */
function toUnmade(kind: AttemptKind, error: string, at: number): AttemptResult {
	return { kind, at, ms: 0, status: null, error, answer: null, retryAfter: undefined };
}

/** A subscription may lead back to this machine when the runner knows that its user shares it. */
export function isLoopbackAllowed(kind: Receiver['kind'], isEmbedded: boolean): boolean {
	return isEmbedded && kind === 'subscription';
}
