import { eventOfBody, isSeqValid, isSignatureValid } from '../../../contract';
import type { TriggerSettings } from '../readSettings';
import { isOfChosenType } from './isOfChosenType';
import type { IncomingRequest, Reception } from './Delivery';

/**
 * A delivery of a session runner: signed, and filtered there already. The signature covers the bytes
 * as they came and is checked before anything else.
 */
export function readRunnerDelivery(
	request: IncomingRequest,
	{ settings, secret, nowS }: { settings: TriggerSettings; secret: string; nowS: number },
): Reception {
	const { headers, rawBody, body } = request;
	if (rawBody === undefined || !isSignatureValid({ headers, body: rawBody, secret, nowS })) {
		return { outcome: 'forged', reason: 'The signature is missing, wrong or too old' };
	}
	const event = eventOfBody(body);
	if (event === undefined || !settings.events.includes(event)) return { outcome: 'unwanted' };
	if (event === 'received' && !isOfChosenType(body, settings)) return { outcome: 'unwanted' };
	return {
		outcome: 'accepted',
		event,
		body: { ...body, ...readSeq(headers, secret) },
		// The id is part of what is signed.
		repeatKey: String(headers['webhook-id']),
	};
}

/** The delivery's number, in which the workflow sees gaps: a whole number that is signed, or nothing. */
function readSeq(headers: IncomingRequest['headers'], secret: string): { seq?: number } {
	const text = headers['webhook-seq'];
	if (typeof text !== 'string' || !/^[1-9]\d{0,14}$/.test(text)) return {};
	const seq = Number(text);
	return isSeqValid(headers, seq, secret) ? { seq } : {};
}
