import { createSecret, signWebhook } from '../../../contract';
import type { TriggerBench, WebhookCall } from './TriggerBench';
import type { Disguise, WebhookCase } from './webhookCases';

const HOUR_S = 3_600;

/** The call that a case makes of this trigger. */
export function toCall(given: WebhookCase, bench: TriggerBench): WebhookCall {
	return {
		bytes: toBytes(given),
		headers: { 'content-type': given.contentType, ...toSignature(given, bench) },
		query: toQuery(given, bench),
	};
}

function toSignature(given: WebhookCase, { secret }: TriggerBench): Record<string, string> {
	const { disguise, id, headers } = given;
	const bytes = toBytes(given);
	const nowS = Date.now() / 1000;
	const sign = (body: Buffer, key: string, timestampS: number) => ({
		...signWebhook({ id, timestampS, body, secrets: [key] }),
	});
	const signatures: Record<Disguise, () => Record<string, string>> = {
		signed: () => sign(bytes, secret, nowS),
		changedAfterwards: () => sign(Buffer.concat([bytes, Buffer.from(' ')]), secret, nowS),
		wrongSecret: () => sign(bytes, createSecret(), nowS),
		tooOld: () => sign(bytes, secret, nowS - HOUR_S),
		oddHeaders: () => headers,
		unsigned: () => ({}),
	};
	return signatures[disguise]();
}

const toBytes = ({ bytes }: WebhookCase): Buffer => Buffer.from(bytes, 'latin1');

function toQuery({ token, query }: WebhookCase, bench: TriggerBench): Record<string, unknown> {
	switch (token) {
		case 'right':
			return { ...query, token: bench.token };
		case 'wrong':
			return { ...query, token: `${bench.token}x` };
		case 'list':
			return { ...query, token: [bench.token] };
		default:
			return query;
	}
}
