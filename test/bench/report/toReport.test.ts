import type { GatewaySamples } from '../../../bench/measure/Sample';
import { readOptions } from '../../../bench/readOptions';
import { toReport } from '../../../bench/report/toReport';

const createSamples = (part: Partial<GatewaySamples> = {}): GatewaySamples => ({
	inbound: [],
	outbound: [],
	latency: [],
	sessions: undefined,
	trouble: { decryptErrors: 0, retryReceipts: 0, nacks: 0, duplicateWebhooks: 0 },
	lostIn: 0,
	failedOut: 0,
	notes: [],
	...part,
});

const rates = (...perSecond: number[]) =>
	perSecond.map((rate) => ({ perSecond: rate, cpuMsPerMessage: undefined }));

function report(samples: {
	runner?: Partial<GatewaySamples>;
	raw?: Partial<GatewaySamples>;
	naive?: Partial<GatewaySamples>;
}): string {
	return toReport({
		samples: {
			runner: createSamples(samples.runner),
			raw: createSamples(samples.raw),
			naive: createSamples(samples.naive),
		},
		options: readOptions([]),
		machine: { cores: 2, node: 'v24.0.0', load: 0.5, diskMs: [2, 2, 30] },
		tookS: 60,
	});
}

const line = (text: string, label: string) =>
	text.split('\n').find((one) => one.startsWith(`| ${label}`));

test('compares within a pass: a machine that slows down between two does not change the ratio', () => {
	const text = report({ runner: { inbound: rates(900, 90) }, raw: { inbound: rates(1000, 100) } });
	expect(line(text, 'messages in')).toBe('| messages in (1/s) | 495 | 550 | – | 0.90 | – |');
});

test('a pass that only one of them finished counts for no ratio', () => {
	const text = report({ runner: { inbound: rates(500) }, raw: { inbound: [] } });
	expect(line(text, 'messages in')).toBe('| messages in (1/s) | 500 | – | – | – | – |');
});

test('memory is told per session, over the base of the process', () => {
	const text = report({
		runner: {
			sessions: {
				count: 50,
				linkedS: 20,
				backS: 4,
				rssMb: { base: 100, linked: 300, restarted: 200 },
			},
		},
	});
	expect(line(text, 'per idle session, restarted')).toContain('| 2.00 |');
	expect(line(text, 'per idle session, just linked')).toContain('| 4.00 |');
	expect(line(text, 'all sessions back after')).toContain('| 4.00 |');
});

test('measurements that were left out have no line', () => {
	const text = report({ runner: { outbound: rates(100) }, raw: { outbound: rates(100) } });
	expect(line(text, 'messages out')).toBeDefined();
	expect(line(text, 'messages in')).toBeUndefined();
	expect(line(text, 'all sessions')).toBeUndefined();
});

test('what was lost, refused or failed is told', () => {
	const trouble = { decryptErrors: 1, retryReceipts: 2, nacks: 3, duplicateWebhooks: 4 };
	const text = report({
		naive: { trouble, lostIn: 5, failedOut: 6, notes: ['failed: the simulator has ended'] },
	});
	expect(text).toContain('naive: 5 messages came to no webhook, 6 texts were answered');
	expect(text).toContain('2 messages could not be decrypted');
	expect(text).toContain('3 messages were refused for good');
	expect(text).toContain('1 messages out that nobody could decrypt');
	expect(text).toContain('4 webhooks came twice');
	expect(text).toContain('naive: failed: the simulator has ended');
	expect(text).toContain('raw: nothing lost, refused or doubled');
});

test('tells how slow the disk was, as only the runner waits for it', () => {
	expect(report({})).toContain('One page written for good on this disk: 2.00 ms at p50, 30.0 ms');
});
