import type { GatewayName } from '../gateways/Gateway';
import type { GatewaySamples, Samples } from '../measure/Sample';
import { geometricMean, mean, quantile } from './quantile';

/** A line of the table: one figure a contestant, and how it compares with raw. */
export interface Row {
	label: string;
	unit: string;
	values: Record<GatewayName, number | undefined>;
	/** Compared pass by pass, as the machine's speed varies from one to the next. */
	ratioToRaw: Partial<Record<GatewayName, number>>;
}

type Series = (samples: GatewaySamples) => ReadonlyArray<number | undefined>;

/** The figures of a run; measurements that were left out have no row. */
export function toRows(samples: Samples): Row[] {
	const rows = [
		toRow('messages in', '1/s', samples, ({ inbound }) => inbound.map((it) => it.perSecond)),
		toRow('CPU per message in', 'ms', samples, ({ inbound }) =>
			inbound.map((it) => it.cpuMsPerMessage),
		),
		toRow('messages out', '1/s', samples, ({ outbound }) => outbound.map((it) => it.perSecond)),
		toRow('CPU per message out', 'ms', samples, ({ outbound }) =>
			outbound.map((it) => it.cpuMsPerMessage),
		),
		toRow('sent to webhook, p50', 'ms', samples, latencyOf('sendToWebhookMs', 0.5)),
		toRow('sent to webhook, p99', 'ms', samples, latencyOf('sendToWebhookMs', 0.99)),
		toRow('receipt to webhook, p50', 'ms', samples, latencyOf('receiptToWebhookMs', 0.5)),
		toRow('receipt to webhook, p99', 'ms', samples, latencyOf('receiptToWebhookMs', 0.99)),
		toRow(
			'process base',
			'MB',
			samples,
			memory((rss) => rss.base),
		),
		toRow('per idle session, restarted', 'MB', samples, ({ sessions }) =>
			sessions?.rssMb ? [(sessions.rssMb.restarted - sessions.rssMb.base) / sessions.count] : [],
		),
		toRow('per idle session, just linked', 'MB', samples, ({ sessions }) =>
			sessions?.rssMb ? [(sessions.rssMb.linked - sessions.rssMb.base) / sessions.count] : [],
		),
		toRow('all sessions linked after', 's', samples, ({ sessions }) => optional(sessions?.linkedS)),
		toRow('all sessions back after', 's', samples, ({ sessions }) => optional(sessions?.backS)),
	];
	return rows.filter(({ values }) => Object.values(values).some((value) => value !== undefined));
}

function toRow(label: string, unit: string, samples: Samples, series: Series): Row {
	const known = (name: GatewayName) => series(samples[name]).filter((it) => it !== undefined);
	const average = (name: GatewayName) => {
		const values = known(name);
		return values.length > 0 ? mean(values) : undefined;
	};
	const raw = series(samples.raw);
	const toRatio = (name: GatewayName) => {
		const ratios = series(samples[name]).flatMap((value, pass) => {
			const against = raw[pass];
			return value === undefined || against === undefined || !(value > 0 && against > 0)
				? []
				: [value / against];
		});
		return ratios.length > 0 ? geometricMean(ratios) : undefined;
	};
	const [runner, naive] = [toRatio('runner'), toRatio('naive')];
	return {
		label,
		unit,
		values: { runner: average('runner'), raw: average('raw'), naive: average('naive') },
		ratioToRaw: {
			...(runner === undefined ? {} : { runner }),
			...(naive === undefined ? {} : { naive }),
		},
	};
}

const latencyOf =
	(kind: 'sendToWebhookMs' | 'receiptToWebhookMs', part: number): Series =>
	({ latency }) =>
		latency.map((sample) => (sample[kind].length > 0 ? quantile(sample[kind], part) : undefined));

const memory =
	(read: (rssMb: { base: number; linked: number; restarted: number }) => number): Series =>
	({ sessions }) =>
		sessions?.rssMb ? [read(sessions.rssMb)] : [];

const optional = (value: number | undefined): number[] => (value === undefined ? [] : [value]);
