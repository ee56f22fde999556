import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fulfilPromise, Handover, type HandoverOptions } from '../../../runner/handover/Handover';
import { RunningCode } from '../../../runner/handover/RunningCode';

describe('a runner that is asked to make room', () => {
	let dataDir: string;
	let stops: number;
	const main = () => join(dataDir, 'main.js');
	const promise = () => existsSync(join(dataDir, 'successor.json'));

	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'handover-'));
		writeFileSync(main(), '');
		stops = 0;
	});
	afterEach(() => rmSync(dataDir, { recursive: true }));

	function create(options: Partial<HandoverOptions> = {}): Handover {
		return new Handover({
			dataDir,
			version: '1.0.0',
			isEmbedded: true,
			code: new RunningCode(main()),
			stop: () => void (stops += 1),
			...options,
		});
	}

	it('stops for a newer version, whose folder it is from then on, until that has come', () => {
		create().accept('1.0.1');
		expect([stops, promise()]).toEqual([1, true]);
		fulfilPromise(dataDir);
		expect(promise()).toBe(false);
	});

	it.each(['1.0.0', '0.9.9', 'latest'])('stays when version %s asks', (version) => {
		expect(() => create().accept(version)).toThrow(
			expect.objectContaining({ code: 'handover_refused' }),
		);
		expect([stops, promise()]).toEqual([0, false]);
	});

	it('stops for any version once its own program is gone, or another stands in its place', () => {
		const gone = create();
		renameSync(main(), `${main()}.old`);
		gone.accept('1.0.0');
		const replaced = create({ code: new RunningCode(`${main()}.old`) });
		writeFileSync(main(), '');
		renameSync(main(), `${main()}.old`);
		replaced.accept('0.9.0');
		expect(stops).toBe(2);
	});

	it('stays, however old, when its user has started it', () => {
		expect(() => create({ isEmbedded: false }).accept('9.0.0')).toThrow();
		expect(stops).toBe(0);
	});
});
