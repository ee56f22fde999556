import { isNewerVersion, isPromisedToNewer, PROMISE_MS } from '../../contract';

it('orders versions as semver.org does, what is no version first', () => {
	const ascending = ['', '0.1.0', '0.9.0', '0.10.0', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0'];
	for (const [index, version] of ascending.entries()) {
		for (const [other, earlier] of ascending.entries()) {
			expect([version, earlier, isNewerVersion(version, earlier)]).toEqual([
				version,
				earlier,
				index > other,
			]);
		}
	}
});

describe('a folder that is promised to a newer version', () => {
	const at = '2026-01-01T00:00:00.000Z';
	const promise = JSON.stringify({ version: '2.0.0', at });
	const now = Date.parse(at) + 1_000;

	it('is left alone by older versions, and by them only', () => {
		expect(isPromisedToNewer(promise, '1.9.0', now)).toBe(true);
		expect(isPromisedToNewer(promise, '2.0.0', now)).toBe(false);
		expect(isPromisedToNewer(promise, '2.0.1', now)).toBe(false);
	});

	it('is free again when the newer one has not come in its time, whatever became of the clock', () => {
		expect(isPromisedToNewer(promise, '1.0.0', now + PROMISE_MS)).toBe(false);
		expect(isPromisedToNewer(promise, '1.0.0', now - 10 * PROMISE_MS)).toBe(false);
	});

	it.each(['', '{', 'null', '[]', '{"version":"9.0.0"}', '{"version":9,"at":"now"}'])(
		'is not one where the file says %j',
		(text) => expect(isPromisedToNewer(text, '1.0.0', now)).toBe(false),
	);
});
