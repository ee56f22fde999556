import { MEASUREMENTS, readOptions } from '../../bench/readOptions';

test('measures everything in full when nothing is said', () => {
	expect(readOptions([])).toMatchObject({ messages: 1000, sessions: 50, only: MEASUREMENTS });
});

test('--quick is smaller in every size, and a size that is given wins over it', () => {
	const full = readOptions([]);
	const quick = readOptions(['--quick', '--sessions', '50']);
	expect(quick.messages).toBeLessThan(full.messages);
	expect(quick.paced).toBeLessThan(full.paced);
	expect(quick.sessions).toBe(50);
});

test('at least two passes are made, so that a ratio is not one moment of the machine', () => {
	expect(readOptions([]).passes).toBeGreaterThanOrEqual(2);
	expect(readOptions(['--quick']).passes).toBeGreaterThanOrEqual(2);
});

test('--only keeps the order of the measurements', () => {
	expect(readOptions(['--only', 'sessions, in']).only).toEqual(['in', 'sessions']);
});

test.each([
	[['--only', 'in,speed'], /not speed/],
	[['--messages', 'many'], /--messages is a whole number/],
	[['--sessions', '0'], /--sessions is a whole number/],
	[['--fast'], /--fast/],
])('says what is wrong with %j', (args, message) => {
	expect(() => readOptions(args)).toThrow(message);
});
