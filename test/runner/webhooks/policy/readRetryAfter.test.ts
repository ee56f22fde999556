import { readRetryAfter } from '../../../../runner/webhooks/policy/readRetryAfter';

const NOW = Date.UTC(2026, 0, 1, 12);

describe('readRetryAfter', () => {
	test.each([
		['7', 7_000],
		[' 120 ', 120_000],
		['Thu, 01 Jan 2026 12:01:00 GMT', 60_000],
	])('%s is understood', (header, waitMs) => {
		expect(readRetryAfter(header, NOW)).toBe(waitMs);
	});

	test('an hour is the most', () => {
		expect(readRetryAfter('999999999999999999999', NOW)).toBe(3_600_000);
		expect(readRetryAfter('Fri, 01 Jan 2027 12:00:00 GMT', NOW)).toBe(3_600_000);
	});

	test.each([
		undefined,
		'',
		'soon',
		'-5',
		'1.5',
		'0x10',
		'1e3',
		'0',
		'5, 6',
		'2026-01-01T13:00:00Z',
		'Thu, 01 Jan 2026 11:00:00 GMT',
		'Thu, 99 Foo 2026 12:00:00 GMT',
		12,
		null,
	])('nonsense is ignored: %s', (header) => {
		expect(readRetryAfter(header, NOW)).toBeUndefined();
	});
});
