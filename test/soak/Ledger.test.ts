import { Ledger } from './Ledger';

describe('the ledger of a soak', () => {
	test('knows what is missing, and what came late in its chat', () => {
		const ledger = new Ledger();
		ledger.sent('a', 'chat');
		ledger.sent('b', 'chat');
		ledger.sent('c', 'other');
		ledger.arrived('b', '1');
		ledger.arrived('a', '2');
		expect(ledger.openIds()).toEqual(['c']);
		expect(ledger.tally).toMatchObject({ sent: 3, arrived: 2, outOfOrder: 1 });
	});

	test('tells a repeat under the same event id from a duplicate', () => {
		const ledger = new Ledger();
		ledger.sent('a', 'chat');
		ledger.arrived('a', '1');
		ledger.arrived('a', '1');
		ledger.arrived('a', '2');
		expect(ledger.tally).toMatchObject({ repeated: 1, duplicated: 1 });
	});

	test('does not wait for what was refused, and notes when it arrives all the same', () => {
		const ledger = new Ledger();
		ledger.sent('a', 'chat');
		ledger.withdraw('a');
		expect(ledger.open).toBe(0);
		ledger.arrived('a');
		expect(ledger.tally).toMatchObject({ sent: 0, arrived: 0, unasked: 1 });
	});

	test('expects nothing of what got no answer: it may arrive, once', () => {
		const ledger = new Ledger();
		ledger.sent('a', 'chat');
		ledger.sent('b', 'chat');
		ledger.release('a');
		ledger.release('b');
		expect(ledger.open).toBe(0);
		ledger.arrived('a', '1');
		ledger.arrived('a', '2');
		expect(ledger.tally).toMatchObject({ sent: 0, unanswered: 1, unasked: 0, duplicated: 1 });
	});
});
