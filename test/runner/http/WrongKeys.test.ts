import { WrongKeys } from '../../../runner/http/WrongKeys';

describe('WrongKeys', () => {
	const create = () => {
		const state = { nowMs: 0 };
		return { state, wrongKeys: new WrongKeys(() => state.nowMs) };
	};
	const limited = expect.objectContaining({ code: 'rate_limited' }) as Error;
	const exhaust = (wrongKeys: WrongKeys, address: string) => {
		for (let n = 0; n < 20; n++) {
			wrongKeys.admit(address, `guess ${n}`);
			wrongKeys.countWrong(address);
		}
	};

	test('twenty wrong keys pass, then one in three seconds', () => {
		const { state, wrongKeys } = create();
		exhaust(wrongKeys, '203.0.113.7');
		for (let round = 0; round < 5; round++) {
			expect(() => wrongKeys.admit('203.0.113.7', 'right')).toThrow(limited);
			state.nowMs += 3_000;
			wrongKeys.admit('203.0.113.7', 'guess');
			wrongKeys.countWrong('203.0.113.7');
		}
	});

	test('other addresses are not concerned, and a key that was right before still opens', () => {
		const { wrongKeys } = create();
		wrongKeys.countRight('203.0.113.7', 'right');
		exhaust(wrongKeys, '203.0.113.7');
		expect(() => wrongKeys.admit('203.0.113.7', 'right')).not.toThrow();
		expect(() => wrongKeys.admit('203.0.113.7', 'new')).toThrow(limited);
		expect(() => wrongKeys.admit('203.0.113.8', 'new')).not.toThrow();
		exhaust(wrongKeys, '203.0.113.8');
		expect(() => wrongKeys.admit('203.0.113.8', 'right')).toThrow(limited);
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
		const admit = () => wrongKeys.admit(other, 'key');
		if (isSame) expect(admit).toThrow(limited);
		else expect(admit).not.toThrow();
	});

	test('a flood of addresses and keys takes a bounded amount of memory', () => {
		const { wrongKeys } = create();
		const { callers } = wrongKeys as unknown as { callers: Map<string, { known: Set<string> }> };
		for (let n = 0; n < 30_000; n++) wrongKeys.countWrong(`10.${n >> 16}.${n >> 8}.${n}`);
		for (let n = 0; n < 3_000; n++) wrongKeys.countRight('a', `key ${n}`);
		expect(callers.size).toBe(10_000);
		expect(callers.get('a')!.known.size).toBe(1_000);
	});
});
