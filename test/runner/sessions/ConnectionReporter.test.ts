import { ConnectionReporter } from '../../../runner/sessions/ConnectionReporter';
import { FakeClock } from '../webhooks/support/FakeClock';

function createReporter(isReportedConnected = false) {
	const clock = new FakeClock();
	const told: Array<string | null> = [];
	const reporter = new ConnectionReporter({
		clock,
		isReportedConnected,
		report: (isConnected, reason) => told.push(isConnected ? 'connected' : reason),
	});
	return { clock, told, reporter };
}

describe('ConnectionReporter', () => {
	test('a connection that comes back within 15 s is no news', () => {
		const { clock, told, reporter } = createReporter();
		reporter.connected();
		for (let n = 0; n < 100; n++) {
			reporter.lost();
			clock.advance(14_000);
			reporter.connected();
		}
		expect(told).toEqual(['connected']);
	});

	test('one that stays away is told once, and so is its return', () => {
		const { clock, told, reporter } = createReporter();
		reporter.connected();
		reporter.lost();
		clock.advance(10_000);
		reporter.lost();
		clock.advance(5_000);
		reporter.lost();
		clock.advance(60_000);
		reporter.connected();
		expect(told).toEqual(['connected', 'connection_lost', 'connected']);
	});

	test('the end for good is told at once, and not again later', () => {
		const { clock, told, reporter } = createReporter();
		reporter.connected();
		reporter.lost();
		reporter.gone('logged_out');
		clock.advance(60_000);
		expect(told).toEqual(['connected', 'logged_out']);
	});

	test('who was never connected has nothing to lose', () => {
		const { clock, told, reporter } = createReporter();
		reporter.lost();
		reporter.gone('blocked');
		clock.advance(60_000);
		expect(told).toEqual([]);
	});

	test('after a restart of the runner a connection that was reported stays reported', () => {
		const { told, reporter } = createReporter(true);
		reporter.connected();
		expect(told).toEqual([]);
	});
});
