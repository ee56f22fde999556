import { WrongKeys } from '../../../runner/http/WrongKeys';

describe('WrongKeys', () => {
	const create = () => {
		const state = { nowMs: 0 };
		return { state, wrongKeys: new WrongKeys(() => state.nowMs) };
	};
	const limited = expect.objectContaining({ code: 'rate_limited' }) as Error;
	const exhaust = (wrongKeys: WrongKeys, address: string) => {
		for (let n = 0; n < 20; n++) wrongKeys.count(address);
	};

	test('twenty wrong keys are heard, then one in three seconds', () => {
		const { state, wrongKeys } = create();
		exhaust(wrongKeys, '203.0.113.7');
		for (let round = 0; round < 5; round++) {
			expect(() => wrongKeys.count('203.0.113.7')).toThrow(limited);
			state.nowMs += 3_000;
			wrongKeys.count('203.0.113.7');
		}
	});

	test('other addresses are not concerned', () => {
		const { wrongKeys } = create();
		exhaust(wrongKeys, '203.0.113.7');
		expect(() => wrongKeys.count('203.0.113.7')).toThrow(limited);
		expect(() => wrongKeys.count('203.0.113.8')).not.toThrow();
	});

	test.each([
		['2001:db8:1:2::1', '2001:db8:1:2:ffff:1:2:3', true],
		['2001:db8:1:2::1', '2001:db8:1:3::1', false],
		['2001:db8::1', '2001:db8:0:0:5::', true],
		['::1', '::2', true],
		['::ffff:203.0.113.7', '203.0.113.7', true],
		['::ffff:203.0.113.7', '203.0.113.8', false],
		['fe80::1%eth0', 'fe80::2', true],
	])('%s and %s are one caller: %s', (one, other, isSame) => {
		const { wrongKeys } = create();
		exhaust(wrongKeys, one);
		const count = () => wrongKeys.count(other);
		if (isSame) expect(count).toThrow(limited);
		else expect(count).not.toThrow();
	});

	test('a flood of addresses takes a bounded amount of memory', () => {
		const { wrongKeys } = create();
		const { callers } = wrongKeys as unknown as { callers: Map<string, unknown> };
		for (let n = 0; n < 30_000; n++) wrongKeys.count(`10.${n >> 16}.${n >> 8}.${n}`);
		expect(callers.size).toBe(10_000);
	});
});
